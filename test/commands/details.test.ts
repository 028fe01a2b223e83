import { afterEach, expect, it } from 'vitest'
import { digestMessage } from '../../src/digest/compose.ts'
import type { Message } from '../../src/message/message.ts'
import { entriesOf } from '../../src/store/store.ts'
import { type Asked, asking, papersChannel, textOf } from '../support/asking.ts'
import { aPaper } from '../support/builders.ts'

let house: Asked
afterEach(() => house.close())

/** The digest of a day on which Ada Lovelace has so many papers. */
async function digestOf(count: number): Promise<Message> {
  house = await asking()
  await house.say('subscribe Ada Lovelace')
  await house.announce(
    ...Array.from({ length: count }, (_, at) =>
      aPaper({
        id: `arxiv:2509.0000${at}`,
        title: `Paper ${at}`,
        abstract: `What number ${at} is about.`,
        authors: [{ name: 'Ada Lovelace' }],
      }),
    ),
  )
  await house.deliver()
  const { store } = house.app.house
  for await (const { value } of entriesOf(store, store.webPosts, [papersChannel])) return value.message
  throw new Error('nothing was posted')
}

/** What the button of a paper’s two lines opens. */
function opened(digest: Message, place: number): Message {
  const papers = digest.nodes.flatMap((node) => (node.kind === 'paper' && node.more ? [node.more] : []))
  const button = papers[place]
  if (button === undefined) throw new Error('no such paper')
  return { summary: '', nodes: [{ kind: 'buttons', buttons: [button] }] }
}

it('one of many papers is opened to whoever asks: abstract, links, why it came, and all buttons', async () => {
  const digest = await digestOf(6)
  const whole = await house.press(opened(digest, 2), 'More', { id: 'ben', name: 'Ben' })
  expect(textOf(whole)).toMatch(/Paper \d[\s\S]*What number \d is about\.[\s\S]*By Ada Lovelace/)
  const [paper] = whole.nodes.flatMap((node) => (node.kind === 'paper' ? [node.paper] : []))
  expect(paper?.buttons.map(({ label }) => label)).toEqual(['Why?', 'Not them'])
})

it('what was said there holds: the paper is not theirs', async () => {
  const digest = await digestOf(5)
  const whole = await house.press(opened(digest, 0), 'More')
  const [paper] = whole.nodes.flatMap((node) => (node.kind === 'paper' ? [node.paper] : []))
  const buttons: Message = { summary: '', nodes: [{ kind: 'buttons', buttons: paper?.buttons ?? [] }] }
  expect(textOf(await house.press(buttons, 'Not them'))).toContain('not by your Ada Lovelace')
})

it('a digest keeps the form in which it was decided, whatever becomes of it', async () => {
  await digestOf(5)
  const { store } = house.app.house
  for await (const { value } of entriesOf(store, store.digests, [papersChannel])) {
    expect(value.brief).toBe(true)
    const { brief: _, ...before } = value
    const nodes = digestMessage(before, 1, [aPaper({ id: 'arxiv:2509.00000' })], { timezone: 'UTC' }).nodes
    expect(nodes.filter((node) => node.kind === 'paper').map((node) => node.more)).toEqual([undefined])
  }
})
