import type { Context } from 'hono'
import { Hono } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { apiRoutes } from './api.ts'
import { assetRoutes } from './assets.ts'
import type { ConsoleOptions } from './console-options.ts'
import { streamEvents } from './events.ts'
import { loginDoor } from './login.ts'
import { pageRoutes, simplePage } from './pages.ts'
import { paperRoutes } from './paper-files.ts'
import type { Approach } from './security.ts'
import { judge, SECURITY_HEADERS } from './security.ts'

const BODY_BYTES = 64 * 1024

export interface Console {
  fetch(request: Request): Response | Promise<Response>
  /** A way in for one browser, once: a path to put behind the console's address. */
  loginPath(): string
}

/** The console over HTTP: pages, commands, events, exports and metrics, every request judged before anything else. */
export function createConsole(options: ConsoleOptions): Console {
  const door = loginDoor(options)
  const app = new Hono()
  app.use(async (context, next) => {
    const verdict = judge(approachOf(context), options)
    if (verdict.kind === 'welcome') await next()
    else context.res = refusal(context, verdict.status, verdict.reason)
    for (const [name, value] of Object.entries(SECURITY_HEADERS)) context.res.headers.set(name, value)
    if (!context.res.headers.has('cache-control')) context.res.headers.set('cache-control', 'no-store')
  })
  app.use(
    bodyLimit({
      maxSize: BODY_BYTES,
      onError: (context) => context.json({ error: 'The request is longer than 64 kB.' }, 413),
    }),
  )
  app.route('/', door.routes)
  app.route('/', assetRoutes())
  app.route('/', paperRoutes(options))
  app.route('/', apiRoutes(options))
  app.get('/api/events', (context) => streamEvents(context, options))
  app.route('/', pageRoutes(options))
  app.notFound((context) => refusal(context, 404, 'There is nothing at this address.'))
  app.onError((error, context) => {
    options.log({ event: 'console.failed', method: context.req.method, path: context.req.path, error })
    return refusal(context, 500, 'Something went wrong here; the log says what.')
  })
  return { fetch: (request) => app.fetch(request), loginPath: () => door.path() }
}

function approachOf({ req }: Context): Approach {
  return {
    method: req.method,
    path: req.path,
    host: req.header('host') ?? new URL(req.url).host,
    origin: req.header('origin'),
    fetchSite: req.header('sec-fetch-site'),
    contentType: req.header('content-type'),
    authorization: req.header('authorization'),
    cookie: req.header('cookie'),
  }
}

/** People who open a page are shown one; everyone else gets the sentence as JSON. */
function refusal(context: Context, status: 401 | 403 | 404 | 415 | 421 | 500, reason: string): Response {
  const wantsPage = context.req.method === 'GET' && (context.req.header('accept') ?? '').includes('text/html')
  if (!wantsPage) {
    if (status === 401) context.header('www-authenticate', 'Bearer')
    return context.json({ error: reason }, status)
  }
  if (status === 401) return context.redirect(`/login?next=${encodeURIComponent(pathOf(context.req.url))}`, 303)
  return context.html(simplePage(TITLES[status], reason).toString(), status)
}

function pathOf(url: string): string {
  const { pathname, search } = new URL(url)
  return pathname + search
}

const TITLES = {
  403: 'Not from there',
  404: 'Not here',
  415: 'Not like that',
  421: 'Not under this name',
  500: 'Something went wrong',
} as const
