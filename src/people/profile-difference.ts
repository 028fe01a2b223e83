import type { AuthorIds, PaperId } from '../papers/paper.ts'
import type { Profile } from './profile.ts'

/** What a change of a profile came to, so that it can be taken back after others have changed it, too. */
export interface ProfileDifference {
  readonly papers: ListDifference<PaperId>
  readonly not: ListDifference<PaperId>
  readonly variants: ListDifference<string>
  /** By how much each count rose. */
  readonly coauthors: Readonly<Record<string, number>>
  readonly categories: Readonly<Record<string, number>>
  readonly words?: Readonly<Record<string, number>>
  readonly strangers?: Readonly<Record<string, number>>
  /** Ids that were not known before. */
  readonly ids: AuthorIds
  /** Ids that went away; missing where none did. */
  readonly idsGone?: AuthorIds
  readonly affiliations?: ListDifference<string>
  /** The years before; missing where they did not change. */
  readonly years?: Profile['years'] | null
}

interface ListDifference<T> {
  readonly added: readonly T[]
  readonly removed: readonly T[]
}

/** What changed from one profile to the other. */
export function profileDifference(before: Profile, after: Profile): ProfileDifference {
  const idsGone = idsWithout(before.ids, after.ids)
  return {
    papers: listDifference(before.papers, after.papers),
    not: listDifference(before.not, after.not),
    variants: listDifference(before.variants, after.variants),
    coauthors: countDifference(before.coauthors, after.coauthors),
    categories: countDifference(before.categories, after.categories),
    words: countDifference(before.words ?? {}, after.words ?? {}),
    strangers: countDifference(before.strangers ?? {}, after.strangers ?? {}),
    ids: idsWithout(after.ids, before.ids),
    ...(Object.keys(idsGone).length === 0 ? {} : { idsGone }),
    ...(String(before.affiliations) === String(after.affiliations)
      ? {}
      : { affiliations: listDifference(before.affiliations ?? [], after.affiliations ?? []) }),
    ...(String(before.years) === String(after.years) ? {} : { years: before.years ?? null }),
  }
}

/** The profile as if that change had never been made; whatever else changed meanwhile stays. */
export function withoutDifference(profile: Profile, difference: ProfileDifference): Profile {
  const { ids } = difference
  const { words, strangers, years, affiliations: known = [], ...rest } = profile
  const affiliations = difference.affiliations === undefined ? known : listWithout(known, difference.affiliations)
  const spent = {
    words: countWithout(words ?? {}, difference.words ?? {}),
    strangers: countWithout(strangers ?? {}, difference.strangers ?? {}),
  }
  const span = difference.years === undefined ? years : (difference.years ?? undefined)
  return {
    ...rest,
    papers: listWithout(profile.papers, difference.papers),
    not: listWithout(profile.not, difference.not),
    variants: listWithout(profile.variants, difference.variants),
    coauthors: countWithout(profile.coauthors, difference.coauthors),
    categories: countWithout(profile.categories, difference.categories),
    ids: {
      ...difference.idsGone,
      ...Object.fromEntries(
        Object.entries(profile.ids).filter(([kind, id]) =>
          Object.entries(ids).every(([k, i]) => k !== kind || i !== id),
        ),
      ),
    },
    ...(Object.keys(spent.words).length === 0 ? {} : { words: spent.words }),
    ...(Object.keys(spent.strangers).length === 0 ? {} : { strangers: spent.strangers }),
    ...(span === undefined ? {} : { years: span }),
    ...(affiliations.length === 0 ? {} : { affiliations }),
  }
}

/** Ids of a kind of which the other has none. */
function idsWithout(ids: AuthorIds, other: AuthorIds): AuthorIds {
  return Object.fromEntries(Object.entries(ids).filter(([kind]) => !Object.hasOwn(other, kind)))
}

function listDifference<T>(before: readonly T[], after: readonly T[]): ListDifference<T> {
  return {
    added: after.filter((each) => !before.includes(each)),
    removed: before.filter((each) => !after.includes(each)),
  }
}

function listWithout<T>(list: readonly T[], { added, removed }: ListDifference<T>): readonly T[] {
  return [...new Set([...list.filter((each) => !added.includes(each)), ...removed])]
}

type Counts = Readonly<Record<string, number>>

function countDifference(before: Counts, after: Counts): Counts {
  const names = new Set([...Object.keys(before), ...Object.keys(after)])
  return Object.fromEntries(
    [...names].flatMap((name) => {
      const rise = countOf(after, name) - countOf(before, name)
      return rise === 0 ? [] : [[name, rise]]
    }),
  )
}

function countWithout(counts: Counts, rises: Counts): Counts {
  const names = new Set([...Object.keys(counts), ...Object.keys(rises)])
  return Object.fromEntries(
    [...names].flatMap((name) => {
      const left = countOf(counts, name) - countOf(rises, name)
      return left > 0 ? [[name, left]] : []
    }),
  )
}

function countOf(counts: Counts, name: string): number {
  return Object.hasOwn(counts, name) ? (counts[name] ?? 0) : 0
}
