import { type Clock, isoAt } from '../clock.ts'
import { isMuted } from '../following/mute.ts'
import { isSure } from '../following/waiting.ts'
import type { ChannelId } from '../message/channel.ts'
import type { MentionedPerson } from '../message/message.ts'
import type { PaperId } from '../papers/paper.ts'
import { channelKey, seenKey } from '../store/keys.ts'
import type { DigestItem, Reason, Seen, SubscriptionRecord } from '../store/records.ts'
import { entriesOf, type Store } from '../store/store.ts'

/** What waits in a channel, by what is to become of it. */
export interface Waiting {
  readonly items: readonly DigestItem[]
  /** Papers for which there are only reasons that are not sure. */
  readonly questions: readonly DigestItem[]
  readonly unfollowed: readonly { readonly paper: PaperId; readonly seen: Seen }[]
  /** Papers of which nothing is left but what is muted; `label` says what that is. */
  readonly silenced: readonly { readonly paper: PaperId; readonly seen: Seen; readonly label: string }[]
  /** Waiting no longer: only the index still says so. */
  readonly settled: readonly { readonly paper: PaperId; readonly seen: Seen | undefined }[]
  readonly seen: ReadonlyMap<PaperId, Seen>
  /** Who asked to be called, by subscription. */
  readonly mentioned: ReadonlyMap<string, readonly MentionedPerson[]>
  /** Since when the first of the items waits, or of the questions where there are none. */
  readonly since: string
}

/** Reads what waits in a channel at `now` (ISO 8601, UTC). Rejects when the store does. */
export async function readWaiting(store: Store, channel: ChannelId, now: string): Promise<Waiting> {
  const papers: PaperId[] = []
  const waitsSince = new Map<PaperId, string>()
  for await (const { key, value } of entriesOf(store, store.pending, [channel])) {
    if (key[1] === undefined) continue
    papers.push(key[1] as PaperId)
    waitsSince.set(key[1] as PaperId, value.at)
  }
  const followed = new Map<string, SubscriptionRecord>()
  for await (const { value } of entriesOf(store, store.subscriptions, channelKey(channel)))
    followed.set(value.id, value)
  const found = await store.seen.getMany(papers.map((paper) => seenKey(channel, paper)))
  const items: DigestItem[] = []
  const questions: DigestItem[] = []
  const unfollowed: { paper: PaperId; seen: Seen }[] = []
  const silenced: { paper: PaperId; seen: Seen; label: string }[] = []
  const settled: { paper: PaperId; seen: Seen | undefined }[] = []
  const seenOf = new Map<PaperId, Seen>()
  for (const [at, paper] of papers.entries()) {
    const seen = found[at]
    if (seen?.state !== 'pending' && (seen?.state !== 'asked' || seen.askedIn !== undefined)) {
      settled.push({ paper, seen })
      continue
    }
    seenOf.set(paper, seen)
    const all = seen.reasons.filter((reason: Reason) => followed.has(reason.subscription))
    const matchedAt = waitsSince.get(paper) ?? now
    const reasons = all.filter(({ subscription }) => {
      const record = followed.get(subscription)
      return record !== undefined && !isMuted(record, now) && !isMuted(record, matchedAt)
    })
    const sure = reasons.filter(isSure)
    // Who is sure gets the paper: nobody is asked about it besides.
    if (sure.length > 0) items.push({ paper, reasons: sure })
    else if (reasons.length > 0) questions.push({ paper, reasons })
    else if (all.length > 0) silenced.push({ paper, seen, label: all.map(({ label }) => label).join(', ') })
    else unfollowed.push({ paper, seen })
  }
  const told = items.length > 0 ? items : questions
  const since = told.map((item) => waitsSince.get(item.paper) ?? '').toSorted()[0] ?? ''
  const mentioned = new Map(
    [...followed].flatMap(([id, { mentions }]) => (mentions === undefined ? [] : [[id, mentions] as const])),
  )
  return { items, questions, unfollowed, silenced, settled, seen: seenOf, mentioned, since }
}

/** What waits for a channel, without the reasons that nobody follows any more: what its next digest is made of. */
export async function waitingItems(
  { store, clock }: { readonly store: Store; readonly clock: Clock },
  channel: ChannelId,
): Promise<readonly DigestItem[]> {
  const { items } = await readWaiting(store, channel, isoAt(clock.now()))
  return items
}

/** What the channel's next digest asks about. */
export async function waitingQuestions(
  { store, clock }: { readonly store: Store; readonly clock: Clock },
  channel: ChannelId,
): Promise<readonly DigestItem[]> {
  const { questions } = await readWaiting(store, channel, isoAt(clock.now()))
  return questions
}
