import type { Actor, Rank } from '../src/delivery/platform.ts'
import { type ChannelId, channelParts } from '../src/message/channel.ts'
import { type Scope, scopeOf } from '../src/store/scope.ts'

const RANKS: readonly Rank[] = ['member', 'manager', 'admin']

export type Authorized =
  | { readonly kind: 'allowed'; readonly scope: Scope }
  | { readonly kind: 'denied'; readonly why: string }

/** Asked before every command and again for each action and form: a button may be pressed by anyone, at any later time. */
export function authorize(actor: Actor, channel: ChannelId, needed: Rank): Authorized {
  if (channelParts(channel).tenant !== actor.tenant) {
    return { kind: 'denied', why: 'This belongs to another workspace or server.' }
  }
  if (!mayAs(actor, needed)) {
    return { kind: 'denied', why: `This needs a ${needed} of the channel; ask one of them.` }
  }
  return { kind: 'allowed', scope: scopeOf(actor) }
}

export function mayAs(actor: Actor, needed: Rank): boolean {
  return RANKS.indexOf(actor.rank) >= RANKS.indexOf(needed)
}
