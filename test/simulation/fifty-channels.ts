import type { Environment } from '../../src/config.ts'
import type { PlatformDefinition } from '../../src/delivery/platform.ts'
import type { ChannelId } from '../../src/message/channel.ts'
import type { PaperId } from '../../src/papers/paper.ts'
import { discord as discordPlatform } from '../../src/platforms/discord/definition.ts'
import { slack as slackPlatform } from '../../src/platforms/slack/definition.ts'
import type { Random } from '../../src/random.ts'
import { createFakeDiscord } from '../support/discord/fake.ts'
import type * as discord from '../support/discord/fake-types.ts'
import { seededRandom } from '../support/seeded-random.ts'
import type { SimulatedClock } from '../support/simulated-clock.ts'
import { createFakeSlack, type FakeSlack } from '../support/slack/fake.ts'
import type * as slack from '../support/slack/fake-types.ts'
import { environmentOf, everyFault, papersIn, type StandingPost, switchOn, URLS } from './chat-services.ts'
import type { Witness } from './deliveries.ts'
import { pick } from './papers.ts'
import { anotherLook } from './renderers.ts'
import type { ChatServices } from './world.ts'

const SERVERS = 4

/** One place from which the bot can be thrown out, with the channels that it loses. */
export interface Door {
  readonly channels: readonly ChannelId[]
  kick(): void
  invite(): void
}

/** A workspace of Slack and some servers of Discord in this process, with the program's own drivers and renderers before them. */
export class ManyChannels implements ChatServices, Witness {
  readonly clock: SimulatedClock
  readonly slack: FakeSlack
  readonly discord: discord.FakeDiscord
  readonly doors: readonly Door[]
  /** Which edition of the renderers the program has. */
  edition = 1
  readonly #team: slack.FakeTeam
  readonly #slackChannels: ReadonlyMap<ChannelId, slack.FakeChannel>
  readonly #discordChannels: ReadonlyMap<ChannelId, discord.FakeChannel>

  private constructor(clock: SimulatedClock, servers: [FakeSlack, discord.FakeDiscord], count: number) {
    const [slack, discord] = servers
    this.clock = clock
    this.slack = slack
    this.discord = discord
    this.#team = slack.addTeam({ name: 'Optics' })
    const admin = slack.addUser(this.#team, { name: 'ada' })
    const rooms = Array.from({ length: count }, (_, at) => slack.addChannel(this.#team, { name: `papers-${at}` }))
    this.#slackChannels = new Map(rooms.map((room) => [`slack:${room.teamId}/${room.id}` as ChannelId, room]))
    const guilds = Array.from({ length: SERVERS }, (_, at) => discord.addGuild({ name: `Server ${at}` }))
    const places = guilds.flatMap((guild, at) =>
      Array.from({ length: Math.ceil((count - at) / SERVERS) }, (_, n) => ({
        guild,
        room: discord.addChannel(guild, { name: `papers-${n}` }),
      })),
    )
    const idOf = (room: discord.FakeChannel) => `discord:${room.guildId}/${room.id}` as ChannelId
    this.#discordChannels = new Map(places.map(({ room }) => [idOf(room), room]))
    this.doors = [
      ...[...this.#slackChannels].map(([channel, room]) => ({
        channels: [channel],
        kick: () => void slack.kick(room, admin),
        invite: () => void slack.invite(room, admin),
      })),
      ...guilds.map((guild) => ({
        channels: places.flatMap((place) => (place.guild === guild ? [idOf(place.room)] : [])),
        kick: () => discord.kick(guild),
        invite: () => discord.invite(guild),
      })),
    ]
  }

  /** So many channels, half of them on Slack and half on Discord. */
  static async open(clock: SimulatedClock, channels: number): Promise<ManyChannels> {
    const servers = { clock, random: seededRandom(3), listen: false }
    return new ManyChannels(
      clock,
      [await createFakeSlack({ ...servers, historyLagMs: 5000 }), await createFakeDiscord(servers)],
      Math.ceil(channels / 2),
    )
  }

  get channels(): readonly ChannelId[] {
    return [...this.#slackChannels.keys(), ...this.#discordChannels.keys()]
  }

  get environment(): Environment {
    return environmentOf(this.slack, this.#team, this.discord)
  }

  get platforms(): readonly PlatformDefinition[] {
    return [slackPlatform, discordPlatform].map((platform) => anotherLook(platform, this.edition))
  }

  ask(...[input, init]: Parameters<typeof fetch>): Promise<Response> | undefined {
    const url = String(input instanceof Request ? input.url : input)
    if (url.startsWith(URLS.slack)) return this.slack.fetch(input, init)
    return url.startsWith(URLS.discord) ? this.discord.fetch(input, init) : undefined
  }

  /** One of the faults of one of the services befalls its next requests; says which. */
  anyFault(random: Random): string {
    const { name, slack, discord } = pick(everyFault, random)
    const times = 1 + Math.floor(random.next() * 3)
    const several = <All extends object>(faults: All) =>
      Object.fromEntries(Object.entries(faults).map(([each, settings]) => [each, { ...settings, times }])) as All
    if (random.next() < 0.5) {
      switchOn(this.slack.faults, several(slack))
      return `Slack, ${times} times: ${name}`
    }
    switchOn(this.discord.faults, several(discord))
    return `Discord, ${times} times: ${name}`
  }

  /** What the bot has posted in one channel, oldest first. */
  posts(channel: ChannelId): readonly StandingPost[] {
    return this.#messages(channel).map(({ id, text, native }) => ({ channel, id, text, papers: givenIn(text, native) }))
  }

  /** The same with all that a reader sees, as the service keeps it. */
  shown(channel: ChannelId): readonly (StandingPost & { readonly shown: string })[] {
    const messages = this.#messages(channel)
    return this.posts(channel).map((post, at) => ({ ...post, shown: JSON.stringify(messages[at]) }))
  }

  #messages(channel: ChannelId): readonly { readonly id: string; readonly text: string; readonly native: unknown }[] {
    const room = this.#slackChannels.get(channel)
    if (room !== undefined)
      return this.slack
        .messages(room)
        .flatMap(({ byBot, ts, text, blocks }) => (byBot ? [{ id: ts, text, native: blocks }] : []))
    const place = this.#discordChannels.get(channel)
    if (place === undefined) return []
    return this.discord
      .messages(place)
      .flatMap(({ byBot, id, text, components, embeds }) => (byBot ? [{ id, text, native: [components, embeds] }] : []))
  }

  standing(): readonly { readonly channel: ChannelId; readonly papers: readonly { readonly id: PaperId }[] }[] {
    return this.channels.flatMap((channel) => this.posts(channel))
  }

  /** What is wrong with what the servers were asked for; empty when nothing is. */
  wrongs(): readonly string[] {
    const refused = this.slack.limited.map(({ at, method }) => `${at} ${method}`)
    // Requests to several channels are under way at once: one of the very moment of a refusal could not heed it.
    const early = this.slack.limited.filter(
      ({ avoidable }, place) => avoidable && refused.indexOf(refused[place] ?? '') === place,
    )
    const wrong = this.slack.violations.filter(
      ({ at, where, rule }) => rule !== 'retry-after' || !refused.includes(`${at} ${where}`),
    )
    return [...wrong, ...early, ...this.discord.violations].map((each) => JSON.stringify(each))
  }
}

/** A line in a thread that says what became of a posted paper gives it to nobody. */
function givenIn(text: string, native: unknown): StandingPost['papers'] {
  return text.includes('The digest') ? [] : papersIn(native)
}
