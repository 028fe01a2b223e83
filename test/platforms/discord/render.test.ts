import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'
import fc from 'fast-check'
import { describe, expect, it, test } from 'vitest'
import { paperView } from '../../../src/digest/paper-view.ts'
import type { Message, MessageNode, PaperView } from '../../../src/message/message.ts'
import { readableText } from '../../../src/papers/latex.ts'
import { readCustomId } from '../../../src/platforms/discord/custom-id.ts'
import { renderMessage, renderPart } from '../../../src/platforms/discord/render.ts'
import { withShareButton } from '../../../src/platforms/discord/sharing.ts'
import { aPaper } from '../../support/builders.ts'
import {
  aPaperView,
  everyNode,
  sampleAuthor,
  sampleFollowing,
  sampleSettings,
  sampleStatus,
} from '../../support/console-messages.ts'
import { hostileCorpus } from '../../support/hostile-corpus.ts'
import { broken, customIds, labels, markedTexts } from './limits.ts'
import { readMarkup } from './reader.ts'

const RENDERINGS = ['components', 'embeds'] as const
const KEY = 'abcdefghijklmnopqrstuv'

const digest = (papers: readonly PaperView[]): Message => ({
  summary: 'New papers',
  nodes: [
    { kind: 'heading', level: 1, text: '5 new papers · Friday 12 September 2025' },
    ...papers.flatMap((paper, at): MessageNode[] => [
      { kind: 'heading', level: 2, text: `Author ${at}` },
      { kind: 'paper', paper },
    ]),
    { kind: 'line', quiet: true, spans: [{ text: '12 more papers over this channel’s limit' }] },
    { kind: 'buttons', buttons: [{ label: 'Show all', action: { name: 'show-all', args: ['x'] } }] },
  ],
})

const many = (count: number, over: Parameters<typeof aPaperView>[0]) =>
  Array.from({ length: count }, (_, at) => aPaperView({ ...over, id: `arxiv:2509.0000${at}` }))

describe.each(RENDERINGS)('rendered as %s', (rendering) => {
  it('every message that the program says is one that Discord takes', () => {
    for (const message of [everyNode, sampleAuthor, sampleFollowing, sampleSettings, sampleStatus])
      for (const payload of renderMessage(message, { rendering })) expect(broken(payload)).toEqual([])
  })

  it('a digest’s part is one message, whatever its papers are like', () => {
    for (const text of [
      'word '.repeat(400),
      '*_~|`[]'.repeat(300),
      '漢字'.repeat(900),
      '𝔄'.repeat(900),
      'x'.repeat(3000),
    ]) {
      const action = { name: 'not-them', args: ['arxiv:2509.00001', 's'] }
      const buttons = Array.from({ length: 12 }, (_, at) => ({
        label: `Not ${text}`,
        action: { ...action, args: [`${at}`] },
      }))
      const paper = { title: text, abstract: text, byline: [{ text }, { text, style: 'strong' as const }], venue: text }
      const links = [{ label: text, url: `https://arxiv.org/${'a'.repeat(400)}` }]
      const payload = renderPart(
        digest(many(5, { ...paper, links, reasons: [text, text], note: text, collaborators: text, buttons })),
        KEY,
        rendering,
      )
      expect(payload).toBeDefined()
      expect(broken(payload)).toEqual([])
      const shown = markedTexts(payload)
        .map((each) => readMarkup(each).text)
        .join('\n')
      for (let at = 0; at < 5; at++) expect(shown).toContain(`2509.0000${at}`)
    }
  })

  it('abstracts shrink before anything splits', () => {
    const message = digest(many(5, { abstract: 'A sentence of some length. '.repeat(60) }))
    const payloads = renderMessage(message, { rendering })
    expect(payloads).toHaveLength(1)
    expect(markedTexts(payloads[0]).join('')).toContain('A sentence of some length.')
  })

  it('a long answer becomes several messages, none of its things in two', () => {
    const papers = many(9, { abstract: 'Words. '.repeat(50), title: `Start ${'of a title that is long '.repeat(20)}` })
    const nodes: readonly MessageNode[] = [...papers, ...papers].map((paper) => ({ kind: 'paper', paper }))
    const payloads = renderMessage({ summary: '', nodes }, { rendering })
    expect(payloads.length).toBeGreaterThan(1)
    expect(payloads.flatMap(broken)).toEqual([])
    const titles = payloads
      .flatMap(markedTexts)
      .join('\n')
      .match(/Start of a title/g)
    expect(titles).toHaveLength(18)
  })

  it('a table of fifty rows with buttons keeps all of them pressable', () => {
    const rows = Array.from({ length: 50 }, (_, at) => ({
      cells: [`Author number ${at}`, 'author', 'ada', '2026-11-02'],
      button: { label: 'Unfollow', action: { name: 'unfollow', args: [`s${at}`] } },
    }))
    const payloads = renderMessage(
      { summary: '', nodes: [{ kind: 'table', columns: ['a', 'b', 'c', 'd'], rows }] },
      { rendering },
    )
    expect(payloads.flatMap(broken)).toEqual([])
    expect(JSON.stringify(payloads).match(/unfollow s\d+"/g)).toHaveLength(50)
  })

  it('bears the part’s key once, in a component whose action is as it was', () => {
    const payload = renderPart(digest(many(2, {})), KEY, rendering)
    const bearing = customIds(payload).filter((id) => id.includes(KEY))
    expect(bearing).toHaveLength(1)
    expect(readCustomId(bearing[0] ?? '')).toEqual({
      action: { name: 'why', args: ['arxiv:2509.00000'] },
      key: KEY,
      turns: false,
    })
  })

  it('bears the key though nothing in the message can be pressed', () => {
    const payload = renderPart({ summary: '', nodes: [{ kind: 'line', spans: [{ text: 'Plain' }] }] }, KEY, rendering)
    expect(customIds(payload)).toEqual([`part@${KEY}`])
    expect(broken(payload)).toEqual([])
  })

  it('equal actions get different ids, which mean the same', () => {
    const button = { label: 'Why', action: { name: 'why', args: ['x'] } }
    const [payload] = renderMessage(
      { summary: '', nodes: [{ kind: 'buttons', buttons: [button, button] }] },
      { rendering },
    )
    const ids = customIds(payload)
    expect(new Set(ids).size).toBe(2)
    expect(ids.map((id) => readCustomId(id)?.action)).toEqual([button.action, button.action])
  })

  it('an answer has room for the button that shares it', () => {
    for (const message of [everyNode, sampleAuthor, sampleFollowing, digest(many(8, { abstract: 'x '.repeat(500) }))])
      for (const payload of renderMessage(message, { rendering, withRoom: true }))
        expect(broken(withShareButton(payload))).toEqual([])
  })

  test.each(hostileCorpus)('$name is nothing but text, wherever it stands', ({ text }) => {
    const payloads = renderMessage(everywhere(text), { rendering })
    expect(payloads.flatMap(broken)).toEqual([])
    for (const source of payloads.flatMap(markedTexts)) {
      expect(source).not.toMatch(/@(?:everyone|here)|<[@#]|<a?:\w+:|<t:|<\/\w|<id:/)
      for (const { kind, text: marked } of readMarkup(source).marks) {
        expect(['strong', 'small', 'heading', 'link', 'strike']).toContain(kind)
        if (kind === 'link') expect(marked).toMatch(/ https:\/\/arxiv\.org\//)
      }
    }
    expect(payloads.flatMap(labels).filter((label) => label.length > 100)).toEqual([])
    const shown = payloads.flatMap(markedTexts).map((source) => readMarkup(source).text)
    const wanted = plain(text)
    expect(shown.filter((each) => plain(each).includes(wanted)).length).toBeGreaterThan(0)
  })

  it('whatever the text is, it stays text', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...'*_~`|[]()<>@#:/\\-.!1 \nab'), maxLength: 60 }), (text) => {
        const nodes: MessageNode[] = [{ kind: 'line', spans: [{ text }, { text, style: 'strong' }] }]
        const kinds = renderMessage({ summary: '', nodes }, { rendering })
          .flatMap(markedTexts)
          .flatMap((source) => readMarkup(source).marks.map(({ kind }) => kind))
        expect(kinds.filter((kind) => kind !== 'strong')).toEqual([])
      }),
      { numRuns: 2000 },
    )
  })
})

test('a title with brackets is shown whole, and linked beside it', () => {
  const paper = aPaperView({ title: 'On [sic] brackets' })
  const [payload] = renderMessage({ summary: '', nodes: [{ kind: 'paper', paper }] })
  const { text, marks } = readMarkup(markedTexts(payload).join('\n'))
  expect(text).toContain('On [sic] brackets')
  expect(marks).toContainEqual({ kind: 'link', text: 'Abstract https://arxiv.org/abs/2509.00001' })
})

test.each(['javascript:alert(1)', 'https://a@evil.example', '//evil.example', 'ftp://x', 'https://x y'])(
  'no link leads to %j',
  (url) => {
    const paper = aPaperView({ links: [{ label: 'Abstract', url }] })
    for (const rendering of RENDERINGS) {
      const text = JSON.stringify(renderMessage({ summary: '', nodes: [{ kind: 'paper', paper }] }, { rendering }))
      expect(text).not.toContain('](<')
      expect(text).not.toContain('"url"')
    }
  },
)

/** Words and characters in order, whatever can't be seen. */
function plain(text: string): string {
  return text
    .replace(/\p{Cf}/gu, '')
    .replace(/\s+/gu, ' ')
    .trim()
}

/** A message with the text in every place that takes one. */
function everywhere(text: string): Message {
  const spans = [{ text }, { text, style: 'strong' as const }, { text, style: 'code' as const }]
  const button = { label: text, action: { name: 'do', args: [text.slice(0, 5)] } }
  const paper = aPaperView({
    title: text,
    byline: spans,
    date: text,
    venue: text,
    category: text,
    abstract: text.repeat(10),
    reasons: [text],
    collaborators: text,
    note: text,
    buttons: [button],
  })
  return {
    summary: text,
    nodes: [
      { kind: 'heading', level: 1, text },
      { kind: 'heading', level: 2, text },
      { kind: 'line', spans },
      { kind: 'paper', paper },
      { kind: 'people', title: text, people: [{ name: text, papers: 1, action: button.action }] },
      { kind: 'table', columns: [text], rows: [{ cells: [text], button }] },
      { kind: 'notice', tone: 'error', text, next: text },
      { kind: 'pager', shown: text, next: button.action },
      { kind: 'buttons', buttons: [button] },
    ],
  }
}

const recorded = new URL('../../../../shared/data/arxiv-days/', import.meta.url)

test.skipIf(!existsSync(recorded))(
  'recorded papers are taken by Discord, five in a part (skipped without ../shared)',
  () => {
    const views = recordedViews()
    let parts = 0
    for (const rendering of RENDERINGS) {
      for (let at = 0; at < views.length; at += 5) {
        const payload = renderPart(digest(views.slice(at, at + 5)), KEY, rendering)
        expect(broken(payload)).toEqual([])
        parts++
      }
    }
    expect(parts).toBe(2 * Math.ceil(views.length / 5))
    console.log(`${views.length} recorded papers in ${parts} parts of both renderings`)
  },
  300_000,
)

interface Recorded {
  readonly id: string
  readonly title: string
  readonly summary: string
  readonly authors: readonly string[]
  readonly categories: readonly string[]
}

function recordedViews(): readonly PaperView[] {
  const lines = readdirSync(recorded).flatMap((file) =>
    gunzipSync(readFileSync(new URL(file, recorded)))
      .toString()
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => JSON.parse(line) as Recorded),
  )
  return [...new Map(lines.map((line) => [line.id, line])).values()].map((line) =>
    paperView(
      aPaper({
        id: `arxiv:${line.id}`,
        title: readableText(line.title),
        abstract: readableText(line.summary),
        authors: line.authors.map((name) => ({ name: readableText(name) })),
        categories: line.categories,
        links: { abstract: `https://arxiv.org/abs/${line.id}`, pdf: `https://arxiv.org/pdf/${line.id}` },
      }),
      { abstractLength: 600, followed: [0], buttons: aPaperView({ id: `arxiv:${line.id}` }).buttons },
    ),
  )
}

test('the title of a withdrawn paper is struck through in both renderings', () => {
  const paper = aPaperView({ title: 'On tilings', withdrawn: true })
  for (const rendering of RENDERINGS) {
    const payload = JSON.stringify(renderPart(digest([paper]), KEY, rendering))
    expect(payload, rendering).toContain('~~On tilings~~')
    expect(payload, rendering).toContain('(withdrawn)')
  }
})
