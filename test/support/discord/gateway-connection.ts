import { constants, createDeflate } from 'node:zlib'
import type { WebSocket } from 'ws'

/** One client's connection: what is sent arrives in order, as JSON text or, where the client asked for it, as one zlib stream. */
export interface GatewayConnection {
  send(payload: unknown): void
  /** Closes with a code of topics/opcodes-and-status-codes, "Gateway Close Event Codes". */
  close(code: number, reason: string): void
  /** Ends the connection without a word. */
  drop(): void
}

/** Wraps a socket; `compressed` for `compress=zlib-stream` (events/gateway, "Transport Compression"). */
export function gatewayConnection(socket: WebSocket, compressed: boolean): GatewayConnection {
  const deflate = compressed ? createDeflate() : undefined
  let chunks: Buffer[] = []
  deflate?.on('data', (chunk: Buffer) => chunks.push(chunk))
  socket.on('close', () => deflate?.close())
  return {
    send(payload) {
      const text = JSON.stringify(payload)
      if (deflate === undefined) {
        socket.send(text)
        return
      }
      deflate.write(text)
      // Each message ends in the four bytes of a synchronous flush, by which clients know it is whole.
      deflate.flush(constants.Z_SYNC_FLUSH, () => {
        if (chunks.length > 0) socket.send(Buffer.concat(chunks))
        chunks = []
      })
    },
    close: (code, reason) => socket.close(code, reason),
    drop: () => socket.terminate(),
  }
}
