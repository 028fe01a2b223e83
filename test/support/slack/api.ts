import type { Clock } from '../../../src/clock.ts'
import type { JsonObject } from '../discord/json-value.ts'
import type { AppHandlers, Handlers } from './api-call.ts'
import { type ReadCall, readCall } from './call-reading.ts'
import type { LoggedCall } from './fake-types.ts'
import type { ActiveFaults, FaultName, Faults, Target } from './faults.ts'
import type { Files } from './file-methods.ts'
import type { Note } from './message-limits.ts'
import { answerOf, failure, json, type Outgoing, plainly, tooEarly } from './outgoing.ts'
import type { RateLimits } from './rate-limits.ts'
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

export interface ApiOptions {
  readonly clock: Pick<Clock, 'now' | 'sleep'>
  readonly world: World
  readonly faults: ActiveFaults
  readonly limits: RateLimits
  readonly tickets: Tickets
  readonly handlers: Handlers
  readonly appHandlers: AppHandlers
  readonly files: Files
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
  const upload = options.files.find(incoming.path)
  const name =
    url !== undefined ? 'response_url' : upload !== undefined ? 'upload' : incoming.path.replace(/^\/api\//, '')
  const { args, token, broken, warning } = upload === undefined ? readCall(incoming) : UNREAD
  const team = url?.team ?? upload?.team ?? [...world.teams.values()].find((each) => each.token === token)
  const logged: LoggedCall = { at: clock.now(), method: name, teamId: team?.id, args, faults: [] }
  log.push(logged)

  const method = isMethod(name) ? name : undefined
  const target: Target | undefined = url !== undefined ? 'response_url' : upload !== undefined ? 'upload' : method
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
    if (upload !== undefined) return uploadTask(options, upload, incoming)
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
    return plainly(200, '<html>Something is wrong.</html>', 'text/html')
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

/** Content goes to its address as it is; the answer is no JSON. */
function uploadTask({ files }: ApiOptions, upload: NonNullable<ReturnType<Files['find']>>, incoming: Incoming): Task {
  return {
    target: 'upload',
    teamId: upload.team.id,
    channel: undefined,
    headers: {},
    perform: () =>
      files.take(upload, incoming.body, incoming.contentType)
        ? plainly(200, `OK - ${upload.bytes}`)
        : plainly(400, 'the length is another than announced'),
  }
}

const UNREAD: ReadCall = { args: {}, token: undefined, broken: false, warning: {} }

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
      return plainly(200, 'ok')
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
