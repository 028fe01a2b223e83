import type { Clock } from './clock.ts'
import { isoAt } from './clock.ts'
import type { Store } from './store/store.ts'

const KEY = ['clock']
/** A clock that is set right by the network moves by less. */
const TOLERATED_MS = 3_600_000

/**
 * A sentence when the machine's clock stands before a moment at which this data folder was at work; undefined when nothing
 * speaks against it. Until it is right again nothing falls due, and nothing is lost.
 */
export async function clockTrouble(store: Store, clock: Clock): Promise<string | undefined> {
  const last = await store.meta.get(KEY)
  const now = clock.now()
  if (typeof last !== 'number' || now >= last - TOLERATED_MS) return undefined
  return `The machine's clock says ${isoAt(now)}, but this data folder was at work at ${isoAt(last)}: set the clock right, and everything goes on by itself.`
}

/** Keeps the latest moment at which the program was at work. */
export async function noteClock(store: Store, clock: Clock): Promise<void> {
  const last = await store.meta.get(KEY)
  if (typeof last !== 'number' || clock.now() > last) await store.meta.set(KEY, clock.now())
}
