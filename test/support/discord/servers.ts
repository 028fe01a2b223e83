import type { FakeGuild } from './fake-types.ts'
import type { Gateway } from './gateway.ts'
import type { InteractionBook } from './interaction-book.ts'
import type { RateLimits } from './rate-limits.ts'
import type { FakeViolation } from './request-log.ts'
import type { RouteName, RouteParams } from './routes.ts'
import type { SentFile, World } from './world.ts'

/** What every route is handed: the world, the gateway to tell of what changed, and where to note what was sent wrongly. */
export interface Servers {
  readonly world: World
  readonly gateway: Gateway
  readonly limits: RateLimits
  readonly interactions: InteractionBook
  readonly application: ApplicationSettings
  readonly gatewayUrl: () => string
  violate(violation: Omit<FakeViolation, 'at'>): void
  leave(guild: FakeGuild): void
}

export interface ApplicationSettings {
  readonly name: string
  readonly publicBot: boolean
  readonly privileged: number
  readonly shards: number
}

export interface DiscordRequest {
  readonly route: RouteName
  readonly params: RouteParams
  readonly query: URLSearchParams
  readonly body: unknown
  readonly files: readonly SentFile[]
}

export interface Answer {
  readonly status: number
  readonly body?: unknown
}

export type Handler = (request: DiscordRequest) => Answer
export type Handlers<Names extends RouteName> = { readonly [Name in Names]: Handler }

export const NO_CONTENT: Answer = { status: 204 }
