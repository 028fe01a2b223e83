import { afterEach, beforeEach, expect, it } from 'vitest'
import type { PaperId } from '../../src/papers/paper.ts'
import { channelKey, partKey, seenKey } from '../../src/store/keys.ts'
import { type Asked, asking, papersChannel, textOf } from '../support/asking.ts'
import { aPaper } from '../support/builders.ts'

const by = (id: string, ...names: string[]) =>
  aPaper({ id: `arxiv:${id}`, title: `Paper ${id}`, authors: names.map((name) => ({ name })) })
const boss = { id: 'boss', name: 'Boss', rank: 'manager' as const }

let house: Asked
beforeEach(async () => {
  house = await asking()
})
afterEach(() => house.close())

const why = async (id = '2509.00001') => textOf(await house.say(`why ${id}`)).replace(/\s+/g, ' ')

it('a posted paper tells whence it was learnt, why it matched, its digest and part, when, and where it stands', async () => {
  await house.say('subscribe Ada Lovelace')
  await house.announce(by('2509.00001', 'Ada Lovelace'))
  await house.deliver()
  const text = await why()
  expect(text).toMatch(/posted on 10 Sep 2025, 12:0\d in part 1 of 1 of the digest of 10 Sep 2025, 12:0\d/)
  expect(text).toContain('Open the message </channels/web%3Ademo%2Fpapers#m-')
  expect(text).toContain('learnt from arXiv, announced; its text from OAI-PMH')
  expect(text).toContain('Ada Lovelace likely same name')
  expect(text).toMatch(/12:00 learnt .* 12:00 matched .* digested .* sending .* posted/)
})

it('a waiting paper tells the next slot, and quiet hours or a pause that hold it', async () => {
  await house.say('settings schedule="daily 09:00" timezone=Europe/Berlin', boss)
  await house.say('subscribe Ada Lovelace')
  await house.announce(by('2509.00001', 'Ada Lovelace'))
  expect(await why()).toContain('waiting for the next digest, 11 Sep 2025, 09:00')
  await house.say('settings quiet=13:00-15:30', boss)
  expect(await why()).toContain('waiting: quiet hours until 10 Sep 2025, 15:30')
  await house.say('pause for 2 weeks', boss)
  expect(await why()).toContain('waiting: digests are paused until Wednesday 24 September 2025 00:00')
})

it('a waiting paper tells that nothing can be posted here', async () => {
  await house.say('settings schedule="daily 09:00"', boss)
  await house.say('subscribe Ada Lovelace')
  await house.announce(by('2509.00001', 'Ada Lovelace'))
  const { store } = house.app.house
  await store.channels.set(channelKey(papersChannel), {
    channel: papersChannel,
    tenant: 'web' as never,
    name: 'papers',
    addedAt: '2025-09-01T00:00:00Z',
    parked: { reason: 'the bot is not in the channel', until: 'invited', at: '2025-09-10T00:00:00Z' },
  })
  expect(await why()).toContain('waiting: nothing can be posted here, because the bot is not in the channel')
})

it('a listed paper tells its digest and leads to the list', async () => {
  await house.say('settings cap=1', boss)
  await house.say('subscribe Ada Lovelace')
  await house.announce(by('2509.00001', 'Ada Lovelace'), by('2509.00002', 'Ada Lovelace'))
  await house.deliver()
  const told = await Promise.all(['2509.00001', '2509.00002'].map((id) => house.say(`why ${id}`)))
  const listed = told.find((message) => textOf(message).includes('listed behind'))
  if (listed === undefined) throw new Error('none is listed')
  expect(textOf(listed).replace(/\s+/g, ' ')).toMatch(/listed behind “Show all” of the digest of 10 Sep 2025, 12:0\d/)
  expect(textOf(await house.press(listed, 'Show all'))).toContain('All 2 papers of this digest')
})

it('a refused paper tells who said so and when', async () => {
  await house.say('settings schedule="daily 09:00"', boss)
  await house.say('subscribe Ada Lovelace')
  await house.announce(by('2509.00001', 'Ada Lovelace'))
  await house.press(await house.say('why 2509.00001'), 'Not Ada Lovelace')
  expect(await why()).toMatch(/refused as not theirs, 10 Sep 2025, 12:0\d, in the words of Ada: not Ada Lovelace/)
})

it('a paper that is asked about tells whether it was asked already', async () => {
  await house.say('subscribe Ada Lovelace')
  await house.announce(by('2509.00001', 'A. Lovelace'))
  expect(await why()).toContain('it is asked about with the next digest')
  await house.deliver()
  expect(await why()).toMatch(/the digest of 10 Sep 2025, 12:0\d asked about it/)
})

it('a muted paper tells why', async () => {
  await house.say('settings schedule="daily 09:00"', boss)
  await house.say('subscribe Ada Lovelace')
  await house.announce(by('2509.00001', 'Ada Lovelace'))
  await house.say('unsubscribe Ada Lovelace')
  await house.clock.advance(24 * 3_600_000)
  await house.deliver()
  expect(await why()).toMatch(/muted, 11 Sep 2025, 12:0\d: nobody here follows it any more/)
})

it('a paper on its way, in doubt, or parked tells what it waits for', async () => {
  await house.say('subscribe Ada Lovelace')
  await house.announce(by('2509.00001', 'Ada Lovelace'))
  await house.clock.run(house.app.rounds.decide())
  expect(await why()).toMatch(/State: on its way in part 1 of 1 of the digest of 10 Sep 2025, 12:0\d/)
  expect(await why()).toMatch(/digested +the digest of 10 Sep 2025, 12:0\d, part 1 of 1/)
  expect(await why()).not.toContain('demo/papers')
  const { store } = house.app.house
  const id = 'arxiv:2509.00001' as PaperId
  const seen = await store.seen.get(seenKey(papersChannel, id))
  if (seen?.state !== 'digested') throw new Error('it is not in a digest')
  const [entry] = await store.scan(store.parts, [papersChannel], { limit: 1 })
  if (entry === undefined) throw new Error('there is no part')
  await store.parts.set(partKey(entry.value), {
    ...entry.value,
    state: {
      kind: 'unknown',
      attempt: 1,
      startedAt: '2025-09-10T12:00:00.000Z',
      sent: { hash: '', papers: [] },
      cause: 'a time-out',
      lookAt: '2025-09-10T12:01:30.000Z',
      absences: 0,
      failures: 0,
    },
  })
  expect(await why()).toContain('whether it was posted can’t be told yet, so it is looked for on 10 Sep 2025, 12:01')
  await store.seen.set(seenKey(papersChannel, id), { ...seen, state: 'parked', reason: 'not-in-channel' })
  expect(await why()).toMatch(/parked since 10 Sep 2025, 12:0\d in part 1 of 1 of .* because not-in-channel/)
  await store.seen.set(seenKey(papersChannel, id), { state: 'refused', by: 'too-big', at: seen.at, reasons: [] })
  expect(await why()).toContain('given up: too-big')
})

it('a paper that nothing matched tells what came nearest, and whence it is known', async () => {
  await house.say('subscribe author:"Ada Lovelace" position:last --all')
  await house.say('subscribe cat:stat.ML')
  await house.announce(
    aPaper({ id: 'arxiv:2509.00001', authors: [{ name: 'Ada Lovelace' }, { name: 'Al Gore' }], categories: ['cs.LG'] }),
  )
  const text = await why()
  expect(text).toContain('Nothing that this channel follows concerns this paper')
  expect(text).toMatch(/they are not the last author/)
  expect(text).toContain('Learnt 2025-09-10 12:00 UTC from arXiv, announced; its text from OAI-PMH')
})

it('what an author was weighed at is told in words, as it was then', async () => {
  await house.learn(by('2508.00001', 'Ada Lovelace', 'Mary Somerville'))
  await house.say('subscribe Ada Lovelace')
  await house.announce(by('2509.00001', 'Ada Lovelace', 'Mary Somerville'))
  const told =
    /Score for Ada Lovelace: \d+\.\d \(certain from 5, likely from 0\): .*name.* [+−]\d\.\d, .*wrote with Mary Somerville before \+\d/
  expect(await why()).toMatch(told)
  await house.press(await house.say('why 2509.00001'), 'Not Ada Lovelace')
  expect(await why()).toMatch(told)
})

it('what the channel was shown at first needs no score, and what was matched before scores were kept has one of today', async () => {
  await house.learn(by('2508.00001', 'Ada Lovelace'))
  await house.say('subscribe Ada Lovelace')
  expect(await why('2508.00001')).toContain(
    'Score for Ada Lovelace: not needed (known as theirs when they were followed)',
  )
  await house.announce(by('2509.00001', 'Ada Lovelace'))
  const { store } = house.app.house
  const key = seenKey(papersChannel, 'arxiv:2509.00001' as PaperId)
  const seen = await store.seen.get(key)
  if (seen === undefined) throw new Error('it was not matched')
  await store.seen.set(key, { ...seen, reasons: seen.reasons.map(({ score: _, ...reason }) => reason) })
  expect(await why()).toMatch(/Score for Ada Lovelace, today: \d/)
})
