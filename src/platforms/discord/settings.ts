import { z } from 'zod'
import type { EnvironmentVariable } from '../../environment.ts'
import type { Rendering } from './payload.ts'

export const discordVariables: readonly EnvironmentVariable[] = [
  {
    name: 'DISCORD_TOKEN',
    meaning: 'The bot’s token, from Bot in the developer portal; turns Discord on.',
    secret: true,
  },
  {
    name: 'DISCORD_APPLICATION_ID',
    meaning: 'The application’s id, from General Information; `paperboy discord invite` makes the link from it.',
  },
  {
    name: 'DISCORD_API_URL',
    default: 'https://discord.com/api',
    meaning: 'Where Discord’s API is, without the version.',
  },
  {
    name: 'DISCORD_RENDERING',
    default: 'components',
    meaning: 'How posts look on Discord: components (buttons beside each paper) or embeds (classic).',
  },
  { name: 'SHARDS', default: 'auto', meaning: 'Gateway connections: auto lets Discord say how many, or a number.' },
]

export interface DiscordSettings {
  readonly apiUrl: string
  /** Undefined: there is no Discord. */
  readonly token?: string
  /** Undefined: Discord is asked for it. */
  readonly applicationId?: string
  readonly rendering: Rendering
  readonly shards: 'auto' | number
}

export const discordSettings = z
  .object({
    DISCORD_TOKEN: z
      .string()
      .trim()
      .transform((token) => token.replace(/^Bot\s+/i, ''))
      .refine((token) => /^\S+$/.test(token), 'DISCORD_TOKEN has spaces in it: copy it again from Bot, Reset Token')
      .optional(),
    DISCORD_APPLICATION_ID: z
      .string()
      .trim()
      .regex(/^\d{5,20}$/, 'DISCORD_APPLICATION_ID has to be a number: it is under General Information, Application ID')
      .optional(),
    DISCORD_API_URL: z
      .url({ protocol: /^https?$/, error: 'DISCORD_API_URL is no address such as https://discord.com/api' })
      .refine(isSafe, 'DISCORD_API_URL has to be https, or on this machine, for the token is sent there')
      .refine((url) => !/\/v\d+\/*$/.test(url), 'DISCORD_API_URL is given without the version: https://discord.com/api')
      .default('https://discord.com/api'),
    DISCORD_RENDERING: z
      .enum(['components', 'embeds'], 'DISCORD_RENDERING is neither components nor embeds')
      .default('components'),
    SHARDS: z
      .string()
      .trim()
      .regex(/^(?:auto|[1-9]\d{0,3})$/, 'SHARDS is neither auto nor a number of connections')
      .default('auto'),
  })
  .transform((read): DiscordSettings => {
    const { DISCORD_TOKEN: token, DISCORD_APPLICATION_ID: applicationId } = read
    return {
      apiUrl: read.DISCORD_API_URL.replace(/\/+$/, ''),
      rendering: read.DISCORD_RENDERING,
      shards: read.SHARDS === 'auto' ? 'auto' : Number(read.SHARDS),
      ...(token === undefined ? {} : { token }),
      ...(applicationId === undefined ? {} : { applicationId }),
    }
  })

function isSafe(url: string): boolean {
  const { protocol, hostname } = new URL(url)
  return protocol === 'https:' || hostname === 'localhost' || hostname === '[::1]' || /^127\./.test(hostname)
}
