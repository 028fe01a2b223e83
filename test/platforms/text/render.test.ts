import fc from 'fast-check'
import { expect, test } from 'vitest'
import { notice } from '../../../src/message/message.ts'
import { widthOf, wrapped } from '../../../src/platforms/text/columns.ts'
import { renderText } from '../../../src/platforms/text/render.ts'
import { aPaperView, everyNode } from '../../support/console-messages.ts'

test('a paper reads as a short block', () => {
  const paper = aPaperView({
    version: 2,
    note: 'v2, 3 March: title changed',
    collaborators: 'Often with Ethan Perez (24)',
  })
  expect(renderText({ summary: '', nodes: [{ kind: 'paper', paper }] })).toBe(`Sparse features of small models
  Ada Lovelace, Neel Nanda
  1 Sep 2025 · arXiv.org Machine Learning · cs.LG · arxiv:2509.00001v2
  v2, 3 March: title changed
  We look at the features of small models. They are sparse.
  Often with Ethan Perez (24)
  because you follow Neel Nanda
  https://arxiv.org/abs/2509.00001
`)
})

test('a table stands in columns, wide characters counted', () => {
  const rows = [
    ['李飞飞', '3'],
    ['Ada', '12'],
  ].map((cells) => ({ cells }))
  expect(renderText({ summary: '', nodes: [{ kind: 'table', columns: ['Who', 'Papers'], rows }] })).toBe(`Who     Papers
──────  ──────
李飞飞  3
Ada     12
`)
})

test('headings, lines, people, notices and pagers are there; buttons are not', () => {
  const text = renderText(everyNode)
  for (const part of [
    'Jared Kaplan\n────────────\n',
    '1–3 of 73',
    'Ethan Perez       24 papers',
    '✗ One part could not be posted.',
    'the manual\n<https://example.org/manual>',
    '[withdrawn] On tilings',
  ])
    expect(text).toContain(part)
  expect(text).not.toContain('Unfollow')
})

test('nothing in a text can move the cursor of a terminal or turn its writing round', () => {
  expect(renderText(notice('info', 'a\u001b[31mred\u0007\r\nb\u202ec\u009b'))).toBe('a[31mred bc\n')
})

test('no line is wider than a hundred columns, unless one word is', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 400 }), (text) => {
      for (const line of wrapped(text, 100, '  ').split('\n')) {
        expect(widthOf(line) <= 100 || !line.trim().includes(' ')).toBe(true)
      }
    }),
  )
})

test('wrapping loses no word', () => {
  fc.assert(
    fc.property(fc.array(fc.stringMatching(/^[a-z]{1,30}$/), { minLength: 1 }), (words) => {
      expect(wrapped(words.join(' '), 40).split(/\s+/)).toEqual(words)
    }),
  )
})
