import type { ChannelId } from '../../src/message/channel.ts'
import { isQuiet, type SlotRule, slotsOf } from './wall-slots.ts'

/** What a test knows of its channels by its own list; a backup takes a copy of it along. */
export interface Book {
  readonly rules: Map<ChannelId, SlotRule>
  /** Until when (epoch ms) digests are held. */
  readonly paused: Map<ChannelId, number>
  /** When a round of decisions was run to its end, the last time. */
  decidedAt: number
}

export function copyOf({ rules, paused, decidedAt }: Book): Book {
  return { rules: new Map(rules), paused: new Map(paused), decidedAt }
}

/** One decision of the program. */
export interface Decided {
  readonly channel: ChannelId
  /** Epoch ms. */
  readonly slot: number
  readonly decidedAt: number
  /** Since when the first of its papers waited, epoch ms; missing where that is not known. */
  readonly waited?: number
}

/** The slots of all that may be set, each reckoned once for the whole span (epoch ms). */
export class Almanac {
  readonly #from: number
  readonly #until: number

  constructor(from: number, until: number) {
    this.#from = from
    this.#until = until
  }

  /** The last slot by a moment, epoch ms. */
  last(rule: SlotRule, at: number): number | undefined {
    const slots = this.#of(rule)
    return slots[place(slots, at) - 1]
  }

  /** The next moment after one at which something that waits is due. */
  next(rule: SlotRule, after: number): number | undefined {
    if (rule.due !== undefined) {
      const slots = this.#of(rule)
      return slots[place(slots, after)]
    }
    for (let at = Math.floor(after / 60_000) * 60_000 + 60_000; at < after + 24 * 3_600_000; at += 60_000)
      if (!isQuiet(rule, at)) return at
    return undefined
  }

  /** What is wrong with when a digest came, before or after its time; undefined when nothing is. */
  wrongOf(book: Book, { channel, slot, decidedAt, waited }: Decided): string | undefined {
    const rule = book.rules.get(channel)
    if (rule === undefined) return `${channel} has a digest and is not ours`
    const say = (why: string) =>
      `${channel} (${rule.text}, ${rule.timezone}): a digest of ${iso(slot)}, decided ${iso(decidedAt)}, ${why}`
    if ((book.paused.get(channel) ?? 0) > decidedAt) return say('though it is paused')
    if (isQuiet(rule, decidedAt)) return say('in its quiet time')
    if (rule.due === undefined) return slot === decidedAt ? undefined : say('though it is not of that moment')
    const last = this.last(rule, decidedAt)
    if (slot !== last) return say(`where the slot would be ${last === undefined ? 'none' : iso(last)}`)
    if (waited !== undefined && waited > slot && book.decidedAt >= slot)
      return say(`though what it holds waits only since ${iso(waited)}`)
    return undefined
  }

  /** Whether what waits since a moment should have come by `now`, epoch ms. */
  isOverdue({ rules, paused }: Book, channel: ChannelId, since: number, now: number): boolean {
    const rule = rules.get(channel)
    if (rule === undefined || (paused.get(channel) ?? 0) > now || isQuiet(rule, now)) return false
    return rule.due === undefined || since < (this.last(rule, now) ?? since)
  }

  #of(rule: SlotRule): readonly number[] {
    const name = `${rule.text} ${rule.timezone} ${JSON.stringify(rule.quiet)} ${this.#from} ${this.#until}`
    const slots = reckoned.get(name) ?? slotsOf(rule, this.#from, this.#until)
    reckoned.set(name, slots)
    return slots
  }
}

/** What one year has reckoned holds for the next as well. */
const reckoned = new Map<string, readonly number[]>()

/** How many of the sorted numbers are not after `at`. */
function place(sorted: readonly number[], at: number): number {
  let [low, high] = [0, sorted.length]
  while (low < high) {
    const middle = Math.floor((low + high) / 2)
    if ((sorted[middle] ?? 0) <= at) low = middle + 1
    else high = middle
  }
  return low
}

function iso(at: number): string {
  return new Date(at).toISOString()
}
