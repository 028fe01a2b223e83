import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { paperView } from '../../../src/digest/paper-view.ts'
import { decodeAction } from '../../../src/message/action.ts'
import type { Message, MessageNode } from '../../../src/message/message.ts'
import { readableText } from '../../../src/papers/latex.ts'
import type { Paper } from '../../../src/papers/paper.ts'
import { renderSlack } from '../../../src/platforms/slack/render.ts'
import { aPaper } from '../../support/builders.ts'
import { aPaperView, everyNode, sampleDigest } from '../../support/console-messages.ts'
import { hostileCorpus } from '../../support/hostile-corpus.ts'
import { readPayload } from './payload-reader.ts'

const render = (...nodes: readonly MessageNode[]) => renderSlack({ summary: 'New papers', nodes })
const shown = (...nodes: readonly MessageNode[]) => render(...nodes).map(readPayload)
const only = (...nodes: readonly MessageNode[]) => {
  const [one, ...more] = shown(...nodes)
  expect(more).toEqual([])
  if (one === undefined) throw new Error('nothing was rendered')
  return one
}
const buttonsOf = (payload: { readonly blocks: readonly unknown[] } | undefined) =>
  [...JSON.stringify(payload).matchAll(/"value":"([^"]*)"/g)].map((match) => decodeAction(match[1] ?? ''))

test('a paper shows its title with its own page, byline, place, reasons, abstract and buttons', () => {
  const { text, marks, broken } = only({ kind: 'paper', paper: aPaperView({ version: 2 }) })
  expect(broken).toEqual([])
  expect(text).toBe(
    [
      'Sparse features of small models',
      'Ada Lovelace, Neel Nanda',
      '1 Sep 2025 · arXiv.org Machine Learning · cs.LG · 2509.00001v2',
      'because you follow Neel Nanda',
      'We look at the features of small models. They are sparse.',
      'Abstract | PDF | Why | Not Neel Nanda',
    ].join('\n'),
  )
  expect(marks).toEqual([
    'bold Sparse features of small models',
    'link Sparse features of small models → https://arxiv.org/abs/2509.00001',
    'bold Neel Nanda',
    'italic because you follow Neel Nanda',
    'link Abstract → https://arxiv.org/abs/2509.00001',
    'link PDF → https://arxiv.org/pdf/2509.00001',
  ])
})

test('a withdrawn paper says so', () => {
  expect(only({ kind: 'paper', paper: aPaperView({ withdrawn: true, note: 'Withdrawn, 1 May 2026' }) }).text).toContain(
    'Withdrawn\n',
  )
})

test('the title of a withdrawn paper is struck through', () => {
  const payloads = render({ kind: 'paper', paper: aPaperView({ withdrawn: true }) })
  expect(JSON.stringify(payloads)).toContain('"style":{"bold":true,"strike":true}')
})

test('every kind of node has a form within the limits, and every button carries its action', () => {
  const payloads = renderSlack(everyNode)
  expect(payloads.map(readPayload).flatMap(({ broken }) => broken)).toEqual([])
  const types = new Set(payloads.flatMap(({ blocks }) => blocks.map(({ type }) => type)))
  expect([...types].sort()).toEqual(['actions', 'context', 'divider', 'header', 'rich_text'])
  expect(buttonsOf(payloads[0])).toContainEqual({ name: 'settings-form', args: [] })
})

test('a digest is one message', () => {
  expect(renderSlack(sampleDigest)).toHaveLength(1)
})

test('links are not unfolded below a message, and its notification reads like a sentence', () => {
  expect(renderSlack({ summary: 'AT&T <3 papers', nodes: [] })).toEqual([
    { text: 'AT&amp;T &lt;3 papers', blocks: [], unfurl_links: false, unfurl_media: false },
  ])
})

test('a notification is cut between characters, never within an entity', () => {
  const [payload] = renderSlack({ summary: '<&>'.repeat(3000), nodes: [] })
  expect(payload?.text).toMatch(/^(?:&lt;|&amp;|&gt;)+…$/)
  expect(payload?.text.length).toBeLessThanOrEqual(3000)
})

test('a table of rows with buttons has one button a row', () => {
  const rows = ['Yang Liu', 'Yang Liu 0005'].map((name) => ({
    cells: [name, '3 papers'],
    button: { label: 'Follow', action: { name: 'follow', args: [name] } },
  }))
  const [payload] = render({ kind: 'table', columns: ['Name', 'Papers'], rows })
  expect(readPayload(payload).text).toBe('Name · Papers\nYang Liu · 3 papers Follow\nYang Liu 0005 · 3 papers Follow')
  expect(buttonsOf(payload).map((action) => action?.args)).toEqual([['Yang Liu'], ['Yang Liu 0005']])
})

test('a button whose action is too long to be carried is left out', () => {
  const action = { name: 'follow', args: ['x'.repeat(200)] }
  expect(render({ kind: 'buttons', buttons: [{ label: 'Follow', action }] })[0]?.blocks).toEqual([])
})

test.each(['javascript:alert(1)', 'data:text/html,x', '//evil.example', 'ftp://x.example', 'https://'])(
  'no link leads to %j',
  (url) => {
    const { marks } = only(
      { kind: 'line', spans: [{ text: 'a', url }] },
      { kind: 'paper', paper: aPaperView({ links: [{ label: 'b', url }], byline: [], reasons: [] }) },
    )
    expect(marks).toEqual(['bold Sparse features of small models'])
  },
)

test.each(hostileCorpus.map(({ name, text }) => [name, text]))(
  '%s is nothing but text, wherever it stands',
  (_, text) => {
    const action = { name: 'why', args: ['x'] }
    const nodes: readonly MessageNode[] = [
      { kind: 'heading', level: 1, text },
      { kind: 'heading', level: 2, text },
      { kind: 'line', spans: [{ text }] },
      { kind: 'line', quiet: true, spans: [{ text }] },
      { kind: 'line', spans: [{ text, style: 'code' }] },
      {
        kind: 'paper',
        paper: aPaperView({
          title: text,
          byline: [{ text }],
          venue: text,
          abstract: text,
          reasons: [text],
          note: text,
          collaborators: text,
          links: [],
          buttons: [{ label: text, action }],
        }),
      },
      {
        kind: 'people',
        title: text,
        people: [
          { name: text, papers: 2, action },
          { name: text, papers: 1 },
        ],
      },
      { kind: 'table', columns: [text, text], rows: [{ cells: [text, text] }] },
      { kind: 'table', columns: [text], rows: [{ cells: [text], button: { label: text, action } }] },
      { kind: 'notice', tone: 'error', text, next: text },
      { kind: 'pager', shown: text, next: action },
    ]
    const payloads = renderSlack({ summary: text, nodes })
    for (const payload of payloads) {
      const { marks, broken } = readPayload(payload)
      expect(broken).toEqual([])
      expect(marks.filter((mark) => !/^(?:bold|italic|code) /.test(mark))).toEqual([])
      expect(JSON.stringify(payload)).not.toMatch(/[\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069]/)
    }
  },
)

test('abstracts shrink before anything splits', () => {
  const papers = Array.from({ length: 15 }, (_, at) =>
    aPaperView({ id: `arxiv:2509.${at + 10_000}`, abstract: 'We count. '.repeat(200) }),
  )
  const { text, broken } = only(...papers.map((paper) => ({ kind: 'paper' as const, paper })))
  expect(broken).toEqual([])
  expect(text.match(/We count\./g)?.length).toBeGreaterThan(15 * 10)
})

test('what does not fit at all is split between papers, and every paper is in one message', () => {
  const papers = Array.from({ length: 60 }, (_, at) =>
    aPaperView({ id: `arxiv:2509.${at + 10_000}`, title: `Paper ${at}.` }),
  )
  const parts = shown(
    { kind: 'heading', level: 1, text: '60 new papers' },
    ...papers.map((paper) => ({ kind: 'paper' as const, paper })),
  )
  expect(parts.length).toBeGreaterThan(1)
  expect(parts.flatMap(({ broken }) => broken)).toEqual([])
  for (const [at] of papers.entries()) {
    const holders = parts.filter(({ text }) => text.includes(`Paper ${at}.\n`))
    expect(holders).toHaveLength(1)
    expect(holders[0]?.text).toContain(`${at + 10_000}\n`)
  }
})

test('a table, a list of people and texts without end stay within the limits', () => {
  const long = 'No end. '.repeat(2000)
  const action = { name: 'author-page', args: ['0', 'x'] }
  const parts = shown(
    { kind: 'heading', level: 1, text: long },
    { kind: 'line', spans: [{ text: long }] },
    { kind: 'line', spans: [{ text: long, style: 'strong' }, { text: long }] },
    {
      kind: 'paper',
      paper: aPaperView({
        title: long,
        byline: [{ text: long }],
        abstract: long,
        reasons: [long],
        venue: long,
        note: long,
      }),
    },
    {
      kind: 'people',
      title: 'People',
      people: Array.from({ length: 300 }, (_, at) => ({ name: `${at} ${long}`, papers: at, action })),
    },
    { kind: 'table', columns: ['A'], rows: Array.from({ length: 200 }, () => ({ cells: [long, long] })) },
    {
      kind: 'table',
      columns: ['A'],
      rows: Array.from({ length: 90 }, () => ({ cells: [long], button: { label: long, action } })),
    },
    { kind: 'notice', tone: 'info', text: long, next: long },
  )
  expect(parts.flatMap(({ broken }) => broken)).toEqual([])
})

const recorded = new URL('../../../../shared/data/arxiv-days/', import.meta.url)

test.skipIf(!existsSync(recorded))(
  'ten real papers are one message within the limits, and nothing in them formats (skipped without recorded days)',
  () => {
    const papers = readdirSync(recorded).flatMap((file) =>
      gunzipSync(readFileSync(new URL(file, recorded)))
        .toString()
        .split('\n')
        .filter((line) => line !== '')
        .map((line) => recordedPaper(JSON.parse(line))),
    )
    expect(papers.length).toBeGreaterThan(11_000)
    for (let at = 0; at < papers.length; at += 10) {
      const nodes = papers.slice(at, at + 10).flatMap((paper): MessageNode[] => [
        { kind: 'heading', level: 2, text: paper.authors[0]?.name ?? 'Nobody' },
        {
          kind: 'paper',
          paper: paperView(paper, { abstractLength: 600, followed: [0], buttons: aPaperView().buttons }),
        },
      ])
      const message: Message = { summary: `10 new papers`, nodes }
      const payloads = renderSlack(message)
      expect(payloads).toHaveLength(1)
      const { broken, marks, text } = readPayload(payloads[0])
      expect(broken).toEqual([])
      expect(
        marks.filter((mark) => !/^(?:bold|italic) |^link .* → https:\/\/(?:arxiv\.org|doi\.org)\//.test(mark)),
      ).toEqual([])
      for (const paper of papers.slice(at, at + 10)) expect(text).toContain(paper.title.replace(/\s+/g, ' '))
    }
  },
  60_000,
)

function recordedPaper(line: unknown): Paper {
  const { id, title, summary, authors, categories } = line as Recorded
  return aPaper({
    id: `arxiv:${id}`,
    title: readableText(title),
    abstract: readableText(summary),
    authors: authors.map((name) => ({ name: readableText(name) })),
    categories,
    links: { abstract: `https://arxiv.org/abs/${id}`, pdf: `https://arxiv.org/pdf/${id}` },
  })
}

interface Recorded {
  readonly id: string
  readonly title: string
  readonly summary: string
  readonly authors: readonly string[]
  readonly categories: readonly string[]
}
