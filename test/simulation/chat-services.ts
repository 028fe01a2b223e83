import type { Environment } from '../../src/config.ts'
import type { PlatformDefinition } from '../../src/delivery/platform.ts'
import type { ChannelId } from '../../src/message/channel.ts'
import type { PaperId } from '../../src/papers/paper.ts'
import { discord as discordPlatform } from '../../src/platforms/discord/definition.ts'
import { slack as slackPlatform } from '../../src/platforms/slack/definition.ts'
import { createFakeDiscord } from '../support/discord/fake.ts'
import type * as discord from '../support/discord/fake-types.ts'
import type { Faults as DiscordFaults } from '../support/discord/faults.ts'
import { seededRandom } from '../support/seeded-random.ts'
import type { SimulatedClock } from '../support/simulated-clock.ts'
import { createFakeSlack, type FakeSlack } from '../support/slack/fake.ts'
import type * as slack from '../support/slack/fake-types.ts'
import type { Faults as SlackFaults } from '../support/slack/faults.ts'
import { USUAL_SCOPES } from '../support/slack/rules.ts'
import type { Witness } from './deliveries.ts'
import type { ChatServices } from './world.ts'

/** One fault of each service's servers, with its settings. */
export interface Fault {
  readonly name: string
  readonly slack: Partial<SlackFaults>
  readonly discord: Partial<DiscordFaults>
}

/** A message of the bot, wherever it stands. */
export interface StandingPost {
  readonly channel: ChannelId
  /** As receipts begin. */
  readonly id: string
  readonly text: string
  readonly papers: readonly { readonly id: PaperId }[]
}

/** The servers are asked by their paths alone. */
export const URLS = { slack: 'https://slack.test/api/', discord: 'https://discord.test/api' }

export function environmentOf(
  { app }: FakeSlack,
  { token }: slack.FakeTeam,
  discord: discord.FakeDiscord,
): Environment {
  return {
    SLACK_BOT_TOKEN: token,
    SLACK_APP_TOKEN: app.appToken,
    SLACK_API_URL: URLS.slack,
    DISCORD_TOKEN: discord.token,
    DISCORD_API_URL: URLS.discord,
  }
}

const POST = {
  slack: (url: string) => url.endsWith('/chat.postMessage'),
  discord: (url: string, init: RequestInit | undefined) => init?.method === 'POST' && url.endsWith('/messages'),
}

const once = { times: 1 }

/** Everything that can befall one request, each by a name of its own. */
export const everyFault: readonly Fault[] = [
  { name: 'the connection drops before anything happens', ...both({ dropped: once }) },
  { name: 'a 500 in place of the effect', ...both({ failedBefore: once }) },
  { name: 'a 429 in place of the effect', ...both({ rateLimited: { ...once, retryAfterMs: 7000 } }) },
  { name: 'a 429 that asks for more than a minute', ...both({ rateLimited: { ...once, retryAfterMs: 70_000 } }) },
  { name: 'the effect comes after the client’s time-out', ...both({ late: { ...once, ms: 80_000 } }) },
  { name: 'the reply is lost after the effect', ...both({ replyLost: once }) },
  { name: 'a 500 after the effect', ...both({ failedAfter: once }) },
  { name: 'an answer that can’t be read', ...both({ garbage: once }) },
  { name: 'an answer slower than the client’s patience', ...both({ slow: { ...once, ms: 20_000 } }) },
  { name: 'a slow answer', ...both({ slow: { ...once, ms: 5000 } }) },
  {
    name: 'an error of the service’s own',
    slack: { refused: { ...once, error: 'internal_error' } },
    discord: { rateLimited: { ...once, retryAfterMs: 3000, scope: 'global' } },
  },
  {
    name: 'an error though the effect has happened',
    slack: { deniedAfter: once },
    discord: { failedAfter: { ...once, status: 502 } },
  },
]

function both(faults: Partial<SlackFaults> & Partial<DiscordFaults>): Pick<Fault, 'slack' | 'discord'> {
  return { slack: faults, discord: faults }
}

/** Slack and Discord in this process, each with a channel of ours, one beside it, and one of somebody else’s. */
export class SlackAndDiscord implements ChatServices, Witness {
  readonly clock: SimulatedClock
  readonly platforms: readonly PlatformDefinition[] = [slackPlatform, discordPlatform]
  readonly slack: FakeSlack
  readonly discord: discord.FakeDiscord
  readonly #team: slack.FakeTeam
  readonly #slackChannel: slack.FakeChannel
  readonly #guildChannel: discord.FakeChannel
  readonly #foreign: readonly (() => readonly { readonly byBot: boolean }[])[]
  /** Requests so far that could meet with the fault, by service. */
  readonly requests = { slack: 0, discord: 0 }
  #fault: { readonly at: number; readonly posts?: true; readonly fault: Fault } | undefined

  private constructor(clock: SimulatedClock, slack: FakeSlack, discord: discord.FakeDiscord) {
    this.clock = clock
    this.slack = slack
    this.discord = discord
    this.#team = slack.addTeam({ name: 'Optics' })
    this.#slackChannel = slack.addChannel(this.#team, { name: 'papers' })
    const guild = discord.addGuild({ name: 'Optics', invited: false })
    this.#guildChannel = discord.addChannel(guild, { name: 'papers' })
    const strangers = discord.addGuild({ name: 'Strangers', invited: false })
    const rooms = [
      discord.addChannel(guild, { name: 'lunch' }),
      discord.addChannel(strangers, { name: 'papers' }),
    ] as const
    const others = [
      slack.addChannel(this.#team, { name: 'lunch' }),
      slack.addChannel(slack.addTeam({ name: 'Strangers' }), { name: 'papers' }),
    ] as const
    discord.invite(guild)
    discord.invite(strangers)
    this.#foreign = [
      ...rooms.map((room) => () => discord.messages(room)),
      ...others.map((other) => () => slack.messages(other)),
    ]
  }

  static async open(clock: SimulatedClock, historyLagMs = 5000): Promise<SlackAndDiscord> {
    const servers = { clock, random: seededRandom(3), listen: false }
    return new SlackAndDiscord(
      clock,
      await createFakeSlack({ ...servers, historyLagMs }),
      await createFakeDiscord(servers),
    )
  }

  get environment(): Environment {
    return environmentOf(this.slack, this.#team, this.discord)
  }

  get slackChannel(): ChannelId {
    return `slack:${this.#slackChannel.teamId}/${this.#slackChannel.id}` as ChannelId
  }

  get discordChannel(): ChannelId {
    return `discord:${this.#guildChannel.guildId}/${this.#guildChannel.id}` as ChannelId
  }

  ask(...[input, init]: Parameters<typeof fetch>): Promise<Response> | undefined {
    const url = String(input instanceof Request ? input.url : input)
    const service = (['slack', 'discord'] as const).find((each) => url.startsWith(URLS[each]))
    if (service === undefined) return undefined
    const counts = this.#fault?.posts !== true || POST[service](url, init)
    if (counts) this.requests[service]++
    const fault = counts && this.requests[service] === this.#fault?.at ? this.#fault.fault : undefined
    if (service === 'slack') switchOn(this.slack.faults, fault?.slack)
    else switchOn(this.discord.faults, fault?.discord)
    return this[service].fetch(input, init)
  }

  /** The fault befalls the n-th request from now on of each service. */
  atRequest(n: number, fault: Fault): void {
    this.requests.slack = 0
    this.requests.discord = 0
    this.#fault = { at: n, fault }
  }

  /** The fault befalls the n-th post of each service. */
  atPost(n: number, name: 'replyLost' | 'dropped'): void {
    this.#fault = { at: n, posts: true, fault: { name, ...both({ [name]: once }) } }
  }

  /** Faults that requests met with. */
  befallen(service: 'slack' | 'discord'): readonly string[] {
    return service === 'slack'
      ? this.slack.calls.flatMap(({ faults }) => faults)
      : this.discord.requests.flatMap(({ faults }) => faults)
  }

  /** Nobody may read the channels’ histories any more, or everybody again. */
  mayLook(allowed: boolean): void {
    const scopes = USUAL_SCOPES.filter((scope) => allowed || !scope.endsWith(':history'))
    this.slack.setScopes(this.#team, scopes)
    this.discord.setPermissions(this.#guildChannel, {
      of: 'bot',
      deny: allowed ? [] : ['READ_MESSAGE_HISTORY'],
    })
  }

  standing(): readonly StandingPost[] {
    const slackPosts = this.slack
      .messages(this.#slackChannel)
      .map(({ byBot, ts, text, blocks }) => ({ byBot, id: ts, text, native: blocks }))
    const discordPosts = this.discord
      .messages(this.#guildChannel)
      .map(({ byBot, id, text, components, embeds }) => ({ byBot, id, text, native: [components, embeds] }))
    const shown = (channel: ChannelId, posts: typeof slackPosts | typeof discordPosts) =>
      posts.flatMap(({ byBot, native, ...post }) => (byBot ? { channel, ...post, papers: papersIn(native) } : []))
    return [...shown(this.slackChannel, slackPosts), ...shown(this.discordChannel, discordPosts)]
  }

  /** What is wrong with what the servers were asked for; empty when nothing is. */
  wrongs(): readonly string[] {
    const foreign = this.#foreign.flatMap((messages) => messages().filter(({ byBot }) => byBot))
    return [
      ...foreign.map(() => 'something was posted in a channel that follows nobody'),
      ...this.slack.violations.map((violation) => JSON.stringify(violation)),
      ...this.discord.violations.map((violation) => JSON.stringify(violation)),
      ...this.slack.limited.filter(({ avoidable }) => avoidable).map((call) => `too early: ${JSON.stringify(call)}`),
    ]
  }
}

/** Papers have a link to their page in each message that shows them. */
export function papersIn(native: unknown): readonly { readonly id: PaperId }[] {
  const numbers = [...JSON.stringify(native).matchAll(/arxiv\.org\/abs\/(\d{4}\.\d{5})/g)].map(([, number]) => number)
  return [...new Set(numbers)].map((number) => ({ id: `arxiv:${number}` as PaperId }))
}

export function switchOn<All extends object>(
  switches: { on<Name extends keyof All>(name: Name, settings: All[Name]): void },
  faults: Partial<All> | undefined,
): void {
  for (const name in faults) {
    const settings = faults[name]
    if (settings !== undefined) switches.on(name, settings)
  }
}
