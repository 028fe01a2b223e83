import { isoAt } from '../src/clock.ts'
import { dayForPeople } from '../src/digest/paper-view.ts'
import { settingsOf } from '../src/digest/settings.ts'
import { parseUntil } from '../src/digest/until.ts'
import { isMuted, muteSubscriptions } from '../src/following/mute.ts'
import type { ListedSubscription } from '../src/following/subscription.ts'
import { followsLabel } from '../src/following/subscriptions.ts'
import type { Reply } from '../src/message/reply.ts'
import type { SubscriptionRecord } from '../src/store/records.ts'
import { deedOf } from './audit.ts'
import { type Context, defineCommand } from './command.ts'
import { notFollowed, privately, tell } from './replies.ts'
import { timeFor } from './standing.ts'
import { listedAs } from './unsubscribe.ts'

export const mute = defineCommand({
  name: 'mute',
  summary: 'Keep back what somebody followed here publishes, for a while or until unmute',
  examples: ['mute Ethan Perez', 'mute Ethan Perez for 2 weeks', 'mute cat:cs.CL until 2026-12-24'],
  rank: 'manager',
  options: [
    { name: 'until', summary: 'When it ends: for 2 weeks, until friday, until 2026-12-24', type: 'text', apart: true },
    {
      name: 'what',
      summary: 'Whom or what, as /papers subscriptions shows it',
      type: 'author',
      rest: true,
      required: true,
    },
  ],
  async run(context, { what, until }) {
    const { store, scope, channel, clock } = context
    const { timezone } = await settingsOf(store, scope.tenant, channel)
    const text = String(what)
    const typed = /^(?<name>.+?)\s+(?<end>(?:for|until)\s+.+)$/isu.exec(text)?.groups
    // Somebody may be called so; whoever is followed under the whole text is meant.
    const whole = await listedAs(context, text)
    const { name, end } = whole.length > 0 || typed === undefined ? { name: text, end: '' } : typed
    const listed = whole.length > 0 ? whole : await listedAs(context, name ?? text)
    const read = parseUntil(String(until ?? end ?? ''), clock.now(), timezone)
    if ('error' in read) return tell('warning', read.error, 'For example: /papers mute Ethan Perez for 2 weeks')
    if (listed.length === 0) return notFollowed(context.channel, `“${name ?? text}”`)
    const from = isoAt(clock.now())
    const muted = { by: context.actor.name, from, ...(read.until === undefined ? {} : { until: read.until }) }
    const when = read.until === undefined ? 'until someone unmutes it' : `until ${timeFor({ timezone }, read.until)}`
    return changed(context, listed, () => muted, {
      what: `muted ${labelOf(listed)} ${when}`,
      text: `${labelOf(listed)} is muted here ${when}.`,
      next: 'Papers that come for it alone are kept back and not made up for; /papers why names them.',
    })
  },
})

export const unmute = defineCommand({
  name: 'unmute',
  summary: 'Let what was muted here be posted again',
  examples: ['unmute Ethan Perez'],
  rank: 'manager',
  options: [
    {
      name: 'what',
      summary: 'Whom or what, as /papers subscriptions shows it',
      type: 'author',
      rest: true,
      required: true,
    },
  ],
  async run(context, { what }) {
    const listed = await listedAs(context, String(what))
    if (listed.length === 0) return notFollowed(context.channel, `“${String(what)}”`)
    const now = isoAt(context.clock.now())
    const silent = listed.filter(({ record }) => isMuted(record, now))
    if (silent.length === 0) return tell('info', `${labelOf(listed)} is not muted here.`)
    return changed(context, silent, ({ muted }) => muted && { ...muted, until: now }, {
      what: `unmuted ${labelOf(silent)}`,
      text: `${labelOf(silent)} is heard here again.`,
      next: 'What is announced from now on comes.',
    })
  },
})

/** @example 'muted until 24 Sep 2025', for a list; undefined for what is heard. */
export function mutedWords(record: SubscriptionRecord, now: string): string | undefined {
  if (!isMuted(record, now)) return undefined
  const until = record.muted?.until
  return until === undefined ? 'muted' : `muted until ${dayForPeople(until)}`
}

async function changed(
  context: Context,
  listed: readonly ListedSubscription[],
  muted: (record: SubscriptionRecord) => SubscriptionRecord['muted'],
  said: { readonly what: string; readonly text: string; readonly next: string },
): Promise<Reply> {
  const { store, scope, channel } = context
  const deed = deedOf(context)
  const since = isoAt(context.clock.now())
  const ids = listed.map(({ record }) => record.id)
  const before = await muteSubscriptions(store, scope, channel, ids, muted, (subscriptions) => [
    deed.written(said.what, { action: 'mute', since, subscriptions }),
  ])
  if (before.length === 0)
    return tell('warning', 'It is no longer followed here.', '/papers subscriptions lists what is.')
  return privately({
    summary: said.text,
    nodes: [
      { kind: 'notice', tone: 'success', text: said.text, next: said.next },
      { kind: 'buttons', buttons: [deed.button] },
    ],
  })
}

function labelOf(listed: readonly ListedSubscription[]): string {
  return listed.map(({ follows, record }) => followsLabel(follows, record.narrowing)).join(', ')
}
