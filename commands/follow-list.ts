import { parseFollow } from '../src/following/follow-text.ts'
import type { Button } from '../src/message/message.ts'
import type { Reply } from '../src/message/reply.ts'
import { canonicalPaperId } from '../src/papers/identity.ts'
import type { AuthorIds, Paper, PaperId } from '../src/papers/paper.ts'
import { parsePersonText } from '../src/people/person-text.ts'
import { SourceError } from '../src/sources/source.ts'
import type { SubscriptionRecord } from '../src/store/records.ts'
import { audited } from './audit.ts'
import { readIds } from './choose.ts'
import type { Context } from './command.ts'
import { findingsOf } from './findings.ts'
import { bareName, type Followed, follow, learnHistory } from './follow.ts'
import { actionKept } from './kept.ts'
import { privately, tell } from './replies.ts'
import { idsIn, nameOf } from './whom.ts'
import { count, placeWords, unquoted } from './words.ts'

/** Names in one pasted list; a longer one is taken in pieces. */
const LIST = 50
/** How long a person waits for a source to be asked about one paper. */
const PAPER_MS = 15_000

/** Somebody or something to follow, and why it is proposed. */
export interface Proposal {
  /** As it is typed. */
  readonly text: string
  readonly why: string
  /** Whoever wrote it is meant, where several people bear the name. */
  readonly paper?: PaperId
  /** Whoever has them is meant. */
  readonly ids?: AuthorIds
}

/** One table for a pasted list, and one button. A paper's id or address stands for its authors, each with a button. */
export async function proposeEntries(context: Context, entries: readonly string[]): Promise<Reply> {
  if (entries.length > LIST)
    return tell(
      'warning',
      `That are ${entries.length} lines; ${LIST} at a time can be followed.`,
      'Paste the list in pieces.',
    )
  const proposals: Proposal[] = []
  const unknown: string[] = []
  for (const entry of entries) {
    const person = parsePersonText(entry)
    if (person === undefined) proposals.push({ text: entry, why: 'as you wrote it' })
    else if (person.kind !== 'author-of') {
      const [name, ids] = [await nameOf(context, person), idsIn(person)]
      if (name === undefined) unknown.push(entry)
      else proposals.push({ text: `author:"${name}"`, why: 'as you wrote it', ...(ids === undefined ? {} : { ids }) })
    } else {
      const paper = await paperAsked(context, person.paper)
      if (paper === undefined) unknown.push(entry)
      else proposals.push(...authorsOf(paper, person.place))
    }
  }
  if (proposals.length === 0)
    return tell(
      'warning',
      `The catalogue does not know ${unknown.join(', ')}.`,
      'Paste names, or ids of papers that /papers search finds.',
    )
  return proposeList(context, proposals, unknown.length === 0 ? undefined : `Not known: ${unknown.join(', ')}.`)
}

function authorsOf(paper: Paper, place: number | undefined): readonly Proposal[] {
  const authors =
    place === undefined ? paper.authors.slice(0, LIST) : paper.authors.slice(...(place < 0 ? [-1] : [place - 1, place]))
  return authors.map(({ name }) => ({ text: `author:"${name}"`, why: `author of “${paper.title}”`, paper: paper.id }))
}

/** A paper of the catalogue, or else of a source that can be asked; undefined when neither knows it. */
export async function paperAsked(context: Context, id: PaperId): Promise<Paper | undefined> {
  const known = await context.catalog.get(id)
  const source = context.sources.find((each) => each.search !== undefined)
  if (known !== undefined || source?.search === undefined || !id.startsWith('arxiv:')) return known
  try {
    const signal = AbortSignal.any([context.signal, context.clock.timeout(PAPER_MS)])
    await context.catalog.upsert(source.name, await source.search(`id:${id.slice('arxiv:'.length)}`, 1, signal))
  } catch (error) {
    if (context.signal.aborted) throw error
    if (!(error instanceof SourceError) && !(error instanceof Error && error.name === 'TimeoutError')) throw error
  }
  return context.catalog.get(id)
}

/** Whom to follow, in one table with one confirmation; nobody is followed before. */
export async function proposeList(context: Context, proposals: readonly Proposal[], warning?: string): Promise<Reply> {
  const rows = await Promise.all(
    proposals.map(async (proposal) => ({
      cells: [nameIn(proposal.text), proposal.why, await known(context, proposal.text)],
      ...(proposal.paper === undefined
        ? {}
        : { button: { label: 'Follow', action: await actionKept(context, 'follow-entry', [], written(proposal)) } }),
    })),
  )
  const action = await actionKept(context, 'follow-list', [], proposals.map(written).join('\n'))
  const confirm: Button = { label: `Follow all ${proposals.length}`, style: 'primary', action }
  return privately({
    summary: `Follow ${count(proposals.length, 'name')}?`,
    nodes: [
      { kind: 'heading', level: 1, text: `Follow these ${proposals.length}?` },
      { kind: 'table', columns: ['Who or what', 'From', 'In the catalogue'], rows },
      ...(warning === undefined ? [] : [{ kind: 'notice' as const, tone: 'warning' as const, text: warning }]),
      { kind: 'buttons', buttons: [confirm] },
    ],
  })
}

/** Follows everybody who was proposed, as the button under the table does. */
export function followProposed(context: Context, proposals: readonly Proposal[]): Promise<Reply> {
  return followList(context, proposals.map(written).join('\n'))
}

/** A line of what a button keeps. */
function written({ text, paper, ids = {} }: Omit<Proposal, 'why'>): string {
  return [
    text,
    ...(paper === undefined ? [] : [paper]),
    ...Object.entries(ids).map(([kind, id]) => `${kind}=${id}`),
  ].join('\t')
}

/** The lines that a button keeps. */
export function readEntries(kept: string): readonly Omit<Proposal, 'why'>[] {
  return kept.split('\n').flatMap((line) => {
    const [text = '', ...more] = line.split('\t')
    const ids = readIds(more)
    const paper = more.flatMap((each) => canonicalPaperId(each) ?? [])[0]
    const isKnown = Object.keys(ids).length > 0
    return text === '' ? [] : [{ text, ...(isKnown ? { ids } : paper === undefined ? {} : { paper }) }]
  })
}

/** Follows what a button keeps, and tells of each line what came of it. */
export async function followList(context: Context, kept: string): Promise<Reply> {
  const entries = readEntries(kept)
  const authors = entries.map(({ text }) => nameIn(text))
  const trouble = await learnHistory(context, authors)
  const rows: { cells: readonly string[] }[] = []
  const records: SubscriptionRecord[] = []
  for (const entry of entries) {
    const { followed, isAlone } = await followEntry({ ...context, sources: context.sources.map(withoutHistory) }, entry)
    if (followed.kind === 'followed') records.push(followed.record)
    rows.push({
      cells: [
        followed.kind === 'followed' || followed.kind === 'already' ? followed.label : nameIn(entry.text),
        isAlone ? 'followed; several bear the name, so you are asked about papers' : outcome(followed),
      ],
    })
  }
  const buttons =
    records.length === 0
      ? []
      : [
          await audited(context, `subscribed to a list of ${records.length}`, {
            action: 'subscribe',
            subscriptions: records,
          }),
        ]
  const { who, follow: follows } = placeWords(context.channel)
  return privately({
    summary: `Now following ${count(records.length, 'more name')}`,
    nodes: [
      {
        kind: 'notice',
        tone: 'success',
        text: `${who} now ${follows} ${count(records.length, 'more name')}.`,
        ...(trouble === undefined ? {} : { next: trouble }),
      },
      { kind: 'table', columns: ['Who or what', 'Outcome'], rows },
      ...(buttons.length === 0 ? [] : [{ kind: 'buttons' as const, buttons }]),
    ],
  })
}

/** Where several people bear a name of a list, the name alone is followed: what is doubtful is asked about. */
async function followEntry(
  context: Context,
  { text, paper, ids }: Omit<Proposal, 'why'>,
): Promise<{ readonly followed: Followed; readonly isAlone: boolean }> {
  const known = ids === undefined ? {} : { ids }
  const followed = await follow(context, text, { ...known, ...(paper === undefined ? {} : { person: paper }) })
  if (followed.kind !== 'several' || followed.words === true) return { followed, isAlone: false }
  const alone = await follow(context, text, { ...known, nameAlone: true })
  return { followed: alone, isAlone: alone.kind === 'followed' }
}

/** Their history was fetched for the whole list at once. */
function withoutHistory(source: Context['sources'][number]): Context['sources'][number] {
  const { name, harvest, status, announcedThrough } = source
  return {
    name,
    harvest: harvest.bind(source),
    status: status.bind(source),
    announcedThrough: announcedThrough.bind(source),
  }
}

function outcome(followed: Followed): string {
  switch (followed.kind) {
    case 'followed':
      return 'followed'
    case 'already':
      return 'followed already'
    case 'several':
      return followed.words === true
        ? 'a name or words: subscribe to it alone to choose'
        : `${count(followed.candidates.length, 'candidate')}: subscribe to it alone to choose`
    case 'unknown':
      return 'no paper known: subscribe to it alone'
    case 'wrong':
      return followed.why
  }
}

function nameIn(text: string): string {
  return unquoted(text.replace(/^author:/, ''))
}

async function known(context: Context, text: string): Promise<string> {
  const read = parseFollow(text)
  if (read.kind === 'follow' && read.follows.kind === 'query' && bareName(read) === undefined)
    return (await findingsOf(context, read.follows.query, read.narrowing.only))?.shown ?? ''
  if (!/^author:/.test(text) && /[:*]/.test(text)) return ''
  const papers = await context.catalog.papersBy([nameIn(text)], { limit: 100 })
  return papers.length === 0 ? 'no paper yet' : count(papers.length, 'paper')
}

/** Lines, or entries between semicolons; bullets and numbers in front are dropped, and commas behind. */
export function entriesOf(text: string): readonly string[] {
  const names = namesWithCommas(text)
  return (names ?? text.split(/[\n;]+/))
    .map((entry) =>
      entry
        .replace(/^\s*(?:[-•*]|\d{1,3}[.)])\s+/, '')
        .replace(/(?:\s*,)+\s*$/, '')
        .trim(),
    )
    .filter((entry) => entry !== '')
    .map((entry, _at, all) => (all.length > 1 && isQuotedName(entry) ? `author:${entry}` : entry))
}

/** `Neel Nanda, "Percy Liang"` is a list; `Kaplan, Jared` is one name, family first. */
function namesWithCommas(text: string): readonly string[] | undefined {
  const parts = (text.match(/(?:"[^"]*"|[^",])+/g) ?? []).map((part) => part.trim()).filter((part) => part !== '')
  if (parts.length < 2 || /[\n;]/.test(text)) return undefined
  const isList = parts.every((part) => {
    if (/^(?:author:)?"[^"]+"$/i.test(part)) return true
    if (/[":]/.test(part.replace(/\barxiv:/gi, ''))) return false
    const read = parseFollow(part)
    return parsePersonText(part) !== undefined || (read.kind === 'follow' && read.follows.kind === 'author')
  })
  return isList ? parts : undefined
}

/** In a list, what stands in quotes and is written as names are is a name. */
function isQuotedName(entry: string): boolean {
  if (!/^"[^"]+"$/.test(entry)) return false
  const read = parseFollow(unquoted(entry))
  return read.kind === 'follow' && read.follows.kind === 'author'
}
