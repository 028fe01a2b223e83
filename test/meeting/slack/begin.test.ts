import { afterEach, expect, test } from 'vitest'
import { aTeam, expectProper } from './team.ts'
import { Meeting, type Way } from './world.ts'

let meeting: Meeting
afterEach(async () => {
  expectProper(meeting)
  await meeting.dispose()
})

for (const way of ['socket', 'http'] as const satisfies readonly Way[]) {
  test(`a bot that is invited says hello once (${way})`, async () => {
    meeting = await Meeting.open({ way })
    const team = aTeam(meeting, { member: false })
    await meeting.start()
    const heard = meeting.slack.invite(team.channel, team.ada)
    await meeting.until('hello', () => meeting.posts(team.channel).length > 0)
    expect(meeting.posts(team.channel).map(({ text }) => text)).toEqual([expect.stringContaining('/papers subscribe')])
    expect(await heard).toMatchObject({ kind: 'acknowledged' })
    await meeting.stop()
    await meeting.start()
    await meeting.quiet()
    expect(meeting.posts(team.channel)).toHaveLength(1)
  })
}

test('somebody else who joins is not greeted', async () => {
  meeting = await Meeting.open()
  const team = aTeam(meeting)
  await meeting.start()
  await meeting.slack.joinChannel(team.channel, team.ada)
  await meeting.quiet()
  expect(meeting.posts(team.channel)).toEqual([])
})

test('in direct messages everything works, and everybody manages', async () => {
  meeting = await Meeting.open()
  const { ada } = aTeam(meeting)
  await meeting.start()
  const channel = meeting.slack.directMessages(ada)
  const ask = (text: string) => meeting.reply(meeting.slack.command('/papers', text, { user: ada, channel }))
  expect((await ask('subscribe cat:cs.AI')).text).toContain('You now follow')
  expect((await ask('settings cap=3')).text).toContain('3 papers')
  await meeting.round()
  await meeting.goTo('2025-09-09T18:00:00Z')
  await meeting.round()
  const texts = meeting.posts(channel).map(({ text }) => text)
  expect(texts).toEqual([expect.stringContaining('Counting Lanterns')])
})
