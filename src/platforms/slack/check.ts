import { z } from 'zod'
import type { CheckHouse, Finding } from '../../delivery/platform.ts'
import { type ChannelId, channelParts } from '../../message/channel.ts'
import { type Answer, type CallSlack, slackApi } from './api.ts'
import { createIntroduction, type Identity } from './identity.ts'
import { SCOPES } from './manifest.ts'
import type { SlackSettings } from './settings.ts'

/** The token, its scopes, the way questions come in, and each followed channel; what is missing is said in words. */
export async function checkSlack(
  { connection, listens, publicUrl }: SlackSettings,
  house: CheckHouse,
  signal: AbortSignal,
): Promise<readonly Finding[]> {
  if (connection === undefined) return []
  const { apiUrl, botToken, appToken, signingSecret } = connection
  const callAs = (token: string) => slackApi({ apiUrl, token, fetch: house.fetch, clock: house.clock })
  const call = callAs(botToken)
  const introduction = await createIntroduction(call)(signal)
  if (introduction.kind !== 'known')
    return [failed('Slack does not accept SLACK_BOT_TOKEN', introduction, TOKEN_REMEDY)]
  const { identity } = introduction
  return [
    { ok: true, text: `Slack knows the bot as @${identity.userName} of ${identity.team}` },
    ...scopesOf(identity),
    ...(appToken === undefined ? [] : [await socketOf(callAs(appToken), signal)]),
    ...(signingSecret === undefined || appToken !== undefined ? [] : [listenerOf(listens, publicUrl)]),
    ...(await Promise.all(house.channels.map((channel) => channelOf(call, channel, identity, signal)))),
  ]
}

const TOKEN_REMEDY = 'Copy the Bot User OAuth Token from OAuth & Permissions into SLACK_BOT_TOKEN.'
const MANIFEST_REMEDY =
  'Paste what `paperboy slack manifest` prints under App Manifest, save, and reinstall the app under Install App.'

function scopesOf({ scopes }: Identity): readonly Finding[] {
  if (scopes === undefined) return [{ ok: true, text: 'Slack does not tell the token’s scopes' }]
  const missing = Object.entries(SCOPES).filter(([scope]) => !scopes.includes(scope))
  if (missing.length === 0) return [{ ok: true, text: 'Slack’s token has every scope that is needed' }]
  const list = missing.map(([scope, why]) => `${scope} (to ${why})`).join(', ')
  return [{ ok: false, text: `Slack’s token lacks ${list}`, remedy: MANIFEST_REMEDY }]
}

async function socketOf(call: CallSlack, signal: AbortSignal): Promise<Finding> {
  const answer = await call('apps.connections.open', {}, signal)
  if (answer.kind === 'ok') return { ok: true, text: 'Slack’s Socket Mode can be opened' }
  return failed(
    'Slack’s Socket Mode can’t be opened with SLACK_APP_TOKEN',
    answer,
    'Make an app-level token with connections:write under Basic Information, and turn Socket Mode on.',
  )
}

function listenerOf(listens: boolean, publicUrl: string | undefined): Finding {
  if (listens && publicUrl === undefined) {
    return {
      ok: false,
      text: 'Slack is not told where to send its requests: PUBLIC_PORT is set, and PUBLIC_URL is not',
      remedy:
        'Set PUBLIC_URL to the https address under which PUBLIC_PORT is reached; `paperboy slack manifest` puts it into the app.',
    }
  }
  if (listens) return { ok: true, text: 'Slack’s requests are taken at /slack/events on PUBLIC_PORT' }
  return {
    ok: false,
    text: 'Slack can’t reach us: SLACK_SIGNING_SECRET is set, and PUBLIC_PORT is not',
    remedy: 'Set PUBLIC_PORT and PUBLIC_URL, or use Socket Mode with SLACK_APP_TOKEN.',
  }
}

async function channelOf(
  call: CallSlack,
  channel: ChannelId,
  identity: Identity,
  signal: AbortSignal,
): Promise<Finding> {
  const { tenant, place } = channelParts(channel)
  if (tenant !== identity.tenant) {
    return { ok: false, text: `${channel} is of another workspace than the token`, remedy: TOKEN_REMEDY }
  }
  if (place.startsWith('@')) {
    const answer = await call('users.info', { user: place.slice(1) }, signal)
    return answer.kind === 'ok'
      ? { ok: true, text: `${channel} can be written to` }
      : failed(`${channel} can’t be looked up`, answer, 'Remove its subscriptions if the person has left.')
  }
  const answer = await call('conversations.info', { channel: place }, signal)
  const invite = `Type /invite @${identity.userName} there.`
  if (answer.kind !== 'ok') return failed(`${channel} is gone, or the bot is not in it`, answer, invite)
  const read = info.safeParse(answer.data)
  if (!read.success) return { ok: false, text: `${channel}: Slack’s answer can’t be read` }
  const { name = place, is_member: isMember, is_archived: isArchived } = read.data.channel
  if (isArchived === true)
    return { ok: false, text: `#${name} is archived`, remedy: 'Unarchive it, or remove its subscriptions.' }
  return isMember === true
    ? { ok: true, text: `#${name} can be posted to` }
    : { ok: false, text: `The bot is not in #${name}`, remedy: invite }
}

function failed(text: string, answer: Exclude<Answer, { kind: 'ok' }>, remedy: string): Finding {
  switch (answer.kind) {
    case 'error':
      return answer.error === 'missing_scope'
        ? { ok: false, text: `${text} (missing_scope)`, remedy: MANIFEST_REMEDY }
        : { ok: false, text: `${text} (${answer.error})`, remedy }
    case 'throttled':
      return {
        ok: false,
        text: 'Slack wants quiet',
        remedy: `Ask again in ${Math.ceil(answer.retryAfterMs / 1000)} s.`,
      }
    case 'failed':
      return {
        ok: false,
        text: `Slack can’t be reached: ${answer.cause}`,
        remedy: 'Look at the network and SLACK_API_URL.',
      }
  }
}

const info = z.object({
  channel: z.object({
    name: z.string().optional(),
    is_member: z.boolean().optional(),
    is_archived: z.boolean().optional(),
  }),
})
