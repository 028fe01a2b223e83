import { expect, it } from 'vitest'
import { Season } from './season.ts'

/** More by hand: SEEDS=1000; one alone: SEED=17; longer lives: STEPS=1000. */
const steps = Number(process.env.STEPS ?? 150)
const seeds =
  process.env.SEED === undefined
    ? Array.from({ length: Number(process.env.SEEDS ?? 6) }, (_, at) => at + 1)
    : [Number(process.env.SEED)]

for (const seed of seeds) {
  it(`nothing is missed and nothing comes twice in season ${seed}`, { timeout: 60_000 + steps * 1000 }, async () => {
    const season = new Season(seed)
    const tell = (what: string) =>
      `${what}\nThe last of what happened:\n${season.trace.slice(-30).join('\n')}\n` +
      `Alone: SEED=${seed} STEPS=${steps} npx vitest run test/simulation/season.test.ts`
    const breach = await season.live(steps).catch((error: unknown) => {
      throw new Error(tell(String(error)), { cause: error })
    })
    if (breach !== undefined) throw new Error(tell(breach))
    console.log(`season ${seed}: ${season.trace.at(-1)}`)
  })
}

it('the same seed gives the same season', { timeout: 60_000 }, async () => {
  const [one, other] = [new Season(99), new Season(99)]
  await one.live(40)
  await other.live(40)
  expect(other.trace).toEqual(one.trace)
  expect(one.trace.length).toBeGreaterThan(40)
})
