import { afterEach, beforeEach, expect, test } from 'vitest'
import { following, type Team } from './team.ts'
import type { Meeting } from './world.ts'

let meeting: Meeting
let team: Team

beforeEach(async () => {
  ;({ meeting, team } = await following())
})
afterEach(async () => {
  expect(meeting.slack.violations).toEqual([])
  await meeting.dispose()
})

const said = (part: string, user = team.ada) =>
  meeting.slack.ephemerals(team.channel, user).filter(({ text }) => text.includes(part))

async function aWhile(ms = 4000) {
  await meeting.passing(meeting.clock.sleep(ms))
  await meeting.quiet()
}

test('many ask at once in one channel, and each gets the answer to what was asked, once', async () => {
  const words = ['lanterns', 'harbour', 'glaciers', 'orchards']
  const people = Array.from({ length: 20 }, (_, at) =>
    meeting.slack.addUser(meeting.home, { name: `p${at}`, channels: [team.channel] }),
  )
  const asked = people.map((user, at) => team.type(`search ${words[at % words.length]}`, user))
  await Promise.all(asked.map((each) => meeting.passing(each.acknowledged())))
  await aWhile(30_000)
  expect(people.map((user, at) => said(`Papers for “${words[at % words.length]}”`, user).length)).toEqual(
    people.map(() => 1),
  )
})

test('many ask at once where the bot is not in, and each gets an answer in the end', async () => {
  const { slack, home } = meeting
  const channel = slack.addChannel(home, { name: 'closed', private: true, member: false })
  const people = Array.from({ length: 12 }, (_, at) => slack.addUser(home, { name: `p${at}`, channels: [channel] }))
  const asked = people.map((user) => slack.command('/papers', 'search lanterns', { user, channel }))
  await Promise.all(asked.map((each) => meeting.passing(each.acknowledged())))
  await aWhile(30_000)
  expect(people.map((user) => slack.ephemerals(channel, user).length)).toEqual(people.map(() => 1))
})

test.each(['refused', 'rateLimited'] as const)('a response_url that is %s is made up for, once', async (fault) => {
  const settings = { methods: ['response_url'], times: 1 } as const
  if (fault === 'refused') meeting.slack.faults.on(fault, { ...settings, error: 'used_url' })
  else meeting.slack.faults.on(fault, { ...settings, retryAfterMs: 3000 })
  await meeting.passing(team.type('search lanterns').acknowledged())
  await aWhile()
  expect(said('Papers for “lanterns”')).toHaveLength(1)
})

test.each(['replyLost', 'failedAfter', 'slow'] as const)(
  'an answer whose outcome is open (%s) is not given twice',
  async (fault) => {
    meeting.slack.faults.on(fault, { methods: ['response_url'], times: 1, ms: 30_000 })
    await meeting.passing(team.type('search lanterns').acknowledged())
    await aWhile(40_000)
    expect(said('Papers for “lanterns”')).toHaveLength(1)
  },
)

test('when both ways want quiet the answer comes when it is over', async () => {
  const { faults } = meeting.slack
  faults.on('rateLimited', { methods: ['response_url', 'chat.postEphemeral'], times: 2, retryAfterMs: 20_000 })
  await meeting.passing(team.type('search lanterns').acknowledged())
  await aWhile()
  expect(said('Papers for “lanterns”')).toHaveLength(0)
  await aWhile(20_000)
  expect(said('Papers for “lanterns”')).toHaveLength(1)
})

test('an answer in several messages uses a response_url no more than it may', async () => {
  const names = Array.from({ length: 50 }, (_, at) => `Person Number${at} ${'Longname '.repeat(20)}`.trim())
  await team.ask(`subscribe ${names.join('; ')}`)
  const used = meeting.slack.calls.filter(({ method }) => method === 'response_url')
  expect(used.every(({ ok }) => ok === true)).toBe(true)
  expect(said('Person Number0').length).toBeGreaterThan(0)
  expect(meeting.logged('slack.answer.refused')).toEqual([])
})
