import type { Catalog } from '../catalog/catalog.ts'
import type { Clock } from '../clock.ts'
import { isoAt } from '../clock.ts'
import { within } from '../delivery/deadline.ts'
import { causeOf } from '../delivery/house.ts'
import { commitMove, openPartsByChannel } from '../delivery/outbox.ts'
import type { Platform } from '../delivery/platform.ts'
import { foundAgain, recallChannel, remember } from '../delivery/recall.ts'
import { decideDigest } from '../digest/decide.ts'
import type { Log } from '../log.ts'
import type { ChannelId } from '../message/channel.ts'
import { channelParts } from '../message/channel.ts'
import type { PaperId } from '../papers/paper.ts'
import type { Random } from '../random.ts'
import { channelKey, matchedKey, seenKey } from '../store/keys.ts'
import type { RecallRecord } from '../store/recall-record.ts'
import type { PartRecord } from '../store/records.ts'
import { recallNewcomers } from '../store/restored.ts'
import type { Store } from '../store/store.ts'
import { entriesOf, putIf } from '../store/store.ts'
import { adoptParts } from './adoption.ts'
import { TOLD } from './revise.ts'

export interface Recalling {
  readonly store: Store
  readonly catalog: Pick<Catalog, 'id' | 'getMany' | 'changesAfter'>
  readonly clock: Clock
  readonly random: Random
  readonly log: Log
  platforms(channel: ChannelId): Platform | undefined
  papersPerPart(channel: ChannelId): number
  /** To whoever runs the program. */
  tellAdmin(text: string, next: string): Promise<void>
}

/** A person's word on what was posted between a backup and its restore: post it, or it is there. */
export type RecallWord = 'post' | 'there'

const LOOK_MS = 60_000
/** What is left is looked at by the next round, a minute later: deciding waits for this one. */
const ROUND_MS = 20_000
const AGAIN_MS = 15_000
const LONGEST_PAUSE_MS = 15 * 60_000
const FAILED_LOOKS = 10
const DAY = 24 * 3_600_000

/**
 * Looks at what stands in the channels whose memory is a restored backup's, one after another; afterwards each is decided
 * and posted as ever. A platform that fails is left alone until the next round. Rejects when the store does.
 */
export async function recallRound(house: Recalling): Promise<{ readonly recalled: number }> {
  const { store, clock } = house
  const end = clock.now() + ROUND_MS
  const failing = new Set<string>()
  let recalled = 0
  await recallNewcomers(store)
  for await (const { key, value: record } of entriesOf(store, store.recalls, [])) {
    const channel = key[0] as ChannelId
    const { platform } = channelParts(channel)
    if (record.done !== undefined || Date.parse(record.lookAt) > clock.now() || failing.has(platform)) continue
    // A parked channel can't be written to, and often not be looked at either: it waits to be resumed.
    if ((await store.channels.get(channelKey(channel)))?.parked !== undefined) continue
    const next = await recallOnce(house, channel, record)
    if (next.failures > record.failures) failing.add(platform)
    if (next.done !== undefined) recalled++
    await store.commit([putIf(store.recalls, key, record, next)])
    if (clock.now() >= end) break
  }
  return { recalled }
}

/** Takes a person's word on a channel that can't be looked at. */
export async function answerRecall(
  house: Recalling,
  channel: ChannelId,
  word: RecallWord,
): Promise<'done' | 'not-held'> {
  const { store, clock } = house
  const record = await store.recalls.get([channel])
  if (record?.held === undefined || record.done !== undefined) return 'not-held'
  if (word === 'there') {
    const detail = 'an admin says that it is there, after a backup was restored'
    const bookkeeping = { ...house, now: clock.now() }
    for (const part of await unsent(store, channel))
      await commitMove(bookkeeping, part, foundAgain(part, { id: '' }, clock.now(), detail))
    await remember(
      bookkeeping,
      channel,
      { papers: await waitingOfGap(house, channel, record), receipt: { id: '' } },
      detail,
    )
  }
  const how = word === 'there' ? 'an admin says that it is there' : 'an admin says that it is not there'
  const done = { ...record, done: { at: isoAt(clock.now()), how } }
  return (await store.commit([putIf(store.recalls, [channel], record, done)])) === 'committed' ? 'done' : 'not-held'
}

/** One look, and what comes of it. */
async function recallOnce(house: Recalling, channel: ChannelId, record: RecallRecord): Promise<RecallRecord> {
  const { clock, log } = house
  const platform = house.platforms(channel)
  const found =
    platform === undefined
      ? ({ kind: 'cannot-look', why: `${channelParts(channel).platform} is not set up` } as const)
      : await within(clock, LOOK_MS, (signal) => recalledWhole(house, platform, channel, record, signal)).catch(
          (error: unknown) => ({ kind: 'failed' as const, why: causeOf(error) }),
        )
  log({ event: `recall.${found.kind}`, channel, ...(found.kind === 'recalled' ? {} : { why: found.why }) })
  const now = clock.now()
  if (found.kind === 'recalled') return { ...record, done: { at: isoAt(now), how: 'the platform was asked' } }
  // Where nothing that waits was known before the restore, nothing can come twice.
  if (
    record.newcomer &&
    found.kind === 'cannot-look' &&
    !(await isBehind(house, record)) &&
    (await waitingOfGap(house, channel, record)).length === 0
  )
    return { ...record, done: { at: isoAt(now), how: 'nothing of that time waited' } }
  const failures = record.failures + (found.kind === 'failed' ? 1 : 0)
  const pause = Math.min(LONGEST_PAUSE_MS, AGAIN_MS * 2 ** Math.min(failures, FAILED_LOOKS))
  if (found.kind === 'failed' && failures < FAILED_LOOKS && record.held === undefined)
    return { ...record, failures, lookAt: isoAt(now + pause) }
  const held = record.held ?? { why: found.why, since: isoAt(now) }
  if (now - Date.parse(held.since) >= DAY && (await postMarked(house, channel, record)))
    return {
      ...record,
      done: { at: isoAt(now), how: 'posted marked “(may repeat)”, for nobody answered within a day' },
    }
  const told = held.told === true || (await isTold(house, channel, held.why))
  const lookAt = isoAt(now + (told ? LONGEST_PAUSE_MS : AGAIN_MS))
  return { ...record, failures, lookAt, held: { why: held.why, since: held.since, ...(told ? { told } : {}) } }
}

/** What stands in the channel is written down, and made a digest's part where only the platform knew of it. */
async function recalledWhole(
  house: Recalling,
  platform: Platform,
  channel: ChannelId,
  record: RecallRecord,
  signal: AbortSignal,
): Promise<{ readonly kind: 'recalled' } | { readonly kind: 'cannot-look'; readonly why: string }> {
  const now = house.clock.now()
  const found = await recallChannel({ ...house, now }, platform, channel, record.from, signal)
  if (found.kind === 'cannot-look') return found
  const changed = found.parts.length === 0 ? new Set<PaperId>() : await changedSince(house.catalog, record)
  await adoptParts({ ...house, now, changed }, channel, found.parts)
  return { kind: 'recalled' }
}

/** Whether what may stand there is on its way by now: when its slot is due, in a digest of its own. */
async function postMarked(house: Recalling, channel: ChannelId, record: RecallRecord): Promise<boolean> {
  const { store, clock } = house
  // What was learnt before the restore and is yet to be matched may stand there as well.
  if (await isBehind(house, record)) return false
  const papers = await waitingOfGap(house, channel, record)
  const options = { now: clock.now(), papersPerPart: house.papersPerPart(channel) }
  if (papers.length > 0) {
    const digest = await decideDigest(house, channel, { ...options, mayRepeat: new Set(papers) })
    if (digest === undefined && (await waitingOfGap(house, channel, record)).length > 0) return false
  }
  for (const part of await unsent(store, channel)) {
    if (part.state.kind !== 'ready' || part.state.manner?.mayRepeat) continue
    const manner = { ...part.state.manner, mayRepeat: true } as const
    await commitMove({ ...house, now: clock.now() }, part, { state: { ...part.state, manner } })
  }
  return true
}

/** Whether changes from before the restore wait to be matched. */
async function isBehind({ store, catalog }: Recalling, { at }: RecallRecord): Promise<boolean> {
  const matched = await store.matched.get(matchedKey)
  const [next] = await catalog.changesAfter(matched?.catalogId === catalog.id ? matched.seq : 0, 1)
  return next !== undefined && next.at <= at
}

/** Parts of the backup of which no request is in doubt. */
async function unsent(store: Store, channel: ChannelId): Promise<readonly PartRecord[]> {
  const open = (await openPartsByChannel(store, channel)).get(channel) ?? []
  return open.filter(({ state }) => state.kind === 'ready' || (state.kind === 'parked' && state.why === 'refused'))
}

/** The papers that wait and were known before the restore: of no other can it be that they stand there. */
async function waitingOfGap(
  { store, catalog }: Recalling,
  channel: ChannelId,
  { at, matched }: RecallRecord,
): Promise<readonly PaperId[]> {
  const waiting: PaperId[] = []
  for await (const { key } of entriesOf(store, store.pending, [channel])) waiting.push(key[1] as PaperId)
  // Another catalogue does not know when its papers were first learnt.
  if (waiting.length === 0 || matched === undefined || matched.catalogId !== catalog.id) return waiting
  const learnt = await learntBetween(catalog, matched.seq, at)
  const seen = await store.seen.getMany(waiting.map((paper) => seenKey(channel, paper)))
  return waiting.filter((paper, place) => learnt.has(paper) || (seen[place]?.at ?? '') <= at)
}

/** What was told of papers since the backup; a catalogue that was begun later does not know. */
async function changedSince(catalog: Recalling['catalog'], { matched }: RecallRecord): Promise<ReadonlySet<PaperId>> {
  const papers = new Set<PaperId>()
  if (matched === undefined || matched.catalogId !== catalog.id) return papers
  for (let seq = matched.seq; ; ) {
    const page = await catalog.changesAfter(seq, 1000)
    for (const { kind, paper } of page) if (TOLD.includes(kind)) papers.add(paper)
    const last = page.at(-1)
    if (last === undefined) return papers
    seq = last.seq
  }
}

async function learntBetween(
  catalog: Pick<Catalog, 'changesAfter'>,
  after: number,
  until: string,
): Promise<ReadonlySet<PaperId>> {
  const papers = new Set<PaperId>()
  for (let seq = after; ; ) {
    const page = await catalog.changesAfter(seq, 1000)
    for (const change of page) {
      if (change.at > until) return papers
      papers.add(change.paper)
    }
    const last = page.at(-1)
    if (last === undefined) return papers
    seq = last.seq
  }
}

async function isTold({ tellAdmin, log }: Recalling, channel: ChannelId, why: string): Promise<boolean> {
  const text = `A backup was restored, and what was posted in ${channel} since it was made can’t be looked for: ${why}.`
  const next = `paperboy parked --channel ${channel} shows what can be done; after a day its papers are posted, marked “(may repeat)”.`
  return tellAdmin(text, next).then(
    () => true,
    (error: unknown) => {
      log({ event: 'recall.admin-not-told', channel, error })
      return false
    },
  )
}
