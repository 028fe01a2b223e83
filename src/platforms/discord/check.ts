import { z } from 'zod'
import type { CheckHouse, Finding } from '../../delivery/platform.ts'
import { type ChannelId, channelParts } from '../../message/channel.ts'
import { createApi, type DiscordApi } from './api.ts'
import { outcomeOf } from './outcomes.ts'
import { isThread, missing, neededIn, PERMISSIONS, type PermissionName } from './permissions.ts'
import { createPlaces, type Failed, guildOf, type Places, type Rights } from './places.ts'
import { commandsOf, sameCommands } from './registration.ts'
import type { DiscordSettings } from './settings.ts'

const applicationShape = z.object({
  id: z.string(),
  name: z.string().default('the application'),
  interactions_endpoint_url: z.string().nullish(),
})
const gatewayShape = z.object({
  shards: z.number(),
  session_start_limit: z.object({ total: z.number(), remaining: z.number() }).optional(),
})

/** What doctor says of Discord: token, application, gateway, commands, and each channel that is followed for. */
export async function checkDiscord(
  settings: DiscordSettings,
  house: CheckHouse,
  signal: AbortSignal,
): Promise<readonly Finding[]> {
  const { token } = settings
  if (token === undefined) return []
  const api = createApi({ ...house, apiUrl: settings.apiUrl, token })
  const places = createPlaces(api)
  const me = await places.self(signal)
  if (me.kind !== 'known') return [tokenRefused(me)]
  const rights: Finding[] = []
  for (const channel of house.channels) rights.push(await ofChannel(places, channel, signal))
  return [
    { ok: true, text: 'Discord accepts DISCORD_TOKEN' },
    ...(await ofApplication(api, settings, house, signal)),
    await ofGateway(api, settings, signal),
    ...rights,
  ]
}

function tokenRefused(answer: Failed): Finding {
  if (answer.kind === 'error' && answer.status === 401) {
    return {
      ok: false,
      text: 'Discord does not accept DISCORD_TOKEN (401)',
      remedy: 'In the developer portal under Bot press Reset Token, and set DISCORD_TOKEN to what it shows.',
    }
  }
  return {
    ok: false,
    text: `Discord can’t be asked: ${toldOf(answer)}`,
    remedy: 'Check DISCORD_API_URL and the network.',
  }
}

async function ofApplication(
  api: DiscordApi,
  settings: DiscordSettings,
  { commands }: CheckHouse,
  signal: AbortSignal,
): Promise<readonly Finding[]> {
  const answer = await api.request('GET', '/applications/@me', { signal })
  if (answer.kind !== 'ok') return [{ ok: false, text: `Discord does not tell of the application: ${toldOf(answer)}` }]
  const read = applicationShape.safeParse(answer.body)
  if (!read.success) return [{ ok: false, text: 'Discord’s answer about the application can’t be read' }]
  const { id, name, interactions_endpoint_url: endpoint } = read.data
  const findings: Finding[] = []
  if (settings.applicationId === undefined) {
    findings.push({
      ok: true,
      text: `The application is ${name}`,
      remedy: `Set DISCORD_APPLICATION_ID=${id} for \`paperboy discord invite\`.`,
    })
  } else if (settings.applicationId !== id) {
    findings.push({
      ok: false,
      text: `DISCORD_APPLICATION_ID is ${settings.applicationId}, but the token belongs to ${id}`,
      remedy: `Set DISCORD_APPLICATION_ID=${id}, or the token of the other application.`,
    })
  } else findings.push({ ok: true, text: `The token belongs to the application ${name}` })
  if (endpoint) {
    findings.push({
      ok: false,
      text: 'The application has an Interactions Endpoint URL, so that commands do not reach Paperboy',
      remedy: 'Empty that field under General Information in the developer portal.',
    })
  }
  const known = await api.request('GET', `/applications/${id}/commands`, { signal })
  if (known.kind !== 'ok') findings.push({ ok: false, text: `Discord does not tell the commands: ${toldOf(known)}` })
  else if (sameCommands(known.body, commandsOf(commands)))
    findings.push({ ok: true, text: '/papers is known to Discord' })
  else
    findings.push({
      ok: true,
      text: '/papers is not known to Discord as it is now',
      remedy: 'The next start registers it.',
    })
  return findings
}

async function ofGateway(api: DiscordApi, { shards }: DiscordSettings, signal: AbortSignal): Promise<Finding> {
  const answer = await api.request('GET', '/gateway/bot', { signal })
  const read = answer.kind === 'ok' ? gatewayShape.safeParse(answer.body) : undefined
  if (read?.success !== true) {
    const why = answer.kind === 'ok' ? 'its answer can’t be read' : toldOf(answer)
    return { ok: false, text: `Discord does not tell the gateway: ${why}` }
  }
  const { shards: wanted, session_start_limit: limit } = read.data
  if (limit?.remaining === 0) {
    return {
      ok: false,
      text: `The bot connected ${limit.total} times today, which is all that Discord permits`,
      remedy: 'See why it starts again and again, and wait for a day.',
    }
  }
  if (shards !== 'auto' && shards < wanted) {
    return {
      ok: false,
      text: `SHARDS is ${shards}, and Discord asks for ${wanted}`,
      remedy: 'Set SHARDS=auto.',
    }
  }
  return { ok: true, text: 'The gateway can be reached; the only intent needed is Guilds, which is not privileged' }
}

async function ofChannel(places: Places, channel: ChannelId, signal: AbortSignal): Promise<Finding> {
  const rights = await places.rights(channel, signal)
  if (rights.kind === 'direct') return { ok: true, text: `${channel} are direct messages` }
  if (rights.kind !== 'rights') return unseen(channel, rights)
  const lacking = missing(rights.permissions, neededIn(rights.channel.type))
  const name = rights.channel.name === undefined ? channel : `#${rights.channel.name} (${channel})`
  if (lacking.length === 0) return { ok: true, text: `Paperboy may post and look in ${name}` }
  return {
    ok: false,
    text: `Paperboy lacks ${lacking.map((each) => PERMISSIONS[each].name).join(', ')} in ${name}`,
    remedy: remedyFor(lacking, rights, channel),
  }
}

function unseen(channel: ChannelId, answer: Failed): Finding {
  const outcome = toldOf(answer)
  const server = guildOf(channelParts(channel).tenant)
  if (answer.kind !== 'error') return { ok: false, text: `${channel} can’t be looked at: ${outcome}` }
  if (answer.code === 10003) return { ok: true, text: `${channel} was deleted: nothing is brought there any more` }
  if (answer.code === 10004 || answer.code === 10007 || answer.code === 50001) {
    return {
      ok: false,
      text: `Paperboy does not see ${channel}`,
      remedy: `If it is no longer in the server ${server}, invite it with the link of \`paperboy discord invite\`; else give it View Channel there.`,
    }
  }
  return { ok: false, text: `${channel} can’t be looked at: ${outcome}` }
}

/** Who denies it: the channel's own overwrites, or nobody grants it in the server. */
function remedyFor(
  lacking: readonly PermissionName[],
  { channel: { type, permission_overwrites: overwrites = [] } }: Extract<Rights, { kind: 'rights' }>,
  channel: ChannelId,
): string {
  const server = guildOf(channelParts(channel).tenant)
  const denying = overwrites.filter(({ deny }) => missing(BigInt(deny), lacking).length < lacking.length)
  const names = lacking.map((each) => PERMISSIONS[each].name).join(', ')
  if (denying.length === 0 || isThread(type)) {
    return `Give Paperboy’s role ${names} in Server Settings, Roles${isThread(type) ? ', and look at the thread’s channel' : ''}.`
  }
  const who = denying.map(({ id, type: of }) =>
    id === server ? '@everyone' : of === 1 ? `the member ${id}` : `the role ${id}`,
  )
  return `An overwrite of the channel denies it to ${who.join(' and ')}: in Edit Channel, Permissions, allow Paperboy ${names}.`
}

function toldOf(answer: Failed): string {
  const outcome = outcomeOf(answer)
  if (outcome.kind === 'refused') return outcome.detail
  if (outcome.kind === 'throttled') return `it asks to wait ${Math.ceil(outcome.retryAfterMs / 1000)} s`
  return outcome.kind === 'unknown' ? outcome.cause : ''
}
