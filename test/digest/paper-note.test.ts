import { describe, expect, it } from 'vitest'
import { noteOf, postedAs } from '../../src/digest/paper-note.ts'
import { aPaper } from '../support/builders.ts'

const first = aPaper({ id: 'arxiv:2602.00001', version: 1, title: 'On sparse codes' })

const became = (now: Partial<typeof first>, since: { readonly publishedAt?: string } = {}) =>
  noteOf({ ...first, ...now }, { ...postedAs(first), ...since })

describe('what is said of a posted paper', () => {
  it('is nothing while nothing became of it', () => {
    expect(became({})).toBeUndefined()
    expect(became({ abstract: 'Other words.' })).toBeUndefined()
  })

  it('is its new version with the day, and that the title changed', () => {
    const revised = { version: 2, updated: '2026-03-03T10:00:00Z' }
    expect(became(revised)).toBe('v2, 3 Mar 2026')
    expect(became({ ...revised, title: 'On dense codes' })).toBe('v2, 3 Mar 2026: title changed')
  })

  it('is what the authors say of that version in their comment', () => {
    const revised = { version: 2, updated: '2026-03-03' }
    const comment = '12 pages; v2: fixes the proof of Lemma 3; v1: first'
    expect(became({ ...revised, comment })).toBe('v2, 3 Mar 2026: fixes the proof of Lemma 3')
    expect(became({ ...revised, comment: 'v1: first' })).toBe('v2, 3 Mar 2026')
  })

  it('is a corrected title without a version, but no other way to write the same', () => {
    expect(became({ title: 'On sparser codes' })).toBe('Title corrected')
    expect(became({ title: 'On  Sparse-Codes' })).toBeUndefined()
  })

  it('is where and since when it is published', () => {
    const journalRef = 'Nature 625, 1 (2026)'
    expect(became({ journalRef }, { publishedAt: '2026-03-04T02:45:00.000Z' })).toBe(
      'Published: Nature 625, 1 (2026), 4 Mar 2026',
    )
    expect(became({ links: { ...first.links, doi: '10.1000/x' } }, { publishedAt: '2026-03-04' })).toBe(
      'Published: doi:10.1000/x, 4 Mar 2026',
    )
    expect(noteOf({ ...first, journalRef }, postedAs({ ...first, journalRef }))).toBeUndefined()
  })

  it('is its withdrawal before all else, unless it was withdrawn already', () => {
    const withdrawn = { withdrawn: true, version: 2, updated: '2026-03-05' }
    expect(became(withdrawn)).toBe('Withdrawn, 5 Mar 2026')
    expect(noteOf({ ...first, withdrawn: true }, postedAs({ ...first, withdrawn: true }))).toBeUndefined()
  })

  it('is not guessed for what was posted before its title was kept', () => {
    const old = { version: 1 }
    expect(noteOf({ ...first, title: 'Another', journalRef: 'Nature 625' }, old)).toBeUndefined()
    expect(noteOf({ ...first, version: 2, updated: '2026-03-03' }, old)).toBe('v2, 3 Mar 2026')
  })
})
