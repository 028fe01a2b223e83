import { expect, it } from 'vitest'
import { bareAuthorIds, sharedAuthorId } from '../../src/papers/author-ids.ts'

it('an id is one however it is written', () => {
  const written = {
    orcid: 'https://orcid.org/0000-0002-1694-233x',
    arxiv: 'https://arxiv.org/a/Kaplan_J_1',
    openalex: 'https://openalex.org/A5023888391',
    s2: 'https://www.semanticscholar.org/author/Jared-Kaplan/2053807409',
    dblp: 'https://dblp.org/pid/12/3456',
  }
  const bare = bareAuthorIds(written)
  expect(bare).toEqual({
    orcid: '0000-0002-1694-233X',
    arxiv: 'kaplan_j_1',
    openalex: 'A5023888391',
    s2: '2053807409',
    dblp: '12/3456',
  })
  expect(bareAuthorIds(bare)).toEqual(bare)
})

it('one equal id is enough, and unequal ones say nothing', () => {
  const ada = { orcid: '0000-0002-1694-233X', s2: '1' }
  expect(sharedAuthorId(ada, { orcid: 'https://orcid.org/0000-0002-1694-233x', s2: '2' })).toBe('orcid')
  expect(sharedAuthorId(ada, { s2: '1', dblp: '1' })).toBe('s2')
  expect(sharedAuthorId(ada, { s2: '2' })).toBeUndefined()
  expect(sharedAuthorId({}, {})).toBeUndefined()
})
