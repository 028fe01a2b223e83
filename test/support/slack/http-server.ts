import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { type ApiOptions, type Incoming, serveCall } from './api.ts'
import type { Outgoing } from './outgoing.ts'

/** The door of loopback HTTP. */
export function httpServer(options: ApiOptions): Server {
  return createServer((request, response) => {
    serve(options, request, response).catch((error: unknown) => {
      if (options.closing.aborted) return
      options.violate({ where: 'fake', rule: 'fake', pointer: '', message: `the fake itself broke: ${error}` })
      if (!response.destroyed) response.writeHead(500).end(String(error))
    })
  })
}

async function serve(options: ApiOptions, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(Buffer.from(chunk))
  const url = new URL(request.url ?? '/', 'http://loopback')
  const outgoing = await serveCall(options, {
    method: request.method ?? 'GET',
    path: url.pathname,
    query: url.searchParams,
    contentType: request.headers['content-type'] ?? '',
    authorization: request.headers.authorization,
    body: Buffer.concat(chunks).toString(),
  })
  if (outgoing.kind === 'dropped') {
    request.socket.destroy()
    return
  }
  if (response.destroyed) return
  response.writeHead(outgoing.status, outgoing.headers)
  response.end(outgoing.body)
}

/** The door for simulations: the shape of `fetch`, the same rules, no socket. Aborting ends the waiting, not the effect. */
export function inProcessFetch(options: ApiOptions): typeof fetch {
  return async (input, init) => {
    const request = new Request(input, init)
    request.signal.throwIfAborted()
    const url = new URL(request.url)
    const incoming: Incoming = {
      method: request.method,
      path: url.pathname,
      query: url.searchParams,
      contentType: request.headers.get('content-type') ?? '',
      authorization: request.headers.get('authorization') ?? undefined,
      body: await request.text(),
    }
    const outgoing = await unlessAborted(serveCall(options, incoming), request.signal)
    if (outgoing.kind === 'dropped') {
      throw new TypeError('fetch failed', {
        cause: Object.assign(new Error('other side closed'), { code: 'UND_ERR_SOCKET' }),
      })
    }
    return new Response(outgoing.body, { status: outgoing.status, headers: outgoing.headers })
  }
}

function unlessAborted(answer: Promise<Outgoing>, signal: AbortSignal): Promise<Outgoing> {
  return new Promise((resolve, reject) => {
    const stop = () => reject(signal.reason)
    signal.addEventListener('abort', stop, { once: true })
    answer.then(resolve, reject).finally(() => signal.removeEventListener('abort', stop))
  })
}
