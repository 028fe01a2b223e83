import { authorIdKinds } from '../papers/author-ids.ts'
import type { Author, AuthorIds, Paper } from '../papers/paper.ts'
import type { Appearance } from './clusters.ts'
import { subjectWords } from './paper-words.ts'
import { coauthorsOf, idsOf, type Profile } from './profile.ts'
import { yearOf } from './signals.ts'
import { affiliationsOf, isTelling, yearsOfPapers } from './traits.ts'

/** The profile after somebody said that the paper is the person's: it learns the name, ids, co-authors and categories that the paper bears. */
export function withPaper(profile: Profile, paper: Paper, position: number): Profile {
  const not = profile.not.filter((id) => !idsOf(paper).includes(id))
  if (idsOf(paper).some((id) => profile.papers.includes(id))) return { ...profile, not }
  const author = paper.authors[position]
  const { name = profile.displayName, ids = {} } = author ?? {}
  const years = spanOf(profile.years, paper)
  const affiliations = affiliationsOf(author === undefined ? [] : [author])
  return {
    ...profile,
    variants: [...new Set([...profile.variants, name])].filter((variant) => variant !== profile.displayName),
    ids: { ...ids, ...profile.ids },
    papers: [...profile.papers, paper.id],
    not,
    coauthors: raised(profile.coauthors, author === undefined ? [] : coauthorsOf(paper, position), 1),
    categories: raised(profile.categories, paper.categories, 1),
    words: raised(profile.words ?? {}, tellingWords(paper), 1),
    ...(years === undefined ? {} : { years }),
    ...(affiliations.length === 0
      ? {}
      : { affiliations: [...new Set([...(profile.affiliations ?? []), ...affiliations])] }),
    ...(profile.strangers === undefined || !wasRefused(profile, paper)
      ? {}
      : { strangers: raised(profile.strangers, coauthorsOf(paper, position), -1) }),
  }
}

function wasRefused(profile: Profile, paper: Paper): boolean {
  return idsOf(paper).some((id) => profile.not.includes(id))
}

function spanOf(years: Profile['years'], paper: Paper): Profile['years'] {
  const year = yearOf(paper)
  if (year === undefined || years === undefined) return year === undefined ? years : [year, year]
  return [Math.min(years[0], year), Math.max(years[1], year)]
}

function tellingWords(paper: Paper): readonly string[] {
  return [...subjectWords(paper)].filter(isTelling)
}

/** The profile after somebody said that the paper is another person's: it is refused, and what it had taught is forgotten. */
export function withoutPaper(profile: Profile, paper: Paper, position: number): Profile {
  const ids = idsOf(paper)
  const was = ids.some((id) => profile.papers.includes(id))
  return {
    ...profile,
    papers: profile.papers.filter((id) => !ids.includes(id)),
    not: [...new Set([...profile.not, paper.id])],
    ...(was
      ? {
          coauthors: raised(profile.coauthors, coauthorsOf(paper, position), -1),
          categories: raised(profile.categories, paper.categories, -1),
          words: raised(profile.words ?? {}, tellingWords(paper), -1),
        }
      : {}),
    ...(wasRefused(profile, paper)
      ? {}
      : { strangers: raised(profile.strangers ?? {}, coauthorsOf(paper, position), 1) }),
  }
}

/**
 * The profile after a paper was confirmed, for `mates`, the papers that seem to be by the same person as that one: they are learnt as if they had been chosen with it,
 * but for those that were refused.
 */
export function withMates(profile: Profile, mates: readonly Appearance[]): Profile {
  let known = profile
  for (const { paper, position } of mates) {
    if (wasRefused(known, paper)) continue
    known = withPaper(known, paper, position)
    if (known.strangers !== undefined)
      known = { ...known, strangers: raised(known.strangers, coauthorsOf(paper, position), -1) }
  }
  return known
}

/**
 * The profile after a paper was refused, for `mates`, the papers that seem to be by the same person as that one: what they had taught is forgotten, and their co-authors
 * are another's, so that what comes later of that person does not match. Where most of what the profile of one person knows is among them, the paper alone was in the wrong place, and they stay.
 */
export function withoutMates(profile: Profile, mates: readonly Appearance[]): Profile {
  const learnt = mates.filter(({ paper }) => isLearnt(profile, paper))
  if (profile.everyone !== true && learnt.length * 2 > profile.papers.length) return profile
  let known = profile
  for (const { paper, position } of mates) {
    if (!wasRefused(known, paper)) known = { ...withoutPaper(known, paper, position), not: known.not }
  }
  return known
}

/**
 * The profile after somebody said that all of `gone` are another person's: each is refused, and names, ids and affiliations that none of the papers that `stay` bears go with them.
 */
export function withoutPerson(profile: Profile, gone: readonly Appearance[], stay: readonly Appearance[]): Profile {
  const known = gone.reduce((left, { paper, position }) => withoutPaper(left, paper, position), profile)
  const [left, kept] = [authorsOf(gone), authorsOf(stay)]
  const isTheirs = (holds: (author: Author) => boolean) => !left.some(holds) || kept.some(holds)
  const { years: _years, affiliations: _affiliations, ...rest } = known
  const affiliations = (profile.affiliations ?? []).filter((each) =>
    isTheirs(({ affiliation }) => affiliation === each),
  )
  // Years of papers that the catalogue does not have are in the span alone.
  const isWhole = known.papers.every((id) => stay.some(({ paper }) => idsOf(paper).includes(id)))
  const years = isWhole ? yearsOfPapers(stay.map(({ paper }) => paper)) : profile.years
  return {
    ...rest,
    variants: known.variants.filter((variant) => isTheirs(({ name }) => name === variant)),
    ids: Object.fromEntries(idEntries(known.ids).filter(([kind, id]) => isTheirs(({ ids = {} }) => ids[kind] === id))),
    ...(years === undefined ? {} : { years }),
    ...(affiliations.length === 0 ? {} : { affiliations }),
  }
}

function authorsOf(appearances: readonly Appearance[]): readonly Author[] {
  return appearances.flatMap(({ paper, position }) => paper.authors[position] ?? [])
}

function idEntries(ids: AuthorIds): readonly (readonly [keyof AuthorIds, string])[] {
  return authorIdKinds.flatMap((kind) => (ids[kind] === undefined ? [] : [[kind, ids[kind]] as const]))
}

function isLearnt(profile: Profile, paper: Paper): boolean {
  return idsOf(paper).some((id) => profile.papers.includes(id))
}

function raised(
  counts: Readonly<Record<string, number>>,
  names: readonly string[],
  by: 1 | -1,
): Readonly<Record<string, number>> {
  const next = new Map(Object.entries(counts))
  for (const name of new Set(names)) next.set(name, (next.get(name) ?? 0) + by)
  return Object.fromEntries([...next].filter(([, count]) => count > 0))
}
