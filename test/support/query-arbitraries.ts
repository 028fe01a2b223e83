import fc from 'fast-check'
import type { Query } from '../../src/catalog/query.ts'
import type { Paper } from '../../src/papers/paper.ts'
import { aPaper } from './builders.ts'

const vocabulary = [
  'sparse',
  'Sparse',
  'spärse',
  'spars',
  'feature',
  'ΣΊΣΥΦΟΣ',
  'сети',
  'модель',
  'हिन्दी',
  '稀疏',
  'Schrödinger',
  "don't",
  'in-context',
  'GPT-4',
  'ﬁne',
  'İstanbul',
  'straße',
  'co₂',
  'naïve',
  '😀',
  'every',
  'n1',
  'ccs',
]
const text = fc.array(fc.constantFrom(...vocabulary), { maxLength: 8 }).map((words) => words.join(' '))
const person = fc.constantFrom(
  'Jared Kaplan',
  'J. Kaplan',
  'Kaplan, Jared',
  'Jonas Kaplan',
  'Ada Lovelace',
  'Augusta Ada Lovelace',
  'Zoë Müller',
  'Zoe Mueller',
  '李雷',
)
const category = fc.constantFrom('cs.LG', 'cs.AI', 'math.CO', 'math', '68T45 (Machine vision)', 'cs')
const day = fc.constantFrom('2024-12-31', '2025-01-01', '2025-01-31', '2025-02-01', '2025-09-01', '1999-05-05')
const paperId = fc.integer({ min: 1, max: 40 }).map((n) => `arxiv:2509.000${String(n).padStart(2, '0')}`)
/** A paper of few words, so that queries often meet it. */
export const anyPaper: fc.Arbitrary<Paper> = fc
  .record({
    id: paperId,
    title: fc.oneof(text, fc.string({ unit: 'binary', maxLength: 20 })),
    abstract: text,
    authors: fc.array(
      person.map((name) => ({ name })),
      { maxLength: 4 },
    ),
    categories: fc.uniqueArray(category, { maxLength: 3 }),
    published: fc.oneof(
      day,
      day.map((date) => `${date}T12:00:00Z`),
      fc.constant(''),
    ),
  })
  .map(aPaper)
/** Any query over the same words, people, categories and days. */
export const { query: anyQuery } = fc.letrec<{ query: Query; term: Query }>((tie) => ({
  query: fc.oneof(
    { maxDepth: 3 },
    tie('term'),
    fc.record({ kind: fc.constant('all' as const), of: fc.array(tie('query'), { maxLength: 3 }) }),
    fc.record({ kind: fc.constant('any' as const), of: fc.array(tie('query'), { maxLength: 3 }) }),
    fc.record({ kind: fc.constant('not' as const), of: tie('query') }),
  ),
  term: fc.oneof(
    fc.record({
      kind: fc.constant('words' as const),
      field: fc.constantFrom('any' as const, 'title' as const, 'abstract' as const),
      words: fc.oneof(
        fc.array(fc.constantFrom(...vocabulary, 'Kaplan', 's', 'sp'), { minLength: 1, maxLength: 2 }),
        fc.array(fc.string({ unit: 'binary', maxLength: 4 }), { maxLength: 1 }),
      ),
      prefix: fc.boolean(),
    }),
    fc.record({
      kind: fc.constant('author' as const),
      name: fc.oneof(person, fc.constantFrom('Kaplan', 'muller', 'Lovelace, Ada')),
    }),
    fc.record({
      kind: fc.constant('category' as const),
      category: fc.oneof(category, fc.constantFrom('CS', 'cs.lg', 'stat')),
    }),
    fc.record({ kind: fc.constant('published' as const), since: day }),
    fc.record({ kind: fc.constant('published' as const), until: day }),
    fc.record({ kind: fc.constant('published' as const), since: day, until: day }),
    fc.record({ kind: fc.constant('id' as const), id: paperId }),
  ),
}))
