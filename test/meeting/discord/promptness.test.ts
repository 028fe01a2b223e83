import { afterEach, beforeEach, expect, test } from 'vitest'
import type { FaultSwitches } from '../../support/discord/faults.ts'
import { expectProper, following, type Team } from './team.ts'
import type { Meeting } from './world.ts'

/** Discord forgets an interaction that is not answered by then. */
const GIVEN_MS = 3000

let meeting: Meeting
let team: Team

beforeEach(async () => {
  ;({ meeting, team } = await following())
})
afterEach(async () => {
  expectProper(meeting)
  await meeting.dispose()
})

function slow(ms: number) {
  meeting.beforeAnswer = async () => meeting.clock.sleep(ms)
}

for (const ms of [100, 1000, 30_000]) {
  test(`a command that takes ${ms} ms is acknowledged in time, and answered`, async () => {
    slow(ms)
    const asked = team.type('search', { query: 'lanterns' })
    const answer = await meeting.reply(asked)
    expect(asked.acknowledgedAfterMs).toBeLessThan(GIVEN_MS)
    expect(answer).toMatchObject({ ephemeral: true, text: expect.stringContaining('Lanterns of Old') })
  })
}

test('a button, a page and a form are acknowledged in time as well', async () => {
  const search = await team.ask('search', { query: 'harbour' })
  const change = team.press(await team.admin('settings'), 'Change', team.boss)
  await change.modal()
  slow(20_000)
  const asked = [
    team.press(search, 'Next'),
    team.press(search, 'Why?'),
    meeting.discord.submitModal(change, { cap: '3' }),
  ]
  const answers = await Promise.all(asked.map((each) => meeting.reply(each)))
  for (const each of asked) expect(each.acknowledgedAfterMs).toBeLessThan(GIVEN_MS)
  expect(answers.map(({ text }) => text)).toEqual([
    expect.stringContaining('6–10'),
    expect.stringContaining('Harbour'),
    expect.stringContaining('3 papers'),
  ])
})

test('a form that comes too late to open is behind a button, and works', async () => {
  slow(5000)
  const late = await team.ask('subscribe')
  meeting.beforeAnswer = async () => {}
  const open = team.press(late, 'Follow in this channel')
  expect(await open.modal()).toMatchObject({ custom_id: 'subscribe-form' })
  const followed = await meeting.reply(meeting.discord.submitModal(open, { what: 'Felix Gallagher' }))
  expect(followed.text).toContain('now follows Felix Gallagher')
})

test('what is typed is completed in time, with nothing where the catalogue is slow', async () => {
  slow(10_000)
  const typed = { subcommand: 'subscribe', options: { what: 'Lind' }, focused: 'what' }
  const asked = meeting.discord.complete('papers', typed, { user: team.ada, channel: team.channel })
  expect(await meeting.passing(asked.choices())).toEqual([])
  expect(asked.acknowledgedAfterMs).toBeLessThan(GIVEN_MS)
})

test('many ask at once, and each gets the answer to what was asked', async () => {
  const words = ['lanterns', 'harbour', 'glaciers', 'orchards']
  const asked = Array.from({ length: 40 }, (_, at) => team.type('search', { query: words[at % words.length] ?? '' }))
  const answers = await Promise.all(asked.map((each) => meeting.reply(each)))
  answers.forEach(({ text }, at) => void expect(text).toContain(`Papers for “${words[at % words.length]}”`))
})

const ACKNOWLEDGE = { routes: ['POST /interactions/:interaction/:token/callback'], times: 1 } as const
const ANSWER = { routes: ['PATCH /webhooks/:application/:token/messages/:message'], times: 1 } as const

for (const [what, befall] of [
  ['does not arrive', (faults) => faults.on('dropped', ACKNOWLEDGE)],
  ['arrives, though we do not hear of it', (faults) => faults.on('replyLost', ACKNOWLEDGE)],
  ['meets with a 500', (faults) => faults.on('failedBefore', ACKNOWLEDGE)],
  ['comes too hastily', (faults) => faults.on('rateLimited', { ...ACKNOWLEDGE, retryAfterMs: 1000 })],
] as const satisfies readonly (readonly [string, (faults: FaultSwitches) => void])[])
  test(`an acknowledgement that ${what} is made good in time`, async () => {
    befall(meeting.discord.faults)
    const asked = team.type('search', { query: 'lanterns' })
    expect((await meeting.reply(asked)).text).toContain('Lanterns of Old')
    expect(asked.acknowledgedAfterMs).toBeLessThan(GIVEN_MS)
    expect(meeting.logged('discord.answer-failed')).toEqual([])
  })

test('a promised answer comes, though Discord asks to wait with it, or fails, once', async () => {
  slow(1000)
  meeting.discord.faults.on('rateLimited', { ...ANSWER, retryAfterMs: 2000 })
  meeting.discord.faults.on('failedBefore', ANSWER)
  expect((await meeting.reply(team.type('search', { query: 'lanterns' }))).text).toContain('Lanterns of Old')
})

test('an answer that can’t be given takes nothing else with it', async () => {
  meeting.discord.faults.on('dropped', { ...ACKNOWLEDGE, times: 3 })
  team.type('search', { query: 'lanterns' })
  await meeting.passing(meeting.until('log', () => meeting.logged('discord.answer-failed').length === 1))
  expect((await team.ask('search', { query: 'lanterns' })).text).toContain('Lanterns of Old')
})

test('an answer is private, and for all only when it is shared', async () => {
  const before = meeting.posts(team.channel).length
  for (const [name, options] of [
    ['search', { query: 'lanterns' }],
    ['author', { name: 'Ngozi Okafor' }],
    ['subscriptions', {}],
    ['status', {}],
    ['help', {}],
  ] as const)
    expect((await team.ask(name, options)).ephemeral).toBe(true)
  expect(meeting.posts(team.channel)).toHaveLength(before)
  await team.click(await team.ask('author', { name: 'Ngozi Okafor' }), 'Share')
  expect(meeting.posts(team.channel).slice(before)).toMatchObject([{ ephemeral: false, pings: [] }])
})
