import { clockTrouble } from './clock-check.ts'
import type { House } from './house.ts'
import type { SourceStatus } from './sources/source.ts'
import { entriesOf } from './store/store.ts'

export interface AppStatus {
  /** False when a source failed or stalled, the clock is wrong or the disk full: digests may lack papers. */
  readonly ok: boolean
  /** Every paper announced up to this day is in the catalogue: the earliest of the sources' days. */
  readonly completeThrough: string | null
  readonly sources: readonly SourceStatus[]
  readonly catalog: { readonly papers: number; readonly oldest?: string; readonly newest?: string }
  /** What is wrong with the machine's clock, in a sentence. */
  readonly clock?: string
  /** That the disk of the data folder is full or can't be written, in a sentence. */
  readonly disk?: string
  /** Parts on their way. */
  readonly queue: number
  readonly parked: number
}

/** How the program stands, for `status`, `/health` and the metrics. */
export async function statusOf(house: House): Promise<AppStatus> {
  const sources = await house.sourceStatus()
  let queue = 0
  let parked = 0
  for await (const { value } of entriesOf(house.store, house.store.outbox, [])) {
    if (value.state === 'parked') parked++
    else queue++
  }
  const clock = await clockTrouble(house.store, house.clock)
  const disk = house.diskTrouble()
  const days = sources.map((source) => source.completeThrough)
  return {
    ok:
      clock === undefined &&
      disk === undefined &&
      sources.every((source) => source.state !== 'failed' && source.state !== 'stalled'),
    completeThrough: days.includes(null) ? null : (days.toSorted()[0] ?? null),
    sources,
    catalog: await house.catalog.stats(),
    ...(clock === undefined ? {} : { clock }),
    ...(disk === undefined ? {} : { disk }),
    queue,
    parked,
  }
}

/** What is wrong with the machine itself, a sentence each. */
export async function machineTroubles(
  house: House,
): Promise<readonly { readonly key: string; readonly text: string }[]> {
  const clock = await clockTrouble(house.store, house.clock)
  const disk = house.diskTrouble()
  return [
    ...(clock === undefined ? [] : [{ key: 'clock', text: clock }]),
    ...(disk === undefined ? [] : [{ key: 'disk', text: disk }]),
  ]
}
