import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { SlackAndDiscord } from './chat-services.ts'
import { NOW_HEADER } from './hasty-time.ts'

export interface ChatServer {
  /** Every address of the services begins so. */
  readonly origin: string
  readonly environment: Readonly<Record<'SLACK_API_URL' | 'DISCORD_API_URL', string>>
  close(): Promise<void>
}

/** Slack's and Discord's servers on loopback, for a program in another process, by whose clock they go. Close it. */
export async function serveChats(services: SlackAndDiscord): Promise<ChatServer> {
  let last: Promise<void> = Promise.resolve()
  const moveTo = (moment: number): Promise<void> => {
    last = last.then(() => services.clock.advance(Math.max(0, moment - services.clock.now())))
    return last
  }

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(Buffer.from(chunk))
    const [, service = '', path = ''] = /^\/(slack|discord)(\/.*)$/.exec(request.url ?? '') ?? []
    await moveTo(Number(request.headers[NOW_HEADER]))
    const body = Buffer.concat(chunks)
    const { authorization = '', 'content-type': type = '' } = request.headers
    const asked = services.ask(`https://${service}.test${path}`, {
      method: request.method ?? 'GET',
      headers: { authorization, ...(type === '' ? {} : { 'content-type': type }) },
      ...(body.length === 0 ? {} : { body }),
    })
    if (asked === undefined) throw new Error(`nobody is at ${request.url}`)
    const answered = await asked
    response.writeHead(answered.status, Object.fromEntries(answered.headers))
    response.end(await answered.text())
  }

  const server = createServer((request, response) => {
    // A reply that is lost leaves a connection that ends.
    answer(request, response).catch(() => request.socket.destroy())
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  return {
    origin,
    environment: { SLACK_API_URL: `${origin}/slack/api/`, DISCORD_API_URL: `${origin}/discord/api` },
    close: async () => {
      server.closeAllConnections()
      await new Promise<void>((resolve) => server.close(() => resolve()))
    },
  }
}
