import type { Announcement } from './event.ts'
import type { Field, SearchQuery } from './search-query.ts'
import { fullName, submissionTimes } from './world.ts'

type Term = Extract<SearchQuery, { kind: 'term' }>

/** Whether a paper answers a query. */
export function matchesQuery(query: SearchQuery, event: Announcement): boolean {
  if (query.kind === 'term') return matchesTerm(query, event)
  const left = matchesQuery(query.left, event)
  switch (query.operator) {
    case 'AND':
      return left && matchesQuery(query.right, event)
    case 'OR':
      return left || matchesQuery(query.right, event)
    case 'ANDNOT':
      return left && !matchesQuery(query.right, event)
  }
}

/** How well a paper answers a query: the number of terms found in its title. */
export function relevanceOf(query: SearchQuery, event: Announcement): number {
  if (query.kind === 'term') return matchesText(query, event.title) ? 1 : 0
  return relevanceOf(query.left, event) + relevanceOf(query.right, event)
}

const MATCHERS: Readonly<Record<Field, (term: Term, event: Announcement) => boolean>> = {
  ti: (term, event) => matchesText(term, event.title),
  abs: (term, event) => matchesText(term, event.abstract),
  co: (term, event) => matchesText(term, event.comments ?? ''),
  jr: (term, event) => matchesText(term, event.journalRef ?? ''),
  rn: () => false,
  au: (term, event) => matchesAuthors(term, event),
  cat: (term, event) => event.categories.some((category) => pattern(term.value).test(category)),
  id: (term, event) => term.value === event.id || term.value === `${event.id}v${event.version}`,
  doi: (term, event) => term.value.toLowerCase() === event.doi?.toLowerCase(),
  submittedDate: (term, event) => isSubmittedWithin(term.value, event),
  all: (term, event) =>
    [event.title, event.abstract, event.comments ?? '', event.journalRef ?? ''].some((text) =>
      matchesText(term, text),
    ) ||
    matchesAuthors(term, event) ||
    event.categories.includes(term.value) ||
    term.value === event.id,
}

function matchesTerm(term: Term, event: Announcement): boolean {
  return term.value !== '' && MATCHERS[term.field](term, event)
}

// A quoted text is a phrase: its words in a row.
function matchesText(term: Term, text: string): boolean {
  const wanted = wordsOf(term.value).map(pattern)
  const words = wordsOf(text)
  if (wanted.length === 0) return false
  return words.some((_, start) => wanted.every((word, offset) => word.test(words[start + offset] ?? '')))
}

// All words within one author's name, in any order; a hyphened name is one word, an initial matches only an initial.
function matchesAuthors(term: Term, event: Announcement): boolean {
  const wanted = nameWords(term.value).map(pattern)
  if (wanted.length === 0) return false
  return event.authors.some((author) => {
    const words = nameWords(fullName(author))
    return wanted.every((word) => words.some((own) => word.test(own)))
  })
}

// Version 1's date, to the minute; anything but two full dates (`TO *`) finds nothing.
function isSubmittedWithin(range: string, event: Announcement): boolean {
  const [, from, to] = /^(\d{12}) TO (\d{12})$/.exec(range) ?? []
  if (from === undefined || to === undefined) return false
  const minute = submissionTimes(event).published.replace(/\D/g, '').slice(0, 12)
  return from <= minute && minute <= to
}

function wordsOf(text: string): readonly string[] {
  return folded(text)
    .split(/[^\p{L}\p{N}*?]+/u)
    .filter(Boolean)
}

function nameWords(name: string): readonly string[] {
  // Müller, Mueller and Muller are one (German normalisation).
  const plain = folded(name)
    .replace(/[.,]/g, ' ')
    .replace(/(?<![aeiouq])ue/g, 'u')
    .replace(/([ao])e/g, '$1')
  return plain.split(/\s+/).filter(Boolean)
}

const LETTERS = new Map(Object.entries({ ß: 'ss', ø: 'o', æ: 'ae', œ: 'oe', ł: 'l', đ: 'd', ð: 'd', þ: 'th', ı: 'i' }))

function folded(text: string): string {
  const bare = text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase()
  return bare.replace(/[ßøæœłđðþı]/g, (letter) => LETTERS.get(letter) ?? letter)
}

// `*` and `?` stand for any characters and for one.
function pattern(word: string): RegExp {
  const escaped = word.replace(/[.+^${}()|[\]\\/-]/g, '\\$&')
  return new RegExp(`^${escaped.replaceAll('*', '.*').replaceAll('?', '.')}$`)
}
