import { afterEach, beforeEach, expect, test } from 'vitest'
import type { FakeMessage } from '../../support/discord/fake-types.ts'
import { aTeam, expectProper, following, type Team } from './team.ts'
import type { Meeting } from './world.ts'

let meeting: Meeting
let ours: Team
let theirs: Team

/** Ours has two posts and follows Ngozi Okafor; theirs is another server, whose manager would like to meddle. */
beforeEach(async () => {
  ;({ meeting, team: ours } = await following())
  theirs = aTeam(meeting, 'Strangers')
  await meeting.until('hello', () => meeting.posts(theirs.channel).length === 1)
  await meeting.goTo('2025-09-09T18:00:00Z')
  await meeting.round()
})
afterEach(async () => {
  expectProper(meeting)
  await meeting.dispose()
})

/** A message of theirs with the custom id of one of ours: what somebody with a client of their own can send at worst. */
async function forged(customId: string): Promise<FakeMessage> {
  const { discord } = meeting
  const search = await theirs.ask('search', { query: 'harbour' }, theirs.boss)
  const why = search.buttons.find(({ label }) => label === 'Why?')
  discord.forge(search, why?.customId ?? '', customId)
  return meeting.reply(discord.press(search, customId, theirs.boss))
}

test('what one server follows, is told and has set is not to be seen from another', async () => {
  await ours.admin('settings', { changes: 'cap=7' })
  expect((await theirs.ask('subscriptions')).text).not.toContain('Okafor')
  expect((await theirs.ask('why', { paper: '2509.00201' })).text).toContain('Nothing that this channel follows')
  expect((await theirs.ask('settings')).text).not.toContain('7 papers')
  expect((await theirs.admin('parked')).text).toContain('Nothing is parked')
  expect((await theirs.ask('status')).text).not.toContain(ours.channel.id)
})

test('a digest of one server is not to be opened, nor its papers refused, from another', async () => {
  const post = meeting.posts(ours.channel).at(-1)
  const ids = (post?.buttons ?? []).flatMap(({ customId }) => customId ?? [])
  const notThem = ids.find((id) => id.startsWith('not-them')) ?? ''
  expect((await forged(notThem)).text).toContain('no longer there')
  const why = ids.find((id) => id.startsWith('why')) ?? ''
  expect((await forged(why)).text).not.toContain('posted')
  expect((await ours.ask('why', { paper: '2509.00201' })).text).not.toContain('not-them')
})

test('what one server did is not undone, and what it kept is not read, from another', async () => {
  const followed = await ours.ask('subscribe', { what: 'cat:cs.LG' })
  const undo = followed.buttons.find(({ label }) => label === 'Undo')?.customId ?? ''
  expect((await forged(undo)).text).toContain('nothing to undo')
  expect((await ours.ask('subscriptions')).text).toContain('cs.LG')
  const long = `title:"${'a rather long title '.repeat(8).trim()}"`
  const list = await ours.ask('subscribe', { what: `${long}; Ngozi Okafor` })
  const kept = list.buttons.find(({ label }) => label.startsWith('Follow all'))?.customId ?? ''
  expect(kept).toContain('follow-list')
  expect((await forged(kept)).text).toContain('too old')
  expect((await theirs.ask('subscriptions')).text).not.toContain('rather long')
})

test('what is over one server’s cap is not listed in another', async () => {
  await ours.admin('settings', { changes: 'cap=1' })
  await meeting.goTo('2025-09-10T18:00:00Z')
  await meeting.round()
  const all = meeting
    .posts(ours.channel)
    .at(-1)
    ?.buttons.find(({ label }) => label === 'Show all')
  const answer = await forged(all?.customId ?? '')
  expect(answer.text).toContain('no longer kept')
  expect(answer.text).not.toContain('Zeppelin')
})

test('a word of one server changes nothing in another', async () => {
  await theirs.ask('subscribe', { what: 'Ngozi Okafor' })
  expect((await theirs.ask('unsubscribe', { what: 'Ngozi Okafor' })).text).toContain('no longer')
  expect((await ours.ask('subscriptions')).text).toContain('Ngozi Okafor')
  const { text } = await theirs.click(await theirs.ask('why', { paper: '2509.00201' }), 'Share')
  expect(text).toContain('Shared by ada')
  expect(meeting.posts(ours.channel).some((each) => each.text.includes('Shared by'))).toBe(false)
})

test('“not them” said in one server is not heard in another', async () => {
  await theirs.ask('subscribe', { what: 'Ngozi Okafor' })
  await meeting.goTo('2025-09-10T18:00:00Z')
  await meeting.round()
  const post = meeting.posts(theirs.channel).find(({ text }) => text.includes('Zeppelin 1'))
  if (post === undefined) throw new Error('nothing was posted')
  await theirs.click(await theirs.click(post, 'More'), 'Not them')
  expect((await ours.ask('why', { paper: '2509.00301' })).text).not.toContain('not-them')
})
