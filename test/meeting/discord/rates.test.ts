import { afterEach, expect, test } from 'vitest'
import { importSubscriptions } from '../../../src/cli/import.ts'
import { aTeam, expectProper } from './team.ts'
import { Meeting } from './world.ts'

let meeting: Meeting
afterEach(async () => {
  expectProper(meeting)
  await meeting.dispose()
})

test('a digest for a hundred channels goes out without one refusal for haste, and stands once in each', async () => {
  meeting = await Meeting.open()
  const { discord } = meeting
  const teams = Array.from({ length: 10 }, (_, at) => aTeam(meeting, `Server ${at}`))
  const channels = teams.flatMap(({ guild }) =>
    Array.from({ length: 10 }, (_, at) => discord.addChannel(guild, { name: `papers-${at}` })),
  )
  await meeting.start()
  await meeting.passing(meeting.until('hello', () => teams.every(({ channel }) => meeting.posts(channel).length === 1)))
  await meeting.round()
  const lines = channels.map((channel) => ({
    channel: meeting.channelId(channel),
    follows: { kind: 'author', profile: { name: 'Ngozi Okafor' } },
  }))
  const body = lines.map((line) => JSON.stringify(line)).join('\n')
  await meeting.clock.run(importSubscriptions(meeting.app, body, 'follows.ndjson', new AbortController().signal))
  await meeting.goTo('2025-09-10T18:00:00Z')
  await meeting.round()
  for (const channel of channels) {
    const texts = meeting.posts(channel).map(({ text }) => text)
    for (const title of ['Counting Lanterns', 'Zeppelin 8'])
      expect(texts.filter((text) => text.includes(title))).toHaveLength(1)
  }
  expect(discord.requests.filter(({ status }) => status === 429).map(({ path }) => path)).toEqual([])
}, 60_000)
