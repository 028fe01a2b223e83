import { expect, it } from 'vitest'
import type { Change } from '../../src/catalog/change.ts'
import { concernsOf } from '../../src/following/concerns.ts'
import { buildFollowIndex } from '../../src/following/follow-index.ts'
import type { Paper } from '../../src/papers/paper.ts'
import { aPaper } from '../support/builders.ts'
import { anAuthor, aSubscription } from '../support/following.ts'
import { SimulatedClock } from '../support/simulated-clock.ts'

const names = (...authors: readonly string[]) => authors.map((name) => ({ name }))

/** How sure it is that the paper is the followed Yang Liu's, with these papers in the catalogue. */
async function confidence(paper: Paper, ...elsewhere: readonly Paper[]) {
  const papers = [paper, ...elsewhere]
  const change: Change = {
    seq: 1,
    paper: paper.id,
    kind: 'new',
    origin: 'announced',
    at: '2025-09-12T04:00:00.000Z',
    source: 'arxiv',
  }
  const catalog = {
    id: 'catalogue-1',
    getMany: async () => [paper],
    papersBy: async (wanted: readonly string[]) =>
      papers.filter(({ authors }) => authors.some(({ name }) => wanted.includes(name))),
  }
  const follows = anAuthor('Yang Liu', {
    coauthors: { 'Ruben Härle': 4, 'Jasmin Wyss': 3 },
    categories: { 'cs.CL': 9 },
  })
  const index = buildFollowIndex([aSubscription({ follows })])
  const clock = new SimulatedClock('2025-09-12T05:00:00.000Z')
  const [concern] = await clock.run(concernsOf({ catalog, clock }, [change], index))
  return concern?.reasons[0]?.confidence
}

it('a paper with people who have written with their co-authors is more likely theirs', async () => {
  const paper = aPaper({
    id: 'arxiv:2509.1',
    authors: names('Orla Quist', 'Yang Liu', 'Tove Brandvold'),
    categories: ['cs.CL'],
  })
  expect(await confidence(paper)).toBe('possible')
  const met = [
    aPaper({ id: 'arxiv:2401.1', authors: names('Orla Quist', 'Ruben Härle') }),
    aPaper({ id: 'arxiv:2401.2', authors: names('Jasmin Wyss', 'Tove Brandvold') }),
  ]
  expect(await confidence(paper, ...met)).toBe('likely')
})
