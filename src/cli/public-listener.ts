import { Hono } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import type { App } from '../app.ts'

/** Slack's largest payloads are views of a few hundred kB. */
const BODY_BYTES = 1024 * 1024

/** What the outside may reach: the platforms' own calls, each checked by its driver, and whether we are well. Nothing else. */
export function publicSite(app: App) {
  const site = new Hono()
  site.use(bodyLimit({ maxSize: BODY_BYTES, onError: (context) => context.text('Too large', 413) }))
  site.get('/healthz', async (context) => {
    const { ok } = await app.status()
    return context.body(null, ok ? 200 : 503)
  })
  for (const { inbound } of app.platforms) {
    if (inbound !== undefined) site.all(`${inbound.prefix}*`, (context) => inbound.handle(context.req.raw))
  }
  site.notFound((context) => context.body(null, 404))
  site.onError((_error, context) => context.body(null, 500))
  return site
}
