import { z } from 'zod'
import { isoAt } from '../clock.ts'
import type { ChannelId } from '../message/channel.ts'
import type { DigestItem } from '../store/records.ts'
import type { Operation, Store } from '../store/store.ts'
import { putIf } from '../store/store.ts'

/** What is to be done with papers that came in a burst: post as many as the cap lets in, only list them, or drop them. */
export type BurstWord = 'capped' | 'listed' | 'drop'

/** So many papers at once for one digest are held, and somebody is asked. */
export const BURST = 100
/** Without an answer they are posted, capped, after this. */
const PATIENCE_MS = 24 * 3_600_000
/** Who has let a burst through expects the like of it for so long. */
const EXPECTED_MS = 30 * 24 * 3_600_000

const burstSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('asked'), at: z.string(), papers: z.number(), told: z.boolean() }),
  z.object({
    kind: z.literal('answered'),
    at: z.string(),
    papers: z.number(),
    word: z.enum(['capped', 'listed', 'drop']),
    by: z.string(),
  }),
  /** The last one that went through. */
  z.object({ kind: z.literal('over'), at: z.string(), papers: z.number() }),
])
export type Burst = z.output<typeof burstSchema>

export type Verdict =
  | { readonly kind: 'free' }
  | { readonly kind: 'ask' }
  | { readonly kind: 'held' }
  | { readonly kind: 'release'; readonly word: BurstWord; readonly by?: string }

/** What the channel's last burst has come to; undefined when it never had one. Rejects when the store does. */
export async function burstOf(store: Store, channel: ChannelId): Promise<Burst | undefined> {
  return burstSchema.safeParse(await store.meta.get(burstKey(channel))).data
}

/** Papers that count: how much a category brings is known to whoever follows it. */
export function countOfBurst(items: readonly DigestItem[]): number {
  return items.filter(({ reasons }) => reasons.some((reason) => reason.kind !== 'category')).length
}

/** What a digest of so many papers may do at `now` (epoch ms). */
export function judgeBurst(burst: Burst | undefined, papers: number, now: number): Verdict {
  if (papers < BURST) return { kind: 'free' }
  switch (burst?.kind) {
    case 'asked':
      return now - Date.parse(burst.at) >= PATIENCE_MS ? { kind: 'release', word: 'capped' } : { kind: 'held' }
    case 'answered':
      return { kind: 'release', word: burst.word, by: burst.by }
    case 'over':
      return papers <= burst.papers * 2 && now - Date.parse(burst.at) < EXPECTED_MS ? { kind: 'free' } : { kind: 'ask' }
    case undefined:
      return { kind: 'ask' }
  }
}

/** Writes down how a burst stands; a conflict when that changed meanwhile. */
export function burstOperation(store: Store, channel: ChannelId, before: Burst | undefined, after: Burst): Operation {
  return putIf(store.meta, burstKey(channel), before, after)
}

/** Somebody's word on the papers that are held; `none` when none are. */
export async function answerBurst(
  store: Store,
  channel: ChannelId,
  answer: { readonly word: BurstWord; readonly by: string; readonly now: number },
  also: readonly Operation[] = [],
): Promise<{ readonly kind: 'answered'; readonly papers: number } | { readonly kind: 'none' }> {
  const burst = await burstOf(store, channel)
  if (burst?.kind !== 'asked') return { kind: 'none' }
  const { papers } = burst
  const after: Burst = { kind: 'answered', at: isoAt(answer.now), papers, word: answer.word, by: answer.by }
  const outcome = await store.commit([burstOperation(store, channel, burst, after), ...also])
  return outcome === 'committed' ? { kind: 'answered', papers } : { kind: 'none' }
}

/** When papers that are held are posted without an answer, ISO 8601, UTC. */
export function burstEnd({ at }: Burst): string {
  return isoAt(Date.parse(at) + PATIENCE_MS)
}

/** Tells of each burst that nobody was told of yet; one whose telling fails is told of by the next round. */
export async function tellOfBursts(
  store: Store,
  channels: readonly ChannelId[],
  tell: (channel: ChannelId, papers: number) => Promise<void>,
): Promise<void> {
  for (const channel of channels) {
    const burst = await burstOf(store, channel)
    if (burst?.kind !== 'asked' || burst.told) continue
    await tell(channel, burst.papers)
    await store.commit([burstOperation(store, channel, burst, { ...burst, told: true })])
  }
}

function burstKey(channel: ChannelId) {
  return ['burst', channel]
}
