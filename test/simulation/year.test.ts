import { expect, it } from 'vitest'
import { Year } from './year.ts'

/** The whole of it by hand: WEEKS=52 SEEDS=100; one alone: SEED=17. */
const weeks = Number(process.env.WEEKS ?? 3)
const seeds =
  process.env.SEED === undefined
    ? Array.from({ length: Number(process.env.SEEDS ?? 5) }, (_, at) => at + Number(process.env.FIRST_SEED ?? 1))
    : [Number(process.env.SEED)]

for (const seed of seeds) {
  it(`each paper comes once and at its channel’s own hour in ${weeks} weeks of fifty channels, seed ${seed}`, {
    timeout: 60_000 + weeks * 60_000,
  }, async () => {
    const year = await Year.begin(seed, weeks)
    const tell = (what: string) =>
      `${what}\nThe last of what happened:\n${year.trace.slice(-40).join('\n')}\n` +
      `Alone: SEED=${seed} WEEKS=${weeks} npx vitest run test/simulation/year.test.ts`
    const breach = await year.live().catch((error: unknown) => {
      throw new Error(tell(String(error)), { cause: error })
    })
    if (breach !== undefined) throw new Error(tell(breach))
    console.log(`year ${seed}: ${year.trace.at(-1)}`)
    expect(year.year.counts.digests).toBeGreaterThan(0)
  })
}
