import type { ChannelId } from '../message/channel.ts'
import { channelParts } from '../message/channel.ts'
import { channelKey } from '../store/keys.ts'
import type { PartRecord } from '../store/records.ts'
import type { Key } from '../store/store.ts'
import { sendEdits } from './edits.ts'
import { createHolds } from './holds.ts'
import type { CourierHouse } from './house.ts'
import type { Move } from './moves.ts'
import { doubt, lostChannel, resume } from './moves.ts'
import type { PartPlace } from './outbox.ts'
import { commitMove, loseChannel, openPartsByChannel } from './outbox.ts'

export type { AdminEvent, Composed, CourierHouse } from './house.ts'

import type { AdminWord } from './parked.ts'
import { answerParked, resumeParked, tellOfParked } from './parked.ts'
import { awaitsRecall } from './recall.ts'
import { look, send } from './requests.ts'

/**
 * Brings parts into their channels, each once. All it knows of a part is in the store, so that a restart goes on where
 * it was. Parts of one channel go in order: a later one waits for an earlier one, unless that is parked or refused;
 * a part sent after being parked comes late. In a parked channel everything waits, and for one
 * that is gone everything is given up.
 */
export interface Courier {
  /**
   * Delivers all that can be delivered now, then edits. Call it again at `nextAt`. Once the signal is aborted no further
   * request is begun; the ones under way end by themselves or by their time-out. Never rejects.
   */
  sendDue(signal: AbortSignal): Promise<Delivered>
  /** Once at start: what was being sent when the process ended is of unknown outcome. Rejects when the store does. */
  recover(signal: AbortSignal): Promise<{ readonly unknown: number }>
  /** An admin's word on a parked part: post it again, it is there, or give it up. */
  answer(part: PartPlace, word: AdminWord): Promise<'done' | 'not-parked'>
  /** The channel was deleted: what is still for it is given up by the next `sendDue`. */
  loseChannel(channel: ChannelId, reason: string): Promise<void>
  /** The bot was invited or permitted, or a manager says so: what was parked goes out, or is looked for. */
  resumeChannel(channel: ChannelId): Promise<{ readonly resumed: number }>
}

export interface Delivered {
  readonly posted: number
  readonly parked: number
  readonly refused: number
  readonly edited: number
  /** Open parts that are not parked. */
  readonly waiting: number
  /** When there is something to do next, epoch ms. */
  readonly nextAt?: number
}

/** On each platform. */
const CHANNELS_AT_ONCE = 8
/** After a failure of our own, such as a full disk. */
const RETRY_MS = 10_000
const TELL_AGAIN_MS = 60_000

/** One run over everything that is open. */
interface Pass {
  posted: number
  parked: number
  refused: number
  waiting: number
  nextAt: number
  /** Channels that wait for a hold to end. */
  readonly held: Set<ChannelId>
  readonly signal: AbortSignal
}

/** How a part stands at the end of a pass. `stop`: the rest of its channel waits too. */
type Ending = 'posted' | 'refused' | 'parked' | 'stop'

export function createCourier(house: CourierHouse): Courier {
  const { store, clock, log } = house
  const holds = createHolds()
  let last: Promise<unknown> = Promise.resolve()
  /** Where edits go on that made way for posts. */
  let editsFrom: Key | undefined

  const move = (part: PartRecord, next: Move) => commitMove({ ...house, now: clock.now() }, part, next)

  async function run(signal: AbortSignal): Promise<Delivered> {
    const pass: Pass = { posted: 0, parked: 0, refused: 0, waiting: 0, nextAt: NEVER, held: new Set(), signal }
    let edited = 0
    try {
      const open = [...(await openPartsByChannel(store))].sort(([, one], [, other]) => doubts(one) - doubts(other))
      // A pool for each platform, so that one that hangs does not take up the places of another.
      const pools = Map.groupBy(open, ([channel]) => channelParts(channel).platform)
      await Promise.all([...pools.values()].map((channels) => serveAll(channels, pass)))
      const edits = await sendEdits({ ...house, holds }, signal, editsFrom)
      edited = edits.edited
      editsFrom = edits.next
      wake(pass, edits.nextAt ?? NEVER)
    } catch (error) {
      log({ event: 'courier.failed', error })
      wake(pass, clock.now() + RETRY_MS)
    }
    for (const channel of pass.held) wake(pass, holds.heldUntil(channel, clock.now()) ?? clock.now())
    const { posted, parked, refused, waiting, nextAt } = pass
    return { posted, parked, refused, edited, waiting, ...(nextAt === NEVER ? {} : { nextAt }) }
  }

  async function serveAll(channels: [ChannelId, readonly PartRecord[]][], pass: Pass): Promise<void> {
    const serveNext = async (): Promise<void> => {
      for (let next = channels.shift(); next !== undefined; next = channels.shift()) await serve(...next, pass)
    }
    await Promise.all(Array.from({ length: CHANNELS_AT_ONCE }, serveNext))
  }

  /** One channel, in order. What goes wrong here stops no other channel. */
  async function serve(channel: ChannelId, parts: readonly PartRecord[], pass: Pass): Promise<void> {
    const parkedFor = async () => (await store.channels.get(channelKey(channel)))?.parked
    const isStopped = async () => (await parkedFor()) !== undefined || (await awaitsRecall(store, channel))
    let done = 0
    try {
      let stopped = await isStopped()
      for (const part of parts) {
        const gone = await parkedFor()
        const ending = gone?.until === 'never' ? await giveUp(part, gone.reason) : await deliver(part, pass, stopped)
        if (ending === 'stop') break
        done++
        if (part.state.kind === 'parked' && ending === 'parked') continue
        pass[ending]++
        if (ending === 'parked') stopped = await isStopped()
      }
    } catch (error) {
      log({ event: 'courier.channel-failed', channel, error })
      wake(pass, clock.now() + RETRY_MS)
    }
    pass.waiting += parts.slice(done).filter((part) => part.state.kind !== 'parked').length
  }

  /** What is for a channel that is no more is settled, with the reason: nobody can do anything about it. */
  async function giveUp(part: PartRecord, reason: string): Promise<Ending> {
    if ((await move(part, lostChannel(reason))) === undefined) return 'stop'
    log({ event: 'part.refused', channel: part.channel, digest: part.digest, part: part.part, reason })
    return 'refused'
  }

  /** Takes a part as far as it goes now. */
  async function deliver(from: PartRecord, pass: Pass, stopped: boolean): Promise<Ending> {
    for (let part: PartRecord | undefined = from; part !== undefined; ) {
      const { state }: PartRecord = part
      if (state.kind === 'posted' || state.kind === 'refused') return state.kind
      if (state.kind === 'parked') {
        const retryAt = stopped || state.retryAt === undefined ? NEVER : Date.parse(state.retryAt)
        if (retryAt <= clock.now()) {
          part = await move(part, resume(state, clock.now()))
          continue
        }
        wake(pass, retryAt)
        if (!(await tellOfParked(house, part))) wake(pass, clock.now() + TELL_AGAIN_MS)
        return 'parked'
      }
      if (stopped || pass.signal.aborted) return 'stop'
      if (state.kind === 'sending') {
        // Only one pass sends at a time, so this is a request whose outcome could not be written down.
        part = await move(part, doubt(state, 'its outcome was not recorded', clock.now(), house.settleMs))
        continue
      }
      const dueAt = state.kind === 'unknown' ? state.lookAt : state.notBefore
      if (dueAt !== undefined && Date.parse(dueAt) > clock.now()) {
        wake(pass, Date.parse(dueAt))
        return 'stop'
      }
      const platform = house.platforms(part.channel)
      if (platform === undefined) {
        log({ event: 'courier.no-platform', channel: part.channel })
        return 'stop'
      }
      if (state.kind === 'unknown') {
        part = await look(house, holds, { ...part, state }, platform, pass.signal)
        continue
      }
      const sent = await send(house, holds, { ...part, state }, platform, pass.signal)
      if (sent === 'held') {
        pass.held.add(part.channel)
        return 'stop'
      }
      part = sent
    }
    // Somebody else has moved the part: the next pass sees how it stands.
    wake(pass, clock.now())
    return 'stop'
  }

  async function recover(signal: AbortSignal): Promise<{ unknown: number }> {
    let unknown = 0
    for (const part of [...(await openPartsByChannel(store)).values()].flat()) {
      const { state } = part
      if (state.kind !== 'sending' || signal.aborted) continue
      await move(part, doubt(state, 'the process ended while it was being sent', clock.now(), house.settleMs))
      unknown++
    }
    return { unknown }
  }

  return {
    sendDue(signal) {
      const next = last.then(() => run(signal))
      last = next
      return next
    },
    recover,
    answer: (part, word) => answerParked(house, part, word),
    loseChannel: (channel, reason) => loseChannel(store, channel, reason, clock.now()),
    resumeChannel: (channel) => resumeParked(house, channel),
  }
}

const NEVER = Number.POSITIVE_INFINITY

function wake(pass: { nextAt: number }, at: number): void {
  pass.nextAt = Math.min(pass.nextAt, at)
}

/** Those go first of which nothing is in doubt, so that a platform is not probed with the one part that it can't take. */
function doubts(parts: readonly PartRecord[]): number {
  const state = parts.find((part) => part.state.kind !== 'parked')?.state
  return state !== undefined && 'doubt' in state ? (state.doubt?.times ?? 0) : 0
}
