/** What repeated runs took, in milliseconds. */
export interface Measured {
  readonly median: number
  readonly min: number
  readonly max: number
  readonly runs: number
}

/** Ours and the bare library's, measured in turn; `ratio` is ours divided by bare, from the medians. */
export interface Compared {
  readonly ours: Measured
  readonly bare: Measured
  readonly ratio: number
}

/** One row of the table. A figure without a goal is there to be known. */
export interface Figure {
  readonly name: string
  readonly ours: string
  readonly bare?: string
  readonly ratio?: string
  readonly goal?: { readonly text: string; readonly met: boolean }
  /** What was measured, on what. */
  readonly note: string
}

/** A bench is a program: its figures go to its parent as one line of JSON each, or to whoever runs it by hand. */
export function report(figures: readonly Figure[]): void {
  for (const figure of figures) process.stdout.write(`${JSON.stringify(figure)}\n`)
}

type Work = () => unknown

const standard = { warmUp: 2, runs: 9 }

/**
 * Runs both works in turn, so that a busy minute of the machine slows both. Garbage of one is collected before the other begins.
 * A work may be asynchronous; `before` is not timed.
 */
export async function compare(
  ours: Work,
  bare: Work,
  options: { readonly warmUp?: number; readonly runs?: number; readonly before?: () => void } = {},
): Promise<Compared> {
  const { warmUp, runs, before } = { ...standard, ...options }
  const taken: { readonly ours: number[]; readonly bare: number[] } = { ours: [], bare: [] }
  for (let run = 0; run < warmUp + runs; run++) {
    const [a, b] = [await timed(ours, before), await timed(bare, before)]
    if (run < warmUp) continue
    taken.ours.push(a)
    taken.bare.push(b)
  }
  const [own, other] = [measuredOf(taken.ours), measuredOf(taken.bare)]
  return { ours: own, bare: other, ratio: own.median / other.median }
}

/** Milliseconds that one run takes, after the garbage of what went before is collected. */
export async function timed(work: Work, before?: () => void): Promise<number> {
  before?.()
  collectGarbage()
  const began = performance.now()
  await work()
  return performance.now() - began
}

export function measuredOf(times: readonly number[]): Measured {
  return { median: quantile(times, 0.5), min: Math.min(...times), max: Math.max(...times), runs: times.length }
}

/** The smallest of the values that at least that share of them does not exceed. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? Number.NaN
}

export function collectGarbage(): void {
  if (globalThis.gc === undefined) throw new Error('Run the bench with node --expose-gc, or all by npm run bench.')
  globalThis.gc()
}

/** `12.3 ms (11.9–14.0)` */
export function inMs({ median, min, max }: Measured): string {
  return `${digits(median)} ms (${digits(min)}–${digits(max)})`
}

/** `12,345/s (11,900–12,600)`: how many of `count` things a second. */
export function perSecond(count: number, { median, min, max }: Measured): string {
  const rate = (ms: number) => Math.round((count / ms) * 1000).toLocaleString('en')
  return `${rate(median)}/s (${rate(max)}–${rate(min)})`
}

export function inMB(bytes: number): string {
  return `${digits(bytes / 1e6)} MB`
}

/** Three digits that say something. */
export function digits(value: number): string {
  return value >= 100 ? Math.round(value).toLocaleString('en') : value.toPrecision(3)
}
