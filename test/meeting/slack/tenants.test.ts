import { afterEach, beforeEach, expect, test } from 'vitest'
import type { JsonObject } from '../../support/discord/json-value.ts'
import { objectOf } from '../../support/discord/json-value.ts'
import type { FakeInteraction, FakeMessage } from '../../support/slack/fake-types.ts'
import { aTeam, expectProper, following, type Team } from './team.ts'
import type { Meeting } from './world.ts'

let meeting: Meeting
let ours: Team
let theirs: Team

/** Ours has a digest and follows Ngozi Okafor; theirs is another workspace with the same app, whose manager would like to meddle. */
beforeEach(async () => {
  ;({ meeting, team: ours } = await following({ way: 'http' }))
  theirs = aTeam(meeting, { workspace: meeting.slack.addTeam({ name: 'Strangers' }) })
  await meeting.goTo('2025-09-09T18:00:00Z')
  await meeting.round()
})
afterEach(async () => {
  expectProper(meeting)
  await meeting.dispose()
})

const digest = () => {
  const post = meeting.posts(ours.channel).at(-1)
  if (post === undefined) throw new Error('nothing was posted')
  return post
}
const state = async () => [
  (await ours.ask('subscriptions')).text,
  (await ours.ask('settings')).text,
  (await ours.ask('why 2509.00201')).text,
]

/** Signed as Slack signs: what somebody could bring about at worst from a workspace of their own. */
async function forged(payload: JsonObject): Promise<number> {
  const body = new URLSearchParams(
    'command' in payload
      ? Object.fromEntries(Object.entries(payload).map(([key, value]) => [key, String(value)]))
      : { payload: JSON.stringify(payload) },
  )
  const { status } = await meeting.slack.signed(body.toString())
  await meeting.passing(meeting.clock.sleep(3000))
  await meeting.quiet()
  return status
}

async function refused(asked: FakeInteraction): Promise<FakeMessage> {
  await meeting.passing(asked.acknowledged())
  return meeting.passing(asked.reply())
}

test('the words of another workspace are refused, whichever channel they name', async () => {
  const before = await state()
  for (const text of ['subscribe Felix Gallagher', 'settings cap=1', 'subscriptions', 'why 2509.00201', 'parked']) {
    const answer = await refused(theirs.type(text, theirs.boss))
    expect(answer).toMatchObject({
      ephemeralTo: theirs.boss.id,
      text: expect.stringContaining('belongs to another workspace'),
    })
    expect(answer.text).not.toContain('Okafor')
  }
  const { payload } = theirs.type('subscribe Felix Gallagher', theirs.boss)
  await forged({ ...payload, channel_id: ours.channel.id })
  expect(await state()).toEqual(before)
})

test('a button of ours pressed from another workspace does nothing and tells nothing', async () => {
  const before = await state()
  const pressed = ours.press(digest(), 'Not them')
  await meeting.reply(pressed)
  const undone = meeting.slack.ephemerals(ours.channel, ours.ada).at(-1)
  if (undone !== undefined) await ours.click(undone, 'Undo')
  const payload = objectOf(pressed.payload)
  const user = { ...objectOf(payload.user), id: theirs.boss.id, team_id: theirs.workspace.id }
  const said = meeting.slack.ephemerals(ours.channel, ours.ada).length
  await forged({ ...payload, team: { id: theirs.workspace.id }, user, response_url: '' })
  // In a channel that both share, the payload is of our install and the person of theirs.
  await forged({ ...payload, user, response_url: '' })
  expect(await state()).toEqual(before.map((text, at) => (at === 2 ? expect.stringContaining('posted') : text)))
  expect(meeting.slack.ephemerals(ours.channel, ours.ada).length).toBe(said + 3)
})

test('a form of ours sent from another workspace changes nothing', async () => {
  const before = await state()
  const view = await meeting.modal(ours.press(await ours.admin('settings'), 'Change', ours.boss))
  const sent = meeting.slack.submit(view, { cap: '20' })
  await meeting.passing(sent.acknowledged())
  const payload = objectOf(sent.payload)
  const seen = objectOf(payload.view)
  await forged({
    ...payload,
    team: { id: theirs.workspace.id },
    user: { ...objectOf(payload.user), id: theirs.boss.id, team_id: theirs.workspace.id },
    view: {
      ...seen,
      app_installed_team_id: theirs.workspace.id,
      state: { values: { cap: { value: { type: 'plain_text_input', value: '1' } } } },
    },
  })
  expect((await state()).slice(0, 2)).toEqual(before.slice(0, 2))
})

test('a menu of ours opened from another workspace offers nothing', async () => {
  const view = await meeting.modal(ours.type('subscribe'))
  const asked = meeting.slack.suggest(view, view.selects[0]?.actionId ?? '', 'Okaf', ours.ada)
  expect(await meeting.passing(asked.choices())).not.toEqual([])
  const payload = {
    ...objectOf(asked.payload),
    team: { id: theirs.workspace.id },
    view: { ...objectOf(objectOf(asked.payload).view), app_installed_team_id: theirs.workspace.id },
  }
  const response = await meeting.slack.signed(new URLSearchParams({ payload: JSON.stringify(payload) }).toString())
  expect(await response.json()).toEqual({ options: [] })
})

test('what happens in another workspace is none of ours', async () => {
  const { slack } = meeting
  const before = meeting.events.filter(({ event }) => event.startsWith('channel.')).length
  await slack.kick(theirs.channel, theirs.boss)
  await slack.invite(theirs.channel, theirs.boss)
  await slack.uninstall(theirs.workspace)
  await meeting.quiet()
  expect(meeting.events.filter(({ event }) => event.startsWith('channel.')).length).toBe(before)
  expect(meeting.posts(theirs.channel)).toEqual([])
})
