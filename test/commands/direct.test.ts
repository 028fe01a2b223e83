import { afterEach, beforeEach, expect, test } from 'vitest'
import type { ChannelId, TenantId } from '../../src/message/channel.ts'
import { type Asked, asking, papersChannel, textOf } from '../support/asking.ts'
import { aPaper } from '../support/builders.ts'

let house: Asked

beforeEach(async () => {
  house = await asking()
  await house.learn(aPaper({ id: 'arxiv:2409.00001', title: 'On engines', authors: [{ name: 'Ada Lovelace' }] }))
})

afterEach(() => house.close())

/** What is typed one after the other, so that each answer is another one. */
const LINES = [
  'subscriptions',
  'move #reading-group',
  'subscribe Ada Lovelace',
  'subscribe Ada Lovelace',
  'subscriptions',
  'author Ada Lovelace',
  'why 2409.00001',
  'digest preview',
  'status',
  'settings',
  'resume',
  'mute Nobody for 1 week',
  'mention Nobody',
  'also Nobody = Somebody',
  'split Nobody',
  'unsubscribe Nobody',
  'unsubscribe Ada Lovelace',
]

test.each([
  ['Slack', 'slack:T012/@U678', 'slack:T012'],
  ['Discord', 'discord:@678', 'discord:@678'],
])('in direct messages on %s nothing is called a channel: it is you who follow', async (_, channel, tenant) => {
  const who = { platform: channel.split(':')[0] ?? '', tenant: tenant as TenantId, id: '678', rank: 'manager' } as const
  const said: string[] = []
  for (const line of LINES) said.push(textOf(await house.say(line, who, channel as ChannelId)))
  const list = await house.say('subscribe cat:cs.CL; cat:cs.LG', who, channel as ChannelId)
  said.push(textOf(await house.press(list, 'Follow all 2', who, channel as ChannelId)))
  for (const text of said) expect(text).not.toMatch(/\bthis channel\b/i)
  const all = said.join('\n')
  for (const sentence of [
    'You follow nobody yet.',
    'You now follow Ada Lovelace.',
    'You follow Ada Lovelace already.',
    'You now follow 2 more names.',
    'You do not follow “Nobody”.',
    'You no longer follow Ada Lovelace.',
    'Your digests are not paused.',
    'Your settings',
  ])
    expect(all).toContain(sentence)
})

test('in a channel it is the channel that follows', async () => {
  expect(textOf(await house.say('subscriptions'))).toContain('This channel follows nobody yet.')
  expect(textOf(await house.say('subscribe Ada Lovelace', {}, papersChannel))).toContain(
    'This channel now follows Ada Lovelace.',
  )
})
