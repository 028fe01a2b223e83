import { afterEach, beforeEach, expect, it } from 'vitest'
import type { Message } from '../../src/message/message.ts'
import { renderMessage, renderPart } from '../../src/platforms/discord/render.ts'
import { renderSlack } from '../../src/platforms/slack/render.ts'
import { renderHtml } from '../../src/platforms/web/render.ts'
import { entriesOf } from '../../src/store/store.ts'
import { type Asked, asking, papersChannel, textOf } from '../support/asking.ts'
import { aPaper } from '../support/builders.ts'

const ben = { id: 'ben', name: 'Ben', rank: 'member' as const }

let house: Asked
beforeEach(async () => {
  house = await asking()
  await house.say('subscribe Ada Lovelace')
  await house.say('subscribe Charles Babbage')
})
afterEach(() => house.close())

const by = (id: string, ...names: string[]) =>
  aPaper({ id: `arxiv:${id}`, title: `Paper ${id}`, authors: names.map((name) => ({ name })) })

async function posts(): Promise<readonly Message[]> {
  const { store } = house.app.house
  const found: Message[] = []
  for await (const { value } of entriesOf(store, store.webPosts, [papersChannel])) found.push(value.message)
  return found
}

const called = async () =>
  (await posts()).map((message) => message.nodes.flatMap((node) => (node.kind === 'mention' ? [node] : [])))

it('who asks for it is called by the digest that has a paper of it, and by no other', async () => {
  expect(textOf(await house.say('mention Ada Lovelace', ben))).toContain(
    'You will be mentioned in the digest that has a paper for Ada Lovelace.',
  )
  expect(textOf(await house.say('subscriptions'))).toContain('mentions Ben')
  await house.announce(by('2509.00001', 'Charles Babbage'))
  await house.deliver()
  await house.clock.advance(24 * 3_600_000)
  await house.announce(by('2509.00002', 'Ada Lovelace'))
  await house.deliver()
  expect(await called()).toEqual([
    [],
    [{ kind: 'mention', people: [{ id: 'ben', name: 'Ben' }], text: 'you asked for Ada Lovelace' }],
  ])
})

it('off ends it, for one or for all of the channel, and for nobody else', async () => {
  await house.say('mention Ada Lovelace', ben)
  await house.say('mention Charles Babbage', ben)
  await house.say('mention Ada Lovelace')
  expect(textOf(await house.say('mention Charles Babbage off', ben))).toContain(
    'You are mentioned no more for Charles Babbage.',
  )
  expect(textOf(await house.say('mention off', ben))).toContain('You are mentioned no more for Ada Lovelace.')
  expect(textOf(await house.say('mention off', ben))).toContain('You are not mentioned for that here.')
  await house.announce(by('2509.00001', 'Ada Lovelace', 'Charles Babbage'))
  await house.deliver()
  const [[mention] = []] = await called()
  expect(mention?.people.map(({ id }) => id)).not.toContain('ben')
  expect(mention?.people).toHaveLength(1)
})

it('whom nobody follows can’t be asked for', async () => {
  expect(textOf(await house.say('mention Grace Hopper', ben))).toContain('This channel does not follow “Grace Hopper”.')
})

it('asking twice is asking once', async () => {
  await house.say('mention Ada Lovelace', ben)
  expect(textOf(await house.say('mention Ada Lovelace', ben))).toContain('already')
  await house.announce(by('2509.00001', 'Ada Lovelace'))
  await house.deliver()
  expect((await called())[0]?.[0]?.people).toEqual([{ id: 'ben', name: 'Ben' }])
})

it('a member who is forgotten is called no more, and stands in no digest', async () => {
  await house.say('mention Ada Lovelace', ben)
  await house.announce(by('2509.00001', 'Ada Lovelace'))
  await house.deliver()
  await house.press(await house.say('forget me', ben), 'Forget me', ben)
  expect(textOf(await house.say('subscriptions'))).not.toContain('Ben')
  await house.clock.advance(24 * 3_600_000)
  await house.announce(by('2509.00002', 'Ada Lovelace'))
  await house.deliver()
  expect(await called()).toEqual([[], []])
  const { store } = house.app.house
  for await (const { value } of entriesOf(store, store.digests, [papersChannel]))
    expect(value.mentions ?? []).toEqual([])
})

const calling = (id: string): Message => ({
  summary: 'New papers',
  nodes: [
    { kind: 'mention', people: [{ id, name: 'Ada' }], text: 'you asked for <@99999> @everyone' },
    { kind: 'line', spans: [{ text: '<@88888> <@U0OTHER> <!here> @everyone' }] },
  ],
})

it.each(['components', 'embeds'] as const)('on Discord only who asked is pinged (%s)', (rendering) => {
  const payload = renderPart(calling('12345678'), 'abcdefghijklmnopqrstuv', rendering)
  expect(payload?.allowed_mentions).toEqual({ parse: [], users: ['12345678'] })
  const shown = JSON.stringify(payload)
  expect(shown).toContain('<@12345678>')
  expect(shown).not.toMatch(/<@(?:99999|88888)>/)
  expect(renderMessage({ summary: '', nodes: calling('1').nodes.slice(1) })[0]?.allowed_mentions).toEqual({ parse: [] })
})

it('on Slack only who asked is mentioned, and only by an id of Slack’s own', () => {
  const users = (id: string) => [...JSON.stringify(renderSlack(calling(id))).matchAll(/"user_id":"([^"]*)"/g)]
  expect(users('U0ADA').map(([, id]) => id)).toEqual(['U0ADA'])
  expect(users('here')).toEqual([])
})

it('on the web the name stands out', () => {
  expect(renderHtml(calling('ada'))).toContain('<mark>@Ada</mark>')
})
