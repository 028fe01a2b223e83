import { z } from 'zod'
import { channelParts, parseChannel, type TenantId } from '../../message/channel.ts'
import type { Answer, CallSlack } from './api.ts'

/** Who we are in the workspace whose token we have. */
export interface Identity {
  /** The team's id, or the enterprise's where the app is installed for all of it. */
  readonly house: string
  readonly tenant: TenantId
  readonly team: string
  readonly userId: string
  readonly botId?: string
  readonly userName: string
  /** `https://team.slack.com/` */
  readonly url?: string
  readonly scopes?: readonly string[]
}

export type Introduction =
  | { readonly kind: 'known'; readonly identity: Identity }
  | Exclude<Answer, { readonly kind: 'ok' }>

/** Asked of Slack once, however many want to know at the same time; a failure is not kept. */
export function createIntroduction(call: CallSlack): (signal?: AbortSignal) => Promise<Introduction> {
  let known: Identity | undefined
  let underWay: Promise<Introduction> | undefined
  const ask = async (): Promise<Introduction> => {
    const answer = await call('auth.test')
    if (answer.kind !== 'ok') return answer
    const read = authTest.safeParse(answer.data)
    if (!read.success) return { kind: 'failed', cause: 'Slack’s answer to auth.test can’t be read' }
    const { team_id, enterprise_id, is_enterprise_install: wide, user_id, bot_id, user, team, url } = read.data
    const house = wide === true && enterprise_id ? enterprise_id : team_id
    known = {
      house,
      tenant: tenantOf(house),
      team: team ?? house,
      userId: user_id,
      userName: user ?? 'Paperboy',
      ...(bot_id === undefined ? {} : { botId: bot_id }),
      ...(url === undefined ? {} : { url: url.replace(/\/*$/, '/') }),
      ...(answer.scopes === undefined ? {} : { scopes: answer.scopes }),
    }
    return { kind: 'known', identity: known }
  }
  return async (signal) => {
    if (known !== undefined) return { kind: 'known', identity: known }
    if (signal?.aborted) return GIVEN_UP
    underWay ??= ask().finally(() => {
      underWay = undefined
    })
    return signal === undefined ? underWay : Promise.race([underWay, givenUp(signal)])
  }
}

const GIVEN_UP = { kind: 'failed', cause: 'it was given up before Slack said who we are' } as const

/** Whoever waits no longer leaves the question to the others. */
function givenUp(signal: AbortSignal): Promise<Introduction> {
  return new Promise((resolve) => signal.addEventListener('abort', () => resolve(GIVEN_UP), { once: true }))
}

/** `slack:T012`; throws on what is no id of Slack. */
export function tenantOf(house: string): TenantId {
  const channel = parseChannel(`slack:${house}/@U`)
  if (channel === undefined || !/^[A-Z0-9]+$/.test(house)) throw new Error(`“${house}” is no id of a Slack workspace`)
  return channelParts(channel).tenant
}

const authTest = z.object({
  team_id: z.string().regex(/^[A-Z0-9]+$/),
  enterprise_id: z.string().nullish(),
  is_enterprise_install: z.boolean().optional(),
  user_id: z.string().min(1),
  bot_id: z.string().optional(),
  user: z.string().optional(),
  team: z.string().optional(),
  url: z.string().optional(),
})
