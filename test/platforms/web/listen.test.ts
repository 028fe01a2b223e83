import { createServer } from 'node:net'
import { expect, test } from 'vitest'
import { systemClock } from '../../../src/clock.ts'
import { listenConsole } from '../../../src/platforms/web/listen.ts'
import { CHANNEL, consoleWorld, TOKEN } from '../../support/console-world.ts'

const app = { fetch: () => new Response('here') }

test('port 0 takes a free one and says which', async () => {
  const listener = await listenConsole(app, { host: '127.0.0.1', port: 0, clock: systemClock })
  expect(listener.url).toBe(`http://127.0.0.1:${listener.port}`)
  expect(await (await fetch(listener.url)).text()).toBe('here')
  await listener.close()
  await expect(fetch(listener.url)).rejects.toThrow()
})

test('a port that is taken is named, with the way out', async () => {
  const other = createServer()
  await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve))
  const address = other.address()
  const port = typeof address === 'object' && address !== null ? address.port : 0
  await expect(listenConsole(app, { host: '127.0.0.1', port, clock: systemClock })).rejects.toThrow(
    `Port ${port} on 127.0.0.1 is in use: stop the program that has it, or set CONSOLE_PORT to another port (0 takes a free one).`,
  )
  other.close()
})

test('a host that is none of this machine is named', async () => {
  await expect(listenConsole(app, { host: '192.0.2.1', port: 0, clock: systemClock })).rejects.toThrow(
    /CONSOLE_HOST 192\.0\.2\.1/,
  )
})

test('a page that listens does not keep the console from stopping', async () => {
  const world = consoleWorld()
  const listener = await listenConsole(world.console, { host: '127.0.0.1', port: 0, clock: systemClock })
  const answer = await fetch(`${listener.url}/api/events?channel=${encodeURIComponent(CHANNEL)}`, {
    headers: { authorization: `Bearer ${TOKEN}` },
  })
  const reader = answer.body?.getReader()
  expect(new TextDecoder().decode((await reader?.read())?.value)).toBe(': here\n\n')
  await world.web.stop()
  expect((await reader?.read())?.done).toBe(true)
  await listener.close()
})
