import { z } from 'zod'
import type { Clock } from '../clock.ts'
import { isoAt } from '../clock.ts'
import type { Log } from '../log.ts'
import type { TenantId } from '../message/channel.ts'
import { channelParts } from '../message/channel.ts'
import { forgetTenant } from '../store/forget.ts'
import type { Store } from '../store/store.ts'
import { entriesOf, put, remove } from '../store/store.ts'

/** How long a tenant's data are kept once it has removed us. */
export const KEPT_AFTER_MS = 30 * 24 * 3_600_000

const GONE = 'gone'

/** A tenant has removed us: its tokens go at once, and its data after 30 days, unless it comes back. Rejects when the store does. */
export async function tenantLeft({ store, clock }: { store: Store; clock: Clock }, tenant: TenantId): Promise<void> {
  const key = [GONE, tenant]
  const since = isoAt(clock.now())
  const first = goneSchema.safeParse(await store.meta.get(key)).data ?? { since }
  await store.commit([put(store.meta, key, first), remove(store.installations, [tenant])])
}

/** Something was heard of a tenant: it is not gone, and keeps everything. Rejects when the store does. */
export async function tenantIsHere(store: Store, tenant: TenantId): Promise<void> {
  const key = [GONE, tenant]
  if ((await store.meta.get(key)) !== undefined) await store.commit([remove(store.meta, key)])
}

/** Deletes the data of tenants that removed us 30 days ago and where nothing was posted since. Rejects when the store does. */
export async function forgetDeparted({ store, clock, log }: { store: Store; clock: Clock; log: Log }): Promise<void> {
  let forgotten = 0
  for await (const { key, value } of entriesOf(store, store.meta, [GONE])) {
    const tenant = key[1] as TenantId
    const since = goneSchema.safeParse(value).data?.since
    if (since === undefined || clock.now() - Date.parse(since) < KEPT_AFTER_MS) continue
    if (await wasPostedTo(store, tenant, since)) {
      await tenantIsHere(store, tenant)
      continue
    }
    await forgetTenant(store, tenant)
    await store.commit([remove(store.meta, key)])
    log({ event: 'tenant.forgotten', tenant })
    forgotten++
  }
  if (forgotten > 0) await store.purge()
}

/** Whoever takes our messages has not removed us, whatever we were told. */
async function wasPostedTo(store: Store, tenant: TenantId, since: string): Promise<boolean> {
  for await (const { value } of entriesOf(store, store.parts, [])) {
    if (channelParts(value.channel).tenant !== tenant) continue
    if (value.state.kind === 'posted' && value.state.postedAt > since) return true
  }
  return false
}

const goneSchema = z.object({ since: z.iso.datetime() })
