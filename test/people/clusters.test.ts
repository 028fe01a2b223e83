import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { peopleNamed } from '../../src/people/clusters.ts'
import { aPaper } from '../support/builders.ts'

let number = 0
const by = (names: string, title = 'A Title', category = 'cs.LG') => {
  number++
  return aPaper({
    id: `arxiv:2509.${String(number).padStart(5, '0')}`,
    title,
    abstract: title,
    categories: [category],
    authors: names.split(', ').map((name) => ({ name })),
  })
}
const ids = (people: ReturnType<typeof peopleNamed>) =>
  people.map(({ appearances }) => appearances.map(({ paper }) => paper.id))

describe('the people behind a name', () => {
  it('are told apart by whom they write with, over co-authors of co-authors', () => {
    const papers = [
      by('Wei Wang, Ottavia Brandolini', 'Glaciers of the north'),
      by('Zdravko Petkanov, Wei Wang', 'Parsing of verse', 'cs.CL'),
      by('Wei Wang, Ottavia Brandolini, Ngozi Okafor', 'Harbours and their masters'),
      by('Wei Wang, Ngozi Okafor', 'Clocks that are late'),
    ]
    const [one, two, three, four] = papers.map(({ id }) => id)
    expect(ids(peopleNamed('Wei Wang', papers))).toEqual([[one, three, four], [two]])
  })

  it('are told apart among many hundreds of papers, too', () => {
    const surnames = ['Brandolini', 'Petkanov', 'Lindqvist', 'Okafor', 'Novotny', 'Quist']
    const given = ['Ottavia', 'Zdravko', 'Ngozi', 'Mirela', 'Orla', 'Ilse']
    const groups = given.flatMap((first) => surnames.map((last) => `${first} ${last}`))
    const papers = Array.from({ length: 540 }, (_, at) => {
      const other = groups[at % groups.length] ?? ''
      return by(`Wei Wang, ${other}`, `${other.toLowerCase().replace(' ', '')} ${at}`)
    })
    const people = peopleNamed('Wei Wang', papers)
    expect(people).toHaveLength(groups.length)
    for (const { appearances } of people) {
      expect(appearances).toHaveLength(15)
      expect(new Set(appearances.map(({ paper }) => paper.authors[1]?.name)).size).toBe(1)
    }
    expect(new Set(people.flatMap(({ appearances }) => appearances)).size).toBe(540)
  })

  it('of a rare name are one, whoever they write with', () => {
    const papers = [by('Ngozi Okafor, Ada Lovelace'), by('Ngozi Okafor, Alan Turing')]
    expect(peopleNamed('Ngozi Okafor', papers)).toMatchObject([{ name: 'Ngozi Okafor' }])
  })

  it('are two where both stand in one byline or where their names are different', () => {
    expect(peopleNamed('Wei Wang', [by('Wei Wang, Wei Wang')])).toHaveLength(2)
    const papers = [by('Ann Smith, Ngozi Okafor'), by('Alice Smith, Ngozi Okafor')]
    expect(peopleNamed('A. Smith', papers).map(({ name }) => name)).toEqual(['Ann Smith', 'Alice Smith'])
  })

  it('are one where an id says so', () => {
    const withId = (title: string) => ({
      ...by('Somebody Else', title),
      authors: [{ name: 'Wei Wang', ids: { orcid: '0000-0001-2345-6789' } }],
    })
    expect(peopleNamed('Wei Wang', [withId('Glaciers'), withId('Verse')])).toHaveLength(1)
  })

  it('are each paper’s once, whatever is given, and the same each time', () => {
    const names = fc.constantFrom(
      'Wei Wang',
      'W. Wang',
      'Ngozi Okafor',
      'Ada Lovelace',
      'Jun Li',
      'ATLAS Collaboration',
    )
    const paper = fc.array(names, { minLength: 1, maxLength: 4 }).map((authors) => by(authors.join(', ')))
    fc.assert(
      fc.property(fc.array(paper, { maxLength: 12 }), (papers) => {
        const people = peopleNamed('Wei Wang', papers)
        const places = people.flatMap((one) =>
          one.appearances.map(({ paper: { id }, position }) => `${id} ${position}`),
        )
        const wang = papers.flatMap(({ id, authors }) =>
          authors.flatMap(({ name }, at) => (name.endsWith('Wang') ? [`${id} ${at}`] : [])),
        )
        expect(places.toSorted()).toEqual(wang.toSorted())
        expect(peopleNamed('Wei Wang', papers)).toEqual(people)
      }),
      { numRuns: 50 },
    )
  })
})
