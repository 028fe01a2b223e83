import { randomUUID } from 'node:crypto'
import type { IncomingMessage, Server } from 'node:http'
import type { Duplex } from 'node:stream'
import { type WebSocket, WebSocketServer } from 'ws'
import type { ActiveFaults } from './faults.ts'
import { type GatewayConnection, gatewayConnection } from './gateway-connection.ts'
import { guildsOfShard, HEARD, OP, parsed, refuseWith, shardOf } from './gateway-protocol.ts'
import { isObject, type JsonObject, listOf, numberOf, textOf } from './json-value.ts'
import { guildCreatePayload, userPayload } from './payloads.ts'
import type { FakeViolation } from './request-log.ts'
import { INTENTS, PRIVILEGED_INTENTS, RULES } from './rules.ts'
import type { World } from './world.ts'

export interface Identify {
  readonly at: number
  readonly intents: number
  readonly shard: readonly [number, number]
}

interface Session {
  readonly id: string
  readonly intents: number
  readonly shard: readonly [number, number]
  readonly events: { readonly t: string; readonly d: unknown }[]
  connection: GatewayConnection | undefined
  valid: boolean
}

export interface FakeGateway {
  /** Every identify, with its intents and shard. */
  readonly identifies: readonly Identify[]
  /** How often a session was taken up again. */
  readonly resumes: number
  readonly heartbeats: number
  /** Connections with a session at this moment. */
  readonly connected: number
  /** Ends every connection without a word; sessions can be resumed. */
  drop(): void
  /** Asks every client to reconnect and resume (opcode 7). */
  askToReconnect(): void
  /** Tells every client that its session is over (opcode 9). */
  invalidateSessions(options: { readonly resumable: boolean }): void
  /** Closes every connection with a code. */
  closeWith(code: number, reason: string): void
}

export interface Gateway extends FakeGateway {
  readonly sessionStartsLeft: number
  readonly intents: number
  serve(server: Server): void
  /** Sends an event to the shards it concerns: a guild's one, or the first for what belongs to none. False when nobody gets it, now or on resuming. */
  dispatch(event: string, data: unknown, guildId: string | undefined, intent?: number): boolean
  shutDown(): Promise<void>
}

export interface GatewayOptions {
  readonly world: World
  readonly token: string
  readonly faults: ActiveFaults
  readonly heartbeatMs: number
  /** Privileged intents that the app was given in the developer portal. */
  readonly privileged: number
  readonly url: () => string
  readonly violate: (violation: Omit<FakeViolation, 'at' | 'route'>) => void
}

/** Discord's gateway: hello, identify or resume, events in order, heartbeats (events/gateway, "Connection Lifecycle"). */
export function createGateway(options: GatewayOptions): Gateway {
  const { world } = options
  const sessions = new Map<string, Session>()
  const identifies: Identify[] = []
  const sockets = new WebSocketServer({ noServer: true })
  let heartbeats = 0
  let resumes = 0

  const live = () => [...sessions.values()].flatMap((each) => (each.connection === undefined ? [] : [each.connection]))
  const startsLeft = () => {
    const since = world.now() - RULES.sessionStartWindowMs
    return RULES.sessionStarts - identifies.filter((each) => each.at > since).length
  }

  const emit = (session: Session, t: string, d: unknown): void => {
    session.events.push({ t, d })
    session.connection?.send({ op: OP.dispatch, s: session.events.length, t, d })
  }

  const ready = (session: Session): void => {
    const guilds = guildsOfShard(world, session.shard)
    const bot = world.users.get(world.botId)
    emit(session, 'READY', {
      v: 10,
      user: { ...(bot === undefined ? {} : userPayload(bot)), verified: true, mfa_enabled: false, email: null },
      guilds: guilds.map((guild) => ({ id: guild.id, unavailable: true })),
      session_id: session.id,
      session_type: 'normal',
      resume_gateway_url: options.url(),
      shard: session.shard,
      application: { id: world.botId, flags: 0 },
    })
    if ((session.intents & INTENTS.guilds) === 0) return
    for (const guild of guilds) {
      if (guild.available) emit(session, 'GUILD_CREATE', guildCreatePayload(world, guild))
    }
  }

  const identify = (connection: GatewayConnection, data: JsonObject): Session | undefined => {
    const intents = numberOf(data.intents)
    const [id = 0, count = 1] = listOf(data.shard).map((each) => numberOf(each) ?? 0)
    if (textOf(data.token)?.replace(/^Bot /, '') !== options.token) return refuseWith(connection, 4004)
    if (intents === undefined) return refuseWith(connection, 4013)
    if ((intents & PRIVILEGED_INTENTS & ~options.privileged) !== 0) return refuseWith(connection, 4014)
    if (id >= count) return refuseWith(connection, 4010)
    if (guildsOfShard(world, [id, count]).length > RULES.guildsPerShard) return refuseWith(connection, 4011)
    if (startsLeft() <= 0) return refuseWith(connection, 4004)
    identifies.push({ at: world.now(), intents, shard: [id, count] })
    const session: Session = { id: randomUUID(), intents, shard: [id, count], events: [], connection, valid: true }
    sessions.set(session.id, session)
    ready(session)
    return session
  }

  const resume = (connection: GatewayConnection, data: JsonObject): Session | undefined => {
    if (textOf(data.token)?.replace(/^Bot /, '') !== options.token) return refuseWith(connection, 4004)
    const session = sessions.get(textOf(data.session_id) ?? '')
    const seq = numberOf(data.seq) ?? 0
    if (session === undefined || !session.valid || seq > session.events.length) {
      connection.send({ op: OP.invalidSession, d: false })
      return undefined
    }
    session.connection?.drop()
    session.connection = connection
    resumes++
    session.events.slice(seq).forEach(({ t, d }, at) => {
      connection.send({ op: OP.dispatch, s: seq + at + 1, t, d })
    })
    emit(session, 'RESUMED', {})
    return session
  }

  const accept = (socket: WebSocket, request: IncomingMessage): void => {
    const query = new URL(request.url ?? '/', 'ws://loopback').searchParams
    const connection = gatewayConnection(socket, query.get('compress') === 'zlib-stream')
    let session: Session | undefined
    socket.on('error', () => connection.drop())
    socket.on('close', (code) => {
      if (session?.connection !== connection) return
      session.connection = undefined
      // A client that says goodbye has no session to come back to (events/gateway, "Disconnecting").
      if (code === 1000 || code === 1001) session.valid = false
    })
    socket.on('message', (raw) => {
      const text = String(raw)
      const payload = parsed(text)
      if (Buffer.byteLength(text) > RULES.gatewayEventBytes || payload === undefined) {
        options.violate({ rule: 'gateway-event', path: [], message: 'no JSON, or over 4096 bytes' })
        connection.close(4002, 'Decode error')
        return
      }
      const op = numberOf(payload.op)
      const data = isObject(payload.d) ? payload.d : {}
      if (op === OP.heartbeat) {
        heartbeats++
        connection.send({ op: OP.heartbeatAck })
      } else if (op === OP.identify || op === OP.resume) {
        if (session !== undefined) refuseWith(connection, 4005)
        else session = op === OP.identify ? identify(connection, data) : resume(connection, data)
      } else if (!HEARD.includes(op)) {
        options.violate({ rule: 'gateway-opcode', path: ['op'], message: `opcode ${op}` })
        refuseWith(connection, 4001)
      } else if (session === undefined) refuseWith(connection, 4003)
    })
    connection.send({ op: OP.hello, d: { heartbeat_interval: options.heartbeatMs } })
  }

  return {
    identifies,
    get resumes() {
      return resumes
    },
    get heartbeats() {
      return heartbeats
    },
    get connected() {
      return live().length
    },
    get sessionStartsLeft() {
      return startsLeft()
    },
    get intents() {
      return identifies.at(-1)?.intents ?? 0
    },
    drop() {
      for (const connection of live()) connection.drop()
    },
    askToReconnect() {
      for (const connection of live()) connection.send({ op: OP.reconnect, d: null })
    },
    invalidateSessions({ resumable }) {
      for (const session of sessions.values()) {
        if (!resumable) session.valid = false
        session.connection?.send({ op: OP.invalidSession, d: resumable })
      }
    },
    closeWith(code, reason) {
      for (const connection of live()) connection.close(code, reason)
    },
    serve(server) {
      server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
        if (!(request.url ?? '').startsWith('/gateway') || options.faults.befalls('gatewayDown')) {
          socket.destroy()
          return
        }
        sockets.handleUpgrade(request, socket, head, (accepted) => accept(accepted, request))
      })
    },
    dispatch(event, data, guildId, intent) {
      const heard = [...sessions.values()].filter(
        (session) =>
          session.valid &&
          (intent === undefined || (session.intents & intent) !== 0) &&
          shardOf(guildId, session.shard[1]) === session.shard[0],
      )
      for (const session of heard) emit(session, event, data)
      return heard.length > 0
    },
    async shutDown() {
      for (const socket of sockets.clients) socket.terminate()
      await new Promise<void>((resolve) => sockets.close(() => resolve()))
    },
  }
}
