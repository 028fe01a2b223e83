import type { Clock } from './clock.ts'

/** An answer that many want and that costs something: asked for once in a while, and again once it is forgotten. */
export interface Recent<T> {
  get(): Promise<T>
  forget(): void
}

/** At most `maxAgeMs` old. What fails is not kept. */
export function recent<T>(clock: Pick<Clock, 'now'>, maxAgeMs: number, ask: () => Promise<T>): Recent<T> {
  let kept: { readonly answer: Promise<T>; readonly at: number } | undefined
  return {
    get() {
      const now = clock.now()
      if (kept !== undefined && now - kept.at >= 0 && now - kept.at < maxAgeMs) return kept.answer
      const fresh = { answer: ask(), at: now }
      kept = fresh
      fresh.answer.catch(() => {
        if (kept === fresh) kept = undefined
      })
      return fresh.answer
    },
    forget() {
      kept = undefined
    },
  }
}
