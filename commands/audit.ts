import { isoAt } from '../src/clock.ts'
import { removeSubscriptions, restoreSubscriptions } from '../src/following/subscriptions.ts'
import type { Button } from '../src/message/message.ts'
import type { Reply } from '../src/message/reply.ts'
import { ulid } from '../src/random.ts'
import { tenantKey } from '../src/store/keys.ts'
import type { AuditEntry, SubscriptionRecord } from '../src/store/records.ts'
import type { ActionHandler, Context } from './command.ts'
import { tell } from './replies.ts'
import { count } from './words.ts'

/** How long anyone may take back what they just did. */
const UNDO_MS = 10 * 60_000

type Undoable = 'subscribe' | 'unsubscribe'

/** Writes down who did what, and gives the button that takes it back. */
export async function audited(
  context: Context,
  what: string,
  action: Undoable,
  subscriptions: readonly SubscriptionRecord[],
): Promise<Button> {
  const now = context.clock.now()
  const key = ulid(now, context.random)
  const entry: AuditEntry = {
    at: isoAt(now),
    actor: context.actor.id,
    channel: context.channel,
    what,
    undo: { until: isoAt(now + UNDO_MS), action, subscriptions },
  }
  await context.store.audit.set(tenantKey(context.scope.tenant, key), entry)
  return { label: 'Undo', action: { name: 'undo', args: [key] }, once: { used: 'Undone', forMs: UNDO_MS } }
}

/** Writes down who did what, where there is no way back but doing it again. */
export async function noted(context: Context, what: string): Promise<void> {
  const now = context.clock.now()
  const entry: AuditEntry = { at: isoAt(now), actor: context.actor.id, channel: context.channel, what }
  await context.store.audit.set(tenantKey(context.scope.tenant, ulid(now, context.random)), entry)
}

export const undo: ActionHandler = {
  rank: 'member',
  async run(context, [key = '']): Promise<Reply> {
    const place = tenantKey(context.scope.tenant, key)
    const entry = await context.store.audit.get(place)
    if (entry?.undo === undefined || entry.channel !== context.channel)
      return tell('warning', 'There is nothing to undo here.')
    if (entry.actor !== context.actor.id && context.actor.rank === 'member')
      return tell('warning', 'Only who did it, or a manager, can undo it.')
    if (context.clock.now() > Date.parse(entry.undo.until))
      return tell('warning', 'The ten minutes for undo are over.', '/papers subscriptions lists what is followed.')
    const { undo: taken, ...rest } = entry
    await context.store.audit.set(place, rest)
    const { action, subscriptions } = taken
    if (action === 'subscribe')
      await removeSubscriptions(
        context.store,
        context.scope,
        context.channel,
        subscriptions.map((each) => each.id),
      )
    else await restoreSubscriptions(context.store, context.scope, subscriptions)
    await noted(context, `undid: ${entry.what}`)
    return tell(
      'success',
      action === 'subscribe'
        ? `Undone: ${count(subscriptions.length, 'subscription')} removed again.`
        : `Undone: ${count(subscriptions.length, 'subscription')} back.`,
    )
  },
}
