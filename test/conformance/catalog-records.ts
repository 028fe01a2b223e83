import type { Catalog } from '../../src/catalog/catalog.ts'
import type { Change, Learnt } from '../../src/catalog/change.ts'
import type { Query } from '../../src/catalog/query.ts'
import { parseQuery } from '../../src/catalog/query.ts'
import type { Paper, PaperId } from '../../src/papers/paper.ts'
import { aPaper } from '../support/builders.ts'

export function announced(paper: Paper, mark?: string): Learnt {
  return { paper, origin: 'announced', rank: 2, ...(mark === undefined ? {} : { mark }) }
}

export function history(paper: Paper): Learnt {
  return { paper, origin: 'history', rank: 2 }
}

export function byAuthor(name: string, author: string): Paper {
  return aPaper({ id: name, title: 'Some work', authors: [{ name: author }] })
}

export function id(text: string): PaperId {
  return text as PaperId
}

export function paperOf(change: Change): string {
  return change.paper
}

export const nothing: Query = { kind: 'any', of: [] }

export async function foundIn(catalog: Catalog, text: string): Promise<readonly string[]> {
  const parsed = parseQuery(text)
  if (parsed.kind === 'error') throw new Error(parsed.message)
  return (await catalog.search(parsed.query, { limit: 50 })).hits.map((hit) => hit.paper.id)
}
