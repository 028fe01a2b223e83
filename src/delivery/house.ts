import type { Clock } from '../clock.ts'
import type { Log } from '../log.ts'
import type { ChannelId } from '../message/channel.ts'
import type { Message } from '../message/message.ts'
import type { Random } from '../random.ts'
import type { Manner, PartRecord, RefusedUntil, SentContent } from '../store/records.ts'
import type { Store } from '../store/store.ts'
import type { Platform } from './platform.ts'

/** What the courier is handed by the composition root. */
export interface CourierHouse {
  readonly store: Store
  readonly clock: Clock
  readonly random: Random
  readonly log: Log
  platforms(channel: ChannelId): Platform | undefined
  /** Renders a part from the catalogue as it is now. */
  compose(part: PartRecord, manner: Manner): Promise<Composed>
  /** How long a request of unknown outcome may still land, in milliseconds. */
  readonly settleMs: number
  tellAdmin(event: AdminEvent): Promise<void>
}

/** A part as it is to be posted now; `hash` covers what a reader sees. */
export interface Composed extends Omit<SentContent, 'parent'> {
  readonly message: Message
}

/** Told once for each part that is parked, and again only when the telling itself failed. */
export interface AdminEvent {
  readonly kind: 'part-parked'
  readonly part: PartRecord
  readonly why: 'unknown' | 'refused'
  readonly reason: string
  readonly until: RefusedUntil | 'answered'
  /** When it is tried again without an answer. */
  readonly retryAt?: string
}

/** What went wrong, in the error's own words. */
export function causeOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
