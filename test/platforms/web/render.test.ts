import { expect, test } from 'vitest'
import type { Message } from '../../../src/message/message.ts'
import { renderHtml } from '../../../src/platforms/web/render.ts'
import { answerOf } from '../../../src/platforms/web/render-reply.ts'
import { aPaperView, everyNode } from '../../support/console-messages.ts'
import { hostileCorpus } from '../../support/hostile-corpus.ts'
import { elementsOf, textOf } from '../../support/html-reader.ts'

test('a paper shows its title, byline, place, abstract and reasons', () => {
  const html = renderHtml({ summary: '', nodes: [{ kind: 'paper', paper: aPaperView({ version: 2 }) }] })
  const text = textOf(html)
  for (const shown of [
    'Sparse features of small models',
    'Ada Lovelace, Neel Nanda',
    '1 Sep 2025 · arXiv.org Machine Learning · cs.LG · 2509.00001v2',
    'They are sparse.',
    'because you follow Neel Nanda',
  ]) {
    expect(text).toContain(shown)
  }
  expect(html).toContain('href="https://arxiv.org/abs/2509.00001" target="_blank" rel="noopener noreferrer"')
})

test('a followed author leads to their page', () => {
  const html = renderHtml({ summary: '', nodes: [{ kind: 'paper', paper: aPaperView() }] })
  expect(html).toContain('<a class="followed" href="/authors/Neel%20Nanda"><strong>Neel Nanda</strong></a>')
})

test('a long abstract is folded, a short one is not', () => {
  const long = renderHtml({
    summary: '',
    nodes: [{ kind: 'paper', paper: aPaperView({ abstract: 'Long. '.repeat(100) }) }],
  })
  const short = renderHtml({ summary: '', nodes: [{ kind: 'paper', paper: aPaperView() }] })
  expect(long).toContain('<details')
  expect(short).not.toContain('<details')
})

test('every kind of node has a form, and every button carries its action', () => {
  const html = renderHtml(everyNode)
  for (const part of [
    '<h2>',
    '<h3>',
    'class="paper"',
    'class="people"',
    '<table',
    'class="notice error"',
    'class="pager"',
    '<hr',
  ]) {
    expect(html).toContain(part)
  }
  expect(html).toContain('data-action="settings-form"')
  const { actions } = answerOf({ kind: 'message', to: 'asker', message: everyNode })
  expect(actions).toContainEqual({ id: 'author-page 0 Ethan%20Perez', label: 'Ethan Perez' })
  for (const { id } of actions) expect(html).toContain(`data-action="${id}"`)
})

test('a button whose action is too long to be carried is left out', () => {
  const action = { name: 'follow', args: ['x'.repeat(200)] }
  const message: Message = { summary: '', nodes: [{ kind: 'buttons', buttons: [{ label: 'Follow', action }] }] }
  expect(renderHtml(message)).not.toContain('<button')
  expect(answerOf({ kind: 'message', to: 'asker', message }).actions).toEqual([])
})

test.each([
  'javascript:alert(1)',
  'data:text/html,x',
  'JaVaScRiPt:alert(1)',
  ' javascript:alert(1)',
  '//evil.example',
  'vbscript:x',
  'ftp://x.example',
])('no link leads to %j', (url) => {
  const html = renderHtml({
    summary: '',
    nodes: [
      { kind: 'line', spans: [{ text: 'a', url }] },
      { kind: 'paper', paper: aPaperView({ links: [{ label: 'b', url }], byline: [] }) },
    ],
  })
  expect(elementsOf(html).flatMap(({ attributes }) => attributes.get('href') ?? [])).toEqual([
    '/papers/arxiv%3A2509.00001',
  ])
})

const ELEMENTS = new Set(
  'h2 h3 p a strong code article details summary span div button section ul li nav hr table thead tbody tr th td form label input small select option'.split(
    ' ',
  ),
)
const ATTRIBUTES = new Set(
  'class href target rel title data-paper data-action data-opens type disabled aria-label role tabindex scope name value required autocomplete maxlength selected data-command data-option'.split(
    ' ',
  ),
)

test.each(hostileCorpus)('$name is nothing but text, wherever it stands', ({ text }) => {
  const html = [
    renderHtml(everywhere(text)),
    ...answerOf({
      kind: 'form',
      form: {
        title: text,
        submit: { name: 'save', args: [] },
        fields: [
          { kind: 'text', name: text, label: text, value: text, hint: text },
          { kind: 'choice', name: text, label: text, choices: [{ value: text, label: text }] },
          { kind: 'lookup', name: text, label: text, command: text, option: text },
        ],
      },
    }).messages.map((message) => message.html),
  ].join('')
  for (const { name, attributes } of elementsOf(html)) {
    expect(ELEMENTS).toContain(name)
    for (const [attribute, value] of attributes) {
      expect(ATTRIBUTES).toContain(attribute)
      if (attribute === 'href') expect(value).toMatch(/^(?:https:\/\/arxiv\.org\/|\/papers\/|\/authors\/)/)
    }
  }
  expect(textOf(html)).toContain(text.replace(/\s+/g, ' ').trim())
})

/** A message with the text in every place that takes one. */
function everywhere(text: string): Message {
  const spans = [{ text }, { text, style: 'strong' as const }, { text, style: 'code' as const }]
  const button = { label: text, action: { name: 'do', args: [text.slice(0, 5)] } }
  const paper = aPaperView({
    id: `x:${text}`,
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
      {
        kind: 'people',
        title: text,
        people: [
          { name: text, papers: 1, action: button.action },
          { name: text, papers: 2 },
        ],
      },
      { kind: 'table', columns: [text], rows: [{ cells: [text], button }] },
      { kind: 'notice', tone: 'error', text, next: text },
      { kind: 'pager', shown: text, next: button.action },
      { kind: 'buttons', buttons: [button] },
    ],
  }
}
