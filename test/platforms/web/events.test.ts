import { expect, test } from 'vitest'
import type { Actor } from '../../../src/delivery/platform.ts'
import type { TenantId } from '../../../src/message/channel.ts'
import { notice } from '../../../src/message/message.ts'
import type { PaperId } from '../../../src/papers/paper.ts'
import { CHANNEL, consoleWorld } from '../../support/console-world.ts'
import { SimulatedClock } from '../../support/simulated-clock.ts'

interface Received {
  readonly event: string
  readonly id: string | undefined
  readonly data: {
    readonly key?: string
    readonly text?: string
    readonly card?: string
    readonly ask?: string
    readonly html?: string
    readonly through?: string | null
  }
}

/** Reads a stream of server-sent events, comments as events named `:`. */
function reading(answer: Response) {
  const reader = (answer.body ?? new ReadableStream<Uint8Array>()).pipeThrough(new TextDecoderStream()).getReader()
  let text = ''
  return {
    async next(): Promise<Received | undefined> {
      while (!text.includes('\n\n')) {
        const { done, value } = await reader.read()
        if (done) return undefined
        text += value
      }
      const [block = ''] = text.split('\n\n', 1)
      text = text.slice(block.length + 2)
      const field = (name: string) =>
        block
          .split('\n')
          .find((line) => line.startsWith(`${name}: `))
          ?.slice(name.length + 2)
      return block.startsWith(':')
        ? { event: ':', id: undefined, data: {} }
        : { event: field('event') ?? '', id: field('id'), data: JSON.parse(field('data') ?? '{}') }
    },
    close: () => reader.cancel(),
  }
}

const PATH = `/api/events?channel=${encodeURIComponent(CHANNEL)}`
const you: Actor = { platform: 'web', tenant: 'web' as TenantId, id: 'you', name: 'you', rank: 'admin' }

test('a post and its edit reach the page that is open', async () => {
  const world = consoleWorld()
  const stream = reading(await world.get(PATH))
  expect(await stream.next()).toMatchObject({ event: ':' })
  const key = await world.post('one', notice('info', 'As it was'))
  expect(await stream.next()).toMatchObject({ event: 'posted', id: key, data: { key, text: 'As it was\n' } })
  const part = {
    key: 'one',
    message: notice('info', 'As it is'),
    papers: [{ id: 'arxiv:2501.18837' as PaperId, version: 2 }],
  }
  await world.web.edit(CHANNEL, { id: key }, part, AbortSignal.timeout(1000))
  expect(await stream.next()).toMatchObject({ event: 'edited', id: undefined, data: { key, text: 'As it is\n' } })
  await stream.close()
})

test('a page that comes back gets what it missed, each post once', async () => {
  const world = consoleWorld()
  const first = await world.post('one', notice('info', 'One'))
  const second = await world.post('two', notice('info', 'Two'))
  const part = { key: 'one', message: notice('info', 'One, mended'), papers: [] }
  await world.web.edit(CHANNEL, { id: first }, part, AbortSignal.timeout(1000))
  const stream = reading(await world.get(PATH, { 'last-event-id': first }))
  expect(await stream.next()).toMatchObject({ event: 'edited', data: { key: first, text: 'One, mended\n' } })
  expect(await stream.next()).toMatchObject({ event: 'posted', id: second })
  expect(await stream.next()).toMatchObject({ event: ':' })
  const third = await world.post('three', notice('info', 'Three'))
  expect(await stream.next()).toMatchObject({ event: 'posted', id: third })
  await stream.close()
})

test('a part that is posted again appears once', async () => {
  const world = consoleWorld()
  const stream = reading(await world.get(PATH))
  await stream.next()
  await world.post('one', notice('info', 'One'))
  await world.post('one', notice('info', 'One again'))
  await world.post('two', notice('info', 'Two'))
  expect((await stream.next())?.data.text).toBe('One\n')
  expect((await stream.next())?.data.text).toBe('Two\n')
  await stream.close()
})

test('what is told in private reaches that person and stays for a week', async () => {
  const clock = new SimulatedClock('2026-11-24T09:00:00Z')
  const world = consoleWorld({}, clock)
  const stream = reading(await world.get(PATH))
  await stream.next()
  await world.web.tell({ ...you, id: 'ada' }, notice('info', 'For Ada'))
  await world.web.tell(you, notice('info', 'For you'))
  expect(await stream.next()).toMatchObject({ event: 'told', data: { card: expect.stringContaining('For you') } })
  await stream.close()
  expect(await (await world.get('/')).text()).toContain('For you')
  await clock.advance(8 * 24 * 3_600_000)
  expect(await (await world.get('/')).text()).not.toContain('For you')
  await world.web.tell(you, notice('info', 'Later'))
  expect((await world.web.notes.of('you')).map(({ message }) => message.summary)).toEqual(['Later'])
})

test('progress is told under the number of its question', async () => {
  const world = consoleWorld()
  const stream = reading(await world.get(PATH))
  await stream.next()
  await world.send(`/api/channels/${encodeURIComponent(CHANNEL)}/commands`, { user: 'you', text: 'search x', ask: '7' })
  expect(await stream.next()).toMatchObject({
    event: 'progress',
    data: { ask: '7', html: expect.stringContaining('Asking arXiv') },
  })
  await stream.close()
})

test('a silent stream is kept alive, and ends when the platform stops', async () => {
  const clock = new SimulatedClock('2026-11-24T09:00:00Z')
  const world = consoleWorld({}, clock)
  const stream = reading(await world.get(PATH))
  expect(await stream.next()).toMatchObject({ event: ':' })
  await clock.advance(30_000)
  expect(await stream.next()).toMatchObject({ event: ':' })
  await world.web.stop()
  expect(await stream.next()).toBeUndefined()
})

test('a page is told when another day is complete, and at once when it shows an earlier one', async () => {
  const world = consoleWorld()
  const current = reading(await world.get(`${PATH}&through=2026-11-23`))
  expect(await current.next()).toMatchObject({ event: ':' })
  world.web.events.tell(undefined, { kind: 'complete', through: '2026-11-29' })
  const { data } = (await current.next()) ?? {}
  expect(data?.through).toBe('2026-11-29')
  expect(data?.html).toContain('Complete through the announcement of Sunday evening, 29 Nov')
  await current.close()
  const late = reading(await world.get(`${PATH}&through=2026-11-22`))
  expect(await late.next()).toMatchObject({ event: 'complete', data: { through: '2026-11-23' } })
  await late.close()
})
