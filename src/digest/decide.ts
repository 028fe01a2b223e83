import type { Catalog } from '../catalog/catalog.ts'
import type { Clock } from '../clock.ts'
import { isoAt } from '../clock.ts'
import { isMuted } from '../following/mute.ts'
import { isSure, seenChange } from '../following/waiting.ts'
import type { Log } from '../log.ts'
import type { ChannelId } from '../message/channel.ts'
import { channelParts } from '../message/channel.ts'
import type { PaperId } from '../papers/paper.ts'
import type { Random } from '../random.ts'
import { ulid } from '../random.ts'
import { channelKey, decidedThroughKey, digestKey, ledgerKey, partKey, seenKey } from '../store/keys.ts'
import type {
  DigestItem,
  DigestRecord,
  LedgerStep,
  Manner,
  PartRecord,
  Reason,
  Records,
  Seen,
  SubscriptionRecord,
} from '../store/records.ts'
import type { Operation, Store } from '../store/store.ts'
import { entriesOf, put, putIf, putIfAbsent, remove } from '../store/store.ts'
import { burstOf, burstOperation, countOfBurst, judgeBurst, tellOfBursts, type Verdict } from './burst.ts'
import { composeDigest } from './compose.ts'
import { partTag } from './digest-id.ts'
import { isPaused } from './pause.ts'
import { coversFrom, dueSlot } from './schedule.ts'
import { settingsOf } from './settings.ts'

export interface Deciding {
  readonly store: Store
  readonly catalog: Pick<Catalog, 'getMany'>
  readonly clock: Clock
  readonly random: Random
}

export interface DecideOptions {
  /** Epoch ms. */
  readonly now: number
  readonly papersPerPart: number
  /** Whatever the schedule says: someone asked for it. */
  readonly manual?: true
  /** These papers alone, marked as ones that may stand in the channel already, though it waits to be recalled. */
  readonly mayRepeat?: ReadonlySet<PaperId>
}

const attempts = 5

/**
 * DECIDE, transaction 3: what waits for a channel becomes a digest whose parts are frozen, if its slot is due.
 * Undefined when there is nothing to decide, or the slot was decided meanwhile. Rejects when the store does.
 */
export async function decideDigest(
  house: Deciding,
  channel: ChannelId,
  options: DecideOptions,
): Promise<DigestRecord | undefined> {
  for (let attempt = 0; attempt < attempts; attempt++) {
    const decided = await decideOnce(house, channel, options)
    if (decided !== 'conflict') return decided
  }
  throw new Error(`what waits for ${channel} was changed by others ${attempts} times in a row`)
}

/**
 * One round: every channel whose slot is due gets its digest. A channel that can't be decided is logged and keeps no
 * other from its own. Afterwards slots before `now` count as decided for what comes to wait later.
 */
export async function decideRound(
  house: Deciding & {
    readonly log: Log
    papersPerPart(channel: ChannelId): number
    /** Asks an admin what to do with so many papers at once; rejects when nobody could be asked. */
    askOfBurst?(channel: ChannelId, papers: number): Promise<void>
  },
): Promise<{ readonly decided: number }> {
  const { store, clock, log } = house
  const now = clock.now()
  let decided = 0
  for (const channel of await dueChannels(store, now, log)) {
    try {
      const digest = await decideDigest(house, channel, { now, papersPerPart: house.papersPerPart(channel) })
      if (digest === undefined) {
        if (house.askOfBurst !== undefined) await tellOfBursts(store, [channel], house.askOfBurst)
        continue
      }
      decided++
      log({
        event: 'digest.decided',
        channel,
        digest: digest.id,
        parts: digest.parts.length,
        listed: digest.listed.length,
      })
    } catch (error) {
      log({ event: 'digest.failed', channel, error })
    }
  }
  await store.meta.set(decidedThroughKey, isoAt(now))
  return { decided }
}

/** The channels that have papers waiting and a slot due at `now` (epoch ms); parked ones, and those of which it is not known what stands there, keep theirs. */
export async function dueChannels(store: Store, now: number, log?: Log): Promise<readonly ChannelId[]> {
  const due: ChannelId[] = []
  for (let after: readonly string[] | undefined; ; ) {
    const [entry] = await store.scan(store.pending, [], { limit: 1, ...(after === undefined ? {} : { after }) })
    const channel = entry?.key[0] as ChannelId | undefined
    if (channel === undefined) return due
    try {
      const parked = (await store.channels.get(channelKey(channel)))?.parked
      const recall = await store.recalls.get([channel])
      const isFree = parked === undefined && (recall === undefined || recall.done !== undefined)
      if (isFree && (await slotDue(store, channel, now)) !== undefined) due.push(channel)
    } catch (error) {
      if (log === undefined) throw error
      log({ event: 'digest.failed', channel, error })
    }
    // Past all that waits for this channel: `~` is the last character that a key leaves as it is.
    after = [channel, '~']
  }
}

/** What waits for a channel, without the reasons that nobody follows any more: what its next digest is made of. */
export async function waitingItems(
  { store, clock }: Pick<Deciding, 'store' | 'clock'>,
  channel: ChannelId,
): Promise<readonly DigestItem[]> {
  const { items } = await readWaiting(store, channel, isoAt(clock.now()))
  return items
}

/** What the channel's next digest asks about. */
export async function waitingQuestions(
  { store, clock }: Pick<Deciding, 'store' | 'clock'>,
  channel: ChannelId,
): Promise<readonly DigestItem[]> {
  const { questions } = await readWaiting(store, channel, isoAt(clock.now()))
  return questions
}

async function decideOnce(
  house: Deciding,
  channel: ChannelId,
  { now, papersPerPart, manual, mayRepeat }: DecideOptions,
): Promise<DigestRecord | undefined | 'conflict'> {
  const { store, catalog, random } = house
  const recall = await store.recalls.get([channel])
  if (recall !== undefined && recall.done === undefined && mayRepeat === undefined) return undefined
  const last = await store.slots.get([channel])
  const slot = manual === true ? laterOf(isoAt(now), last?.lastSlot) : await slotDue(store, channel, now)
  if (slot === undefined) return undefined
  const waiting = await readWaiting(store, channel, isoAt(now))
  const settings = await settingsOf(store, channelParts(channel).tenant, channel)
  const at = isoAt(now)
  const step = (paper: PaperId, what: LedgerStep['what'], detail: string): Operation =>
    put(store.ledger, ledgerKey(channel, paper, ulid(now, random)), { at, what, detail })
  const leave = (paper: PaperId) => remove(store.pending, seenKey(channel, paper))

  const operations: Operation[] = [
    ...waiting.settled.flatMap(({ paper, seen }) => [
      // Only while it is so: what was put back to wait meanwhile must keep its place.
      ...(seen === undefined ? [] : [putIf<Seen>(store.seen, seenKey(channel, paper), seen, seen)]),
      leave(paper),
    ]),
    ...waiting.unfollowed.flatMap(({ paper, seen }) => [
      ...seenChange(store, channel, paper, seen, { state: 'muted', at, reasons: seen.reasons }),
      step(paper, 'muted', 'nobody here follows it any more'),
    ]),
    ...waiting.silenced.flatMap(({ paper, seen, label }) => [
      ...seenChange(store, channel, paper, seen, { state: 'muted', why: 'silenced', at, reasons: seen.reasons }),
      step(paper, 'muted', `${label} is muted here`),
    ]),
  ]
  const wanted = waiting.items.filter(({ paper }) => mayRepeat?.has(paper) ?? true)
  const burst = await burstOf(store, channel)
  const many = countOfBurst(wanted)
  const verdict: Verdict = manual === true || mayRepeat !== undefined ? { kind: 'free' } : judgeBurst(burst, many, now)
  if (verdict.kind === 'held' || verdict.kind === 'ask') {
    if (verdict.kind === 'ask') {
      operations.push(burstOperation(store, channel, burst, { kind: 'asked', at, papers: many, told: false }))
    }
    if (operations.length > 0 && (await store.commit(operations)) === 'conflict') return 'conflict'
    return undefined
  }
  if (verdict.kind === 'release' || burst?.kind === 'asked') {
    operations.push(burstOperation(store, channel, burst, { kind: 'over', at, papers: many }))
  }
  const word = verdict.kind === 'release' ? verdict.word : 'capped'
  if (word === 'drop') {
    for (const { paper } of wanted) {
      const seen = waiting.seen.get(paper)
      if (seen === undefined) continue
      operations.push(
        ...seenChange(store, channel, paper, seen, { state: 'muted', why: 'silenced', at, reasons: seen.reasons }),
        step(
          paper,
          'muted',
          `one of ${many} papers at once, dropped by ${verdict.kind === 'release' ? verdict.by : ''}`,
        ),
      )
    }
  }
  const items = word === 'drop' ? [] : wanted
  const questions = mayRepeat === undefined ? waiting.questions : []
  if (items.length === 0 && questions.length === 0) {
    if (operations.length > 0 && (await store.commit(operations)) === 'conflict') return 'conflict'
    return undefined
  }

  const n = numberOf(slot, last, recall)
  const from = coversFrom(settings, waiting.since, slot)
  const since = from === undefined ? {} : { since: from }
  const digest = composeDigest({
    channel,
    slot,
    n,
    decidedAt: at,
    items,
    questions,
    papers: await catalog.getMany([...items, ...questions].map((item) => item.paper)),
    settings: word === 'listed' ? { cap: 0 } : settings,
    papersPerPart,
    ...since,
  })
  const give = (item: DigestItem, state: Seen): Operation =>
    putIf<Seen>(store.seen, seenKey(channel, item.paper), waiting.seen.get(item.paper), state)
  for (const part of partsOf(digest, mayRepeat === undefined ? {} : { manner: { mayRepeat: true } })) {
    operations.push(
      putIfAbsent(store.parts, partKey(part), part),
      putIfAbsent(store.outbox, partKey(part), { state: part.state.kind }),
    )
    for (const item of digest.parts[part.part - 1] ?? []) {
      operations.push(
        give(item, { state: 'digested', digest: digest.id, part: part.part, at, reasons: item.reasons }),
        leave(item.paper),
        step(item.paper, 'digested', `${digest.id}, part ${part.part} of ${part.of}`),
      )
    }
  }
  for (const item of digest.listed) {
    operations.push(
      give(item, { state: 'listed', digest: digest.id, at, reasons: item.reasons }),
      leave(item.paper),
      step(
        item.paper,
        'listed',
        `${digest.id}, ${word === 'listed' ? 'one of a list' : `over the limit of ${settings.cap}`}`,
      ),
    )
  }
  const asks = new Set(digest.questions?.map((item) => item.paper))
  for (const { paper, reasons } of questions) {
    const asked: Seen = { state: 'asked', askedIn: digest.id, at, reasons }
    operations.push(
      ...seenChange(store, channel, paper, waiting.seen.get(paper), asked),
      step(paper, 'asked', asks.has(paper) ? digest.id : `${digest.id}, in the list of questions`),
    )
  }
  operations.push(
    putIfAbsent(store.digests, digestKey(digest), digest),
    putIf(store.slots, [channel], last, { lastSlot: slot, n }),
  )
  return (await store.commit(operations)) === 'committed' ? digest : 'conflict'
}

/**
 * The slot that is due for what waits. A slot that passed while nothing waited is over: papers that come later wait for
 * the next one. But a slot that passed while no round was run is made up.
 */
async function slotDue(store: Store, channel: ChannelId, now: number): Promise<string | undefined> {
  const settings = await settingsOf(store, channelParts(channel).tenant, channel)
  if (isPaused(settings, now)) return undefined
  const slot = dueSlot(settings, (await store.slots.get([channel]))?.lastSlot, now)
  if (slot === undefined) return undefined
  const decidedThrough = await store.meta.get(decidedThroughKey)
  if (typeof decidedThrough !== 'string' || decidedThrough < slot) return slot
  for await (const { value } of entriesOf(store, store.pending, [channel])) if (value.at <= slot) return slot
  return undefined
}

interface Waiting {
  readonly items: readonly DigestItem[]
  /** Papers for which there are only reasons that are not sure. */
  readonly questions: readonly DigestItem[]
  readonly unfollowed: readonly { readonly paper: PaperId; readonly seen: Seen }[]
  /** Papers of which nothing is left but what is muted; `label` says what that is. */
  readonly silenced: readonly { readonly paper: PaperId; readonly seen: Seen; readonly label: string }[]
  /** Waiting no longer: only the index still says so. */
  readonly settled: readonly { readonly paper: PaperId; readonly seen: Seen | undefined }[]
  readonly seen: ReadonlyMap<PaperId, Seen>
  /** Since when the first of the items waits, or of the questions where there are none. */
  readonly since: string
}

async function readWaiting(store: Store, channel: ChannelId, now: string): Promise<Waiting> {
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
  return { items, questions, unfollowed, silenced, settled, seen: seenOf, since }
}

function partsOf(digest: DigestRecord, course: { readonly manner?: Manner }): readonly PartRecord[] {
  const { id, channel, slot, n, parts } = digest
  return parts.map((items, at) => ({
    digest: id,
    channel,
    slot,
    n,
    part: at + 1,
    of: parts.length,
    key: partTag(id, at + 1),
    papers: items.map((item) => item.paper),
    state: { kind: 'ready', attempt: 1, ...course },
  }))
}

/**
 * A slot that passed before a backup was restored may have been decided in what was lost: its digests get numbers that no
 * other has, for a part is looked for by what is made of them.
 */
function numberOf(slot: string, last: Records['slots'] | undefined, recall: Records['recalls'] | undefined): number {
  const next = last?.lastSlot === slot ? last.n + 1 : 1
  if (recall === undefined || slot > recall.at) return next
  return Math.max(next, Math.floor((Date.parse(recall.at) - NUMBERED_FROM) / 1000))
}

const NUMBERED_FROM = Date.parse('2025-01-01T00:00:00Z')

function laterOf(now: string, last: Records['slots']['lastSlot'] | undefined): string {
  return last === undefined || last < now ? now : last
}
