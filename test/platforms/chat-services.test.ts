import { expect, test } from 'vitest'
import { chatServices } from '../../src/platforms/index.ts'

test('a chat service names the variables that are set and those that are missing, never their values', () => {
  expect(chatServices({ SLACK_BOT_TOKEN: 'xoxb-1', SLACK_APP_TOKEN: ' ' })).toEqual([
    {
      title: 'Slack',
      guide: 'SLACK.md',
      set: ['SLACK_BOT_TOKEN'],
      missing: [['SLACK_APP_TOKEN', 'SLACK_SIGNING_SECRET']],
    },
    { title: 'Discord', guide: 'DISCORD.md', set: [], missing: [['DISCORD_TOKEN']] },
  ])
  expect(chatServices({ DISCORD_TOKEN: 'secret' })[1]).toMatchObject({ set: ['DISCORD_TOKEN'], missing: [] })
})
