import { type AuthorIdKind, authorIdKinds, bareAuthorIds, sharedAuthorId } from '../papers/author-ids.ts'
import type { Author, AuthorIds, Paper, PaperId } from '../papers/paper.ts'
import { bearersOf } from './commonness.ts'
import { isSpelledOut } from './comparable-name.ts'
import { agreeInOrder, compareNames } from './compare.ts'
import { type Confidence, confidenceOf, logOdds } from './evidence.ts'
import { fitCost, type NameFit, type Score, type Scored, scoreOf } from './score.ts'
import { type Acquaintance, type KnownTraits, type Signals, signalsOf } from './signals.ts'
import { affiliationsOf, wordsOfPapers, yearsOfPapers } from './traits.ts'

/** A person as one tenant sees them; corrections never cross tenants. */
export interface Profile extends KnownTraits {
  readonly displayName: string
  /** Other names the person publishes under. */
  readonly variants: readonly string[]
  readonly ids: AuthorIds
  /** Confirmed as theirs. */
  readonly papers: readonly PaperId[]
  /** Refused: "not them". */
  readonly not: readonly PaperId[]
  /** Whoever bears the name is meant: nothing but the name is asked for. */
  readonly everyone?: true
}

/** How sure we are that an author of a paper is the person, and what speaks for it, in words for people. */
export interface Weight {
  readonly confidence: Confidence
  readonly evidence: readonly string[]
  /** The odds that it is, as a natural logarithm; infinite where an id or the tenant says so. */
  readonly odds: number
  /** What the odds are made of; missing where nothing was weighed. */
  readonly score?: Score
}

/**
 * A profile out of papers that are known to be the person's: the names in their bylines, ids, co-authors and categories.
 * Papers whose byline bears none of the `ids`, nor the name or one of the `variants`, count for nothing.
 */
export function profileFromPapers(
  name: string,
  papers: readonly Paper[],
  variants: readonly string[] = [],
  ids: AuthorIds = {},
): Profile {
  const theirs = papers.flatMap((paper) => {
    const position = placeIn(paper, [name, ...variants], ids)
    const author = paper.authors[position]
    return author === undefined ? [] : [{ paper, position, author }]
  })
  const names = theirs.map(({ author }) => author.name)
  const read = theirs.map(({ paper }) => paper)
  const years = yearsOfPapers(read)
  const affiliations = affiliationsOf(theirs.map(({ author }) => author))
  return {
    displayName: name,
    variants: [...new Set(names)].filter((variant) => variant !== name),
    ids: { ...agreedIds(theirs.map(({ author }) => bareAuthorIds(author.ids ?? {}))), ...bareAuthorIds(ids) },
    papers: [...new Set(theirs.map(({ paper }) => paper.id))],
    not: [],
    coauthors: counted(theirs.flatMap(({ paper, position }) => coauthorsOf(paper, position))),
    categories: counted(read.flatMap((paper) => paper.categories)),
    ...(read.length === 0 ? {} : { words: wordsOfPapers(read) }),
    ...(years === undefined ? {} : { years }),
    ...(affiliations.length === 0 ? {} : { affiliations }),
  }
}

/**
 * Whether the author at `position` (from 0) of a paper is the person: undefined when not, or when the tenant refused the paper.
 * An equal ORCID or a confirmed paper is certain. Else the odds decide (see evidence.ts); initials are never certain. Unequal ids say nothing: people have two.
 * `acquaintance` knows who has written with whom, where a catalogue is at hand.
 */
export function weighAuthor(
  profile: Profile,
  paper: Paper,
  position: number,
  acquaintance?: Acquaintance,
): Weight | undefined {
  const author = paper.authors[position]
  if (author === undefined || idsOf(paper).some((id) => profile.not.includes(id))) return undefined
  const shared = sharedAuthorId(profile.ids, author.ids ?? {})
  if (shared !== undefined)
    return { confidence: 'certain', evidence: [`same ${idLabels[shared]}`], odds: Number.POSITIVE_INFINITY }
  const compared = comparedWith(profile, paper, author, position, acquaintance)
  if (compared === undefined) return undefined
  if (idsOf(paper).some((id) => profile.papers.includes(id)))
    return { confidence: 'certain', evidence: ['confirmed as theirs'], odds: Number.POSITIVE_INFINITY }
  const { signals, bearers, fit, odds } = compared
  if (fit === 'loose' && odds < looseFrom) return undefined
  const isStrange = signals !== undefined && signals.strangers.length > 0
  if (profile.everyone === true && compared.relation === 'full' && !(isStrange && signals.shared.length === 0))
    return { confidence: 'certain', evidence: [`everyone of the name (${author.name})`], odds }
  const confidence = confidenceOf(odds, isStrange)
  if (confidence === undefined) return undefined
  const isCapped = fit === 'initials' && confidence === 'certain'
  const evidence = [
    `${compared.relation === 'full' ? 'same name' : 'name fits'} (${formText(author.name, compared.form, profile)})`,
    ...(isCapped ? ['initials are never certain'] : []),
    ...(signals === undefined ? [] : evidenceOf(signals)),
    ...familiarCategories(profile, paper),
    ...(bearers < manyBearers ? [] : [`a name of about ${Math.round(bearers)} others`]),
  ]
  return { confidence: isCapped ? 'likely' : confidence, evidence, odds, score: scoreOf(compared) }
}

/** What speaks for and against an author whose name fits, whatever was said of the paper; undefined where the name is another one. */
export function scoreOfAuthor(profile: Profile, paper: Paper, position: number): Score | undefined {
  const author = paper.authors[position]
  const compared = author === undefined ? undefined : comparedWith(profile, paper, author, position)
  return compared === undefined ? undefined : scoreOf(compared)
}

interface Compared extends Scored {
  readonly relation: 'full' | 'fits'
  /** The one of the person's names that the byline's agrees with. */
  readonly form: string
}

function comparedWith(
  profile: Profile,
  paper: Paper,
  author: Author,
  position: number,
  acquaintance?: Acquaintance,
): Compared | undefined {
  const { relation, form } = relationTo(profile, author)
  if (relation === 'different') return undefined
  const [category] = paper.categories
  const signals = isKnown(profile) ? signalsOf(profile, paper, position, acquaintance) : undefined
  const bearers = relation === 'full' ? bearersOf(author) : Math.max(bearersOf(author), bearersOf(profile.displayName))
  const fit = relation === 'full' ? 'full' : fitOf(form, author)
  const odds = logOdds(bearers, signals) - fitCost[fit]
  return {
    relation,
    form,
    bearers,
    fit,
    odds,
    ...(signals === undefined ? {} : { signals }),
    ...(category === undefined ? {} : { category }),
  }
}

/** Whether a form of the name that is not the same is worse than one without a middle name. */
function fitOf(form: string, author: Author): NameFit {
  if (!agreeInOrder(form, author)) return 'loose'
  return isSpelledOut(author) && isSpelledOut(form) ? 'full' : 'initials'
}

/** @example 'J. Kaplan, as their other name Jared D. Kaplan' */
function formText(name: string, form: string, { displayName }: Profile): string {
  if (form === displayName) return name
  return form === name ? `${name}, another name of theirs` : `${name}, as their other name ${form}`
}

/** Whose name fits loosely only and who shares nothing else is not even asked about. */
const looseFrom = -2
const manyBearers = 1.5
const mostNamed = 3
const strongAgreement = 0.1
const strongAcquaintance = 0.3

/** Without anything to compare with, the name alone has to do. */
function isKnown({ coauthors, categories, words = {}, strangers = {} }: Profile): boolean {
  return [coauthors, categories, words, strangers].some((counts) => Object.keys(counts).length > 0)
}

function evidenceOf({ shared, strangers, acquainted, words = 0, affiliation }: Signals): readonly string[] {
  return [
    ...shared.slice(0, mostNamed).map(({ name }) => `with ${name}`),
    ...strangers.slice(0, 1).map(({ name }) => `beside ${name}, as on a paper that is not theirs`),
    ...(acquainted >= strongAcquaintance ? ['beside co-authors of their co-authors'] : []),
    ...(affiliation ? ['same affiliation'] : []),
    ...(words >= strongAgreement ? ['on their subjects'] : []),
  ]
}

/** Whoever else stands in the byline. */
export function coauthorsOf({ authors }: Paper, position: number): readonly string[] {
  return authors.filter((_, at) => at !== position).map(({ name }) => name)
}

/** The id and the aliases. */
export function idsOf(paper: Paper): readonly PaperId[] {
  return [paper.id, ...paper.aliases]
}

/** The best of the profile's names; a name of initials alone is never more than fitting, whoever else bears it. */
function relationTo(
  profile: Profile,
  author: Author,
): { readonly relation: 'full' | 'fits' | 'different'; readonly form: string } {
  const { displayName, variants } = profile
  const same = [displayName, ...variants].find((name) => compareNames(name, author) === 'same')
  if (same !== undefined) return { relation: isSpelledOut(author) ? 'full' : 'fits', form: same }
  // Variants were learnt from the person's own papers, but a variant of initials must not open the door to every name that fits them.
  const spelledOut = variants.filter((variant) => isSpelledOut(variant))
  const fits = [displayName, ...spelledOut].find((name) => compareNames(name, author) === 'compatible')
  return fits === undefined ? { relation: 'different', form: displayName } : { relation: 'fits', form: fits }
}

const idLabels: Readonly<Record<AuthorIdKind, string>> = {
  orcid: 'ORCID',
  arxiv: 'arXiv author id',
  openalex: 'OpenAlex id',
  s2: 'Semantic Scholar id',
  dblp: 'DBLP id',
}

function familiarCategories(profile: Profile, paper: Paper): readonly string[] {
  const [primary] = paper.categories
  return primary !== undefined && Object.hasOwn(profile.categories, primary) ? [`writes in ${primary}`] : []
}

/** The place in the byline (from 0) where the name, or else a form of it, stands; -1 when nowhere. */
export function positionOf(name: string, paper: Paper): number {
  const relations = paper.authors.map((author) => compareNames(name, author))
  const same = relations.indexOf('same')
  return same === -1 ? relations.indexOf('compatible') : same
}

/** The place in the byline (from 0) of whoever bears one of the ids, or else one of the names, the first that stands there; -1 when nowhere. */
export function placeIn(paper: Paper, names: readonly string[], ids: AuthorIds = {}): number {
  const told = paper.authors.findIndex((author) => sharedAuthorId(ids, author.ids ?? {}) !== undefined)
  if (told >= 0) return told
  return names.map((name) => positionOf(name, paper)).find((place) => place >= 0) ?? -1
}

/** Ids on which the papers agree; where they do not, one of them is somebody else's. */
function agreedIds(all: readonly AuthorIds[]): AuthorIds {
  return Object.fromEntries(
    authorIdKinds.flatMap((kind) => {
      const found = [...new Set(all.flatMap((ids) => ids[kind] ?? []))]
      return found.length === 1 ? [[kind, found[0]]] : []
    }),
  )
}

function counted(words: readonly string[]): Readonly<Record<string, number>> {
  const counts = new Map<string, number>()
  for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1)
  return Object.fromEntries([...counts].sort(([, a], [, b]) => b - a))
}
