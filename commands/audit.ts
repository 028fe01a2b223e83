import { isoAt } from '../src/clock.ts'
import { takeBack } from '../src/digest/corrections.ts'
import { takeApart } from '../src/following/joining.ts'
import { type Moved, moveChannel } from '../src/following/move.ts'
import { muteSubscriptions, reviveSilenced } from '../src/following/mute.ts'
import { removeSubscriptions, restoreSubscriptions } from '../src/following/subscriptions.ts'
import type { ChannelId } from '../src/message/channel.ts'
import type { Button } from '../src/message/message.ts'
import type { Reply } from '../src/message/reply.ts'
import { ulid } from '../src/random.ts'
import { tenantKey } from '../src/store/keys.ts'
import type { AuditEntry, Correction, Joining, SubscriptionRecord } from '../src/store/records.ts'
import { type Operation, put, putIf } from '../src/store/store.ts'
import type { ActionHandler, Context } from './command.ts'
import { tell } from './replies.ts'
import { count } from './words.ts'

/** How long anyone may take back what they just did. */
export const UNDO_MS = 10 * 60_000

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
  return undoButton(key)
}

/** For a word on a paper: what writes down who gave it, in its own commit, and the button that takes it back. */
export function correctionAudit(context: Context): {
  readonly operations: (correction: Correction, name: string) => readonly Operation[]
  readonly button: Button
} {
  const { store, clock, scope, actor, channel } = context
  const now = clock.now()
  const key = ulid(now, context.random)
  return {
    operations(correction, name) {
      const what = `${correction.learnt.not.added.length > 0 ? 'not them' : 'it is them'}: ${correction.paper}, ${name}`
      const undo = { until: isoAt(now + UNDO_MS), action: 'correction', correction } as const
      const entry: AuditEntry = { at: isoAt(now), actor: actor.id, channel, what, undo }
      return [put(store.audit, tenantKey(scope.tenant, key), entry)]
    },
    button: undoButton(key),
  }
}

/** For muting and unmuting: what writes down who did it, in its own commit, and the button that takes it back. */
export function muteAudit(
  context: Context,
  what: string,
): { readonly operations: (before: readonly SubscriptionRecord[]) => readonly Operation[]; readonly button: Button } {
  const { store, clock, scope, actor, channel } = context
  const now = clock.now()
  const key = ulid(now, context.random)
  return {
    operations(subscriptions) {
      const undo = { until: isoAt(now + UNDO_MS), action: 'mute', since: isoAt(now), subscriptions } as const
      return [put(store.audit, tenantKey(scope.tenant, key), { at: isoAt(now), actor: actor.id, channel, what, undo })]
    },
    button: undoButton(key),
  }
}

/** For a move: what writes down who moved what where, and the button that takes it back, where nothing was mixed up. */
export function moveAudit(
  context: Context,
  to: ChannelId,
): { readonly operations: (moved: Moved) => readonly Operation[]; readonly button: Button } {
  const { store, clock, scope, actor, channel } = context
  const now = clock.now()
  const key = ulid(now, context.random)
  return {
    operations({ subscriptions, reversible }) {
      const what = `moved ${count(subscriptions, 'subscription')} to ${to}`
      const entry: AuditEntry = { at: isoAt(now), actor: actor.id, channel, what }
      const undo = { until: isoAt(now + UNDO_MS), action: 'move', to } as const
      return [put(store.audit, tenantKey(scope.tenant, key), reversible ? { ...entry, undo } : entry)]
    },
    button: undoButton(key),
  }
}

/** For two who are one: what writes down who said so, in its own commit, and the button that takes it back. */
export function joiningAudit(
  context: Context,
  what: string,
): { readonly operations: (joining: Joining) => readonly Operation[]; readonly button: Button } {
  const { store, clock, scope, actor, channel } = context
  const now = clock.now()
  const key = ulid(now, context.random)
  return {
    operations(joining) {
      const undo = { until: isoAt(now + UNDO_MS), action: 'also', joining } as const
      return [put(store.audit, tenantKey(scope.tenant, key), { at: isoAt(now), actor: actor.id, channel, what, undo })]
    },
    button: undoButton(key),
  }
}

function undoButton(key: string): Button {
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
    // Whoever presses twice undoes once.
    const claimed = await context.store.commit([putIf(context.store.audit, place, entry, rest)])
    if (claimed === 'conflict') return tell('warning', 'There is nothing to undo here.')
    const outcome = await takenBack(context, taken)
    await noted(context, `undid: ${entry.what}`)
    return tell('success', outcome)
  },
}

async function takenBack(context: Context, taken: NonNullable<AuditEntry['undo']>): Promise<string> {
  const { store, scope, channel } = context
  switch (taken.action) {
    case 'subscribe':
      await removeSubscriptions(
        store,
        scope,
        channel,
        taken.subscriptions.map((each) => each.id),
      )
      return `Undone: ${count(taken.subscriptions.length, 'subscription')} removed again.`
    case 'unsubscribe':
      await restoreSubscriptions(store, scope, taken.subscriptions)
      return `Undone: ${count(taken.subscriptions.length, 'subscription')} back.`
    case 'mute': {
      const ids = taken.subscriptions.map(({ id }) => id)
      const before = new Map(taken.subscriptions.map((record) => [record.id, record.muted]))
      await muteSubscriptions(store, scope, channel, ids, ({ id }) => before.get(id))
      await reviveSilenced(store, channel, ids, taken.since)
      return 'Undone: it is as it was before.'
    }
    case 'move': {
      await moveChannel({ store, random: context.random, now: context.clock.now() }, scope, taken.to, channel)
      return 'Undone: all is here again.'
    }
    case 'also':
      await takeApart(store, scope, taken.joining)
      return 'Undone: they are apart again.'
    case 'correction':
      return (await takeBack(context, scope, channel, taken.correction)) === 'as-before'
        ? 'Undone: all is as it was before.'
        : 'Undone for what comes; the paper itself has gone into a digest meanwhile.'
  }
}
