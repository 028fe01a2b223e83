import type { Platform } from '../../src/delivery/platform.ts'
import type { NamespaceName, Store } from '../../src/store/store.ts'

/** The process ends here: nothing after it happens. */
export class Stop extends Error {
  constructor(effect: string) {
    super(`the process ended at ${effect}`)
    this.name = 'Stop'
  }
}

/**
 * `stop`: the process ends before or after the effect, whose answer nobody gets. `reject`: that one effect fails, without
 * having happened or though it has happened.
 */
export interface Interruption {
  readonly kind: 'stop' | 'reject'
  readonly when: 'before' | 'after'
  /** Which effect, from 1. */
  readonly at: number
  /** What a rejection says; without it that the disk is full. */
  readonly error?: Error
}

/** Counts what a process does to the world, and interrupts it at one effect. One meter a process. */
export class Meter {
  /** What was done, in order; the place in it is the effect's number less one. */
  readonly effects: string[] = []
  readonly #interruption: Interruption | undefined
  #stopped: Stop | undefined

  constructor(interruption?: Interruption) {
    this.#interruption = interruption
  }

  get stopped(): boolean {
    return this.#stopped !== undefined
  }

  /** The process ends now. */
  stop(): void {
    this.#stopped = new Stop('a moment of its own')
  }

  async effect<T>(name: string, run: () => Promise<T>): Promise<T> {
    if (this.#stopped !== undefined) throw this.#stopped
    this.effects.push(name)
    const hit = this.#interruption?.at === this.effects.length ? this.#interruption : undefined
    if (hit?.when === 'before') throw this.#interrupt(hit, name)
    const result = await run()
    if (hit?.when === 'after') throw this.#interrupt(hit, name)
    // What was under way when the process ended has happened, but its answer came too late.
    if (this.#stopped !== undefined) throw this.#stopped
    return result
  }

  /** A read is no effect, but a process that has ended does not read. */
  async read<T>(run: () => Promise<T>): Promise<T> {
    if (this.#stopped !== undefined) throw this.#stopped
    return run()
  }

  #interrupt({ kind, when, error }: Interruption, name: string): Error {
    if (kind === 'reject') return error ?? new Error(`the disk is full (${when} ${name})`)
    this.#stopped = new Stop(name)
    return this.#stopped
  }
}

/** Counts each commit and set; with `reads`, each read too. */
export function countedStore(store: Store, meter: Meter, options: { readonly reads?: boolean } = {}): Store {
  const effects = ['set', 'commit', ...(options.reads ? ['get', 'getMany', 'scan'] : [])]
  const counted = counting(store, 'store', effects, meter)
  return new Proxy(counted, {
    get(target, name) {
      const value: unknown = Reflect.get(target, name)
      return isNamespace(value) ? counting(value, value.name, effects, meter) : value
    },
  })
}

/** Counts each request to post, find, recall and edit. */
export function countedPlatform(platform: Platform, meter: Meter): Platform {
  return counting(platform, platform.name, ['post', 'find', 'recall', 'edit'], meter)
}

/** The same object, whose methods named in `effects` are counted and whose other methods end with the process. */
export function counting<T extends object>(target: T, label: string, effects: readonly string[], meter: Meter): T {
  return new Proxy(target, {
    get(inner, name) {
      const value: unknown = Reflect.get(inner, name)
      if (typeof value !== 'function') return value
      return (...args: unknown[]): Promise<unknown> => {
        const run = async (): Promise<unknown> => Reflect.apply(value, inner, args)
        return effects.includes(String(name)) ? meter.effect(`${label}.${String(name)}`, run) : meter.read(run)
      }
    },
  })
}

function isNamespace(value: unknown): value is { readonly name: NamespaceName } {
  return typeof value === 'object' && value !== null && 'get' in value && 'getMany' in value && 'set' in value
}
