import { z } from 'zod'
import type { Learnt } from '../../catalog/change.ts'
import type { Log } from '../../log.ts'
import { SourceError } from '../source.ts'

export const holeSchema = z.object({
  query: z.string(),
  start: z.number().int(),
  /** Epoch milliseconds. */
  since: z.number(),
  tries: z.number().int(),
  lastAt: z.number(),
})

/** A page inside a result of the query API that came back empty, twice: what is on it is yet to be learnt. */
export type ResultHole = z.output<typeof holeSchema>

/** Holes that were met since the last harvest, which keeps them. */
export interface HoleBook {
  note(hole: ResultHole): void
  take(): readonly ResultHole[]
}

export function holeBook(): HoleBook {
  let met: ResultHole[] = []
  return {
    note: (hole) => void met.push(hole),
    take() {
      const taken = met
      met = []
      return taken
    },
  }
}

const hour = 3_600_000
/** A result that has not had the page for a week is another result by now. */
const keptMs = 7 * 24 * hour
const mostHoles = 50
const askedAtOnce = 3

/** The holes with those that were met, the oldest given up. */
export function holesWith(
  known: readonly ResultHole[],
  met: readonly ResultHole[],
  now: number,
): readonly ResultHole[] {
  const all = new Map([...known, ...met].toReversed().map((hole) => [`${hole.start} ${hole.query}`, hole]))
  return [...all.values()]
    .toReversed()
    .filter(({ since }) => now - since < keptMs)
    .slice(-mostHoles)
}

/** Asks for the pages that are due, after one, two, four … hours again. Each step has what a page brought and the holes that are left. */
export async function* repairHoles(
  holes: readonly ResultHole[],
  house: {
    readonly now: () => number
    readonly log: Log
    readonly readPage: (query: string, start: number) => Promise<readonly Learnt[]>
  },
): AsyncGenerator<{ readonly records: readonly Learnt[]; readonly holes: readonly ResultHole[] }> {
  let left = holes
  const due = holes.filter(({ tries, lastAt }) => house.now() - lastAt >= hour * 2 ** Math.min(tries, 5) - 300_000)
  for (const hole of due.slice(0, askedAtOnce)) {
    const records = await house.readPage(hole.query, hole.start).catch((error: unknown) => {
      if (!(error instanceof SourceError) || error.failure === 'aborted') throw error
      return []
    })
    const rest = left.filter((each) => each !== hole)
    left = records.length > 0 ? rest : [...rest, { ...hole, tries: hole.tries + 1, lastAt: house.now() }]
    house.log({ event: 'source.hole', query: hole.query, start: hole.start, repaired: records.length > 0 })
    yield { records, holes: left }
  }
}
