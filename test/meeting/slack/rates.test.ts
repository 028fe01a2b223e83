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
  const { slack, home } = meeting
  const channels = Array.from({ length: 100 }, (_, at) => slack.addChannel(home, { name: `papers-${at}` }))
  await meeting.start()
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
  expect(slack.limited).toEqual([])
}, 60_000)

test('a workspace that is told to wait is left alone until then', async () => {
  meeting = await Meeting.open()
  const teams = [aTeam(meeting, { name: 'one' }), aTeam(meeting, { name: 'two' })]
  await meeting.start()
  await meeting.round()
  for (const team of teams) await team.ask('subscribe Ngozi Okafor')
  meeting.slack.faults.on('rateLimited', { methods: ['chat.postMessage'], times: 1, retryAfterMs: 30_000 })
  await meeting.goTo('2025-09-09T18:00:00Z')
  await meeting.round()
  expect(meeting.slack.limited).toHaveLength(1)
  for (const { channel } of teams) expect(meeting.posts(channel)).toHaveLength(1)
})
