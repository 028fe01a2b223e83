/** How often a route may be asked: `limit` times in `perMs`, counted apart for each `major` (topics/rate-limits). */
export interface RouteRule {
  readonly limit: number
  readonly perMs: number
  readonly major?: 'channel' | 'guild' | 'token'
  /** Routes of one bucket count together. */
  readonly bucket?: string
  /** Asked without a bot's token: the interaction's own token speaks for it, and the global limit does not count it. */
  readonly open?: boolean
}

const EASY: RouteRule = { limit: 50, perMs: 1_000 }
/** Observed: five messages in five seconds a channel; the documentation gives no figure, clients read the headers. */
const MESSAGES: RouteRule = { limit: 5, perMs: 5_000, major: 'channel' }
/** Interaction tokens count as webhooks do: five in two seconds (interactions/receiving-and-responding, "Followup Messages"). */
const TOKEN: RouteRule = { limit: 5, perMs: 2_000, major: 'token', bucket: 'webhook', open: true }
const COMMANDS: RouteRule = { limit: 5, perMs: 20_000 }

/** Every route the fake has, as `METHOD /path` with `:name` for what varies. */
export const ROUTES = {
  'GET /gateway': EASY,
  'GET /gateway/bot': EASY,
  'GET /users/@me': EASY,
  'GET /users/@me/guilds': EASY,
  'DELETE /users/@me/guilds/:guild': EASY,
  'POST /users/@me/channels': { limit: 10, perMs: 10_000 },
  'GET /users/:user': EASY,
  'GET /applications/@me': EASY,
  'GET /oauth2/applications/@me': EASY,
  'GET /channels/:channel': { ...EASY, major: 'channel' },
  'GET /channels/:channel/messages': { limit: 5, perMs: 5_000, major: 'channel' },
  'POST /channels/:channel/messages': MESSAGES,
  'GET /channels/:channel/messages/:message': MESSAGES,
  'PATCH /channels/:channel/messages/:message': MESSAGES,
  'DELETE /channels/:channel/messages/:message': { limit: 5, perMs: 1_000, major: 'channel' },
  'POST /channels/:channel/typing': MESSAGES,
  'POST /channels/:channel/threads': { limit: 50, perMs: 300_000, major: 'channel' },
  'POST /channels/:channel/messages/:message/threads': { limit: 50, perMs: 300_000, major: 'channel' },
  'GET /guilds/:guild': { ...EASY, major: 'guild' },
  'GET /guilds/:guild/channels': { ...EASY, major: 'guild' },
  'GET /guilds/:guild/roles': { ...EASY, major: 'guild' },
  'GET /guilds/:guild/members/:user': { ...EASY, major: 'guild' },
  'GET /applications/:application/commands': COMMANDS,
  'PUT /applications/:application/commands': COMMANDS,
  'POST /applications/:application/commands': COMMANDS,
  'PATCH /applications/:application/commands/:command': COMMANDS,
  'DELETE /applications/:application/commands/:command': COMMANDS,
  'GET /applications/:application/guilds/:guild/commands': { ...COMMANDS, major: 'guild' },
  'PUT /applications/:application/guilds/:guild/commands': { ...COMMANDS, major: 'guild' },
  'POST /applications/:application/guilds/:guild/commands': { ...COMMANDS, major: 'guild' },
  'PATCH /applications/:application/guilds/:guild/commands/:command': { ...COMMANDS, major: 'guild' },
  'DELETE /applications/:application/guilds/:guild/commands/:command': { ...COMMANDS, major: 'guild' },
  'POST /interactions/:interaction/:token/callback': { ...TOKEN, bucket: 'callback' },
  'POST /webhooks/:application/:token': TOKEN,
  'GET /webhooks/:application/:token/messages/:message': TOKEN,
  'PATCH /webhooks/:application/:token/messages/:message': TOKEN,
  'DELETE /webhooks/:application/:token/messages/:message': TOKEN,
} as const satisfies Readonly<Record<string, RouteRule>>

export type RouteName = keyof typeof ROUTES
export type RouteParams = Readonly<Record<string, string>>

export interface MatchedRoute {
  readonly name: RouteName
  readonly params: RouteParams
  readonly rule: RouteRule
}

const PATTERNS = Object.entries(ROUTES).map(([name, rule]) => ({
  name: name as RouteName,
  rule: rule as RouteRule,
  pattern: new RegExp(`^${name.replace(/:(\w+)/g, '(?<$1>[^/]+)')}$`),
}))

/** The route of a request, paths after `/api/v10`; undefined when there is none. Of two that fit, the one listed first. */
export function matchRoute(method: string, path: string): MatchedRoute | undefined {
  for (const { name, rule, pattern } of PATTERNS) {
    const found = pattern.exec(`${method} ${path}`)
    if (found) {
      const params = Object.entries(found.groups ?? {}).map(([key, value]) => [key, decodeURIComponent(value)])
      return { name, rule, params: Object.fromEntries(params) }
    }
  }
  return undefined
}
