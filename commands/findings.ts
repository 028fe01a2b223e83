import { parseQuery, type Query } from '../src/catalog/query.ts'
import type { FollowText } from '../src/following/follow-text.ts'
import type { Narrowing } from '../src/store/records.ts'
import type { Services } from './command.ts'
import { count } from './words.ts'

/** Papers that are counted at most. */
const COUNTED = 200

/** What of the catalogue a followed query would find. */
export interface Findings {
  readonly kind: 'words' | 'query'
  readonly found: number
  /** How many papers, for people. */
  readonly shown: string
  readonly sentence: string
}

/** How many papers of the catalogue a query finds within the categories it is narrowed to; undefined for one that can't be read. */
export async function findingsOf(
  { catalog }: Services,
  text: string,
  only: readonly string[] = [],
): Promise<Findings | undefined> {
  const read = parseQuery(text)
  if (read.kind === 'error') return undefined
  const { query } = read
  const within = only.map((category): Query => ({ kind: 'category', category }))
  const whole: Query = within.length === 0 ? query : { kind: 'all', of: [query, { kind: 'any', of: within }] }
  const { hits, more } = await catalog.search(whole, { limit: COUNTED })
  const { papers } = await catalog.stats()
  const kind = isWords(query) ? 'words' : 'query'
  const shown = `${more ? 'more than ' : ''}${hits.length}`
  const matches = hits.length === 1 ? 'matches' : 'match'
  return {
    kind,
    found: hits.length,
    shown: `${shown} ${hits.length === 1 ? 'paper' : 'papers'}`,
    sentence: `Follows the ${kind} “${text}”: ${shown} of ${count(papers, 'paper')} in the catalogue ${matches}.`,
  }
}

/** A warning when nothing in the catalogue is what was followed; undefined when something is, or when the catalogue is empty. */
export async function nothingFound(
  services: Services,
  follows: FollowText['follows'],
  { only }: Narrowing,
  known: number,
): Promise<string | undefined> {
  if (follows.kind === 'category' || known > 0 || (await services.catalog.stats()).papers === 0) return undefined
  if (follows.kind === 'author') return unknownName(follows.name)
  const findings = await findingsOf(services, follows.query, only)
  return findings?.found === 0 ? `${findings.sentence} Check that it is what you mean.` : undefined
}

/** What is said of a name that nobody in the catalogue bears. */
export function unknownName(name: string): string {
  return `No paper of “${name}” is known yet; check the spelling.`
}

function isWords(query: Query): boolean {
  return query.kind === 'words' ? query.field === 'any' : query.kind === 'all' && query.of.every(isWords)
}
