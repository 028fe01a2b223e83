import type { PaperId } from '../papers/paper.ts'
import type { Profile } from './profile.ts'

/** Two profiles that turn out to be of one person, under the name of the first. What either was told is theirs is theirs. */
export function joinedProfile(one: Profile, other: Profile): Profile {
  const papers = union<PaperId>(one.papers, other.papers)
  const coauthors = summed(one.coauthors, other.coauthors)
  const strangers = Object.entries(summed(one.strangers ?? {}, other.strangers ?? {})).filter(
    ([name]) => !Object.hasOwn(coauthors, name),
  )
  const words = summed(one.words ?? {}, other.words ?? {})
  const affiliations = union(one.affiliations ?? [], other.affiliations ?? [])
  const years = [...(one.years ?? []), ...(other.years ?? [])]
  const isEveryone = one.everyone === true || other.everyone === true
  return {
    displayName: one.displayName,
    variants: withVariant(one, [other.displayName, ...other.variants]).variants,
    ids: { ...other.ids, ...one.ids },
    papers,
    not: union<PaperId>(one.not, other.not).filter((paper) => !papers.includes(paper)),
    coauthors,
    categories: summed(one.categories, other.categories),
    ...(Object.keys(words).length === 0 ? {} : { words }),
    ...(years.length === 0 ? {} : { years: [Math.min(...years), Math.max(...years)] as const }),
    ...(affiliations.length === 0 ? {} : { affiliations }),
    ...(strangers.length === 0 ? {} : { strangers: Object.fromEntries(strangers) }),
    ...(isEveryone ? { everyone: true as const } : {}),
  }
}

/** The profile of somebody who publishes under these names, too. */
export function withVariant(profile: Profile, names: readonly string[]): Profile {
  const variants = union(profile.variants, names).filter((name) => name !== profile.displayName)
  return { ...profile, variants }
}

function union<T>(one: readonly T[], other: readonly T[]): readonly T[] {
  return [...new Set([...one, ...other])]
}

type Counts = Readonly<Record<string, number>>

function summed(one: Counts, other: Counts): Counts {
  const counts = new Map(Object.entries(one))
  for (const [name, count] of Object.entries(other)) counts.set(name, (counts.get(name) ?? 0) + count)
  return Object.fromEntries(counts)
}
