import { z } from 'zod'
import type { EnvironmentVariable } from '../../environment.ts'

export const slackVariables: readonly EnvironmentVariable[] = [
  {
    name: 'SLACK_BOT_TOKEN',
    meaning: 'xoxb-…, from OAuth & Permissions of the app that `paperboy slack manifest` describes; turns Slack on.',
    secret: true,
  },
  {
    name: 'SLACK_APP_TOKEN',
    meaning: 'xapp-… with connections:write: Socket Mode, which needs no public address.',
    secret: true,
  },
  {
    name: 'SLACK_SIGNING_SECRET',
    meaning: 'In place of SLACK_APP_TOKEN: Slack calls /slack/events on PUBLIC_PORT.',
    secret: true,
  },
  { name: 'SLACK_API_URL', default: 'https://slack.com/api/', meaning: 'Where Slack’s Web API is.' },
]

/** One workspace by its tokens. */
export interface SlackConnection {
  /** Ends in `/`. */
  readonly apiUrl: string
  readonly botToken: string
  /** Socket Mode. */
  readonly appToken?: string
  /** Requests of Slack on the public listener. */
  readonly signingSecret?: string
}

export interface SlackSettings {
  /** Undefined: there is no Slack. */
  readonly connection?: SlackConnection
  /** Whether there is a public listener, which requests of Slack need. */
  readonly listens: boolean
  /** The address under which the public listener is reached. */
  readonly publicUrl?: string
}

const secret = z.string().trim()

export const slackSettings = z
  .object({
    SLACK_BOT_TOKEN: secret.optional(),
    SLACK_APP_TOKEN: secret.optional(),
    SLACK_SIGNING_SECRET: secret.optional(),
    SLACK_API_URL: z
      .url({ protocol: /^https?$/, error: 'SLACK_API_URL is no address such as https://slack.com/api/' })
      .refine(isSafe, 'SLACK_API_URL has to be https, or on this machine, for the token is sent there')
      .default('https://slack.com/api/'),
    PUBLIC_PORT: z.string().optional(),
    PUBLIC_URL: z.string().optional(),
  })
  .superRefine((read, context) => {
    const wrong = wrongIn(read)
    if (wrong !== undefined)
      context.addIssue({ code: 'custom', message: wrong, path: [/SLACK_\w+/.exec(wrong)?.[0] ?? 'SLACK_BOT_TOKEN'] })
  })
  .transform((read): SlackSettings => {
    const { SLACK_BOT_TOKEN: botToken, SLACK_APP_TOKEN: appToken, SLACK_SIGNING_SECRET: signingSecret } = read
    const listener = {
      listens: read.PUBLIC_PORT !== undefined,
      ...(read.PUBLIC_URL === undefined ? {} : { publicUrl: read.PUBLIC_URL }),
    }
    if (botToken === undefined) return listener
    const apiUrl = read.SLACK_API_URL.replace(/\/*$/, '/')
    return {
      ...listener,
      connection: {
        apiUrl,
        botToken,
        ...(appToken === undefined ? {} : { appToken }),
        ...(signingSecret === undefined ? {} : { signingSecret }),
      },
    }
  })

interface Read {
  readonly SLACK_BOT_TOKEN?: string | undefined
  readonly SLACK_APP_TOKEN?: string | undefined
  readonly SLACK_SIGNING_SECRET?: string | undefined
  readonly SLACK_API_URL: string
}

/** What is wrong with the settings together, with the way out; their values are never told. */
function wrongIn({
  SLACK_BOT_TOKEN: bot,
  SLACK_APP_TOKEN: app,
  SLACK_SIGNING_SECRET: signing,
  SLACK_API_URL: api,
}: Read) {
  if (bot === undefined) {
    const set = app !== undefined ? 'SLACK_APP_TOKEN' : signing !== undefined ? 'SLACK_SIGNING_SECRET' : undefined
    return set === undefined
      ? undefined
      : `${set} is set without SLACK_BOT_TOKEN: set that too (OAuth & Permissions, Bot User OAuth Token), or unset ${set}`
  }
  if (app === undefined && signing === undefined) {
    return 'SLACK_BOT_TOKEN needs SLACK_APP_TOKEN (Socket Mode, no public address) or SLACK_SIGNING_SECRET (Slack calls PUBLIC_URL) beside it'
  }
  const isBotApps = bot.startsWith('xapp-')
  if (isBotApps && app?.startsWith('xoxb-'))
    return 'SLACK_BOT_TOKEN and SLACK_APP_TOKEN are swapped: the one that begins with xoxb- belongs in SLACK_BOT_TOKEN, the one with xapp- in SLACK_APP_TOKEN'
  if (isBotApps)
    return 'SLACK_BOT_TOKEN holds an app-level token (xapp-), which belongs in SLACK_APP_TOKEN: it has to be the Bot User OAuth Token, which begins with xoxb-'
  if (app?.startsWith('xoxb-'))
    return 'SLACK_APP_TOKEN holds a bot token (xoxb-), which belongs in SLACK_BOT_TOKEN: it has to be an app-level token, which begins with xapp- and is made under Basic Information'
  if (!isSlacks(api)) return undefined
  if (!bot.startsWith('xoxb-')) return 'SLACK_BOT_TOKEN has to begin with xoxb-: it is the Bot User OAuth Token'
  if (app !== undefined && !app.startsWith('xapp-')) {
    return 'SLACK_APP_TOKEN has to begin with xapp-: it is made under Basic Information, App-Level Tokens'
  }
  return undefined
}

/** Whether the address is Slack's own. */
export function isSlacks(url: string): boolean {
  return URL.canParse(url) && /^(?:.+\.)?slack(?:-gov)?\.com$/.test(new URL(url).hostname)
}

function isSafe(url: string): boolean {
  // What is no address at all is told before.
  if (!URL.canParse(url)) return true
  const { protocol, hostname } = new URL(url)
  return protocol === 'https:' || hostname === 'localhost' || hostname === '[::1]' || /^127\./.test(hostname)
}
