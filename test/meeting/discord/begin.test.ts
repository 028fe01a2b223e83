import { afterEach, expect, test } from 'vitest'
import { Meeting } from './world.ts'

let meeting: Meeting | undefined
afterEach(async () => {
  expect(meeting?.discord.violations ?? []).toEqual([])
  await meeting?.dispose()
  meeting = undefined
})

test('a bot that is invited says hello once, and registers its commands once', async () => {
  meeting = await Meeting.open()
  const { discord } = meeting
  const guild = discord.addGuild({ name: 'Optics', invited: false })
  const channel = discord.addChannel(guild)
  await meeting.start()
  discord.invite(guild)
  await meeting.until('hello', () => discord.messages(channel).length > 0)
  expect(meeting.posts(channel).map(({ text }) => text)).toEqual([expect.stringContaining('/papers subscribe')])
  expect(discord.commands().map(({ name }) => name)).toEqual(['papers', 'papers-admin'])
  await meeting.stop()
  await meeting.start()
  await meeting.quiet()
  expect(meeting.posts(channel)).toHaveLength(1)
  expect(discord.requests.filter(({ method }) => method === 'PUT')).toHaveLength(1)
})
