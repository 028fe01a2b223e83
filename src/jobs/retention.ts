import { z } from 'zod'
import type { Clock } from '../clock.ts'
import { isoAt } from '../clock.ts'
import type { Log } from '../log.ts'
import type { LedgerStep, Seen } from '../store/records.ts'
import { forgetRestored } from '../store/restored.ts'
import type { Entry, Key, Namespace, Operation, Store } from '../store/store.ts'
import { put, putIf, remove } from '../store/store.ts'
import { forgetDeparted } from './departures.ts'

/** Rows of a namespace that one day's tidying reads: the whole is gone through in some days, whatever its size. */
const AT_ONCE = 20_000
const PAGE = 500

const DAY = 24 * 3_600_000
const YEAR_DAYS = 365
/** As long as digests and parts are kept. */
const DIGEST_DAYS = 90

/** A day's share of making small what is kept for long, and of forgetting what need not be kept. Rejects when the store does. */
export async function retain({ store, clock, log }: { store: Store; clock: Clock; log: Log }): Promise<void> {
  const daysAgo = (days: number) => isoAt(clock.now() - days * DAY)
  const slimmed = await slimSeen(store, daysAgo(DIGEST_DAYS))
  const steps = await compactLedger(store, daysAgo(YEAR_DAYS))
  const audit = await forgetAudit(store, daysAgo(YEAR_DAYS))
  await forgetRecalls(store, daysAgo(DIGEST_DAYS))
  await forgetDeparted({ store, clock, log })
  log({ event: 'retained', slimmed, steps, audit })
}

/**
 * Makes the ledger of a paper one step, once its last one is older than `before` (ISO): what became of it, with what it was
 * matched by. Answers how many steps went. Rejects when the store does.
 */
export async function compactLedger(store: Store, before: string): Promise<number> {
  let gone = 0
  let group: Entry<LedgerStep>[] = []
  const close = async (): Promise<void> => {
    const operations = compacted(store, group, before)
    if (operations.length > 0 && (await store.commit(operations)) === 'committed') gone += group.length - 1
    group = []
  }
  await goOn(store, store.ledger, async (entry) => {
    const [first] = group
    if (first !== undefined && (first.key[0] !== entry.key[0] || first.key[1] !== entry.key[1])) await close()
    group.push(entry)
  })
  await close()
  return gone
}

/**
 * What was posted or listed before a moment (ISO) is kept without its reasons, which the ledger has in a line, and without the
 * place in a digest that is kept no more: seen it stays for ever. Answers how many became smaller. Rejects when the store does.
 */
export async function slimSeen(store: Store, before: string): Promise<number> {
  let slimmed = 0
  await goOn(store, store.seen, async ({ key, value }) => {
    const after = value.at < before ? slim(value) : undefined
    if (after !== undefined && (await store.commit([putIf(store.seen, key, value, after)])) === 'committed') slimmed++
  })
  return slimmed
}

/** Forgets who did what before a moment (ISO). Rejects when the store does. */
export async function forgetAudit(store: Store, before: string): Promise<number> {
  let gone = 0
  await goOn(store, store.audit, async ({ key, value }) => {
    if (value.at >= before) return
    await store.commit([remove(store.audit, key)])
    gone++
  })
  return gone
}

/** Forgets that a channel was recalled, once nothing of that time can be decided any more. Rejects when the store does. */
export async function forgetRecalls(store: Store, before: string): Promise<void> {
  await goOn(store, store.recalls, async ({ key, value }) => {
    if (value.done !== undefined && value.done.at < before) await store.commit([remove(store.recalls, key)])
  })
  await forgetRestored(store, before)
}

function slim(seen: Seen): Seen | undefined {
  if (seen.state === 'posted') {
    const { digest, part, reasons, hash, ...kept } = seen
    if (digest === undefined && part === undefined && reasons.length === 0 && hash === '') return undefined
    return { ...kept, hash: '', reasons: [] }
  }
  if (seen.state !== 'listed' || seen.reasons.length === 0) return undefined
  return { ...seen, reasons: [] }
}

function compacted(store: Store, group: readonly Entry<LedgerStep>[], before: string): readonly Operation[] {
  const last = group.at(-1)
  if (last === undefined || group.length < 2 || last.value.at >= before) return []
  const kept = group.findLast(({ value }) => value.what !== 'edited') ?? last
  const matched = group.find(({ value }) => value.what === 'matched' || value.what === 'confirmed')
  const details = matched === kept ? [kept] : [matched, kept]
  const detail = details.flatMap((entry) => entry?.value.detail ?? []).join(' · ')
  const { at, what } = kept.value
  return [
    ...group.filter((entry) => entry !== kept).map(({ key }) => remove(store.ledger, key)),
    // In the place of the last, so that what is written meanwhile comes after it.
    putIf(store.ledger, kept.key, kept.value, { at, what, ...(detail === '' ? {} : { detail }) }),
  ]
}

/** Goes through a namespace from where the last run stopped, and keeps where this one does. */
async function goOn<T>(
  store: Store,
  namespace: Namespace<T>,
  visit: (entry: Entry<T>) => Promise<void>,
): Promise<void> {
  const place = ['tidied', namespace.name]
  let after: Key | undefined = cursorSchema.safeParse(await store.meta.get(place)).data
  for (let read = 0; read < AT_ONCE; read += PAGE) {
    const entries = await store.scan(namespace, [], { limit: PAGE, ...(after === undefined ? {} : { after }) })
    for (const entry of entries) await visit(entry)
    after = entries.length < PAGE ? undefined : entries.at(-1)?.key
    if (after === undefined) break
  }
  await store.commit([after === undefined ? remove(store.meta, place) : put(store.meta, place, [...after])])
}

const cursorSchema = z.array(z.string())
