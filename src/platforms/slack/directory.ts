import { z } from 'zod'
import type { Clock } from '../../clock.ts'
import { createAllowance, type Rate } from './allowance.ts'
import type { Answer, CallSlack } from './api.ts'
import type { Identity } from './identity.ts'

/** A person, as Slack tells of them. */
export interface Person {
  readonly name: string
  readonly timeZone?: string
  readonly locale?: string
  /** Of the workspace or enterprise whose token we have. */
  readonly ofHouse: boolean
  readonly isAdmin: boolean
}

/** A conversation. `hidden`: there is none, or it is private and the bot is not in it. */
export type Conversation =
  | { readonly kind: 'seen'; readonly name?: string; readonly creator?: string; readonly isMember: boolean }
  | { readonly kind: 'hidden' }

/** People and conversations, kept for five minutes; undefined when Slack can't be asked now, which is not kept. */
export interface Directory {
  person(id: string): Promise<Person | undefined>
  conversation(id: string): Promise<Conversation | undefined>
  /** What is known may have changed. */
  forget(id: string): void
}

const KEPT_MS = 5 * 60_000
const MOST_KEPT = 10_000
/** Whoever waits for an answer of ours can't wait long for this one. */
const ASK_MS = 1500
/** users.info is of tier 4, conversations.info of tier 3 (docs.slack.dev, rate limits): within 100 and 50 in any minute. */
const PEOPLE = { atOnce: 50, everyMs: 1500 }
const CONVERSATIONS = { atOnce: 25, everyMs: 2500 }

export function createDirectory(call: CallSlack, identity: Identity, clock: Clock): Directory {
  const people = lookup(clock, PEOPLE, async (user) => {
    const answer = await call('users.info', { user, include_locale: true }, clock.timeout(ASK_MS))
    if (answer.kind !== 'ok') return unknownFrom(answer)
    const read = userInfo.safeParse(answer.data)
    return read.success ? { found: personOf(read.data.user, identity) } : {}
  })
  const conversations = lookup<Conversation>(clock, CONVERSATIONS, async (channel) => {
    const answer = await call('conversations.info', { channel }, clock.timeout(ASK_MS))
    if (answer.kind === 'error' && answer.error === 'channel_not_found') return { found: { kind: 'hidden' } }
    if (answer.kind !== 'ok') return unknownFrom(answer)
    const read = conversationInfo.safeParse(answer.data)
    if (!read.success) return {}
    const { name, creator, is_member } = read.data.channel
    return {
      found: {
        kind: 'seen',
        isMember: is_member === true,
        ...(name === undefined ? {} : { name }),
        ...(creator === undefined ? {} : { creator }),
      },
    }
  })
  return {
    person: people.get,
    conversation: conversations.get,
    forget: (id) => {
      people.forget(id)
      conversations.forget(id)
    },
  }
}

interface Learnt<T> {
  readonly found?: T
  /** Not to be asked before. */
  readonly quietMs?: number
}

/** Asked once for all who want it at the same time, and not at all where Slack would want quiet. */
function lookup<T>(clock: Clock, rate: Rate, ask: (id: string) => Promise<Learnt<T>>) {
  const allowance = createAllowance(clock, rate)
  const kept = new Map<string, { readonly value: T; readonly until: number }>()
  const asking = new Map<string, Promise<T | undefined>>()

  async function learn(id: string): Promise<T | undefined> {
    const { found, quietMs } = await ask(id)
    if (quietMs !== undefined) allowance.heed('', quietMs)
    if (found === undefined) return undefined
    kept.delete(id)
    kept.set(id, { value: found, until: clock.now() + KEPT_MS })
    const [oldest] = kept.keys()
    if (kept.size > MOST_KEPT && oldest !== undefined) kept.delete(oldest)
    return found
  }

  return {
    get: async (id: string): Promise<T | undefined> => {
      const known = kept.get(id)
      if (known !== undefined && known.until > clock.now()) return known.value
      const under = asking.get(id)
      if (under !== undefined) return under
      if (!allowance.take('')) return undefined
      const begun = learn(id).finally(() => asking.delete(id))
      asking.set(id, begun)
      return begun
    },
    forget: (id: string) => void kept.delete(id),
  }
}

function unknownFrom(answer: Answer): Learnt<never> {
  return answer.kind === 'throttled' ? { quietMs: answer.retryAfterMs } : {}
}

function personOf(user: z.output<typeof userInfo>['user'], { house }: Identity): Person {
  const { profile, tz, locale } = user
  const enterprise = user.enterprise_user?.enterprise_id
  // An admin of their own workspace is nobody's manager in ours, with which it only shares a channel.
  const ofHouse =
    user.is_stranger !== true && (user.team_id === undefined || user.team_id === house || enterprise === house)
  return {
    name: [profile?.display_name, profile?.real_name, user.real_name, user.name].find((name) => name) ?? user.id,
    ofHouse,
    isAdmin: ofHouse && user.deleted !== true && (user.is_admin === true || user.is_owner === true),
    ...(tz === undefined || tz === null ? {} : { timeZone: tz }),
    ...(locale === undefined || locale === null ? {} : { locale }),
  }
}

const userInfo = z.object({
  user: z.object({
    id: z.string(),
    team_id: z.string().optional(),
    name: z.string().optional(),
    real_name: z.string().nullish(),
    deleted: z.boolean().optional(),
    tz: z.string().nullish(),
    locale: z.string().nullish(),
    is_admin: z.boolean().optional(),
    is_owner: z.boolean().optional(),
    is_stranger: z.boolean().optional(),
    enterprise_user: z.object({ enterprise_id: z.string().optional() }).nullish(),
    profile: z.object({ display_name: z.string().nullish(), real_name: z.string().nullish() }).nullish(),
  }),
})

const conversationInfo = z.object({
  channel: z.object({ name: z.string().optional(), creator: z.string().optional(), is_member: z.boolean().optional() }),
})
