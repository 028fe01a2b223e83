import { expect, it } from 'vitest'
import { ArxivSeason } from './arxiv-season.ts'

/** More by hand: SEEDS=200; one alone: SEED=17. */
const seeds =
  process.env.SEED === undefined
    ? Array.from({ length: Number(process.env.SEEDS ?? 10) }, (_, at) => at + 1)
    : [Number(process.env.SEED)]

for (const seed of seeds) {
  it(`every paper is catalogued, none twice, and no day called complete that is not, in season ${seed} of arXiv`, {
    timeout: 300_000,
  }, async () => {
    const season = new ArxivSeason(seed)
    const tell = (what: string) =>
      `${what}\nThe last of what happened:\n${season.trace.slice(-40).join('\n')}\n` +
      `Alone: SEED=${seed} npx vitest run test/simulation/arxiv-season.test.ts`
    const breach = await season.live().catch((error: unknown) => {
      throw new Error(tell(String(error)), { cause: error })
    })
    expect(breach === undefined ? '' : tell(breach)).toBe('')
    console.log(`arXiv season ${seed}: ${season.trace.at(-1)}`)
  })
}
