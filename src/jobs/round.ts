import type { Clock } from '../clock.ts'
import type { Delivered } from '../delivery/courier.ts'
import type { Harvested } from './harvest.ts'

/** The steps of a round; each may be run at any time, again and again. */
export interface RoundSteps {
  harvest(signal: AbortSignal, since?: string): Promise<Harvested>
  match(signal: AbortSignal): Promise<{ readonly matched: number }>
  decide(signal: AbortSignal): Promise<unknown>
  send(signal: AbortSignal): Promise<Delivered>
}

export interface RoundHouse {
  readonly rounds: RoundSteps
  readonly house: { readonly clock: Clock }
}

export interface RoundCounts {
  readonly harvested: number
  readonly new: number
  readonly revised: number
  readonly matched: number
  readonly posted: number
  readonly parked: number
  /** Sources that did not answer as they should. */
  readonly failures: number
}

/** How long a round waits for what a platform has put off, or for a part of unknown outcome: both looks fit into it. */
const PATIENCE_MS = 5 * 60_000

/**
 * One round: harvest, match, decide, send, and then what falls due within five minutes. `since` (`YYYY-MM-DD`) is where a
 * first harvest begins. Rejects when the store or the catalogue does.
 */
export async function runRound(
  { rounds, house }: RoundHouse,
  signal: AbortSignal,
  since?: string,
): Promise<RoundCounts> {
  const learnt = await rounds.harvest(signal, since)
  const { matched } = await rounds.match(signal)
  await rounds.decide(signal)
  const { posted, parked } = await deliver(rounds, house.clock, signal)
  const { harvested, new: fresh, revised, failures } = learnt
  return { harvested, new: fresh, revised, matched, posted, parked, failures }
}

async function deliver(rounds: RoundSteps, clock: Clock, signal: AbortSignal) {
  const end = clock.now() + PATIENCE_MS
  let posted = 0
  let parked = 0
  for (;;) {
    const delivered = await rounds.send(signal)
    posted += delivered.posted
    parked += delivered.parked
    const { nextAt } = delivered
    if (nextAt === undefined || nextAt > end || signal.aborted) return { posted, parked }
    await clock.sleep(Math.max(SHORTEST_WAIT_MS, nextAt - clock.now()), signal).catch(() => {})
  }
}

const SHORTEST_WAIT_MS = 100
