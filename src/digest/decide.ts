import type { Catalog } from '../catalog/catalog.ts'
import { type Clock, isoAt } from '../clock.ts'
import type { Log } from '../log.ts'
import { type ChannelId, channelParts } from '../message/channel.ts'
import type { PaperId } from '../papers/paper.ts'
import type { Random } from '../random.ts'
import { decidedThroughKey } from '../store/keys.ts'
import type { DigestRecord, Records } from '../store/records.ts'
import { recallOf } from '../store/restored.ts'
import { type Operation, putIf, type Store } from '../store/store.ts'
import { burstOf, burstOperation, countOfBurst, judgeBurst, tellOfBursts, type Verdict } from './burst.ts'
import { composeDigest } from './compose.ts'
import { asked, digestWritten, dropped, type Page, setAside } from './decision.ts'
import { lastDowntime, missedFrom, noteDowntime } from './downtime.ts'
import { dueChannels, slotDue } from './due-channels.ts'
import { coversFrom } from './schedule.ts'
import { settingsOf } from './settings.ts'
import { readWaiting } from './waiting-papers.ts'

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
  await noteDowntime(store, now)
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

async function decideOnce(
  house: Deciding,
  channel: ChannelId,
  { now, papersPerPart, manual, mayRepeat }: DecideOptions,
): Promise<DigestRecord | undefined | 'conflict'> {
  const { store, catalog, random } = house
  const recall = await recallOf(store, channel)
  if (recall !== undefined && recall.done === undefined && mayRepeat === undefined) return undefined
  const last = await store.slots.get([channel])
  const slot = manual === true ? laterOf(isoAt(now), last?.lastSlot) : await slotDue(store, channel, now)
  if (slot === undefined) return undefined
  const at = isoAt(now)
  const page: Page = { store, channel, now, random }
  const waiting = await readWaiting(store, channel, at)
  const settings = await settingsOf(store, channelParts(channel).tenant, channel)
  const operations: Operation[] = [...setAside(page, waiting)]

  const wanted = waiting.items.filter(({ paper }) => mayRepeat?.has(paper) ?? true)
  const burst = await burstOf(store, channel)
  const many = countOfBurst(wanted)
  const verdict: Verdict = manual === true || mayRepeat !== undefined ? { kind: 'free' } : judgeBurst(burst, many, now)
  if (verdict.kind === 'ask') {
    operations.push(burstOperation(store, channel, burst, { kind: 'asked', at, papers: many, told: false }))
  } else if (verdict.kind === 'release' || (verdict.kind === 'free' && burst?.kind === 'asked')) {
    operations.push(burstOperation(store, channel, burst, { kind: 'over', at, papers: many }))
  }
  const isHeld = verdict.kind === 'held' || verdict.kind === 'ask'
  const word = verdict.kind === 'release' ? verdict.word : 'capped'
  if (verdict.kind === 'release' && word === 'drop') {
    operations.push(...dropped(page, wanted, waiting, `one of ${many} papers at once, dropped by ${verdict.by}`))
  }
  const items = isHeld || word === 'drop' ? [] : wanted
  const questions = isHeld || mayRepeat !== undefined ? [] : waiting.questions
  if (items.length === 0 && questions.length === 0) {
    if (operations.length > 0 && (await store.commit(operations)) === 'conflict') return 'conflict'
    return undefined
  }

  const n = mayRepeat === undefined ? await unused(store, channel, slot, numberOf(slot, last, recall)) : secondsAt(now)
  const down = await lastDowntime(store)
  // Whether slots passed between a backup and its restore were missed is for the recall to find out.
  const isMissed = down !== undefined && mayRepeat === undefined && (recall === undefined || down.from > recall.at)
  const missed = isMissed ? missedFrom(settings, down, slot, last?.lastSlot) : undefined
  const from = [coversFrom(settings, waiting.since, slot), missed].filter((each) => each !== undefined).toSorted()[0]
  const composed = composeDigest({
    channel,
    slot,
    n,
    decidedAt: at,
    items,
    questions,
    papers: await catalog.getMany([...items, ...questions].map((item) => item.paper)),
    settings: word === 'listed' ? { cap: 0 } : settings,
    papersPerPart,
    mentioned: waiting.mentioned,
    ...(from === undefined ? {} : { since: from }),
  })
  const digest: DigestRecord = mayRepeat === undefined ? composed : { ...composed, mayRepeat: true }
  operations.push(
    ...digestWritten(page, digest, waiting, {
      overCap: word === 'listed' ? 'one of a list' : `over the limit of ${settings.cap}`,
      ...(mayRepeat === undefined ? {} : { manner: { mayRepeat: true } }),
    }),
    ...asked(page, digest, questions, waiting),
    // What may stand there already leaves the slot to all else that waits.
    ...(mayRepeat === undefined ? [putIf(store.slots, [channel], last, { lastSlot: slot, n })] : []),
  )
  return (await store.commit(operations)) === 'committed' ? digest : 'conflict'
}

/**
 * A slot that passed before a backup was restored may have been decided in what was lost: its digests get numbers that no
 * other has, for a part is looked for by what is made of them.
 */
function numberOf(slot: string, last: Records['slots'] | undefined, recall: Records['recalls'] | undefined): number {
  const next = last?.lastSlot === slot ? last.n + 1 : 1
  if (recall === undefined || slot > recall.at) return next
  return Math.max(next, secondsAt(Date.parse(recall.at)))
}

/** A slot may have been decided before it came, while the clock was ahead. */
async function unused(store: Store, channel: ChannelId, slot: string, n: number): Promise<number> {
  const decided = await store.scan(store.digests, [channel, slot], { limit: 1000 })
  const taken = new Set(decided.map(({ value }) => value.n))
  let free = n
  while (taken.has(free)) free++
  return free
}

/** A number that no other digest of the slot has. */
function secondsAt(instant: number): number {
  return Math.floor((instant - NUMBERED_FROM) / 1000)
}

const NUMBERED_FROM = Date.parse('2025-01-01T00:00:00Z')

function laterOf(now: string, last: Records['slots']['lastSlot'] | undefined): string {
  return last === undefined || last < now ? now : last
}
