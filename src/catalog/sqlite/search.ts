import type { Clock } from '../../clock.ts'
import type { Hit, SearchResult } from '../catalog.ts'
import type { Query } from '../query.ts'
import type { MatchContext } from './match.ts'
import { matchOf } from './match.ts'
import type { PaperTable } from './papers.ts'
import { rowTime } from './papers.ts'
import type { ScoredRow, TextIndex } from './text-index.ts'

/** How many of the newest matches are weighed. Weighing all costs as long as there are matches: half a second for a common word in a million papers. */
const scope = 2_000

/** Finds papers: by relevance and a little by their age where there are words to weigh, else the newest first. */
export function searchPapers(
  tables: { readonly papers: PaperTable; readonly texts: TextIndex },
  context: MatchContext,
  clock: Clock,
  query: Query,
  { limit, offset = 0 }: { readonly limit: number; readonly offset?: number },
): SearchResult {
  const match = matchOf(query, context)
  if (match.kind === 'none') return { hits: [], more: false }
  const now = clock.now()
  const wanted = offset + limit + 1
  const rows = match.relevance
    ? best(tables.texts, match.text, Math.max(scope, wanted), now).slice(offset, wanted)
    : tables.texts.newest(match.text, limit + 1, offset).map((row) => ({ row, score: recency(row, now) }))
  return { hits: rows.slice(0, limit).flatMap((row) => hitOf(tables.papers, row)), more: rows.length > limit }
}

function best(texts: TextIndex, match: string, weighed: number, now: number): readonly ScoredRow[] {
  return texts
    .scored(match, weighed)
    .map(({ row, score }) => ({ row, score: score * (1 + newBonus * recency(row, now)) }))
    .sort((a, b) => b.score - a.score || b.row - a.row)
}

// Of two papers that are as relevant the newer comes first, but no paper only because it is new.
const newBonus = 0.3
const halfLifeMs = 365 * 86_400_000

/** 1 for a paper of today, half of it a year ago. */
function recency(row: number, now: number): number {
  return 2 ** (-Math.max(0, now - rowTime(row)) / halfLifeMs)
}

function hitOf(papers: PaperTable, { row, score }: ScoredRow): readonly Hit[] {
  const paper = papers.read(row)
  return paper === undefined ? [] : [{ paper, score }]
}
