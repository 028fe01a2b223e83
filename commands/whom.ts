import type { FollowText } from '../src/following/follow-text.ts'
import type { Follows } from '../src/following/subscription.ts'
import type { AuthorIds, Paper, PaperId } from '../src/papers/paper.ts'
import type { PersonText } from '../src/people/person-text.ts'
import { placeIn, profileFromPapers } from '../src/people/profile.ts'
import type { Narrowing } from '../src/store/records.ts'
import { bears, type Candidate, candidatesIn, meantBy } from './candidates.ts'
import type { Context } from './command.ts'

/** Papers of a name that are looked at, the newest first: few names of a million papers have more. */
export const KNOWN_PAPERS = 2_000

export interface FollowOptions {
  /** Take everyone of the name, and ask about nobody. */
  readonly all?: boolean
  /** Follow the words, though the catalogue knows somebody of that name. */
  readonly words?: boolean
  /** The papers of the one person who is meant, as chosen from candidates. */
  readonly papers?: readonly PaperId[]
  /** Which of the candidates is meant: by number from 1, or by one of their papers. */
  readonly person?: number | PaperId
  /** Follow the name alone, though people of that name are known: what is doubtful is asked about. */
  readonly nameAlone?: boolean
  /** Follow only whom or what the catalogue knows a paper of; else the question goes back, before anything is followed. */
  readonly ifKnown?: boolean
  /** Ids that are known to be theirs. */
  readonly ids?: AuthorIds
  /** How many of the latest papers are posted; the last three are shown and never posted otherwise. */
  readonly backfill?: number
}

/** Whom a name may mean. */
export interface Several {
  readonly kind: 'several'
  readonly name: string
  readonly candidates: readonly Candidate[]
  readonly narrowing: Narrowing
  /** It may be no name at all, but words to follow. */
  readonly words?: true
  /** Of the person who is meant. */
  readonly ids?: AuthorIds
}

export type Resolved =
  | { readonly kind: 'one'; readonly follows: Follows; readonly latest: readonly Paper[] }
  | Several
  | { readonly kind: 'wrong'; readonly why: string }

/** Who or what a line means, the profile made of their papers; several people are handed back to choose from. */
export async function resolve(context: Context, read: FollowText, options: FollowOptions): Promise<Resolved> {
  const { follows } = read
  if (follows.kind === 'query') return { kind: 'one', follows, latest: [] }
  if (follows.kind === 'category') return { kind: 'one', follows, latest: [] }
  const { name } = follows
  if (options.nameAlone === true) return personOf(name, [], options)
  if (options.papers !== undefined) {
    const chosen = await context.catalog.getMany(options.papers)
    return personOf(
      name,
      chosen.flatMap((paper) => paper ?? []),
      options,
    )
  }
  const { person, ids } = options
  const papers = await context.catalog.papersBy([name], { limit: KNOWN_PAPERS, ...(ids === undefined ? {} : { ids }) })
  if (options.all === true) return everyoneOf(name, papers)
  const meant = meantBy(name, papers)
  const told = papers.filter((paper) => bearsId(paper, ids))
  if (typeof person === 'number') return chosenOf(meant[person - 1], meant, name, options)
  if (person !== undefined) {
    const all = candidatesIn(papers, name)
    return chosenOf(
      all.find((one) => wrote(one, person)),
      all,
      name,
      options,
    )
  }
  if (told.length > 0) {
    const known = meant.filter((one) => one.papers.some((paper) => told.includes(paper)))
    return personOf(name, [...new Set([...told, ...known.flatMap((one) => one.papers)])], options)
  }
  const [first] = meant
  if (meant.length > 1) {
    return {
      kind: 'several',
      name,
      candidates: meant,
      narrowing: read.narrowing,
      ...(ids === undefined ? {} : { ids }),
    }
  }
  // An initial that only one known person can stand for is followed under that person's name.
  return personOf(first === undefined || bears(first, name) ? name : first.name, first?.papers ?? [], options)
}

function personOf(name: string, theirs: readonly Paper[], { ids = {} }: FollowOptions): Resolved {
  return { kind: 'one', follows: { kind: 'author', profile: profileFromPapers(name, theirs, [], ids) }, latest: theirs }
}

function everyoneOf(name: string, papers: readonly Paper[]): Resolved {
  const candidates = candidatesIn(papers, name)
  const theirs = papers.filter((paper) => candidates.some((one) => one.papers.includes(paper)))
  const variants = [...new Set(candidates.map((one) => one.name))].filter((each) => each !== name)
  const profile = { ...profileFromPapers(name, theirs), variants, everyone: true as const }
  return { kind: 'one', follows: { kind: 'author', profile }, latest: theirs }
}

function wrote({ papers }: Candidate, id: PaperId): boolean {
  return papers.some((paper) => paper.id === id || paper.aliases.includes(id))
}

/** The name under which the catalogue knows whoever has one of the ids: that of most papers; undefined where no byline bears one. */
async function nameWithId({ catalog }: Pick<Context, 'catalog'>, ids: AuthorIds): Promise<string | undefined> {
  const counts = new Map<string, number>()
  for (const paper of await catalog.papersBy([], { limit: KNOWN_PAPERS, ids })) {
    const name = paper.authors[placeIn(paper, [], ids)]?.name
    if (name !== undefined) counts.set(name, (counts.get(name) ?? 0) + 1)
  }
  return [...counts].toSorted(([, a], [, b]) => b - a)[0]?.[0]
}

/** The ids that somebody was named by. */
export function idsIn(person: PersonText): AuthorIds | undefined {
  if (person.kind === 'orcid') return { orcid: person.orcid }
  if (person.kind === 'arxiv') return { arxiv: person.id }
  return person.kind === 'id' ? person.ids : undefined
}

/** The name that was told with an id, or else under which the catalogue knows who has it. */
export async function nameOf(context: Pick<Context, 'catalog'>, person: PersonText): Promise<string | undefined> {
  const ids = idsIn(person)
  const told = 'name' in person ? person.name : undefined
  return told ?? (ids === undefined ? undefined : nameWithId(context, ids))
}

/** What is told, and the way out, where nobody is known by an id. `line` is what was typed, the name still missing. */
export function ofNobody(what: string, line: string): readonly [text: string, next: string] {
  return [
    `No paper that is known here bears that ${what}, and the sources do not tell whose it is.`,
    `Write the name beside it: /papers ${line} Jane Doe`,
  ]
}

function bearsId(paper: Paper, ids: AuthorIds = {}): boolean {
  return placeIn(paper, [], ids) >= 0
}

function chosenOf(
  found: Candidate | undefined,
  among: readonly Candidate[],
  name: string,
  options: FollowOptions,
): Resolved {
  if (found !== undefined) return personOf(found.name, found.papers, options)
  const known = among.length === 1 ? 'one person is' : `${among.length} people are`
  return { kind: 'wrong', why: `Nobody of the name “${name}” is number or author ${options.person}: ${known} known.` }
}
