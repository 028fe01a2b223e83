import { buildFollowIndex } from '../following/follow-index.ts'
import { matchPaper } from '../following/matcher.ts'
import { type NearMiss, nearMisses } from '../following/near-miss.ts'
import { listSubscriptions } from '../following/subscriptions.ts'
import type { ChannelId } from '../message/channel.ts'
import type { Paper, PaperId } from '../papers/paper.ts'
import { digestKey, matchedKey, seenKey } from '../store/keys.ts'
import type { LedgerStep, Reason, Receipt, Seen } from '../store/records.ts'
import type { Scope } from '../store/scope.ts'
import type { Store } from '../store/store.ts'
import { entriesOf } from '../store/store.ts'
import { digestPlace } from './digest-id.ts'

export type LedgerState = 'pending' | 'queued' | 'posted' | 'parked' | 'refused' | 'muted'

/** What became of a paper in a channel, and how. */
export interface PaperLedger {
  readonly state: LedgerState
  readonly seen: Seen
  /** Oldest first. */
  readonly steps: readonly LedgerStep[]
}

/** The ledger's line as other programs read it. */
export interface LedgerLine {
  readonly channel: ChannelId
  readonly paper: PaperId
  readonly version?: number
  readonly state: LedgerState
  /** What is followed, for people. */
  readonly follows: readonly string[]
  readonly digest?: string
  readonly part?: number
  readonly receipt?: Receipt
  readonly steps: readonly LedgerStep[]
}

/** What a channel and a paper have to do with each other; undefined when nothing. */
export async function ledgerOf(store: Store, channel: ChannelId, paper: PaperId): Promise<PaperLedger | undefined> {
  const seen = await store.seen.get(seenKey(channel, paper))
  if (seen === undefined) return undefined
  const steps: LedgerStep[] = []
  for await (const { value } of entriesOf(store, store.ledger, [channel, paper])) steps.push(value)
  return { state: await stateOf(store, seen), seen, steps }
}

/** A line for each paper that has to do with a channel, by channel and paper; of all of them unless one is named. */
export async function* ledgerLines(
  store: Store,
  only: { readonly channel?: ChannelId; readonly paper?: PaperId } = {},
): AsyncGenerator<LedgerLine> {
  const prefix = only.channel === undefined ? [] : [only.channel, ...(only.paper === undefined ? [] : [only.paper])]
  for await (const { key } of entriesOf(store, store.seen, prefix)) {
    const [channel, paper] = key as readonly [ChannelId, PaperId]
    if (only.paper !== undefined && paper !== only.paper) continue
    const ledger = await ledgerOf(store, channel, paper)
    if (ledger !== undefined) yield lineOf(channel, paper, ledger)
  }
}

/** Why a channel got a paper, or did not. */
export type Explanation =
  /** It has to do with the channel. */
  | (PaperLedger & { readonly kind: 'known' })
  /** Something follows it here, but it was announced before that, or not at all yet. `behind`: changes wait to be matched. */
  | { readonly kind: 'not-news'; readonly reasons: readonly Reason[]; readonly behind: boolean }
  /** Nothing that is followed here concerns it. */
  | { readonly kind: 'not-followed'; readonly behind: boolean; readonly near: readonly NearMiss[] }

/** Explains one paper to one channel, from the ledger or, where that is silent, by trying what the channel follows. Throws for a channel of another tenant. */
export async function explainPaper(
  house: { readonly store: Store; readonly catalog: { readonly id: string; lastSeq(): Promise<number> } },
  scope: Scope,
  channel: ChannelId,
  paper: Paper,
): Promise<Explanation> {
  const { store, catalog } = house
  const listed = await listSubscriptions(store, scope, channel)
  for (const id of [paper.id, ...paper.aliases]) {
    const ledger = await ledgerOf(store, channel, id)
    if (ledger !== undefined) return { kind: 'known', ...ledger }
  }
  const followed = listed.map(({ record, follows }) => ({
    id: record.id,
    channel,
    follows,
    narrowing: record.narrowing,
  }))
  const index = buildFollowIndex(followed)
  const reasons = matchPaper(paper, index).map((match) => match.reason)
  const matched = await store.matched.get(matchedKey)
  const behind = (matched?.catalogId === catalog.id ? matched.seq : 0) < (await catalog.lastSeq())
  if (reasons.length > 0) return { kind: 'not-news', reasons, behind }
  return { kind: 'not-followed', behind, near: nearMisses(paper, followed) }
}

function lineOf(channel: ChannelId, paper: PaperId, { seen, state, steps }: PaperLedger): LedgerLine {
  return {
    channel,
    paper,
    ...('version' in seen && seen.version !== undefined ? { version: seen.version } : {}),
    state,
    follows: [...new Set(seen.reasons.map((reason) => reason.label))],
    ...('digest' in seen && seen.digest !== undefined ? { digest: seen.digest } : {}),
    ...('part' in seen && seen.part !== undefined ? { part: seen.part } : {}),
    ...('receipt' in seen ? { receipt: seen.receipt } : {}),
    steps,
  }
}

/** A listed paper counts as delivered once its digest's first message, from which it is reached, is posted. */
async function stateOf(store: Store, seen: Seen): Promise<LedgerState> {
  switch (seen.state) {
    case 'digested':
      return 'queued'
    case 'listed':
      return (await firstIsPosted(store, seen.digest)) ? 'posted' : 'queued'
    case 'asked':
    case 'baseline':
      return 'muted'
    default:
      return seen.state
  }
}

async function firstIsPosted(store: Store, digest: string): Promise<boolean> {
  const place = digestPlace(digest)
  if (place === undefined) return false
  const [first] = await store.scan(store.parts, digestKey(place), { limit: 1 })
  // Parts are kept for ninety days: what is gone was posted or given up long ago.
  return first === undefined || first.value.state.kind === 'posted'
}
