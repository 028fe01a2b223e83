import type { ChannelId } from '../message/channel.ts'
import type { MentionedPerson } from '../message/message.ts'
import type { Paper, PaperId } from '../papers/paper.ts'
import type { ChannelSettings, DigestItem, DigestMention, DigestRecord, Reason } from '../store/records.ts'
import { digestId } from './digest-id.ts'

export { digestMessage, messageHash } from './digest-message.ts'
export { questionsIn } from './digest-questions.ts'

export interface DigestPlan {
  readonly channel: ChannelId
  /** ISO 8601, UTC. */
  readonly slot: string
  readonly n: number
  readonly decidedAt: string
  readonly items: readonly DigestItem[]
  /** Papers about which it asks, as far as there is room. */
  readonly questions?: readonly DigestItem[]
  /** What the catalogue answered for the items, in any order; what it has lost comes last in its group. */
  readonly papers: readonly (Paper | undefined)[]
  readonly settings: Pick<ChannelSettings, 'cap'>
  readonly papersPerPart: number
  /** ISO 8601, UTC: since when the papers waited, where the digest covers several days. */
  readonly since?: string
  /** Who asked to be called, by subscription. */
  readonly mentioned?: ReadonlyMap<string, readonly MentionedPerson[]>
}

/**
 * From so many posted papers on, a digest has two lines for each: four full ones with their abstracts and buttons are a screen
 * and a half of a desktop, and who gets more scans the titles first.
 */
const BRIEF_FROM = 5
/** A paper of two lines takes at most half of the room of a full one, by every platform's limits. */
const BRIEF_IN_PLACE_OF_FULL = 2

/**
 * One channel's digest of one slot: each paper once with all its reasons, those of one author together, authors before
 * queries before categories. The first of a paper's reasons in the digest is the one under whose heading it stands.
 * What is over the cap is listed, the most relevant first within it; a cap of 0 lists all of it. Questions stand in the last part, or
 * in one of their own where that is full: one takes no more room than a full paper. The same items give the same digest, in whatever order.
 */
export function composeDigest(plan: DigestPlan): DigestRecord {
  const { channel, slot, n, decidedAt, settings, papersPerPart, since } = plan
  const days = publishedDays(plan.papers)
  const groups = grouped(plan.items, days)
  const chosen = within(groups.map(mostRelevantFirst(plan.papers)), Math.max(0, settings.cap))
  const ordered = groups.flatMap((group) => group.items)
  const posted = ordered.filter((item) => chosen.has(item))
  const perFullPart = Math.max(1, papersPerPart)
  const brief = posted.length >= BRIEF_FROM
  const perPart = brief ? perFullPart * BRIEF_IN_PLACE_OF_FULL : perFullPart
  // A digest that only lists has one message all the same, from which the list is reached.
  const parts = posted.length === 0 && ordered.length > 0 ? [[]] : chunks(posted, perPart)
  const asked = chosenQuestions(grouped(plan.questions ?? [], days))
  const waiting = (plan.questions ?? []).length - asked.length
  const last = parts.at(-1)
  const apart = asked.length > 0 && (last === undefined || last.length / perPart + asked.length / perFullPart > 1)
  const mentions = mentionsIn(parts, plan.mentioned ?? new Map())
  return {
    id: digestId({ channel, slot, n }),
    channel,
    slot,
    n,
    decidedAt,
    ...(since === undefined ? {} : { since }),
    parts: apart ? [...parts, []] : parts,
    listed: ordered.filter((item) => !chosen.has(item)),
    ...(asked.length === 0 ? {} : { questions: asked }),
    ...(waiting === 0 ? {} : { moreQuestions: waiting }),
    ...(brief ? { brief } : {}),
    ...(mentions.length === 0 ? {} : { mentions }),
  }
}

/** Of one digest: who is called with a crowd is called for nothing. */
const MOST_MENTIONED = 20

/** Everybody is called once, in the first part that has a paper of what they asked for. */
function mentionsIn(
  parts: readonly (readonly DigestItem[])[],
  mentioned: ReadonlyMap<string, readonly MentionedPerson[]>,
): readonly DigestMention[] {
  const found = new Map<string, { name: string; part: number; labels: Set<string> }>()
  for (const [at, items] of parts.entries()) {
    for (const { subscription, label } of items.flatMap((item) => item.reasons)) {
      for (const { id, name } of mentioned.get(subscription) ?? []) {
        const known = found.get(id)
        if (known === undefined) found.set(id, { name, part: at + 1, labels: new Set([label]) })
        else known.labels.add(label)
      }
    }
  }
  const all = [...found].map(([id, { labels, ...rest }]) => ({ id, ...rest, labels: [...labels].slice(0, 3) }))
  return all.slice(0, MOST_MENTIONED)
}

/** Of one digest; the others are in the channel's list. */
const MOST_QUESTIONS = 5

/** One about each person in turn, those about one person together. */
function chosenQuestions(groups: readonly Group[]): readonly DigestItem[] {
  const chosen = within(groups, MOST_QUESTIONS)
  return groups.flatMap((group) => group.items).filter((item) => chosen.has(item))
}

interface Group {
  readonly kind: Reason['kind']
  readonly label: string
  readonly subscription: string
  readonly items: readonly DigestItem[]
}

const kinds: readonly Reason['kind'][] = ['author', 'query', 'category']

/** Authors, then queries, then categories; in each, those with most papers first. A paper stands in the first group that it belongs to. */
function grouped(items: readonly DigestItem[], days: ReadonlyMap<PaperId, string>): readonly Group[] {
  const groups = new Map<string, { reason: Reason; count: number; items: DigestItem[] }>()
  for (const reason of items.flatMap((item) => item.reasons)) {
    const group = groups.get(reason.subscription)
    if (group === undefined) groups.set(reason.subscription, { reason, count: 1, items: [] })
    else group.count++
  }
  const ranked = [...groups.values()].sort(
    (a, b) =>
      kinds.indexOf(a.reason.kind) - kinds.indexOf(b.reason.kind) ||
      b.count - a.count ||
      compareText(a.reason.label, b.reason.label) ||
      compareText(a.reason.subscription, b.reason.subscription),
  )
  const place = new Map(ranked.map((group, at) => [group.reason.subscription, at]))
  const sureness = (reason: Reason) => (reason.confidence === 'possible' ? 1 : 0)
  for (const item of items) {
    const reasons = [...item.reasons].sort(
      (a, b) => sureness(a) - sureness(b) || (place.get(a.subscription) ?? 0) - (place.get(b.subscription) ?? 0),
    )
    const home = reasons[0] === undefined ? undefined : groups.get(reasons[0].subscription)
    if (home === undefined) throw new Error(`${item.paper} has no reason to be in a digest`)
    home.items.push({ paper: item.paper, reasons })
  }
  const newestFirst = (a: DigestItem, b: DigestItem) =>
    compareText(days.get(b.paper) ?? '', days.get(a.paper) ?? '') || compareText(a.paper, b.paper)
  return ranked
    .filter((group) => group.items.length > 0)
    .map(({ reason, items: own }) => ({
      kind: reason.kind,
      label: reason.label,
      subscription: reason.subscription,
      items: own.sort(newestFirst),
    }))
}

/** Which papers a cap lets in: one of each author in turn, then of each query, then of each category, so that one busy author hides no other. */
function within(groups: readonly Group[], cap: number): ReadonlySet<DigestItem> {
  const chosen = new Set<DigestItem>()
  for (const kind of kinds) {
    const turns = groups.filter((group) => group.kind === kind)
    const longest = Math.max(0, ...turns.map((group) => group.items.length))
    for (let turn = 0; turn < longest; turn++) {
      for (const group of turns) {
        const item = group.items[turn]
        if (item !== undefined && chosen.size < cap) chosen.add(item)
      }
    }
  }
  return chosen
}

/**
 * The papers of a group as a cap lets them in: what is certain before what is likely, then those with a followed author first or
 * last in the byline, then those that are here for more reasons, then the newest.
 */
function mostRelevantFirst(papers: readonly (Paper | undefined)[]): (group: Group) => Group {
  const bylines = new Map(
    papers.flatMap((paper) =>
      paper === undefined ? [] : [paper.id, ...paper.aliases].map((id) => [id, paper.authors.length] as const),
    ),
  )
  const ranks = ({ paper, reasons }: DigestItem): readonly number[] => {
    const last = (bylines.get(paper) ?? 0) - 1
    return [
      Number(reasons.some(({ confidence }) => confidence === 'certain')),
      Number(reasons.some(({ position }) => position !== undefined && (position === 0 || position === last))),
      reasons.length,
    ]
  }
  return (group) => {
    const ranked = group.items.map((item) => ({ item, ranks: ranks(item) }))
    ranked.sort((a, b) => {
      const differing = a.ranks.findIndex((rank, at) => rank !== b.ranks[at])
      return differing === -1 ? 0 : (b.ranks[differing] ?? 0) - (a.ranks[differing] ?? 0)
    })
    return { ...group, items: ranked.map(({ item }) => item) }
  }
}

function publishedDays(papers: readonly (Paper | undefined)[]): ReadonlyMap<PaperId, string> {
  return new Map(
    papers.flatMap((paper) =>
      paper === undefined ? [] : [paper.id, ...paper.aliases].map((id) => [id, paper.published.slice(0, 10)] as const),
    ),
  )
}

function chunks<T>(list: readonly T[], size: number): readonly (readonly T[])[] {
  return Array.from({ length: Math.ceil(list.length / size) }, (_, at) => list.slice(at * size, (at + 1) * size))
}

/** By code unit: the same on every machine, whatever its locale. */
function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
