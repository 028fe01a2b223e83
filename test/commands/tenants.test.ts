import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { commands } from '../../commands/index.ts'
import { composePart } from '../../src/compose-part.ts'
import type { Actor, Question } from '../../src/delivery/platform.ts'
import type { Action } from '../../src/message/action.ts'
import { type ChannelId, channelParts } from '../../src/message/channel.ts'
import type { Reply } from '../../src/message/reply.ts'
import { entriesOf, type Namespace } from '../../src/store/store.ts'
import { type Asked, asking } from '../support/asking.ts'
import { aPaper } from '../support/builders.ts'

/** Two tenants each, the second of which would like to know of the first, or to meddle with it. */
const pairs = [
  ['slack:T0OURS/C0OURS', 'slack:T0THEIRS/C0THEIRS'],
  ['discord:1001/1002', 'discord:2001/2002'],
  ['discord:1001/1002', 'discord:@3001/@3001'],
  ['slack:T0OURS/C0OURS', 'discord:2001/2002'],
  ['web:ours/papers', 'slack:T0THEIRS/C0THEIRS'],
] as const satisfies readonly (readonly [string, string])[]

/** What only the first tenant wrote. */
const SECRET = 'tidal lanterns 7319'

let house: Asked
beforeEach(async () => {
  house = await asking()
})
afterEach(() => house.close())

type Asking = Question extends infer Q ? (Q extends Question ? Omit<Q, 'actor' | 'channel'> : never) : never

/** The highest rank that somebody can have there. */
const someone = (channel: ChannelId, id: string): Actor => {
  const { platform, tenant } = channelParts(channel)
  return { platform, tenant, id, name: id, rank: 'admin' }
}

async function ask(channel: ChannelId, actor: Actor, asked: Asking): Promise<Reply> {
  const { signal } = new AbortController()
  return house.clock.run(house.app.handlers.ask({ ...asked, actor, channel }, { signal }))
}

const typed = (text: string): Asking => ({ kind: 'command', input: { form: 'text', text } })

/** Every action anywhere in a reply or message. */
function actionsIn(part: unknown): readonly Action[] {
  if (Array.isArray(part)) return part.flatMap(actionsIn)
  if (typeof part !== 'object' || part === null) return []
  const own =
    'name' in part && 'args' in part && Array.isArray(part.args)
      ? [{ name: String(part.name), args: part.args.map(String) }]
      : []
  return [...own, ...Object.values(part).flatMap(actionsIn)]
}

/** All that the store holds of a channel or its tenant. */
async function held(channel: ChannelId): Promise<readonly string[]> {
  const { store } = house.app.services
  const { tenant } = channelParts(channel)
  const found: string[] = []
  for (const namespace of Object.values<unknown>({ ...store }).filter(isNamespace))
    for await (const { key, value } of entriesOf(store, namespace, []))
      if (key.includes(channel) || key.includes(tenant)) found.push(JSON.stringify([namespace.name, key, value]))
  return found
}

function isNamespace(value: unknown): value is Namespace<unknown> {
  return typeof value === 'object' && value !== null && 'name' in value && 'getMany' in value
}

/** The first tenant follows, sets, mutes, refuses and is given something; answers with every button that it saw on the way. */
async function live(channel: ChannelId): Promise<readonly Action[]> {
  const actor = someone(channel, 'ada')
  const seen: unknown[] = []
  const say = async (text: string) => seen.push(await ask(channel, actor, typed(text)))
  const { services, rounds, house: inside } = house.app
  const learn = (origin: 'history' | 'announced', ...numbers: readonly string[]) =>
    services.catalog.upsert(
      'test',
      numbers.map((number) => ({
        paper: aPaper({
          id: `arxiv:${number}`,
          title: `Lamps ${number}`,
          authors: [{ name: 'Ada Lovelace' }],
          announced: '2025-09-10',
        }),
        origin,
        rank: 1,
      })),
    )
  await learn('history', '2509.00001', '2509.00002')
  for (const text of [
    'subscribe Ada Lovelace',
    `subscribe title:"${SECRET}"`,
    `subscribe title:"${'a rather long title '.repeat(8).trim()}"; title:"${SECRET} too"`,
    'settings cap=1 schedule=immediate',
    'subscriptions',
    'search author:Lovelace',
  ])
    await say(text)
  await learn('announced', '2509.00011', '2509.00012', '2509.00013')
  await rounds.match()
  await house.clock.advance(60_000)
  await rounds.decide()
  for await (const { value: part } of entriesOf(services.store, services.store.parts, []))
    seen.push((await composePart(inside, part, {})).message)
  for (const text of ['why 2509.00011', 'questions', 'mute 2509.00002', 'pause 1 day', 'subscriptions', 'settings'])
    await say(text)
  return actionsIn(seen)
}

describe.each(pairs)('what %s wrote', (ours, theirs) => {
  const [own, foreign] = [ours as ChannelId, theirs as ChannelId]

  it('is not read or changed by any command of the other, whichever channel it names, nor by any button', async () => {
    const buttons = await live(own)
    expect(new Set(buttons.map(({ name }) => name)).size).toBeGreaterThan(5)
    const before = await held(own)
    expect(before.join('\n')).toContain(SECRET)
    const stranger = someone(foreign, 'mallory')
    const ids = [...new Set(buttons.flatMap(({ args }) => args))]
    const told: string[] = []
    const hear = async (asked: Asking) => {
      const reply = JSON.stringify(await ask(foreign, stranger, asked))
      // What is asked is now and then said again.
      for (const word of [SECRET, own])
        if (reply.includes(word) && !JSON.stringify(asked).includes(word))
          told.push(`${JSON.stringify(asked)} → ${reply.slice(0, 300)}`)
    }
    for (const { name, examples, options } of commands) {
      for (const text of [name, ...examples]) await hear(typed(text))
      for (const { name: option } of options)
        await hear({ kind: 'command', input: { form: 'options', command: name, options: { [option]: own } } })
    }
    for (const { name, args } of buttons) {
      await hear({ kind: 'action', name, args })
      await hear({ kind: 'form', name, args, values: {} })
    }
    // Every action there is, also those that were not seen, about whatever the first tenant’s buttons are about.
    for (const name of commands.flatMap(({ actions = {} }) => Object.keys(actions))) {
      for (const args of [[], [own], ...ids.flatMap((id) => [[id], [own, id]])]) {
        await hear({ kind: 'action', name, args })
        await hear({ kind: 'form', name, args, values: { cap: '20', what: 'Ada Lovelace', channel: own } })
      }
    }
    expect(told).toEqual([])
    expect(await held(own)).toEqual(before)
  }, 60_000)

  it('is not to be asked for as somebody of the other in its own channel', async () => {
    const buttons = await live(own)
    const before = await held(own)
    const stranger = someone(foreign, 'mallory')
    const asked: readonly Asking[] = [
      ...commands.map(({ name, examples: [example = name] }) => typed(example)),
      ...buttons.map((action): Asking => ({ kind: 'action', ...action })),
    ]
    for (const each of asked) {
      const reply = await ask(own, stranger, each)
      expect([each, JSON.stringify(reply)]).toEqual([each, expect.stringContaining('another workspace or server')])
    }
    expect(await held(own)).toEqual(before)
  })
})
