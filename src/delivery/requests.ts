import type { PartRecord, PartState, SentPaper } from '../store/records.ts'
import { within } from './deadline.ts'
import type { Holds } from './holds.ts'
import type { Composed, CourierHouse } from './house.ts'
import { causeOf } from './house.ts'
import type { StateOf } from './moves.ts'
import { begin, parkUnwritable, settleLook, settlePost } from './moves.ts'
import { commitMove, parentOf } from './outbox.ts'
import type { FindResult, OutgoingPart, Platform, PostResult } from './platform.ts'

export type PartIn<Kind extends PartState['kind']> = PartRecord & { readonly state: StateOf<Kind> }

const POST_MS = 30_000
const FIND_MS = 30_000
const COMPOSE_MS = 30_000
/** A message of ours may bear a somewhat earlier time than our clock's. */
const CLOCK_SKEW_MS = 120_000

/**
 * One request: rendered, committed to, made, and its outcome written. `held` when none may be made now; undefined when
 * somebody else has moved the part. When the store fails after the request, the part stays `sending`.
 */
export async function send(
  house: CourierHouse,
  holds: Holds,
  part: PartIn<'ready'>,
  platform: Platform,
  stop: AbortSignal,
): Promise<PartRecord | 'held' | undefined> {
  const { clock, log, settleMs } = house
  const { channel, key } = part
  if (stop.aborted || holds.ask(channel, clock.now()) === 'held') return 'held'
  let prepared: Prepared
  try {
    prepared = await prepare(house, part)
  } catch (error) {
    holds.forgo(channel)
    throw error
  }
  if (prepared.kind === 'moved') {
    holds.forgo(channel)
    return prepared.part
  }
  const { sending, outgoing } = prepared
  const result = await within(clock, POST_MS, (signal) => platform.post(channel, outgoing, signal)).catch(
    (error): PostResult => ({ kind: 'unknown', cause: causeOf(error) }),
  )
  const now = clock.now()
  holds.report(channel, result, now)
  log({ event: `part.${result.kind}`, channel, key, ms: now - Date.parse(sending.state.startedAt), ...result })
  return commitMove(
    { ...house, now },
    sending,
    settlePost(sending.state, result, now, settleMs, part.update !== undefined),
  )
}

/** Looks for a part of unknown outcome, and writes what comes of it; undefined when somebody else has moved it. */
export async function look(
  house: CourierHouse,
  holds: Holds,
  part: PartIn<'unknown'>,
  platform: Platform,
  stop: AbortSignal,
): Promise<PartRecord | undefined> {
  const { clock, log, settleMs } = house
  const found = await find(house, part, part.state, platform, stop).catch((error) => ({
    kind: 'failed' as const,
    why: causeOf(error),
  }))
  if (found.kind === 'failed' && stop.aborted) return part
  const now = clock.now()
  log({ event: `part.look-${found.kind}`, channel: part.channel, key: part.key, ...found })
  const options = { settleMs, aloneAtFault: !holds.isDown(part.channel) }
  return commitMove({ ...house, now }, part, settleLook(part.state, found, now, options))
}

/** Whether the part stands in its channel, since the first request that may have put it there. */
export function find(
  { clock }: CourierHouse,
  part: PartRecord,
  { sent, doubt, startedAt }: Pick<StateOf<'parked'>, 'sent' | 'doubt' | 'startedAt'>,
  platform: Platform,
  stop?: AbortSignal,
): Promise<FindResult> {
  const sought = {
    key: part.key,
    papers: sent?.papers.map(shownPaper) ?? part.papers.map((id) => ({ id })),
    ...(sent?.parent === undefined ? {} : { parent: sent.parent }),
  }
  const since = Date.parse(doubt?.since ?? startedAt ?? part.slot) - CLOCK_SKEW_MS
  return within(clock, FIND_MS, (signal) => platform.find(part.channel, sought, since, signal), stop)
}

type Prepared =
  | { readonly kind: 'request'; readonly sending: PartIn<'sending'>; readonly outgoing: OutgoingPart }
  | { readonly kind: 'moved'; readonly part: PartRecord | undefined }

/** Renders the part and commits to one request; a part that can't be rendered is parked. */
async function prepare(house: CourierHouse, part: PartIn<'ready'>): Promise<Prepared> {
  const { store, clock, log } = house
  const manner = part.state.manner ?? {}
  let composed: Composed
  try {
    composed = await within(clock, COMPOSE_MS, () => house.compose(part, manner))
  } catch (error) {
    log({ event: 'part.unwritable', channel: part.channel, key: part.key, error })
    const now = clock.now()
    const move = parkUnwritable(part.state, `it could not be written: ${causeOf(error)}`, now)
    return { kind: 'moved', part: await commitMove({ ...house, now }, part, move) }
  }
  const { message, papers, hash } = composed
  const parent = manner.alone ? undefined : await parentOf(store, part)
  const thread = parent === undefined ? {} : { parent }
  const now = clock.now()
  if (part.update !== undefined && parent === undefined) {
    const state = { kind: 'refused', reason: 'the digest that it belongs to does not stand there' } as const
    return { kind: 'moved', part: await commitMove({ ...house, now }, part, { state }) }
  }
  const begun = begin(part.state, { hash, papers, ...thread }, now)
  if ((await commitMove({ ...house, now }, part, begun)) === undefined) return { kind: 'moved', part: undefined }
  return {
    kind: 'request',
    sending: { ...part, state: begun.state },
    outgoing: {
      key: part.key,
      message,
      papers: papers.map(shownPaper),
      ...thread,
      ...(part.update === undefined ? {} : { aside: true }),
    },
  }
}

/** A paper as drivers are told of it. */
export function shownPaper({ id, version }: SentPaper): OutgoingPart['papers'][number] {
  return version === undefined ? { id } : { id, version }
}
