import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { PaperId } from '../../../src/papers/paper.ts'
import { seenKey } from '../../../src/store/keys.ts'
import type { LedgerStep } from '../../../src/store/records.ts'
import { entriesOf } from '../../../src/store/store.ts'
import type { FaultName, FaultSwitches } from '../../support/discord/faults.ts'
import { seededRandom } from '../../support/seeded-random.ts'
import { busyTeam } from '../papers.ts'
import { expectProper, following, type Team } from './team.ts'
import type { Meeting } from './world.ts'

const POST = { routes: ['POST /channels/:channel/messages'] } as const
const HOUR = 3_600_000

let meeting: Meeting
let team: Team

afterEach(async () => {
  expectProper(meeting)
  await meeting.dispose()
})

/** How often each paper of two days stands in the channel. */
function standing(): Readonly<Record<string, number>> {
  const texts = meeting.posts(team.channel).map(({ text }) => text)
  const titles = [
    'Counting Lanterns',
    'Predicting Looms',
    ...Array.from({ length: 8 }, (_, at) => `Zeppelin ${at + 1}`),
  ]
  return Object.fromEntries(
    titles.map((title) => [title, texts.filter((text) => new RegExp(`${title}\\b`).test(text)).length]),
  )
}

const once = (titles: Readonly<Record<string, number>>) =>
  Object.entries(titles).flatMap(([title, times]) => (times === 1 ? [] : [`${title}: ${times}`]))

/** Where the ledger and what is seen say otherwise than the channel; empty when they agree. */
async function disagreements(): Promise<readonly string[]> {
  const { store } = meeting.app.house
  const channel = meeting.channelId(team.channel)
  const steps = new Map<string, LedgerStep['what'][]>()
  for await (const { key, value } of entriesOf(store, store.ledger, [channel]))
    steps.set(key[1] ?? '', [...(steps.get(key[1] ?? '') ?? []), value.what])
  const wrong: string[] = []
  for await (const { key, value } of entriesOf(store, store.seen, [channel])) {
    if (value.state === 'baseline') continue
    const what = steps.get(key[1] ?? '') ?? []
    const message =
      value.state === 'posted'
        ? meeting.posts(team.channel).find(({ id }) => value.receipt.id.startsWith(id))
        : undefined
    const number = (key[1] ?? '').replace('arxiv:', '')
    if (value.state !== 'posted') wrong.push(`${key[1]} is ${value.state}`)
    else if (message === undefined) wrong.push(`${key[1]}: no message ${value.receipt.id}`)
    else if (!JSON.stringify([message.components, message.embeds]).includes(number))
      wrong.push(`${key[1]} is not in its message`)
    if (what.filter((each) => each === 'posted').length !== 1) wrong.push(`${key[1]}: ${what.join(', ')}`)
  }
  for (const id of ['2509.00201', '2509.00308'])
    if ((await store.seen.get(seenKey(channel, `arxiv:${id}` as PaperId))) === undefined)
      wrong.push(`${id} is not seen`)
  return wrong
}

/** Every fault that a request met with. */
const befallen = () => new Set(meeting.discord.requests.flatMap(({ faults }) => faults))

/** Two days pass, and all the time that parts of unknown outcome may take. */
async function live(fault: (faults: FaultSwitches) => void): Promise<void> {
  await meeting.goTo('2025-09-09T18:00:00Z')
  fault(meeting.discord.faults)
  await meeting.round({ withinMs: HOUR })
  await meeting.goTo('2025-09-10T18:00:00Z')
  await meeting.round({ withinMs: HOUR })
  meeting.discord.faults.allOff()
  await meeting.send({ withinMs: HOUR })
}

const cases: readonly (readonly [FaultName, (faults: FaultSwitches) => void])[] = [
  ['replyLost', (faults) => faults.on('replyLost', { ...POST, times: 2 })],
  ['dropped', (faults) => faults.on('dropped', { ...POST, times: 2 })],
  ['failedBefore', (faults) => faults.on('failedBefore', { ...POST, times: 2 })],
  ['failedAfter', (faults) => faults.on('failedAfter', { ...POST, times: 2 })],
  ['garbage', (faults) => faults.on('garbage', { ...POST, times: 2 })],
  ['rateLimited', (faults) => faults.on('rateLimited', { ...POST, times: 3, retryAfterMs: 7000 })],
  ['slow', (faults) => faults.on('slow', { ...POST, times: 2, ms: 30_000 })],
  ['late', (faults) => faults.on('late', { ...POST, times: 2, ms: 80_000 })],
]

for (const rendering of ['components', 'embeds'] as const) {
  describe(`posting in ${rendering}`, () => {
    beforeEach(async () => {
      ;({ meeting, team } = await following({ environment: { DISCORD_RENDERING: rendering } }))
    })

    for (const [name, fault] of cases) {
      test(`each paper stands once, and the ledger says so, under ${name}`, async () => {
        await live(fault)
        expect(befallen()).toContain(name)
        expect(once(standing())).toEqual([])
        expect(await disagreements()).toEqual([])
      })
    }
  })
}

describe('in an hour of faults', () => {
  beforeEach(async () => {
    ;({ meeting, team } = await following())
  })

  test.each([1, 2, 3, 4])(
    'all by chance, on every request, change nothing of what stands there in the end (seed %i)',
    async (seed) => {
      await meeting.dispose()
      const environment = { DISCORD_RENDERING: seed % 2 === 0 ? 'components' : 'embeds' }
      ;({ meeting, team } = await following({ environment, events: busyTeam, discord: { random: seededRandom(seed) } }))
      await live((faults) => {
        const chance = 0.3
        faults.on('replyLost', { chance })
        faults.on('dropped', { chance })
        faults.on('failedBefore', { chance })
        faults.on('failedAfter', { chance })
        faults.on('rateLimited', { chance, retryAfterMs: 3000, scope: 'shared' })
      })
      await meeting.clock.advance(2 * HOUR)
      await meeting.send({ withinMs: 26 * HOUR })
      expect(befallen().size).toBeGreaterThan(0)
      expect(once(standing())).toEqual([])
      expect(await disagreements()).toEqual([])
    },
  )

  test('a program that is stopped while a request is under way finds the part at its next start', async () => {
    await meeting.goTo('2025-09-09T18:00:00Z')
    meeting.discord.faults.on('slow', { ...POST, times: 1, ms: 10 * HOUR })
    const sending = meeting.round()
    sending.catch(() => {})
    await meeting.until('post', () => standing()['Counting Lanterns'] === 1)
    await meeting.stop()
    await sending.catch(() => {})
    await meeting.start()
    await meeting.send()
    expect(standing()['Counting Lanterns']).toBe(1)
    expect((await team.ask('why', { paper: '2509.00201' })).text).toContain('posted')
  })

  test('a revision whose edit got lost is edited in the end', async () => {
    await meeting.goTo('2025-09-09T18:00:00Z')
    await meeting.round()
    meeting.discord.faults.on('replyLost', { routes: ['PATCH /channels/:channel/messages/:message'], times: 1 })
    meeting.discord.faults.on('failedBefore', { routes: ['PATCH /channels/:channel/messages/:message'], times: 1 })
    await meeting.goTo('2025-09-11T18:00:00Z')
    await meeting.round({ withinMs: HOUR })
    const posts = meeting.posts(team.channel).filter(({ text }) => text.includes('Counting Lanterns'))
    expect(posts).toMatchObject([{ text: expect.stringContaining('by Night') }])
  })

  test('a message that somebody deleted is not posted again', async () => {
    await meeting.goTo('2025-09-09T18:00:00Z')
    await meeting.round()
    const post = meeting.posts(team.channel).at(-1)
    if (post !== undefined) meeting.discord.deleteMessage(post)
    await meeting.goTo('2025-09-11T18:00:00Z')
    await meeting.round({ withinMs: HOUR })
    expect(standing()['Counting Lanterns']).toBe(0)
  })
})
