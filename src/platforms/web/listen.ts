import type { Server } from 'node:http'
import { createAdaptorServer } from '@hono/node-server'
import type { Clock } from '../../clock.ts'
import { isLoopback } from './security.ts'

export interface Listener {
  /** Under which a browser on this machine reaches it, without a slash at the end. */
  readonly url: string
  readonly port: number
  /** Lets requests in flight end for at most 3 s. */
  close(): Promise<void>
}

const GRACE_MS = 3000

/** Listens for the console (port 0: a free one); rejects with one sentence when it can't. */
export async function listenConsole(
  app: { fetch(request: Request): Response | Promise<Response> },
  {
    host,
    port,
    variable = 'CONSOLE_PORT',
    clock,
  }: { readonly host: string; readonly port: number; readonly variable?: string; readonly clock: Clock },
): Promise<Listener> {
  const server = createAdaptorServer({ fetch: (request) => app.fetch(request) }) as Server
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error) => reject(new Error(cannotListen(error, host, port, variable), { cause: error })))
    server.listen(port, host.replace(/^\[|\]$/g, ''), resolve)
  })
  const address = server.address()
  const taken = typeof address === 'object' && address !== null ? address.port : port
  const name = isLoopback(host) ? (host === '::1' ? '[::1]' : host) : '127.0.0.1'
  return { url: `http://${name}:${taken}`, port: taken, close: () => closeServer(server, clock) }
}

async function closeServer(server: Server, clock: Clock): Promise<void> {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()))
  server.closeIdleConnections()
  const grace = new AbortController()
  const late = clock.sleep(GRACE_MS, grace.signal).then(
    () => server.closeAllConnections(),
    () => {},
  )
  await Promise.race([closed, late])
  grace.abort()
  await closed
}

function cannotListen(error: Error, host: string, port: number, variable: string): string {
  const code = 'code' in error ? error.code : undefined
  if (code === 'EADDRINUSE') {
    return `Port ${port} on ${host} is in use: stop the program that has it, or set ${variable} to another port (0 takes a free one).`
  }
  if (code === 'EACCES') return `Port ${port} may not be opened by this user: set ${variable} to one above 1023.`
  if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND') return `CONSOLE_HOST ${host} is no address of this machine.`
  return `The console can't listen on ${host}:${port}: ${error.message}`
}
