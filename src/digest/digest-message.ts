import { createHash } from 'node:crypto'
import { channelParts } from '../message/channel.ts'
import type { Button, Message, MessageNode } from '../message/message.ts'
import type { Paper, PaperId } from '../papers/paper.ts'
import type { DigestItem, DigestRecord, Seen } from '../store/records.ts'
import { digestReference } from './digest-id.ts'
import { questionNodes, questionsIn } from './digest-questions.ts'
import { wallAt } from './local-time.ts'
import { noteOf, type PostedPaper } from './paper-note.ts'
import { paperView } from './paper-view.ts'

export interface DigestMessageOptions {
  /** IANA. */
  readonly timezone: string
  /** What stood in the part when it was posted: what became of it since is noted. */
  readonly previous?: ReadonlyMap<PaperId, PostedPaper>
  /** What is seen of the papers that it asks about, where they may have been answered by now. */
  readonly seen?: ReadonlyMap<PaperId, Seen>
}

const ABSTRACT = 600

/**
 * One part of a digest (they count from 1), with the papers as the catalogue has them now, in any order.
 * Throws a RangeError when the digest has no such part.
 */
export function digestMessage(
  digest: DigestRecord,
  part: number,
  papers: readonly (Paper | undefined)[],
  options: DigestMessageOptions,
): Message {
  const items = digest.parts[part - 1]
  if (items === undefined) throw new RangeError(`the digest ${digest.id} has no part ${part}`)
  const known = byId(papers)
  const day = daysOf(digest, options.timezone)
  const total = digest.parts.reduce((sum, each) => sum + each.length, 0) + digest.listed.length
  const questions = questionsIn(digest, part)
  const what = total > 0 ? count(total, 'new paper') : count(digest.questions?.length ?? 0, 'question')
  const title = `${what} · ${day}`
  const place = digest.parts.length > 1 ? ` (${part} of ${digest.parts.length})` : ''
  return {
    summary: `${what}${whose(digest)}, ${day}${place}`,
    nodes: [
      { kind: 'heading', level: 1, text: `${title}${place}` },
      ...mentionNodes(digest, part),
      ...items.flatMap((item, at) => [
        ...(digest.brief === true ? [] : heading(item, items[at - 1])),
        paperNode(item, known.get(item.paper), options, digest.brief === true),
      ]),
      ...(part === 1 ? listedNodes(digest) : []),
      ...questionNodes(questions, known, options.seen ?? new Map()),
      ...(part === digest.parts.length ? moreNodes(digest) : []),
    ],
  }
}

/**
 * A fingerprint of what makes a posted message worth an edit: titles, versions, venues, links, withdrawals and notes.
 * A reworded abstract or a corrected byline is not among them.
 */
export function messageHash(message: Message): string {
  const seen = message.nodes.map((node) => {
    if (node.kind !== 'paper') return node
    const { id, version, title, venue, links, note, withdrawn } = node.paper
    return { kind: 'paper', id, version, title, venue, links, note, withdrawn }
  })
  return createHash('sha256').update(JSON.stringify(seen)).digest('base64url').slice(0, 22)
}

/** The group's name, where another group ends or the part begins. */
function heading(item: DigestItem, before: DigestItem | undefined): readonly MessageNode[] {
  const reason = item.reasons[0]
  const last = before === undefined ? undefined : before.reasons[0]
  if (reason === undefined || reason.subscription === last?.subscription) return []
  return [{ kind: 'heading', level: 2, text: reason.label }]
}

/** Who asked for it, and for what. */
function mentionNodes({ mentions = [] }: DigestRecord, part: number): readonly MessageNode[] {
  const here = mentions.filter((mention) => mention.part === part)
  if (here.length === 0) return []
  const labels = [...new Set(here.flatMap((mention) => mention.labels))]
  const shown = labels.slice(0, 3)
  const parts = labels.length > shown.length ? [...shown, 'more'] : shown
  return [
    {
      kind: 'mention',
      people: here.map(({ id, name }) => ({ id, name })),
      text: `you asked for ${new Intl.ListFormat('en-GB').format(parts)}`,
    },
  ]
}

function paperNode(
  item: DigestItem,
  paper: Paper | undefined,
  { previous }: DigestMessageOptions,
  brief: boolean,
): MessageNode {
  if (paper === undefined) return lostNode(item.paper)
  const note = noteOf(paper, previous?.get(item.paper))
  const view = paperView(paper, {
    reasons: item.reasons,
    abstractLength: ABSTRACT,
    buttons: paperButtons(item),
    brief,
    ...(note === undefined ? {} : { note }),
  })
  const more = { label: 'More', action: { name: 'details', args: [item.paper] } }
  return { kind: 'paper', paper: view, ...(brief ? { more } : {}) }
}

/** A paper that the catalogue has no more, as while it is rebuilt: its id and where it can be read. */
function lostNode(id: PaperId): MessageNode {
  const arxiv = /^arxiv:(.+)$/.exec(id)?.[1]
  const doi = /^doi:(.+)$/.exec(id)?.[1]
  const url =
    arxiv !== undefined
      ? `https://arxiv.org/abs/${arxiv}`
      : doi !== undefined
        ? `https://doi.org/${encodeURI(doi)}`
        : undefined
  return { kind: 'line', spans: [url === undefined ? { text: id } : { text: id, url }] }
}

/** What can be done with a paper in a channel that has it for these reasons. */
export function paperButtons({ paper, reasons }: DigestItem): readonly Button[] {
  const authors = reasons.filter((reason) => reason.kind === 'author')
  return [
    { label: 'Why?', action: { name: 'why', args: [paper] } },
    ...authors.map((reason) => ({
      label: authors.length === 1 ? 'Not them' : `Not ${reason.label}`,
      action: { name: 'not-them', args: [paper, reason.subscription] },
    })),
  ]
}

/** What is over the cap stays within reach of the digest's first message. */
function listedNodes(digest: DigestRecord): readonly MessageNode[] {
  const { length } = digest.listed
  if (length === 0) return []
  const limit = channelParts(digest.channel).place.startsWith('@') ? 'your' : 'this channel’s'
  // Where none is shown it is no matter of a limit: the list is the digest, and says whose papers it has.
  const isAll = digest.parts.every((items) => items.length === 0)
  const text = isAll
    ? `${count(length, 'paper')}${whose(digest)}, in a list`
    : `${count(length, 'more paper')} over ${limit} limit`
  return [
    isAll ? { kind: 'line', spans: [{ text }] } : { kind: 'line', quiet: true, spans: [{ text }] },
    {
      kind: 'buttons',
      buttons: [{ label: 'Show all', action: { name: 'show-all', args: [digestReference(digest)] } }],
    },
  ]
}

/** What there is to be asked beyond this digest stays within reach of it. */
function moreNodes({ moreQuestions = 0 }: DigestRecord): readonly MessageNode[] {
  if (moreQuestions === 0) return []
  const text = `${count(moreQuestions, 'more paper')} that may be theirs`
  return [
    { kind: 'line', quiet: true, spans: [{ text }] },
    { kind: 'buttons', buttons: [{ label: 'All questions', action: { name: 'questions', args: [] } }] },
  ]
}

/**
 * ` for Jared Kaplan, Yang Liu and 2 others`, where authors are followed: of the papers in the order in which they are
 * shown, so that whoever reads it meets those names first.
 */
function whose(digest: DigestRecord): string {
  const papers = [...digest.parts.flat(), ...digest.listed]
  const labels = (papers.length > 0 ? papers : (digest.questions ?? [])).map(labelsOf)
  const all = [...new Set(labels.flat())]
  const ofFirst = new Set(labels[0]).size
  const shown = all.slice(0, all.length <= MOST_NAMED || ofFirst >= MOST_NAMED ? MOST_NAMED : MOST_NAMED - 1)
  const others = all.length - shown.length
  const parts = others > 0 ? [...shown, count(others, 'other')] : shown
  return parts.length === 0 ? '' : ` for ${new Intl.ListFormat('en-GB', { type: 'conjunction' }).format(parts)}`
}

const MOST_NAMED = 3

/** Everyone followed in a paper's byline, else what it stands under. */
function labelsOf({ reasons }: DigestItem): readonly string[] {
  const authors = reasons.filter((reason) => reason.kind === 'author')
  return (authors.length > 0 ? authors : reasons.slice(0, 1)).map((reason) => reason.label)
}

function byId(papers: readonly (Paper | undefined)[]): ReadonlyMap<PaperId, Paper> {
  return new Map(
    papers.flatMap((paper) =>
      paper === undefined ? [] : [paper.id, ...paper.aliases].map((id) => [id, paper] as const),
    ),
  )
}

const days = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday']
const monthNames = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
]

/** The day of the slot; `Tuesday 9 to Friday 12 September 2025` style where earlier ones were missed. */
function daysOf({ slot, since }: DigestRecord, timezone: string): string {
  const last = longDay(slot, timezone)
  return since === undefined ? last : `${longDay(since, timezone)} to ${last}`
}

/** `Friday 12 September 2025`, in the zone. */
function longDay(instant: string, timezone: string): string {
  const wall = wallAt(Date.parse(instant), timezone)
  return `${days[wall.dayOfWeek - 1]} ${wall.day} ${monthNames[wall.month - 1]} ${wall.year}`
}

function count(n: number, noun: string): string {
  return `${n} ${noun}${n === 1 ? '' : 's'}`
}
