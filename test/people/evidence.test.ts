import { describe, expect, test } from 'vitest'
import type { Paper, PaperId } from '../../src/papers/paper.ts'
import { bearersOf } from '../../src/people/commonness.ts'
import { withoutPaper, withPaper } from '../../src/people/learning.ts'
import { type Profile, profileFromPapers, weighAuthor } from '../../src/people/profile.ts'
import { acquaintanceOf } from '../../src/people/signals.ts'
import { aPaper } from '../support/builders.ts'

const paper = (id: number, names: readonly string[], over: Partial<Paper> = {}) =>
  aPaper({
    id: `arxiv:2501.${String(id).padStart(5, '0')}` as PaperId,
    authors: names.map((name) => ({ name })),
    ...over,
  })

const wei: Profile = profileFromPapers('Wei Wang', [
  paper(1, ['Wei Wang', 'Thales Almeida', 'Yang Liu'], {
    title: 'Seismic tomography of glaciers',
    categories: ['cs.CV'],
  }),
  paper(2, ['Ilse Ahrendt', 'Wei Wang'], { title: 'Glacier velocity from seismic sensors', categories: ['cs.CV'] }),
])
const confidenceOf = (names: readonly string[], over: Partial<Paper> = {}, profile = wei) =>
  weighAuthor(profile, paper(9, names, over), names.indexOf('Wei Wang'))?.confidence

const bare = (displayName: string): Profile => ({
  displayName,
  variants: [],
  ids: {},
  papers: [],
  not: [],
  coauthors: {},
  categories: {},
})

describe('how common a name is', () => {
  test('is told by its parts, wherever it comes from', () => {
    expect(bearersOf('Wei Wang')).toBeGreaterThan(3)
    expect(bearersOf('Thales Almeida')).toBeLessThan(0.1)
    expect(bearersOf('W. Wang')).toBeGreaterThan(bearersOf('Wei Wang'))
    expect(bearersOf('Michael J. Smith')).toBeLessThan(bearersOf('Michael Smith'))
  })

  test('a rare name with nothing known is likely theirs, a common one is asked about', () => {
    expect(weighAuthor(bare('Thales Almeida'), paper(9, ['Thales Almeida']), 0)?.confidence).toBe('likely')
    expect(weighAuthor(bare('Wei Wang'), paper(9, ['Wei Wang']), 0)).toMatchObject({
      confidence: 'possible',
      evidence: ['same name (Wei Wang)', expect.stringMatching(/^a name of about \d+ others$/)],
    })
  })

  test('equally common names of two origins get the same answer', () => {
    for (const [one, other] of [
      ['Wei Zhang', 'Rajesh Kumar'],
      ['Thales Almeida', 'Komei Sugiura'],
    ] as const) {
      const [a, b] = [weighAuthor(bare(one), paper(9, [one]), 0), weighAuthor(bare(other), paper(9, [other]), 0)]
      if (Math.abs(Math.log(bearersOf(one) / bearersOf(other))) < 0.5) expect(a?.confidence).toBe(b?.confidence)
    }
  })
})

describe('what a paper has in common with theirs', () => {
  test('a co-author of a rare name speaks for more than one of a common name', () => {
    const odds = (name: string) => weighAuthor(wei, paper(9, ['Wei Wang', name]), 0)?.odds ?? Number.NaN
    expect(odds('Thales Almeida')).toBeGreaterThan(odds('Yang Liu'))
    expect(odds('Yang Liu')).toBeGreaterThan(odds('Nobody Known'))
    expect(confidenceOf(['Wei Wang', 'Thales Almeida', 'Ilse Ahrendt'])).toBe('certain')
    expect(confidenceOf(['Wei Wang', 'Nobody Known'], { categories: ['cs.CR'] })).toBe('possible')
  })

  test('one name among three thousand speaks for less than one among three', () => {
    const crowd = Array.from({ length: 3000 }, (_, at) => `Crowd Member${at}`)
    const one = weighAuthor(wei, paper(9, ['Wei Wang', 'Ilse Ahrendt', ...crowd]), 0)
    expect(one?.odds).toBeLessThan(weighAuthor(wei, paper(9, ['Wei Wang', 'Ilse Ahrendt']), 0)?.odds ?? 0)
  })

  test('co-authors of co-authors and their subjects speak for them', () => {
    const candidate = paper(9, ['Wei Wang', 'Jonas Brekke'])
    const met = acquaintanceOf([paper(3, ['Jonas Brekke', 'Ilse Ahrendt'])])
    const plain = weighAuthor(wei, candidate, 0)
    expect(weighAuthor(wei, candidate, 0, met)?.odds).toBeGreaterThan((plain?.odds ?? 0) + 1)
    expect(weighAuthor(wei, candidate, 0, met)?.evidence).toContain('beside co-authors of their co-authors')
    const onGlaciers = { ...candidate, title: 'Seismic sensors on glaciers' }
    expect(weighAuthor(wei, onGlaciers, 0)?.odds).toBeGreaterThan(plain?.odds ?? 0)
  })

  test('a paper of many years later speaks for less', () => {
    const odds = (published: string) => weighAuthor(wei, paper(9, ['Wei Wang', 'A Stranger'], { published }), 0)?.odds
    expect(odds('2045-01-01')).toBeLessThan(odds(paper(1, []).published) ?? 0)
  })
})

describe('a correction', () => {
  const namesakes = paper(5, ['Wei Wang', 'Ottilie Kranz', 'Bram Visser'], { title: 'Protein folding' })
  const later = ['Wei Wang', 'Ottilie Kranz', 'Someone New']

  test('stops later papers of the same namesake, and only those', () => {
    expect(confidenceOf(later)).toBe('possible')
    const learnt = withoutPaper(wei, namesakes, 0)
    expect(confidenceOf(later, {}, learnt)).toBeUndefined()
    expect(confidenceOf(['Wei Wang', 'Ilse Ahrendt', 'Thales Almeida'], {}, learnt)).toBe('certain')
  })

  test('the other way round brings them, and taking it back forgets it', () => {
    expect(confidenceOf(later, {}, withPaper(wei, namesakes, 0))).not.toBe('possible')
    const back = withPaper(withoutPaper(wei, namesakes, 0), namesakes, 0)
    expect(back.strangers).toEqual({})
    expect(confidenceOf(later, {}, back)).not.toBe('possible')
  })
})
