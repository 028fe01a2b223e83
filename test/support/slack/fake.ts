import type { AddressInfo } from 'node:net'
import { type Clock, systemClock } from '../../../src/clock.ts'
import { type Random, systemRandom } from '../../../src/random.ts'
import type { ApiOptions } from './api.ts'
import { appMethods, type Grant } from './app-methods.ts'
import { conversationMethods } from './conversation-methods.ts'
import { type Couriers, createCouriers } from './delivery.ts'
import type { Delivery, FakeTeam, FakeUser, FakeView, LoggedCall } from './fake-types.ts'
import { createFaults, type FaultSwitches } from './faults.ts'
import { createFiles } from './file-methods.ts'
import { historyMethods } from './history-methods.ts'
import { httpServer, inProcessFetch } from './http-server.ts'
import { createInteractions, type Interactions } from './interactions.ts'
import { messageMethods } from './message-methods.ts'
import { viewOfView } from './message-view.ts'
import { eventEnvelope } from './payloads.ts'
import { peopleMethods } from './people-methods.ts'
import { createRateLimits, type LimitedCall } from './rate-limits.ts'
import { RULES } from './rules.ts'
import { createScene, type Scene } from './scene.ts'
import { createSocketMode, type FakeSocket } from './socket-mode.ts'
import { createTickets } from './tickets.ts'
import { viewMethods } from './view-methods.ts'
import type { FakeViolation } from './violation.ts'
import { type AppIdentity, createWorld } from './world.ts'
import { createWorldChanges, type WorldChanges } from './world-changes.ts'

export interface FakeSlackOptions {
  readonly clock?: Clock
  readonly random?: Random
  /** How far reading lags behind posting; 2 s unless told. */
  readonly historyLagMs?: number
  /** `commercial`: distributed outside the Marketplace, which reads history once a minute, 15 messages at a time. */
  readonly distribution?: 'internal' | 'commercial'
  /** `false` for a simulation: nothing listens, `fetch` below is the only door, and Socket Mode is out of reach. */
  readonly listen?: boolean
}

/**
 * Slack's servers as a test sees them:
 * - set the scene: `addTeam`, `addChannel`, `addUser`, then `url`, a team's `token`, `app.appToken`, `app.signingSecret` for the app;
 *   over HTTP call `requestUrl('http://…/slack/events')`, else payloads go over Socket Mode;
 * - let people act: `command`, `press`, `select`, `suggest`, `submit`, `dismiss`, `mention`, `invite`, `kick`, …;
 * - break things: `faults.on('replyLost', { methods: ['chat.postMessage'], times: 1 })`, `socket.disconnect(…)`, `signed`, `replay`;
 * - look: `messages`, `ephemerals`, `views`, `calls`, `deliveries`, `limited`, `violations`.
 *
 * Every rule stands in rules.ts with its source. `emulate.test.ts` holds the answers against a Slack by others.
 */
export interface FakeSlack
  extends Scene,
    WorldChanges,
    Interactions,
    Pick<Couriers, 'requestUrl' | 'signed' | 'replay'> {
  /** For SLACK_API_URL: ends in `/api/`. */
  readonly url: string
  readonly app: AppIdentity
  /** The same servers without a network, in the shape of `fetch`. */
  readonly fetch: typeof fetch
  readonly faults: FaultSwitches
  readonly socket: FakeSocket
  readonly calls: readonly LoggedCall[]
  readonly deliveries: readonly Delivery[]
  /** Calls that came too early. */
  readonly limited: readonly LimitedCall[]
  readonly violations: readonly FakeViolation[]
  /** Modals and home tabs of a person, in order; closed ones too. */
  views(user: FakeUser): readonly FakeView[]
  /** Somebody lets the app in: the code that Slack sends to the redirect URL. */
  grant(team: FakeTeam, user: FakeUser, redirectUri?: string): string
  close(): Promise<void>
}

/** Slack's servers on loopback: Web API, response_urls and Socket Mode, with people who can be told what to do. Close it. */
export async function createFakeSlack({
  clock = systemClock,
  random = systemRandom,
  historyLagMs = RULES.historyLagMs,
  distribution = 'internal',
  listen = true,
}: FakeSlackOptions = {}): Promise<FakeSlack> {
  const world = createWorld(clock, random)
  const faults = createFaults(random)
  const commercial = distribution === 'commercial'
  const limits = createRateLimits(world.now, commercial)
  const tickets = createTickets(world)
  const closing = new AbortController()
  const calls: LoggedCall[] = []
  const violations: FakeViolation[] = []
  const grants = new Map<string, Grant>()
  const violate = (violation: Omit<FakeViolation, 'at'>) => void violations.push({ at: world.now(), ...violation })
  let host = 'slack.test'

  const socket = createSocketMode({
    world,
    clock,
    faults,
    closing: closing.signal,
    host: () => host,
    violate: (violation) => violate({ where: 'socket', ...violation }),
  })
  const servers = { world, historyLagMs, commercial }
  const files = createFiles(servers, () => `http://${host}`)
  const api: ApiOptions = {
    clock,
    world,
    faults,
    limits,
    tickets,
    handlers: {
      ...peopleMethods(servers),
      ...conversationMethods(servers),
      ...messageMethods(servers),
      ...historyMethods(servers),
      ...viewMethods(servers, tickets),
      ...files.handlers,
    },
    appHandlers: appMethods(world, socket.ticket, grants),
    files,
    log: calls,
    closing: closing.signal,
    violate,
  }
  const server = httpServer(api)
  socket.serve(server)
  if (listen) {
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    host = `127.0.0.1:${(server.address() as AddressInfo).port}`
  }

  const couriers = createCouriers(world, clock, socket, closing.signal)
  const interactions = createInteractions({
    world,
    clock,
    couriers,
    tickets,
    origin: () => `http://${host}`,
    note(where, problems) {
      for (const { rule, pointer, message } of problems) violate({ where, rule, pointer, message })
    },
  })
  // What is still under way when the servers shut is nobody's concern.
  const changes = createWorldChanges(world, (team, event) =>
    couriers.event(eventEnvelope(world, team, event)).catch(() => undefined),
  )

  return {
    ...createScene(world),
    ...changes,
    ...interactions,
    url: `http://${host}/api/`,
    app: world.app,
    fetch: inProcessFetch(api),
    faults,
    socket,
    calls,
    deliveries: couriers.deliveries,
    limited: limits.calls,
    violations,
    requestUrl: couriers.requestUrl,
    signed: couriers.signed,
    replay: couriers.replay,
    views: (user) => [...world.views.values()].filter((view) => view.userId === user.id).map(viewOfView),
    grant(team, user, redirectUri) {
      const known = world.teams.get(team.id)
      if (known === undefined) throw new Error(`there is no workspace ${team.name}`)
      const code = world.secret(16)
      grants.set(code, { team: known, userId: user.id, redirectUri, at: world.now() })
      return code
    },
    async close() {
      closing.abort()
      await socket.shutDown()
      if (!listen) return
      server.closeAllConnections()
      await new Promise<void>((resolve) => server.close(() => resolve()))
    },
  }
}
