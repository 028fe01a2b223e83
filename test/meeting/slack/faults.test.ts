import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { seededRandom } from '../../support/seeded-random.ts'
import type { FaultName, FaultSwitches } from '../../support/slack/faults.ts'
import { busyTeam } from '../papers.ts'
import { disagreements, notOnce } from '../standing.ts'
import { following, type Team } from './team.ts'
import type { Meeting } from './world.ts'

const POST = { methods: ['chat.postMessage'] } as const
const HOUR = 3_600_000

let meeting: Meeting
let team: Team

afterEach(async () => {
  expect(meeting.slack.violations).toEqual([])
  expect(meeting.slack.limited.filter(({ avoidable }) => avoidable)).toEqual([])
  await meeting.dispose()
})

const standing = () =>
  meeting.posts(team.channel).map(({ ts, text, blocks }) => ({ id: ts, text, sent: JSON.stringify(blocks) }))

/** Every fault that a call met with. */
const befallen = () => new Set(meeting.slack.calls.flatMap(({ faults }) => faults))

/** Each paper stands once, and the ledger says so. */
async function expectOnce() {
  expect(notOnce(standing())).toEqual([])
  expect(await disagreements(meeting.app, meeting.channelId(team.channel), standing())).toEqual([])
}

/** Two days pass, and all the time that parts of unknown outcome may take. */
async function live(fault: (faults: FaultSwitches) => void): Promise<void> {
  await meeting.goTo('2025-09-09T18:00:00Z')
  fault(meeting.slack.faults)
  await meeting.round({ withinMs: HOUR })
  await meeting.goTo('2025-09-10T18:00:00Z')
  await meeting.round({ withinMs: HOUR })
  meeting.slack.faults.allOff()
  await meeting.send({ withinMs: HOUR })
}

const cases: readonly (readonly [string, FaultName, (faults: FaultSwitches) => void])[] = [
  ['its answer is lost', 'replyLost', (faults) => faults.on('replyLost', { ...POST, times: 2 })],
  ['it is lost', 'dropped', (faults) => faults.on('dropped', { ...POST, times: 2 })],
  ['the servers fail before', 'failedBefore', (faults) => faults.on('failedBefore', { ...POST, times: 2 })],
  ['the servers fail after', 'failedAfter', (faults) => faults.on('failedAfter', { ...POST, times: 2 })],
  ['it is denied after', 'deniedAfter', (faults) => faults.on('deniedAfter', { ...POST, times: 2 })],
  ['it is denied', 'refused', (faults) => faults.on('refused', { ...POST, times: 2, error: 'fatal_error' })],
  ['the answer is no JSON', 'garbage', (faults) => faults.on('garbage', { ...POST, times: 2 })],
  [
    'it comes too early',
    'rateLimited',
    (faults) => faults.on('rateLimited', { ...POST, times: 3, retryAfterMs: 7000 }),
  ],
  [
    'it is not said how much too early',
    'rateLimited',
    (faults) => faults.on('rateLimited', { ...POST, times: 2, retryAfterMs: 7000, withoutHeader: true }),
  ],
  ['the answer is slow', 'slow', (faults) => faults.on('slow', { ...POST, times: 2, ms: 30_000 })],
  ['it takes effect late', 'late', (faults) => faults.on('late', { ...POST, times: 2, ms: 80_000 })],
]

describe('each paper stands once, and the ledger says so, when of a post', () => {
  beforeEach(async () => {
    ;({ meeting, team } = await following())
  })

  test.each(cases)('%s', async (_, name, fault) => {
    await live(fault)
    expect(befallen()).toContain(name)
    await expectOnce()
  })

  test('everything is lost, and looking fails too at first', async () => {
    await live((faults) => {
      faults.on('replyLost', { ...POST, times: 2 })
      faults.on('failedBefore', { methods: ['conversations.history', 'conversations.replies'], times: 3 })
    })
    await expectOnce()
  })

  test('the answer is lost, and another app has copied our mark', async () => {
    const { slack } = meeting
    await meeting.goTo('2025-09-09T18:00:00Z')
    slack.faults.on('dropped', { ...POST, times: 1 })
    slack.faults.on('failedBefore', { methods: ['conversations.history'], times: 1 })
    await meeting.round({ withinMs: 1000 })
    const lost = slack.calls.find(({ method, faults }) => method === 'chat.postMessage' && faults.includes('dropped'))
    const metadata = lost?.args.metadata
    slack.foreignPost(team.channel, {
      text: 'copied',
      metadata: typeof metadata === 'string' ? JSON.parse(metadata) : Object(metadata),
    })
    await meeting.send({ withinMs: HOUR })
    await meeting.goTo('2025-09-10T18:00:00Z')
    await meeting.round({ withinMs: HOUR })
    await expectOnce()
  })
})

test('a late part of a long digest is found in its thread', async () => {
  ;({ meeting, team } = await following({ events: busyTeam }))
  await team.admin('settings schedule="weekly friday 20:00" cap=50')
  for (const day of ['10T18:00', '12T20:30'] as const) {
    if (day === '12T20:30') meeting.slack.faults.on('replyLost', { ...POST, times: 2 })
    await meeting.goTo(`2025-09-${day}:00Z`)
    await meeting.round({ withinMs: HOUR })
  }
  const [parent, reply, ...more] = meeting.posts(team.channel)
  expect(more).toEqual([])
  expect(reply?.threadTs).toBe(parent?.ts)
  expect((await team.ask('why 2509.00202')).text).toContain('State: posted')
})

test.each([1, 2, 3, 4])(
  'faults by chance, on every call, change nothing of what stands there in the end (seed %i)',
  async (seed) => {
    ;({ meeting, team } = await following({ slack: { random: seededRandom(seed) } }))
    await live((faults) => {
      const chance = 0.25
      faults.on('replyLost', { chance })
      faults.on('dropped', { chance })
      faults.on('failedBefore', { chance })
      faults.on('failedAfter', { chance })
      faults.on('rateLimited', { chance, retryAfterMs: 3000 })
      faults.on('late', { chance, ms: 60_000 })
    })
    await meeting.clock.advance(2 * HOUR)
    await meeting.send({ withinMs: 26 * HOUR })
    expect(befallen().size).toBeGreaterThan(0)
    await expectOnce()
  },
)

test('a program that is stopped while a request is under way finds the part at its next start', async () => {
  ;({ meeting, team } = await following())
  await meeting.goTo('2025-09-09T18:00:00Z')
  meeting.slack.faults.on('slow', { ...POST, times: 1, ms: 10 * HOUR })
  const sending = meeting.round()
  sending.catch(() => {})
  await meeting.until('post', () => meeting.posts(team.channel).length === 1)
  await meeting.stop()
  await sending.catch(() => {})
  await meeting.start()
  await meeting.send()
  expect(meeting.posts(team.channel)).toHaveLength(1)
  expect((await team.ask('why 2509.00201')).text).toContain('State: posted')
})

test('a revision whose edit got lost is edited in the end', async () => {
  ;({ meeting, team } = await following())
  await meeting.goTo('2025-09-09T18:00:00Z')
  await meeting.round()
  meeting.slack.faults.on('replyLost', { methods: ['chat.update'], times: 1 })
  meeting.slack.faults.on('failedBefore', { methods: ['chat.update'], times: 1 })
  await meeting.goTo('2025-09-11T18:00:00Z')
  await meeting.round({ withinMs: HOUR })
  const posts = meeting.posts(team.channel).filter(({ text }) => text.includes('Counting Lanterns'))
  expect(posts).toMatchObject([{ text: expect.stringContaining('by Night') }])
})

test('a message that somebody deleted is not posted again', async () => {
  ;({ meeting, team } = await following())
  await meeting.goTo('2025-09-09T18:00:00Z')
  await meeting.round()
  const post = meeting.posts(team.channel).at(-1)
  if (post !== undefined) meeting.slack.deleteMessage(post)
  await meeting.goTo('2025-09-11T18:00:00Z')
  await meeting.round({ withinMs: HOUR })
  expect(meeting.posts(team.channel).filter(({ text }) => text.includes('Counting Lanterns'))).toEqual([])
})
