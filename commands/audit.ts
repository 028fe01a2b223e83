import { isoAt } from '../src/clock.ts'
import { takeBack } from '../src/digest/corrections.ts'
import { putTogether } from '../src/digest/splitting.ts'
import { takeApart } from '../src/following/joining.ts'
import { moveChannel } from '../src/following/move.ts'
import { muteSubscriptions, reviveSilenced } from '../src/following/mute.ts'
import { removeSubscriptions, restoreSubscriptions } from '../src/following/subscriptions.ts'
import type { Button } from '../src/message/message.ts'
import type { Reply } from '../src/message/reply.ts'
import { ulid } from '../src/random.ts'
import { tenantKey } from '../src/store/keys.ts'
import type { AuditEntry, Undo } from '../src/store/records.ts'
import { type Operation, put, putIf } from '../src/store/store.ts'
import type { ActionHandler, Context } from './command.ts'
import { tell } from './replies.ts'
import { count } from './words.ts'

/** How long anyone may take back what they just did. */
export const UNDO_MS = 10 * 60_000

/** One deed's line in the audit, to be written in the deed's own commit, and the button that takes the deed back. */
export interface Deed {
  /** `undo` is what takes it back, for ten minutes; without it there is no way back but doing it again. */
  written(what: string, undo?: Undo): Operation
  readonly button: Button
}

export function deedOf({ store, clock, random, scope, actor, channel }: Context): Deed {
  const now = clock.now()
  const key = ulid(now, random)
  return {
    written(what, undo) {
      const entry: AuditEntry = { at: isoAt(now), actor: actor.id, channel, what }
      const until = isoAt(now + UNDO_MS)
      return put(
        store.audit,
        tenantKey(scope.tenant, key),
        undo === undefined ? entry : { ...entry, undo: { until, ...undo } },
      )
    },
    button: { label: 'Undo', action: { name: 'undo', args: [key] }, once: { used: 'Undone', forMs: UNDO_MS } },
  }
}

/** Writes down who did what, and gives the button that takes it back. */
export async function audited(context: Context, what: string, undo: Undo): Promise<Button> {
  const deed = deedOf(context)
  await context.store.commit([deed.written(what, undo)])
  return deed.button
}

/** Writes down who did what, where there is no way back but doing it again. */
export async function noted(context: Context, what: string): Promise<void> {
  await context.store.commit([deedOf(context).written(what)])
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

async function takenBack(context: Context, taken: Undo): Promise<string> {
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
    case 'split':
      await putTogether(context, scope, channel, taken.splitting)
      return 'Undone: the papers count as theirs again, as before.'
    case 'correction':
      return (await takeBack(context, scope, channel, taken.correction)) === 'as-before'
        ? 'Undone: all is as it was before.'
        : 'Undone for what comes; the paper itself has gone into a digest meanwhile.'
  }
}
