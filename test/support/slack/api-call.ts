import type { JsonObject } from '../discord/json-value.ts'
import type { Note } from './message-limits.ts'
import type { MethodName } from './rules.ts'
import type { Team, World } from './world.ts'

/** A call of the Web API by a workspace's bot. */
export interface ApiCall {
  readonly team: Team
  readonly args: JsonObject
  readonly note: Note
}

/** A call by the app as a whole, or by nobody. */
export interface AppCall {
  readonly args: JsonObject
}

export type Answer = Readonly<Record<string, unknown>>
export type AppMethod = 'apps.connections.open' | 'oauth.v2.access'
export type TeamMethod = Exclude<MethodName, AppMethod>
export type Handler = (call: ApiCall) => Answer
export type Handlers = Readonly<Record<TeamMethod, Handler>>
export type AppHandlers = Readonly<Record<AppMethod, (call: AppCall) => Answer>>

/** What the methods share. */
export interface Servers {
  readonly world: World
  readonly historyLagMs: number
  /** Apps distributed commercially outside the Marketplace read history slowly (changelog/2025/05/29). */
  readonly commercial: boolean
}

export function stringArg(args: JsonObject, name: string): string | undefined {
  const value = args[name]
  if (typeof value === 'number') return String(value)
  return typeof value === 'string' && value !== '' ? value : undefined
}

/** Forms carry booleans as text. */
export function booleanArg(args: JsonObject, name: string): boolean | undefined {
  const value = args[name]
  if (value === true || value === 'true' || value === '1' || value === 1) return true
  if (value === false || value === 'false' || value === '0' || value === 0) return false
  return undefined
}
