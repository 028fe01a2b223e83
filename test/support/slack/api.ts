import type { Clock } from '../../../src/clock.ts'
import type { JsonObject } from '../discord/json-value.ts'
import type { AppHandlers, Handlers } from './api-call.ts'
import { readCall } from './call-reading.ts'
import type { LoggedCall } from './fake-types.ts'
import type { ActiveFaults, FaultName, Faults, Target } from './faults.ts'
import type { Note } from './message-limits.ts'
import type { LimitedCall, RateLimits } from './rate-limits.ts'
import { Refusal, refuse } from './refusal.ts'
import { isMethod, type MethodName, ruleOf } from './rules.ts'
import type { ResponseUrl, Tickets } from './tickets.ts'
import type { FakeViolation } from './violation.ts'
import type { Team, World } from './world.ts'

export interface Incoming {
  readonly method: string
  readonly path: string
  readonly query: URLSearchParams
  readonly contentType: string
  readonly authorization: string | undefined
  readonly body: string
}

export type Outgoing =
  | {
      readonly kind: 'answer'
      readonly status: number
      readonly headers: Readonly<Record<string, string>>
      readonly body: string
    }
  /** The connection ends without an answer. */
  | { readonly kind: 'dropped' }

export interface ApiOptions {
  readonly clock: Pick<Clock, 'now' | 'sleep'>
  readonly world: World
  readonly faults: ActiveFaults
  readonly limits: RateLimits
  readonly tickets: Tickets
  readonly handlers: Handlers
  readonly appHandlers: AppHandlers
  readonly log: LoggedCall[]
  /** Ends everything that still sleeps when the servers shut. */
  readonly closing: AbortSignal
  violate(violation: Omit<FakeViolation, 'at'>): void
}

type Befalls = <Name extends FaultName>(name: Name) => Faults[Name] | undefined

/** What a call wants done, once it is clear who asks. */
interface Task {
  readonly target: Target
  readonly teamId: string
  readonly channel: string | undefined
  readonly headers: Readonly<Record<string, string>>
  perform(): Outgoing
}

/** The Web API and the response_urls: a call is logged, counted, perhaps befallen by faults, answered. Both doors lead here. */
export async function serveCall(options: ApiOptions, incoming: Incoming): Promise<Outgoing> {
  const { world, tickets, log, clock } = options
  const url = tickets.find(incoming.path)
  const name = url === undefined ? incoming.path.replace(/^\/api\//, '') : 'response_url'
  const { args, token, broken, warning } = readCall(incoming)
  const team = url?.team ?? [...world.teams.values()].find((each) => each.token === token)
  const logged: LoggedCall = { at: clock.now(), method: name, teamId: team?.id, args, faults: [] }
  log.push(logged)

  const method = url === undefined && isMethod(name) ? name : undefined
  const target = url === undefined ? method : 'response_url'
  const channel = url?.channel.id ?? (typeof args.channel === 'string' ? args.channel : undefined)
  const befalls: Befalls = (fault) => {
    const settings = options.faults.befalls(fault, target, channel)
    if (settings !== undefined) logged.faults.push(fault)
    return settings
  }
  const note: Note = (problems) => {
    for (const { rule, pointer, message } of problems) options.violate({ where: name, rule, pointer, message })
  }
  const finish = (outgoing: Outgoing): Outgoing => {
    if (outgoing.kind !== 'answer') return outgoing
    logged.status = outgoing.status
    const said = answerOf(outgoing.body)
    logged.ok = outgoing.status === 200 && said.ok !== false
    if (typeof said.error === 'string') logged.error = said.error
    return outgoing
  }

  if (befalls('dropped')) return { kind: 'dropped' }
  if (target === undefined) {
    options.violate({
      where: name,
      rule: 'unknown-method',
      pointer: '',
      message: `${incoming.method} ${incoming.path}`,
    })
    return finish(
      incoming.path.startsWith('/api/')
        ? json({ ok: false, error: 'unknown_method', req_method: name })
        : json({}, 404),
    )
  }
  if (broken) return finish(json({ ok: false, error: 'invalid_json' }))
  const task = attempt(() => {
    if (url !== undefined) return responseTask(options, url, args, incoming, note)
    return method === undefined
      ? refuse('unknown_method')
      : methodTask(options, method, args, token, team, note, warning)
  })
  return finish('kind' in task ? task : await carryOut(options, task, befalls, note))
}

async function carryOut(options: ApiOptions, task: Task, befalls: Befalls, note: Note): Promise<Outgoing> {
  const { clock, limits, closing } = options
  const { target, teamId } = task
  const ordered = befalls('rateLimited')
  const limited =
    ordered === undefined
      ? limits.take({ method: target, teamId, channel: task.channel })
      : limits.order(target, teamId, ordered.retryAfterMs)
  if (limited !== undefined) return tooEarly(limited, ordered?.withoutHeader === true, note)

  const before = befalls('failedBefore')
  if (before) return failure(before.status)
  const denied = befalls('refused')
  if (denied) return json({ ok: false, error: denied.error }, 200, task.headers)
  const late = befalls('late')
  if (late) await clock.sleep(late.ms, closing)

  const outgoing = attempt(() => task.perform())

  if (befalls('replyLost')) return { kind: 'dropped' }
  const after = befalls('failedAfter')
  if (after) return failure(after.status)
  const deniedAfter = befalls('deniedAfter')
  if (deniedAfter) return json({ ok: false, error: deniedAfter.error ?? 'fatal_error' }, 200, task.headers)
  const slow = befalls('slow')
  if (slow) await clock.sleep(slow.ms, closing)
  if (befalls('garbage')) {
    return {
      kind: 'answer',
      status: 200,
      headers: { 'content-type': 'text/html' },
      body: '<html>Something is wrong.</html>',
    }
  }
  return outgoing.kind === 'answer' ? { ...outgoing, headers: { ...task.headers, ...outgoing.headers } } : outgoing
}

/** Who asks is settled before anything is counted: each method's errors `not_authed` to `token_revoked`. */
function methodTask(
  { world, handlers, appHandlers }: ApiOptions,
  name: MethodName,
  args: JsonObject,
  token: string | undefined,
  team: Team | undefined,
  note: Note,
  warning: Readonly<Record<string, unknown>>,
): Task {
  const rule = ruleOf(name)
  if (name === 'apps.connections.open' || name === 'oauth.v2.access') {
    if (name === 'apps.connections.open') {
      if (token === undefined) refuse('not_authed')
      if (team !== undefined) refuse('not_allowed_token_type')
      if (token !== world.app.appToken) refuse('invalid_auth')
    }
    const perform = () => json({ ok: true, ...appHandlers[name]({ args }), ...warning })
    return { target: name, teamId: world.app.id, channel: undefined, headers: {}, perform }
  }
  if (token === undefined) return refuse('not_authed')
  if (token === world.app.appToken) return refuse('not_allowed_token_type')
  if (team === undefined) return refuse('invalid_auth')
  if (team.state === 'revoked') return refuse('token_revoked')
  if (team.state === 'inactive') return refuse('account_inactive')
  const channel = typeof args.channel === 'string' ? args.channel : undefined
  return {
    target: name,
    teamId: team.id,
    // A person's id and their direct messages are one channel.
    channel: [...world.channels.values()].find((each) => each.user === channel)?.id ?? channel,
    headers: {
      'x-oauth-scopes': team.scopes.join(','),
      ...(rule.scope === undefined ? {} : { 'x-accepted-oauth-scopes': rule.scope }),
    },
    perform() {
      if (rule.scope !== undefined && !team.scopes.includes(rule.scope)) {
        refuse('missing_scope', { needed: rule.scope, provided: team.scopes.join(',') })
      }
      return json({ ok: true, ...warning, ...handlers[name]({ team, args, note }) })
    },
  }
}

function responseTask(
  { tickets }: ApiOptions,
  url: ResponseUrl,
  args: JsonObject,
  incoming: Incoming,
  note: Note,
): Task {
  return {
    target: 'response_url',
    teamId: url.team.id,
    channel: url.channel.id,
    headers: {},
    perform() {
      if (incoming.method !== 'POST') return json({ ok: false, error: 'invalid_post_type' }, 405)
      tickets.respond(url, args, note)
      return { kind: 'answer', status: 200, headers: { 'content-type': 'text/plain' }, body: 'ok' }
    },
  }
}

function attempt<T>(work: () => T): T | Outgoing {
  try {
    return work()
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    const gone = error.error === 'used_url' || error.error === 'expired_url'
    return json({ ok: false, error: error.error, ...error.details }, gone ? 404 : 200)
  }
}

/** apis/web-api/rate-limits: 429 with Retry-After in seconds. */
function tooEarly(limited: LimitedCall, bare: boolean, note: Note): Outgoing {
  if (limited.unheeded) {
    note([{ rule: 'retry-after', pointer: '', message: 'called again before Retry-After was over', refused: true }])
  }
  const seconds = String(limited.retryAfterMs / 1_000)
  return json({ ok: false, error: 'ratelimited' }, 429, bare ? {} : { 'retry-after': seconds })
}

function failure(status = 500): Outgoing {
  return { kind: 'answer', status, headers: { 'content-type': 'text/plain' }, body: 'Server Error' }
}

function json(
  body: Readonly<Record<string, unknown>>,
  status = 200,
  headers: Readonly<Record<string, string>> = {},
): Outgoing {
  return {
    kind: 'answer',
    status,
    headers: { 'content-type': 'application/json; charset=utf-8', ...headers },
    body: JSON.stringify(body),
  }
}

function answerOf(body: string): JsonObject {
  return body.startsWith('{') ? JSON.parse(body) : {}
}
