import { expect, test } from 'vitest'
import type { Actor } from '../../../src/delivery/platform.ts'
import type { ChannelId, TenantId } from '../../../src/message/channel.ts'
import { notice } from '../../../src/message/message.ts'
import { createWebPlatform, isWebChannel } from '../../../src/platforms/web/connection.ts'
import { keyAfter, timeOfKey } from '../../../src/platforms/web/posts.ts'
import { systemRandom, ulid } from '../../../src/random.ts'
import { type Faults, type Memory, openMemoryStore } from '../../support/memory-store.ts'
import { SimulatedClock } from '../../support/simulated-clock.ts'

const CHANNEL = 'web:demo/papers' as ChannelId
const unhurried = new AbortController().signal
const part = (key: string) => ({ key, message: notice('info', key), papers: [] })

function world(start = '2026-11-24T09:00:00Z', memory: Memory = new Map()) {
  const faults: Faults = { room: Number.POSITIVE_INFINITY, broken: false }
  const clock = new SimulatedClock(start)
  const store = openMemoryStore(memory, faults)
  const web = createWebPlatform({ store, clock, random: systemRandom })
  const shown = async () => (await web.postsAfter(CHANNEL, '', 100)).map((post) => post.part)
  return { web, clock, faults, memory, shown }
}

test('a part that is posted twice, even at once and after a restart, stands there once', async () => {
  const { web, memory, shown } = world()
  const [one, other] = await Promise.all([
    web.post(CHANNEL, part('a'), unhurried),
    web.post(CHANNEL, part('a'), unhurried),
  ])
  expect(other).toEqual(one)
  const restarted = world('2026-11-25T09:00:00Z', memory)
  expect(await restarted.web.post(CHANNEL, part('a'), unhurried)).toEqual(one)
  expect(await shown()).toEqual(['a'])
})

test('posts stand in the order in which they were made, within a millisecond and with a clock put back', async () => {
  const { web, memory, shown } = world()
  await Promise.all(['a', 'b', 'c'].map((key) => web.post(CHANNEL, part(key), unhurried)))
  const earlier = world('2026-11-20T09:00:00Z', memory)
  await earlier.web.post(CHANNEL, part('d'), unhurried)
  expect(await shown()).toEqual(['a', 'b', 'c', 'd'])
})

test('a store that fails leaves the outcome open, and is never taken for absence', async () => {
  const { web, faults, shown } = world()
  faults.broken = true
  expect(await web.post(CHANNEL, part('a'), unhurried)).toMatchObject({
    kind: 'unknown',
    cause: expect.stringContaining('broken'),
  })
  expect(await web.find(CHANNEL, part('a'), 0, unhurried)).toMatchObject({ kind: 'cannot-look' })
  expect(await web.edit(CHANNEL, { id: 'x' }, part('a'), unhurried)).toMatchObject({ kind: 'unknown' })
  faults.broken = false
  expect((await web.post(CHANNEL, part('a'), unhurried)).kind).toBe('posted')
  expect(await shown()).toEqual(['a'])
})

test('a post of another platform is refused', async () => {
  const { web } = world()
  expect(await web.post('slack:T012/C345' as ChannelId, part('a'), unhurried)).toMatchObject({
    kind: 'refused',
    until: 'never',
  })
})

test('the last posts are found however long ago they were made', async () => {
  const { web, clock } = world()
  for (const key of ['a', 'b', 'c']) {
    await web.post(CHANNEL, part(key), unhurried)
    await clock.advance(200 * 24 * 3_600_000)
  }
  const last = await web.postsBefore(CHANNEL, undefined, 2)
  expect(last.map((post) => post.part)).toEqual(['b', 'c'])
  expect((await web.postsBefore(CHANNEL, last[0]?.key, 2)).map((post) => post.part)).toEqual(['a'])
})

test('a key tells its time, and what is none tells none', () => {
  expect(timeOfKey(ulid(1_764_000_000_000, { ...systemRandom }))).toBe(1_764_000_000_000)
  for (const key of ['', 'x', '../..', 'ZZZZZZZZZZZZZZZZZZZZZZZZZZ']) expect(timeOfKey(key)).toBe(0)
  const last = ulid(2000, { ...systemRandom })
  expect(keyAfter(last, 1000, { ...systemRandom }) > last).toBe(true)
})

test.each(['web:demo/papers', 'web:demo/λ-calculus', 'web:a/b.c_d-1'])('%j is a channel of the console', (name) => {
  expect(isWebChannel(name)).toBe(true)
})

test.each([
  '',
  'web:',
  'web:papers',
  'web:@ada',
  'web:demo/../x',
  'web:demo/.hidden',
  'slack:T/C',
  'web:demo/a\nb',
  'web:demo/<b>',
])('%j is none', (name) => {
  expect(isWebChannel(name)).toBe(false)
})

test('a line about a post stands under it, once', async () => {
  const { web } = world()
  const digest = await web.post(CHANNEL, part('digest'), unhurried)
  if (digest.kind !== 'posted') throw new Error('not posted')
  await web.post(CHANNEL, part('other'), unhurried)
  const line = { ...part('line'), parent: digest.receipt, aside: true } as const
  expect(await web.post(CHANNEL, line, unhurried)).toEqual(await web.post(CHANNEL, line, unhurried))
  const posts = await web.postsAfter(CHANNEL, '', 10)
  expect(posts.map((post) => [post.part, post.under])).toEqual([
    ['digest', undefined],
    ['other', undefined],
    ['line', digest.receipt.id],
  ])
})

test('what a person is told is shown on a full disk as well, and written once there is room', async () => {
  const { web, clock, faults, memory } = world()
  const you: Actor = { platform: 'web', tenant: 'web' as TenantId, id: 'you', name: 'you', rank: 'admin' }
  const listening = web.events.listen(CHANNEL)
  const texts = async (from = web) =>
    (await from.notes.of('you')).flatMap(({ message }) =>
      message.nodes.flatMap((node) => (node.kind === 'notice' ? [node.text] : [])),
    )
  faults.room = 0
  await web.tell(you, notice('warning', 'The disk is full.'))
  expect(await listening.take(unhurried)).toMatchObject([{ kind: 'told' }])
  expect(await texts()).toEqual(['The disk is full.'])
  faults.room = Number.POSITIVE_INFINITY
  await clock.advance(60_000)
  await web.tell(you, notice('success', 'There is room again.'))
  expect(await texts()).toEqual(['The disk is full.', 'There is room again.'])
  const restarted = world('2026-11-24T09:02:00Z', memory).web
  expect(await texts(restarted)).toEqual(['The disk is full.', 'There is room again.'])
})
