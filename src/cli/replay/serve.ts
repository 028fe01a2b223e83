import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { Replay, ReplayAnswer, ReplayRequest } from './replay.ts'

export interface ReplayServer {
  readonly url: string
  readonly oaiUrl: string
  readonly apiUrl: string
  /** The address under which `/rss/…` and `/atom/…` live. */
  readonly rssUrl: string
  close(): Promise<void>
}

export interface ServeOptions {
  readonly host: string
  /** 0 takes a free one. */
  readonly port: number
}

// Long id lists are posted; nobody posts more than this.
const LONGEST_FORM = 1_000_000

/** Serves a replay over HTTP; meant for loopback. */
export function serveReplay(replay: Pick<Replay, 'answer'>, options: ServeOptions): Promise<ReplayServer> {
  return serveAnswers((request, response) => writeAnswer(response, replay.answer(request)), options)
}

/** Serves whatever `respond` writes; a throw of it ends the connection. */
export async function serveAnswers(
  respond: (request: ReplayRequest, response: ServerResponse) => void | Promise<void>,
  options: ServeOptions,
): Promise<ReplayServer> {
  const server = createServer((incoming, response) => {
    readRequest(incoming)
      .then((request) => respond(request, response))
      .catch(() => response.destroy())
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(options.port, options.host, () => resolve())
  })
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('The replay has no TCP address to serve at.')
  const url = `http://${options.host}:${address.port}`
  return {
    url,
    oaiUrl: `${url}/oai`,
    apiUrl: `${url}/api/query`,
    rssUrl: url,
    close: () =>
      new Promise((resolve, reject) => {
        server.close((error) => (error ? reject(error) : resolve()))
        server.closeAllConnections()
      }),
  }
}

/** Writes an answer whole. */
export function writeAnswer(response: ServerResponse, answer: ReplayAnswer): void {
  response.writeHead(answer.status, { ...answer.headers, 'content-length': String(Buffer.byteLength(answer.body)) })
  response.end(answer.body)
}

async function readRequest(incoming: IncomingMessage): Promise<ReplayRequest> {
  const { host = 'localhost' } = incoming.headers
  const url = new URL(incoming.url ?? '/', `http://${host}`)
  const headers = Object.fromEntries(
    Object.entries(incoming.headers).map(([name, value]) => [
      name,
      Array.isArray(value) ? value.join(', ') : (value ?? ''),
    ]),
  )
  let form = ''
  for await (const chunk of incoming) {
    form += String(chunk)
    if (form.length > LONGEST_FORM) throw new Error('The posted form is too long.')
  }
  for (const [name, value] of new URLSearchParams(form)) url.searchParams.append(name, value)
  return { method: incoming.method ?? 'GET', url, headers }
}
