import { createHash, createHmac, timingSafeEqual } from 'node:crypto'

/** What a request says of where it comes from. */
export interface Approach {
  readonly method: string
  readonly path: string
  readonly host: string | undefined
  readonly origin: string | undefined
  readonly fetchSite: string | undefined
  readonly contentType: string | undefined
  readonly authorization: string | undefined
  readonly cookie: string | undefined
}

export interface Guard {
  readonly token: string
  /** Names under which the console is reached, without ports. */
  readonly allowedHosts: readonly string[]
  /** The https address behind a proxy, e.g. `https://papers.example.org`. */
  readonly origin?: string
}

export type Verdict =
  | { readonly kind: 'welcome' }
  | { readonly kind: 'refused'; readonly status: 401 | 403 | 415 | 421; readonly reason: string }

/** Whether a request may be answered: our Host, for changes our page and JSON, and the token for all but the login. */
export function judge(request: Approach, guard: Guard): Verdict {
  return judgeHost(request, guard) ?? judgeSite(request, guard) ?? judgeToken(request, guard) ?? { kind: 'welcome' }
}

/** A name that leads here by DNS rebinding is not in the list. */
function judgeHost({ host }: Approach, guard: Guard): Verdict | undefined {
  const name = hostName(host ?? '')
  if (name !== undefined && guard.allowedHosts.some((allowed) => hostName(allowed) === name)) return undefined
  return refused(
    421,
    'This console is not served under that host name; CONSOLE_ORIGIN names the address it is reached at.',
  )
}

/** Another site's page can send requests from the reader's browser, but can't hide that it does (Fetch Metadata, W3C). */
function judgeSite(request: Approach, guard: Guard): Verdict | undefined {
  const { method, fetchSite, origin } = request
  const reads = method === 'GET' || method === 'HEAD'
  const trusted = fetchSite === undefined || fetchSite === 'same-origin' || (reads && fetchSite === 'none')
  // The login page changes nothing and shows nothing, so a link in a mail or a terminal may lead to it.
  const entrance = reads && isLogin(request.path)
  if (!trusted && !entrance) return refused(403, 'This request came from another site.')
  if (origin !== undefined && !isOurOrigin(origin, request, guard)) {
    return refused(403, 'This request came from the page of another site.')
  }
  if (reads) return undefined
  if (method !== 'POST') return refused(403, `${method} is not used here.`)
  if (!/^application\/json\s*(?:;|$)/i.test(request.contentType ?? '')) {
    return refused(415, 'What changes anything takes JSON: send content-type application/json.')
  }
  return undefined
}

function judgeToken(request: Approach, { token }: Guard): Verdict | undefined {
  if (isLogin(request.path)) return undefined
  const bearer = bearerOf(request.authorization)
  const session = bearer === undefined ? cookieOf(request.cookie, sessionName(token)) : undefined
  if (bearer !== undefined && sameSecret(bearer, token)) return undefined
  if (session === undefined || !sameSecret(session, sessionOf(token))) {
    return refused(401, 'The console needs its token: sign in, or send it as "Authorization: Bearer …".')
  }
  // Browsers name their page with every POST; a request that hides it does not come from ours.
  const changes = request.method !== 'GET' && request.method !== 'HEAD'
  return changes && request.origin === undefined
    ? refused(403, 'The request does not say which page it comes from (Origin).')
    : undefined
}

function refused(status: 401 | 403 | 415 | 421, reason: string): Verdict {
  return { kind: 'refused', status, reason }
}

/** The login and the files that its page needs. */
export function isLogin(path: string): boolean {
  return LOGIN.has(path)
}

const LOGIN = new Set(['/login', '/login/base.css', '/login/login.js', '/login/icon.svg'])

function isOurOrigin(origin: string, { host }: Approach, guard: Guard): boolean {
  if (guard.origin !== undefined && origin === new URL(guard.origin).origin) return true
  const name = hostName(host ?? '')
  return name !== undefined && isLoopback(name) && origin === `http://${(host ?? '').toLowerCase()}`
}

/** The host's name in lower case without its port; undefined for what is no host. */
export function hostName(host: string): string | undefined {
  return /^(?<name>\[[0-9a-f:.]+\]|[a-z0-9._-]+)(?::\d{1,5})?$/i
    .exec(host)
    ?.groups?.name?.toLowerCase()
    .replace(/\.$/, '')
}

export function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || host === '[::1]' || /^127(?:\.\d{1,3}){3}$/.test(host)
}

function bearerOf(authorization: string | undefined): string | undefined {
  return /^Bearer +(?<token>\S+)$/i.exec(authorization ?? '')?.groups?.token
}

function cookieOf(cookies: string | undefined, name: string): string | undefined {
  for (const cookie of (cookies ?? '').split(';')) {
    const at = cookie.indexOf('=')
    if (at > 0 && cookie.slice(0, at).trim() === name) return cookie.slice(at + 1).trim()
  }
  return undefined
}

/** Compares in a time that tells nothing of where two secrets differ. */
export function sameSecret(one: string, other: string): boolean {
  return timingSafeEqual(createHash('sha256').update(one).digest(), createHash('sha256').update(other).digest())
}

/** Cookies are shared by all ports of a host, so two consoles need two names. */
export function sessionName(token: string): string {
  return `paperboy_${createHash('sha256').update(`name of ${token}`).digest('hex').slice(0, 8)}`
}

/** What the cookie holds: derived from the token, so that a cookie does not give the token away. */
export function sessionOf(token: string): string {
  return createHmac('sha256', token).update('paperboy console session 1').digest('base64url')
}

/** The cookie that signs a browser in for 30 days. */
export function sessionCookie(guard: Guard): string {
  const secure = guard.origin?.startsWith('https:') ? '; Secure' : ''
  return `${sessionName(guard.token)}=${sessionOf(guard.token)}; Path=/; HttpOnly; SameSite=Strict; Max-Age=2592000${secure}`
}

/** On every answer, whatever it is. */
export const SECURITY_HEADERS: Readonly<Record<string, string>> = {
  'content-security-policy': "default-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'self'",
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'x-frame-options': 'DENY',
}

/** Why a console with these settings must not start, in one sentence; undefined when it may. */
export function consoleRefusal(config: { readonly host: string; readonly origin?: string }): string | undefined {
  const { host, origin } = config
  const url = origin !== undefined && URL.canParse(origin) ? new URL(origin) : undefined
  if (origin !== undefined && (url === undefined || url.origin !== origin.replace(/\/$/, ''))) {
    return `CONSOLE_ORIGIN '${origin}' is no address such as https://papers.example.org: a scheme and a host, without a path.`
  }
  if (isLoopback(host)) return undefined
  if (url === undefined) {
    return `CONSOLE_HOST ${host} can be reached by others: put the console behind a proxy with https and name its address in CONSOLE_ORIGIN, or leave CONSOLE_HOST at 127.0.0.1.`
  }
  if (url.protocol !== 'https:') {
    return `CONSOLE_HOST ${host} can be reached by others, so CONSOLE_ORIGIN has to be an https address; it is ${origin}.`
  }
  return undefined
}

/** The names under which a console with these settings answers. */
export function allowedHosts(config: { readonly host: string; readonly origin?: string }): readonly string[] {
  const names = ['127.0.0.1', 'localhost', '[::1]']
  if (isLoopback(config.host))
    names.push(config.host.includes(':') && !config.host.startsWith('[') ? `[${config.host}]` : config.host)
  if (config.origin !== undefined && URL.canParse(config.origin)) names.push(new URL(config.origin).hostname)
  return [...new Set(names)]
}
