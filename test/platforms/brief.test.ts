import { describe, expect, it, test } from 'vitest'
import { composeDigest, digestMessage, messageHash } from '../../src/digest/compose.ts'
import { decodeAction } from '../../src/message/action.ts'
import type { ChannelId } from '../../src/message/channel.ts'
import type { Message } from '../../src/message/message.ts'
import { papersShown } from '../../src/message/shown-papers.ts'
import type { Author, Paper } from '../../src/papers/paper.ts'
import { choicesIn, customIdsIn, readCustomId } from '../../src/platforms/discord/custom-id.ts'
import { discord } from '../../src/platforms/discord/definition.ts'
import { renderPart } from '../../src/platforms/discord/render.ts'
import { slack } from '../../src/platforms/slack/definition.ts'
import { renderSlack } from '../../src/platforms/slack/render.ts'
import { renderText } from '../../src/platforms/text/render.ts'
import { renderHtml } from '../../src/platforms/web/render.ts'
import type { DigestItem, Reason } from '../../src/store/records.ts'
import { aPaper } from '../support/builders.ts'
import { hostileCorpus } from '../support/hostile-corpus.ts'
import { elementsOf, textOf } from '../support/html-reader.ts'
import { broken, labels, markedTexts } from './discord/limits.ts'
import { readMarkup } from './discord/reader.ts'
import { readPayload } from './slack/payload-reader.ts'

const KEY = 'abcdefghijklmnopqrstuv'
const CHANNEL = 'web:demo/papers' as ChannelId

const by = (label: string): Reason => ({
  subscription: label,
  label,
  kind: 'author',
  position: 1,
  confidence: 'likely',
  evidence: ['with Ben Okri'],
})

const authors = (label: string): readonly Author[] =>
  ['Ada Lovelace', label, 'Ben Okri', 'Chidi Eze', 'Dora Maar'].map((name) => ({ name }))

/** Each by another followed author, with a title as long as titles are, and an abstract of ten lines. */
function papersOf(count: number, over: (at: number) => Partial<Omit<Paper, 'id'>> = () => ({})): readonly Paper[] {
  return Array.from({ length: count }, (_, at) =>
    aPaper({
      id: `arxiv:2509.${String(at).padStart(5, '0')}`,
      title: `Paper ${at}: What Small Models Know of Large Ones, and Why It Helps`,
      abstract: 'We look at small models. '.repeat(30),
      authors: authors(`Author ${at}`),
      categories: ['cs.LG'],
      links: {
        abstract: `https://arxiv.org/abs/2509.${String(at).padStart(5, '0')}`,
        pdf: `https://arxiv.org/pdf/2509.${String(at).padStart(5, '0')}`,
      },
      ...over(at),
    }),
  )
}

function messagesOf(papers: readonly Paper[], papersPerPart: number, previousVersion?: number): readonly Message[] {
  const items: readonly DigestItem[] = papers.map(({ id }, at) => ({ paper: id, reasons: [by(`Author ${at}`)] }))
  const slot = '2025-09-12T07:00:00.000Z'
  const settings = { cap: 100 }
  const plan = { channel: CHANNEL, slot, n: 1, decidedAt: slot, items, papers, settings, papersPerPart }
  const digest = composeDigest(plan)
  const previous = new Map(
    previousVersion === undefined ? [] : papers.map(({ id }) => [id, { channel: CHANNEL, version: previousVersion }]),
  )
  return digest.parts.map((_, at) => digestMessage(digest, at + 1, papers, { timezone: 'UTC', previous }))
}

const only = <T>(list: readonly T[]): T => {
  expect(list).toHaveLength(1)
  const [one] = list
  if (one === undefined) throw new Error('there is none')
  return one
}

const rowsIn = (components: unknown): number => [...JSON.stringify(components).matchAll(/"type":1[,}]/g)].length

/** Lines of text, headings and rows of buttons. A button beside a text costs no line of its own. */
const linesOn: Readonly<Record<string, (message: Message) => number>> = {
  text: (message) => renderText(message).trimEnd().split('\n').length,
  web: (message) => {
    const elements = elementsOf(renderHtml(message))
    const is = (name: string, kind: string) =>
      elements.filter((each) => each.name === name && (each.attributes.get('class') ?? '').split(' ').includes(kind))
    const heads = elements.filter(({ name }) => name === 'h2' || name === 'h3').length
    return heads + is('div', 'second').length + is('p', 'note').length + is('p', 'line').length
  },
  slack: (message) =>
    readPayload(only(renderSlack(message)))
      .text.split('\n')
      .filter((line) => line.trim() !== '').length,
  'discord, components': (message) => {
    const payload = renderPart(message, KEY, 'components')
    return markedTexts(payload).flatMap((text) => text.split('\n')).length + rowsIn(payload?.components)
  },
  'discord, embeds': (message) => {
    const payload = renderPart(message, KEY, 'embeds')
    return markedTexts(payload).flatMap((text) => text.split('\n')).length + rowsIn(payload?.components)
  },
}

describe.each(Object.entries(linesOn))('on %s', (_, lines) => {
  it('ten papers take at most 25 lines', () => {
    expect(lines(only(messagesOf(papersOf(10), 10)))).toBeLessThanOrEqual(25)
  })

  it('what became of a paper costs a line of its own', () => {
    const revised = papersOf(10, () => ({ version: 3 }))
    expect(lines(only(messagesOf(revised, 10, 1)))).toBeLessThanOrEqual(35)
    expect(lines(only(messagesOf(revised, 10, 1)))).toBe(lines(only(messagesOf(revised, 10))) + 10)
  })
})

test('four papers have all of their lines, five have two each', () => {
  const full = renderText(only(messagesOf(papersOf(4), 10)))
  expect(full).toContain('We look at small models.')
  const brief = renderText(only(messagesOf(papersOf(5), 10)))
  expect(brief).not.toContain('We look at small models.')
  expect(brief.split('\n').slice(2, 4)).toEqual([
    'Paper 0: What Small Models Know of Large Ones, and Why It Helps',
    expect.stringMatching(
      /^ {2}Ada Lovelace.* · cs\.LG · \d+ \w{3} \d{4} · By Author 0.* · https:\/\/arxiv\.org\/abs\/2509\.00000$/,
    ),
  ])
})

test('a digest that was posted before there were two forms is edited in the form in which it stands', () => {
  const papers = papersOf(6)
  const items = papers.map(({ id }, at) => ({ paper: id, reasons: [by(`Author ${at}`)] }))
  const slot = '2025-09-12T07:00:00.000Z'
  const plan = {
    channel: CHANNEL,
    slot,
    n: 1,
    decidedAt: slot,
    items,
    papers,
    settings: { cap: 10 },
    papersPerPart: 10,
  }
  const { brief, ...old } = composeDigest(plan)
  expect(brief).toBe(true)
  const message = digestMessage(old, 1, papers, { timezone: 'UTC' })
  expect(renderText(message)).toContain('We look at small models.')
  expect(messageHash(message)).not.toBe(messageHash(only(messagesOf(papers, 10))))
})

test('a revised and a withdrawn paper say so in their two lines', () => {
  const message = only(
    messagesOf(
      papersOf(5, (at) => (at === 0 ? { withdrawn: true, version: 2 } : {})),
      10,
    ),
  )
  expect(renderText(message)).toContain('[withdrawn] Paper 0')
  expect(readPayload(only(renderSlack(message))).text).toContain('Withdrawn')
  expect(renderHtml(message)).toContain('<span class="tag">withdrawn</span>')
  for (const rendering of ['components', 'embeds'] as const)
    expect(JSON.stringify(renderPart(message, KEY, rendering))).toContain('(withdrawn) v2')
})

test('no line of a terminal is longer than a hundred columns, however long category, names and reasons are', () => {
  const long = papersOf(5, () => ({
    title: 'A title that goes on '.repeat(10),
    categories: ['cond-mat.supr-con-and-more'],
    authors: authors('Somebody With A Name That Has No End'),
    version: 12,
    links: { abstract: `https://arxiv.org/abs/${'9'.repeat(80)}` },
  }))
  const lines = renderText(only(messagesOf(long, 10))).split('\n')
  expect(lines.filter((line) => line.length > 100)).toEqual([])
  expect(lines[2]).toMatch(/… v12$/)
})

describe('each of many papers', () => {
  const papers = papersOf(10)
  const message = only(messagesOf(papers, 10))
  const ids = papers.map(({ id }) => id)

  it('has its abstract, PDF, Why? and Not them behind the dots beside it on Slack', () => {
    const sections = only(renderSlack(message)).blocks.filter((block) => block.type === 'section')
    expect(sections).toHaveLength(10)
    for (const { accessory } of sections) {
      if (accessory?.type !== 'overflow') throw new Error('no menu')
      expect(accessory.options.map(({ text }) => text.text)).toEqual(['Abstract', 'PDF', 'Why?', 'Not them'])
    }
    const values = [...JSON.stringify(sections).matchAll(/"value":"([^"]*)"/g)].map(([, value = '']) => value)
    expect(papersShown(values.flatMap((value) => decodeAction(value) ?? []))).toEqual(ids)
  })

  it.each(['components', 'embeds'] as const)(
    'is opened by one press on Discord, and found again in it (%s)',
    (form) => {
      const payload = renderPart(message, KEY, form)
      const pressed = [...customIdsIn(payload?.components), ...choicesIn(payload?.components)]
      expect(papersShown(pressed.flatMap((id) => readCustomId(id)?.action ?? []))).toEqual(ids)
      const shown = [...labels(payload), JSON.stringify(payload)].join(' ')
      expect(form === 'components' ? shown.split('"More"').length - 1 : shown.split(' · Paper ').length - 1).toBe(
        form === 'components' ? 10 : 20,
      )
    },
  )

  it('has everything behind a word in its second line on the web', () => {
    const shown = renderHtml(message)
    expect(shown.split('<details class="rest">').length - 1).toBe(10)
    for (const word of ['Abstract', 'PDF', 'Why?', 'Not them', 'We look at small models.'])
      expect(textOf(shown).split(word).length - 1).toBeGreaterThanOrEqual(10)
  })
})

/** What our own mark-up is made of; nothing of it comes from a paper. */
const OURS = ['heading', 'small', 'strong', 'strike', 'link', 'escape']

describe('whatever stands in many papers', () => {
  const hostile = [
    ...hostileCorpus.map(({ name, text }) => [name, text] as const),
    ['long words', 'x'.repeat(3000)] as const,
    ['ideographs', '漢字'.repeat(900)] as const,
    ['marks to escape', '*_~|`[]&<>'.repeat(300)] as const,
  ]

  it.each(hostile)('it stays text, and the part one message: %s', (_, text) => {
    const dirty = () => ({
      title: text,
      abstract: text,
      authors: [{ name: text }, { name: text }, { name: text }],
      categories: [text],
      version: 3,
      links: { abstract: `https://arxiv.org/${'a'.repeat(400)}`, pdf: 'https://arxiv.org/pdf/1' },
    })
    const onSlack = messagesOf(papersOf(slack.papersPerPart * 2, dirty), slack.papersPerPart, 1)
    const read = readPayload(only(renderSlack(only(onSlack))))
    expect(read.broken).toEqual([])
    const own = /^(?:bold|strike|link (?:PDF|.* → https:\/\/arxiv\.org\/))/s
    expect(read.marks.filter((mark) => !own.test(mark))).toEqual([])
    const onDiscord = only(messagesOf(papersOf(discord.papersPerPart * 2, dirty), discord.papersPerPart, 1))
    for (const rendering of ['components', 'embeds'] as const) {
      const payload = renderPart(onDiscord, KEY, rendering)
      expect(payload).toBeDefined()
      expect(broken(payload)).toEqual([])
      expect(JSON.stringify(payload)).toContain('"allowed_mentions":{"parse":[]}')
      const marks = markedTexts(payload).flatMap((shown) => readMarkup(shown).marks)
      expect(marks.filter(({ kind }) => !OURS.includes(kind))).toEqual([])
    }
  })
})
