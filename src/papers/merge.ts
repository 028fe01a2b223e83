import { createHash } from 'node:crypto'
import type { Author, AuthorIds, Paper, PaperId } from './paper.ts'

/** Through which door a record came; a new source ranks as the weakest text until it is placed in `textRanks`. */
export type RecordOrigin = 'arxiv-api' | 'arxiv-oai' | 'arxiv-rss' | (string & {})

/** How far an origin's text is trusted: the higher wins. */
export type TextRank = number

/** Whose text has that rank, the other way round: `arxiv-oai`; undefined for one that no origin has. */
export function originOfRank(rank: TextRank): RecordOrigin | undefined {
  return [...textRanks].find(([, each]) => each === rank)?.[0]
}

/** A paper and the rank of the text (title, abstract, byline, comment) that it shows. */
export interface RankedPaper {
  readonly paper: Paper
  readonly rank: TextRank
  /** The text came from a record without a version, the version from another: which revision's text it is was never told. */
  readonly untold?: true
}

/** What a newer record of a known paper teaches. */
export type PaperChange = 'revised' | 'withdrawn' | 'published' | 'crosslisted'

const textRanks: ReadonlyMap<string, TextRank> = new Map([
  ['arxiv-api', 3],
  ['arxiv-oai', 2],
  ['arxiv-rss', 1],
])

/** The rank of an origin's text: the query API before OAI before RSS before any other. */
export function textRank(origin: RecordOrigin): TextRank {
  return textRanks.get(origin) ?? 0
}

/**
 * One paper out of two records of it, field by field: the newer revision's text, else the better origin's; name parts from whoever has them; the more precise date.
 * What is absent never overwrites what is present, the version never falls, and the id stays the known one. Merging the same record again changes nothing.
 */
export function mergePapers(known: RankedPaper, learnt: RankedPaper): RankedPaper {
  const learntFirst = prefersLearnt(known, learnt)
  const [best, other] = learntFirst ? [learnt.paper, known.paper] : [known.paper, learnt.paper]
  const version = highest(known.paper.version, learnt.paper.version)
  const announced = earlier(known.paper.announced, learnt.paper.announced)
  const paper: Paper = {
    ...optional(other, best),
    id: known.paper.id,
    aliases: aliasesOf(known.paper, learnt.paper),
    ...(version === undefined ? {} : { version }),
    title: best.title || other.title,
    abstract: best.abstract || other.abstract,
    authors: mergeBylines(best.authors, other.authors),
    categories: [...new Set([...best.categories, ...other.categories])],
    venue: known.paper.venue || learnt.paper.venue,
    published: firstDay(known.paper.published, learnt.paper.published),
    updated: lastDay(known.paper.updated, learnt.paper.updated),
    ...(announced === undefined ? {} : { announced }),
    links: mergeLinks(best, other, version),
  }
  const winner = learntFirst ? learnt : known
  const untold = winner.untold === true || (winner.paper.version === undefined && version !== undefined)
  return { paper, rank: winner.rank, ...(untold ? { untold } : {}) }
}

/** A stable hash (hex SHA-256) of what a reader would call the paper's text: title, abstract and byline; white space and order of name parts aside. */
export function fingerprint(paper: Paper): string {
  const text = [paper.title, paper.abstract, ...paper.authors.map((author) => author.name)]
  return createHash('sha256')
    .update(JSON.stringify(text.map((part) => part.normalize('NFC').replace(/\s+/g, ' ').trim())))
    .digest('hex')
}

/**
 * What `learnt` tells beyond `known`. A revision is a risen version or, where one of them has no version, a later day together with another fingerprint:
 * a later datestamp alone is no change. Published is a first journal reference or DOI; crosslisted a further category.
 */
export function changeBetween(known: Paper, learnt: Paper): readonly PaperChange[] {
  const changes: PaperChange[] = []
  if (isRevision(known, learnt)) changes.push('revised')
  if (learnt.withdrawn === true && known.withdrawn !== true) changes.push('withdrawn')
  const first = (before: string | undefined, after: string | undefined) => before === undefined && after !== undefined
  if (first(known.journalRef, learnt.journalRef) || first(known.links.doi, learnt.links.doi)) changes.push('published')
  if (known.categories.length > 0 && learnt.categories.some((category) => !known.categories.includes(category)))
    changes.push('crosslisted')
  return changes
}

function isRevision(known: Paper, learnt: Paper): boolean {
  if (learnt.version === 1) return false
  if (known.version !== undefined && learnt.version !== undefined) return learnt.version > known.version
  return compareDays(learnt.updated, known.updated) > 0 && fingerprint(known) !== fingerprint(learnt)
}

/** Newer text before better text: a revised title must show although the announcement feed is the weakest origin. */
function prefersLearnt(known: RankedPaper, learnt: RankedPaper): boolean {
  const newer = compareRevisions(learnt, known)
  if (newer !== 0) return newer > 0
  if (learnt.rank !== known.rank) return learnt.rank > known.rank
  return compareInstants(learnt.paper.updated, known.paper.updated) >= 0
}

function compareRevisions(a: RankedPaper, b: RankedPaper): number {
  const [ofA, ofB] = [a, b].map(({ paper, untold }) => (untold === true ? undefined : paper.version))
  if (ofA !== undefined && ofB !== undefined) return Math.sign(ofA - ofB)
  return compareDays(a.paper.updated, b.paper.updated)
}

/** A day and an instant compare as days; the calendar of both is UTC. */
function compareDays(a: string, b: string): number {
  return compareText(a.slice(0, 10), b.slice(0, 10))
}

function compareInstants(a: string, b: string): number {
  return compareDays(a, b) || (a.length > 10 && b.length > 10 ? compareText(a, b) : 0)
}

function compareText(a: string, b: string): number {
  return a === b ? 0 : a < b ? -1 : 1
}

/** What may be missing, from both records, the better one's where both have it. */
function optional(other: Paper, best: Paper): Partial<Paper> {
  return { ...present(other), ...present(best) }
}

function present<T extends object>(record: T): Partial<T> {
  return Object.fromEntries(
    Object.entries(record).filter(([, value]) => value !== undefined && value !== ''),
  ) as Partial<T>
}

/** A link to one version goes to the version that the paper has, whichever record it came with. */
function mergeLinks(best: Paper, other: Paper, version: number | undefined): Paper['links'] {
  const { html, ...links } = { ...other.links, ...present(best.links) }
  return {
    ...present(links),
    abstract: best.links.abstract || other.links.abstract,
    ...(html === undefined || html === ''
      ? {}
      : { html: version === undefined ? html : html.replace(/(?<=\d)v\d+$/, `v${version}`) }),
  }
}

function aliasesOf(known: Paper, learnt: Paper): readonly PaperId[] {
  const all = new Set([...known.aliases, learnt.id, ...learnt.aliases])
  all.delete(known.id)
  return [...all]
}

/** The better record's byline, with parts, ids and affiliations from the other record's author of the same name. */
function mergeBylines(best: readonly Author[], other: readonly Author[]): readonly Author[] {
  if (best.length === 0) return other
  const others = new Map<string, Author | undefined>()
  // Two of one name in a byline can't be told apart: neither lends anything.
  for (const author of other) others.set(spelling(author), others.has(spelling(author)) ? undefined : author)
  const seen = new Map<string, number>()
  for (const author of best) seen.set(spelling(author), (seen.get(spelling(author)) ?? 0) + 1)
  return best.map((author) => {
    const twin = seen.get(spelling(author)) === 1 ? others.get(spelling(author)) : undefined
    return twin === undefined ? author : mergeAuthors(author, twin)
  })
}

function mergeAuthors(best: Author, other: Author): Author {
  const parts = [best, other].find((author) => author.family !== undefined) ?? (best.given === undefined ? other : best)
  const affiliation = best.affiliation ?? other.affiliation
  const ids: AuthorIds = { ...present(other.ids ?? {}), ...present(best.ids ?? {}) }
  return {
    name: best.name,
    ...(parts.given === undefined ? {} : { given: parts.given }),
    ...(parts.family === undefined ? {} : { family: parts.family }),
    ...(parts.suffix === undefined ? {} : { suffix: parts.suffix }),
    ...(best.ids === undefined && other.ids === undefined ? {} : { ids }),
    ...(affiliation === undefined ? {} : { affiliation }),
  }
}

/** One spelling for `Kaplan, Jared` and `Jared Kaplan`. */
function spelling(author: Author): string {
  return author.name
    .normalize('NFKC')
    .toLowerCase()
    .split(/[\s,.]+/)
    .filter(Boolean)
    .sort()
    .join(' ')
}

function highest(a: number | undefined, b: number | undefined): number | undefined {
  return a === undefined ? b : b === undefined ? a : Math.max(a, b)
}

/** The earlier day; of one day the more precise, then the earlier. */
function firstDay(a: string, b: string): string {
  if (a === '' || b === '') return a || b
  return (compareDays(a, b) || precision(b) - precision(a) || compareText(a, b)) <= 0 ? a : b
}

/** The later day; of one day the more precise, then the later. */
function lastDay(a: string, b: string): string {
  if (a === '' || b === '') return a || b
  return (compareDays(b, a) || precision(b) - precision(a) || compareText(b, a)) <= 0 ? a : b
}

function precision(date: string): number {
  return date.length > 10 ? 1 : 0
}

function earlier(a: string | undefined, b: string | undefined): string | undefined {
  return a === undefined ? b : b === undefined ? a : firstDay(a, b)
}
