import { describe, expect, test } from 'vitest'
import type { Author, PaperId } from '../../src/papers/paper.ts'
import { type Profile, profileFromPapers, weighAuthor } from '../../src/people/profile.ts'
import { aPaper } from '../support/builders.ts'

const by = (...names: readonly string[]): readonly Author[] => names.map((name) => ({ name }))

const jared: Profile = {
  displayName: 'Jared Kaplan',
  variants: [],
  ids: { orcid: '0000-0001' },
  papers: ['arxiv:2401.05566' as PaperId],
  not: ['arxiv:2409.00009' as PaperId],
  coauthors: { 'Ethan Perez': 4, 'Deep Ganguli': 2 },
  categories: { 'cs.LG': 5 },
}

describe('an author of a paper is weighed against a profile', () => {
  test('the same ORCID is certain, however it is written and whatever the name', () => {
    const paper = aPaper({ authors: [{ name: 'J. D. Kaplan-Smith', ids: { orcid: 'https://orcid.org/0000-0001' } }] })
    expect(weighAuthor(jared, paper, 0)).toMatchObject({ confidence: 'certain', evidence: ['same ORCID'] })
  })

  test('a confirmed paper is certain, a refused one is not theirs even with their ORCID', () => {
    expect(weighAuthor(jared, aPaper({ id: 'arxiv:2401.05566', authors: by('J. Kaplan') }), 0)?.confidence).toBe(
      'certain',
    )
    expect(weighAuthor(jared, aPaper({ id: 'arxiv:2401.05566', authors: by('Ethan Perez') }), 0)).toBeUndefined()
    const refused = aPaper({ id: 'arxiv:2409.00009', authors: [{ name: 'Jared Kaplan', ids: { orcid: '0000-0001' } }] })
    expect(weighAuthor(jared, refused, 0)).toBeUndefined()
    expect(
      weighAuthor(jared, { ...refused, id: 'doi:10.1/a' as PaperId, aliases: ['arxiv:2409.00009' as PaperId] }, 0),
    ).toBeUndefined()
  })

  test('a full name with a known co-author is certain, alone likely', () => {
    expect(weighAuthor(jared, aPaper({ authors: by('Jared Kaplan', 'Ethan Perez') }), 0)).toMatchObject({
      confidence: 'certain',
      evidence: ['same name (Jared Kaplan)', 'with Ethan Perez', 'writes in cs.LG'],
    })
    expect(
      weighAuthor(jared, aPaper({ authors: by('Jared Kaplan', 'Someone Else'), categories: ['math.AG'] }), 0),
    ).toMatchObject({
      confidence: 'likely',
      evidence: ['same name (Jared Kaplan)'],
    })
  })

  test('everyone of a name is certain but for those who write with people of a refused paper', () => {
    const everyone: Profile = { ...jared, displayName: 'Wei Wang', everyone: true, strangers: { 'Orla Quist': 1 } }
    expect(weighAuthor(everyone, aPaper({ authors: by('Wei Wang', 'Someone Else') }), 0)).toMatchObject({
      confidence: 'certain',
      evidence: ['everyone of the name (Wei Wang)'],
    })
    expect(weighAuthor(everyone, aPaper({ authors: by('W. Wang') }), 0)?.confidence).toBe('possible')
    expect(weighAuthor(everyone, aPaper({ authors: by('Wei Wang', 'Orla Quist') }), 0)?.confidence).not.toBe('certain')
    const { everyone: _, ...one } = everyone
    expect(weighAuthor(one, aPaper({ authors: by('Wei Wang', 'Someone Else') }), 0)?.confidence).toBe('possible')
  })

  test('initials with a known co-author are likely, alone possible', () => {
    expect(weighAuthor(jared, aPaper({ authors: by('J. Kaplan', 'Deep Ganguli') }), 0)?.confidence).toBe('likely')
    expect(weighAuthor(jared, aPaper({ authors: by('J. Kaplan') }), 0)?.confidence).toBe('possible')
  })

  test('a name that fits only turned around is asked about, and a mere family name not even that', () => {
    const hong: Profile = { ...jared, displayName: 'Hong Yu', ids: {}, coauthors: {}, categories: {} }
    expect(weighAuthor(hong, aPaper({ authors: by('Hong Yu') }), 0)?.confidence).toBe('likely')
    expect(weighAuthor(hong, aPaper({ authors: by('Yu Hong') }), 0)?.confidence).not.toBe('likely')
    expect(weighAuthor(hong, aPaper({ authors: by('Hong-Yu Zhou') }), 0)).toBeUndefined()
    expect(weighAuthor(hong, aPaper({ authors: by('Yu') }), 0)).toBeUndefined()
    const known = { ...hong, coauthors: { 'Ilse Ahrendt': 3, 'Orla Quist': 2 } }
    expect(weighAuthor(known, aPaper({ authors: by('Yu Hong', 'Ilse Ahrendt', 'Orla Quist') }), 0)?.confidence).toBe(
      'certain',
    )
  })

  test('a profile known by initials does not take every bearer of them for the person', () => {
    const known = { ...jared, displayName: 'J. Kaplan' }
    expect(weighAuthor(known, aPaper({ authors: by('J. Kaplan') }), 0)?.confidence).toBe('possible')
    const learnt = { ...jared, variants: ['J. Kaplan'] }
    expect(weighAuthor(learnt, aPaper({ authors: by('Julia Kaplan') }), 0)).toBeUndefined()
  })

  test('another name, another place in the byline, and another ORCID', () => {
    expect(weighAuthor(jared, aPaper({ authors: by('Daniel Kaplan', 'Ethan Perez') }), 0)).toBeUndefined()
    expect(weighAuthor(jared, aPaper({ authors: by('Jared Kaplan') }), 1)).toBeUndefined()
    expect(
      weighAuthor(jared, aPaper({ authors: [{ name: 'Jared Kaplan', ids: { orcid: '0000-0002' } }] }), 0)?.confidence,
    ).toBe('likely')
  })
})

describe('a profile is learnt from papers', () => {
  test('names, ids, co-authors and categories are gathered from the bylines that bear the name', () => {
    const papers = [
      aPaper({
        id: 'arxiv:2501.00001',
        authors: [{ name: 'Jared Kaplan', ids: { orcid: '0000-0001' } }, { name: 'Ethan Perez' }],
        categories: ['cs.LG', 'cs.AI'],
      }),
      aPaper({ id: 'arxiv:2501.00002', authors: by('Ethan Perez', 'J. Kaplan'), categories: ['cs.LG'] }),
      aPaper({ id: 'arxiv:2501.00003', authors: by('Somebody Else') }),
    ]
    expect(profileFromPapers('Jared Kaplan', papers)).toMatchObject({
      displayName: 'Jared Kaplan',
      variants: ['J. Kaplan'],
      ids: { orcid: '0000-0001' },
      papers: ['arxiv:2501.00001', 'arxiv:2501.00002'],
      not: [],
      coauthors: { 'Ethan Perez': 2 },
      categories: { 'cs.LG': 2, 'cs.AI': 1 },
    })
  })

  test('a paper under a married name teaches as well, once that name is a variant', () => {
    const papers = [
      aPaper({ authors: by('Ada Byron', 'Mary Somerville') }),
      aPaper({ authors: by('Ada King', 'C. Babbage') }),
    ]
    expect(profileFromPapers('Ada King', papers).coauthors).toEqual({ 'C. Babbage': 1 })
    expect(profileFromPapers('Ada King', papers, ['Ada Byron'])).toMatchObject({
      variants: ['Ada Byron'],
      coauthors: { 'Mary Somerville': 1, 'C. Babbage': 1 },
    })
  })

  test('ids that the papers disagree on are left out', () => {
    const papers = ['1', '2'].map((orcid) =>
      aPaper({ id: `arxiv:2501.0000${orcid}`, authors: [{ name: 'Wei Wang', ids: { orcid } }] }),
    )
    expect(profileFromPapers('Wei Wang', papers).ids).toEqual({})
  })
})
