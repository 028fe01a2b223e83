import { describe, expect, test } from 'vitest'
import type { Message } from '../../../src/message/message.ts'
import { renderHtml } from '../../../src/platforms/web/render.ts'
import { answerOf, formMarkup } from '../../../src/platforms/web/render-reply.ts'
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

describe('an abstract', () => {
  const shown = (over: Parameters<typeof aPaperView>[0]) =>
    renderHtml({ summary: '', nodes: [{ kind: 'paper', paper: aPaperView(over) }] })
  const whole = 'We look at models. They are small, and sparse as well. Nobody knew.'

  test('that is cut ends at a sentence, and the whole of it is behind a word', () => {
    const html = shown({ abstract: 'We look at models.', wholeAbstract: whole })
    expect(html).toContain('<p class="abstract">We look at models.</p><details')
    expect(html).toContain(`<p class="abstract">${whole}</p></details>`)
  })

  test('that was cut within a sentence goes on to its end', () => {
    expect(shown({ abstract: 'We look at models. They are…', wholeAbstract: whole })).toContain(
      '<p class="abstract">We look at models. They are small, and sparse as well.</p><details',
    )
    expect(
      shown({ abstract: 'We look at models. They are small, and sparse as well. No…', wholeAbstract: whole }),
    ).toContain(`<p class="abstract">${whole}</p>\n`)
  })

  test('that is shown whole has nothing behind it', () => {
    expect(shown({})).not.toContain('<details')
  })
})

test('a cell as short as a day stays on one line, and bears its column where there is no head', () => {
  const rows = [{ cells: ['title:"sparse autoencoder" cat:cs.LG', '9 Sep 2025'] }]
  const html = renderHtml({ summary: '', nodes: [{ kind: 'table', columns: ['What', 'On'], rows }] })
  expect(html).toContain('<td class="short" data-column="On">9 Sep 2025</td>')
  expect(html).toContain('<td data-column="What">title')
})

test('who is followed leads to their page from the list', () => {
  const rows = [{ cells: ['Ada Lovelace', 'author'], opens: { name: 'author-page', args: ['0', 'Ada Lovelace'] } }]
  const message: Message = { summary: '', nodes: [{ kind: 'table', columns: ['Who', 'Kind'], rows }] }
  expect(renderHtml(message)).toContain('data-action="author-page 0 Ada%20Lovelace" data-opens="page">Ada Lovelace<')
  expect(answerOf({ kind: 'message', to: 'asker', message }).actions).toEqual([
    { id: 'author-page 0 Ada%20Lovelace', label: 'Ada Lovelace' },
  ])
})

test('a button that works once says so to the page', () => {
  const undo = { label: 'Undo', action: { name: 'undo', args: ['1'] }, once: { used: 'Undone', forMs: 600_000 } }
  const html = renderHtml({ summary: '', nodes: [{ kind: 'buttons', buttons: [undo] }] })
  expect(html).toContain('data-action="undo 1" data-used="Undone" data-for="600000">Undo</button>')
})

test('an answer that begins with a warning has a fault, and a form’s answer all fields of it', () => {
  const warning: Message = { summary: '', nodes: [{ kind: 'notice', tone: 'warning', text: 'No such zone.' }] }
  const faults = [
    { field: 'timezone', text: 'No such zone.' },
    { field: 'cap', text: 'No number.' },
  ]
  expect(answerOf({ kind: 'message', to: 'asker', message: warning, faults }).fault).toEqual({
    text: 'No such zone.',
    field: 'timezone',
    fields: faults,
  })
  expect(answerOf({ kind: 'message', to: 'asker', message: warning }).fault).toEqual({ text: 'No such zone.' })
  expect(answerOf({ kind: 'message', to: 'asker', message: everyNode })).not.toHaveProperty('fault')
})

test('a field for a time zone offers the names of all, and one with examples says what each means', () => {
  const fields = [
    { kind: 'text', name: 'timezone', label: 'Time zone', takes: 'time-zone' },
    { kind: 'text', name: 'schedule', label: 'Schedule', examples: [{ value: 'daily 09:00', label: 'every day' }] },
  ] as const
  const html = formMarkup({ title: 'Settings', submit: { name: 'save', args: [] }, fields }).toString()
  expect(html).toMatch(/<input [^>]*name="timezone"[^>]* list="time-zones"/)
  for (const zone of ['Europe/Berlin', 'Asia/Kolkata', 'UTC']) expect(html).toContain(`<option value="${zone}">`)
  expect(html).toContain('<code>daily 09:00</code> every day')
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
  'h2 h3 p a strong code article details summary span div button section ul li nav hr table thead tbody tr th td form label input small select option datalist'.split(
    ' ',
  ),
)
const ATTRIBUTES = new Set(
  'class href target rel title data-paper data-action data-opens type disabled aria-label role tabindex scope name value required autocomplete maxlength selected data-command data-option data-column data-used data-for aria-description aria-hidden id list'.split(
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
          { kind: 'text', name: text, label: text, value: text, hint: text, takes: 'time-zone' },
          { kind: 'text', name: text, label: text, examples: [{ value: text, label: text }] },
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

test('the title of a withdrawn paper is struck through', () => {
  const html = renderHtml({ summary: '', nodes: [{ kind: 'paper', paper: aPaperView({ withdrawn: true }) }] })
  expect(html).toMatch(/<del><a [^>]*>Sparse features of small models<\/a><\/del>/)
  expect(textOf(html)).toContain('withdrawn')
})
