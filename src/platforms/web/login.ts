import { Hono } from 'hono'
import { z } from 'zod'
import { assets } from './assets.ts'
import type { ConsoleOptions } from './console-options.ts'
import type { Markup } from './markup.ts'
import { html } from './markup.ts'
import { hostName, isLoopback, sameSecret, sessionCookie } from './security.ts'

const Credentials = z.object({
  token: z.string().optional(),
  key: z.string().optional(),
  demo: z.literal(true).optional(),
})

/** The only part of the console that asks for no token: a page that signs in by the token, or by an address that works once. */
export function loginDoor(options: ConsoleOptions) {
  const { random, token, demo = false } = options
  const keys = new Set<string>()

  function spend(key: string): boolean {
    const known = [...keys].find((each) => sameSecret(each, key))
    return known !== undefined && keys.delete(known)
  }

  const routes = new Hono()
  routes.get('/login', (context) => context.html(loginPage(demo).toString()))
  routes.get('/login/base.css', () => assets.respond('base.css'))
  routes.get('/login/icon.svg', () => assets.respond('icon.svg'))
  routes.get('/login/login.js', () => assets.respond('login.js'))
  routes.post('/login', async (context) => {
    const given = Credentials.safeParse(await context.req.json().catch(() => undefined))
    if (!given.success) return context.json({ error: 'Send {"token":"…"}.' }, 400)
    const { data } = given
    const here = isLoopback(hostName(context.req.header('host') ?? new URL(context.req.url).host) ?? '')
    const known =
      (data.token !== undefined && sameSecret(data.token.trim(), token)) ||
      (data.key !== undefined && spend(data.key)) ||
      (data.demo === true && demo && here)
    if (!known) {
      const reason =
        data.key === undefined
          ? 'That is not the token.'
          : 'This address has been used already, or Paperboy was started again since.'
      return context.json({ error: reason }, 401)
    }
    context.header('set-cookie', sessionCookie(options))
    return context.json({ ok: true })
  })

  return {
    routes,
    path(): string {
      const key = Buffer.from(random.bytes(24)).toString('base64url')
      keys.add(key)
      return `/login?key=${key}`
    },
  }
}

function loginPage(demo: boolean): Markup {
  return html`<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><meta name="color-scheme" content="light dark">
<title>Sign in · Paperboy</title><link rel="stylesheet" href="/login/base.css"><link rel="icon" href="/login/icon.svg" type="image/svg+xml"><script type="module" src="/login/login.js"></script></head>
<body class="alone"><main class="card"${demo ? html` data-demo` : undefined}>
<p class="wordmark">Paperboy</p>
<form id="login"><label><span>Console token</span><input type="password" name="token" autocomplete="current-password" required autofocus></label>
<button class="button primary" type="submit">Sign in</button></form>
<p class="quiet">It is in the file <code>console-token</code> of the data folder. <code>paperboy start</code> also prints an address that signs you in once.</p>
<p id="problem" role="alert"></p>
<noscript><p>Signing in needs JavaScript; reading afterwards does not.</p></noscript>
</main></body></html>`
}
