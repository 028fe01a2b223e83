import type { AddressInfo } from 'node:net'
import { type Clock, systemClock } from '../../../src/clock.ts'
import { type Random, systemRandom } from '../../../src/random.ts'
import { keepSecret } from '../suite-output.ts'
import { createAsking } from './asking.ts'
import { createCommandRegister } from './command-routes.ts'
import type { FakeDiscord } from './fake-types.ts'
import { createFaults } from './faults.ts'
import { createGateway } from './gateway.ts'
import { type HttpOptions, httpServer, inProcessFetch } from './http-server.ts'
import { createInteractionBook } from './interaction-book.ts'
import { createHandles } from './interaction-handle.ts'
import { interactionRoutes } from './interaction-routes.ts'
import { messageRoutes } from './message-routes.ts'
import { createRateLimits } from './rate-limits.ts'
import type { FakeViolation, LoggedRequest } from './request-log.ts'
import { resourceRoutes } from './resource-routes.ts'
import type { Servers } from './servers.ts'
import { threadRoutes } from './thread-routes.ts'
import { createWorld } from './world.ts'
import { createWorldChanges } from './world-changes.ts'

export interface FakeDiscordOptions {
  readonly clock?: Clock
  readonly random?: Random
  /** Milliseconds between heartbeats. */
  readonly heartbeatMs?: number
  /** Intents of the privileged ones that the app was given; none unless told. */
  readonly privilegedIntents?: number
  /** Shards that GET /gateway/bot recommends. */
  readonly shards?: number
  readonly publicBot?: boolean
  /** `false` for a simulation: nothing listens, `fetch` is the only door, and the gateway is out of reach. */
  readonly listen?: boolean
}

/** Discord's servers on loopback: the HTTP API and the gateway, with people who can be told what to do. Close it. */
export async function createFakeDiscord({
  clock = systemClock,
  random = systemRandom,
  heartbeatMs = 41_250,
  privilegedIntents = 0,
  shards = 1,
  publicBot = true,
  listen = true,
}: FakeDiscordOptions = {}): Promise<FakeDiscord> {
  const world = createWorld(clock)
  const faults = createFaults(random)
  const limits = createRateLimits(world.now)
  const interactions = createInteractionBook()
  const closing = new AbortController()
  const log: LoggedRequest[] = []
  const violations: FakeViolation[] = []
  const violate = (violation: Omit<FakeViolation, 'at'>) => void violations.push({ at: world.now(), ...violation })
  const random64 = (bytes: number) => Buffer.from(random.bytes(bytes)).toString('base64url')
  const secret = (bytes: number) => keepSecret(random64(bytes))
  const token = `${Buffer.from(world.botId).toString('base64url')}.${random64(5)}.${secret(20)}`
  let port = 0
  const gatewayUrl = () => `ws://127.0.0.1:${port}/gateway`

  const gateway = createGateway({
    world,
    token,
    faults,
    heartbeatMs,
    privileged: privilegedIntents,
    url: gatewayUrl,
    violate: (violation) => violate({ route: 'gateway', ...violation }),
  })
  const servers: Servers = {
    world,
    gateway,
    limits,
    interactions,
    application: { name: 'Paperboy', publicBot, privileged: privilegedIntents, shards },
    gatewayUrl,
    violate,
    leave: (guild) => changes.kick(guild),
  }
  const register = createCommandRegister(servers)
  const changes = createWorldChanges(servers)
  const asking = createAsking(servers, register, () => secret(24))
  const handles = createHandles(servers, clock)

  const api: HttpOptions = {
    clock,
    token,
    faults,
    limits,
    log,
    violate,
    snowflake: world.snowflake,
    closing: closing.signal,
    handlers: {
      ...resourceRoutes(servers),
      ...messageRoutes(servers),
      ...threadRoutes(servers),
      ...register.handlers,
      ...interactionRoutes(servers),
    },
  }
  const server = httpServer(api)
  gateway.serve(server)
  if (listen) {
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    port = (server.address() as AddressInfo).port
  }

  return {
    url: listen ? `http://127.0.0.1:${port}/api` : 'http://discord.test/api',
    fetch: inProcessFetch(api),
    token,
    applicationId: world.botId,
    gateway,
    faults,
    requests: log,
    violations,
    get invalidRequests() {
      return limits.invalidRequests
    },
    ...changes,
    commands: (guild) => register.all(guild?.id),
    command: (name, input, where) => handles.of(asking.command(name, input, where)),
    complete: (name, input, where) => handles.of(asking.complete(name, input, where)),
    press: (message, customId, user) => handles.of(asking.use(message, customId, user)),
    select: (message, customId, values, user) => handles.of(asking.use(message, customId, user, values)),
    submitModal: (interaction, values = {}) => handles.of(asking.submit(handles.behind(interaction), values)),
    async close() {
      closing.abort()
      await gateway.shutDown()
      if (!listen) return
      server.closeAllConnections()
      await new Promise<void>((resolve) => server.close(() => resolve()))
    },
  }
}
