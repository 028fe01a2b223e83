import type { IncomingMessage, Server } from 'node:http'
import type { Duplex } from 'node:stream'
import { type WebSocket, WebSocketServer } from 'ws'
import type { Clock } from '../../../src/clock.ts'
import { isObject, type JsonObject } from '../discord/json-value.ts'
import type { ActiveFaults } from './faults.ts'
import { RULES } from './rules.ts'
import type { FakeViolation } from './violation.ts'
import type { World } from './world.ts'

export interface FakeSocket {
  /** Connections that said hello and are not closing. */
  readonly connected: number
  /** How often an app connected. */
  readonly connections: number
  /** Waits until so many connections are open. */
  opened(count?: number): Promise<void>
  /** Tells every client that its connection ends in a while (`warning`), now (`refresh_requested`), or for good (`link_disabled`). */
  disconnect(reason: 'warning' | 'refresh_requested' | 'link_disabled'): void
  /** Ends every connection without a word. */
  drop(): void
  /** Sends something as it is to one connection: garbage, unknown types. */
  sendRaw(text: string): void
}

export interface SocketMode extends FakeSocket {
  /** A fresh address, good for one connection (apps.connections.open). */
  ticket(): string
  serve(server: Server): void
  /** Sends an envelope to one of the connections, whichever; false when there is none. */
  send(envelope: JsonObject, acknowledged: (payload: unknown) => void): boolean
  /** Nobody waits for this acknowledgement any more. */
  forget(envelopeId: string): void
  shutDown(): Promise<void>
}

export interface SocketOptions {
  readonly world: World
  readonly clock: Pick<Clock, 'sleep'>
  readonly faults: ActiveFaults
  readonly closing: AbortSignal
  readonly host: () => string
  violate(violation: Omit<FakeViolation, 'at' | 'where'>): void
}

/** Socket Mode: hello, envelopes and their acknowledgements, being asked to reconnect (apis/events-api/using-socket-mode). */
export function createSocketMode(options: SocketOptions): SocketMode {
  const { world, clock } = options
  const server = new WebSocketServer({ noServer: true })
  const tickets = new Set<string>()
  const waiting = new Map<
    string,
    { readonly takesPayload: boolean; readonly acknowledged: (payload: unknown) => void }
  >()
  const live = new Set<WebSocket>()
  let connections = 0
  let turn = 0

  const send = (socket: WebSocket, message: JsonObject) => {
    if (socket.readyState === socket.OPEN) socket.send(JSON.stringify(message))
  }
  const debug = { host: 'applink-0', build_number: 1, approximate_connection_time: 18_060 }

  const accept = (socket: WebSocket): void => {
    // More than ten are turned away.
    if (live.size >= RULES.sockets) {
      send(socket, { type: 'disconnect', reason: 'too_many_websockets', debug_info: debug })
      socket.close()
      return
    }
    connections++
    live.add(socket)
    socket.on('error', () => {})
    socket.on('close', () => {
      live.delete(socket)
      world.changed()
    })
    socket.on('message', (data) => hear(String(data)))
    send(socket, {
      type: 'hello',
      connection_info: { app_id: world.app.id },
      num_connections: live.size,
      debug_info: debug,
    })
    world.changed()
  }

  const hear = (text: string): void => {
    const message = parsed(text)
    const id = message?.envelope_id
    const expected = typeof id === 'string' ? waiting.get(id) : undefined
    if (message === undefined || typeof id !== 'string') {
      options.violate({ rule: 'socket-message', pointer: '', message: `not an acknowledgement: ${text.slice(0, 80)}` })
      return
    }
    // Late, or twice: nobody waits for it.
    if (expected === undefined) return
    waiting.delete(id)
    const payload = isEmpty(message.payload) ? undefined : message.payload
    if (payload !== undefined && !expected.takesPayload) {
      options.violate({ rule: 'socket-payload', pointer: '/payload', message: 'accepts_response_payload was false' })
    }
    expected.acknowledged(payload)
  }

  return {
    get connected() {
      return live.size
    },
    get connections() {
      return connections
    },
    opened: (count = 1) =>
      new Promise((resolve) => {
        let stop = () => {}
        const look = () => {
          if (live.size < count) return
          stop()
          resolve()
        }
        stop = world.watch(look)
        look()
      }),
    disconnect(reason) {
      for (const socket of [...live]) {
        send(socket, { type: 'disconnect', reason, debug_info: debug })
        // A warning comes while everything still works; the others end what is sent here.
        if (reason !== 'warning') live.delete(socket)
        clock
          .sleep(RULES.socketCloseMs, options.closing)
          .then(() => socket.close())
          .catch(() => {})
      }
      world.changed()
    },
    drop() {
      for (const socket of live) socket.terminate()
    },
    sendRaw(text) {
      const [socket] = live
      socket?.send(text)
    },
    ticket() {
      const ticket = world.secret(16)
      tickets.add(ticket)
      return `ws://${options.host()}/link/?ticket=${ticket}&app_id=${world.app.id}`
    },
    serve(http) {
      http.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
        const url = new URL(request.url ?? '/', 'http://loopback')
        const known = tickets.delete(url.searchParams.get('ticket') ?? '')
        if (url.pathname !== '/link/' || !known || options.faults.befalls('socketDown')) {
          if (!known)
            options.violate({ rule: 'socket-ticket', pointer: '', message: 'an address is good for one connection' })
          socket.destroy()
          return
        }
        server.handleUpgrade(request, socket, head, accept)
      })
    },
    send(envelope, acknowledged) {
      const open = [...live].filter((socket) => socket.readyState === socket.OPEN)
      const socket = open[turn++ % Math.max(1, open.length)]
      if (socket === undefined) return false
      waiting.set(String(envelope.envelope_id), {
        takesPayload: envelope.accepts_response_payload === true,
        acknowledged,
      })
      send(socket, envelope)
      return true
    },
    forget: (envelopeId) => void waiting.delete(envelopeId),
    async shutDown() {
      for (const socket of server.clients) socket.terminate()
      await new Promise<void>((resolve) => server.close(() => resolve()))
    },
  }
}

function isEmpty(payload: unknown): boolean {
  return payload === undefined || payload === null || (isObject(payload) && Object.keys(payload).length === 0)
}

function parsed(text: string): JsonObject | undefined {
  try {
    const value: unknown = JSON.parse(text)
    return isObject(value) ? value : undefined
  } catch {
    return undefined
  }
}
