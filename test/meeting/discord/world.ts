import type { Environment } from '../../../src/config.ts'
import type { ChannelId } from '../../../src/message/channel.ts'
import { createFakeDiscord, type FakeDiscordOptions } from '../../support/discord/fake.ts'
import type { FakeChannel, FakeDiscord, FakeInteraction, FakeMessage } from '../../support/discord/fake-types.ts'
import { seededRandom } from '../../support/seeded-random.ts'
import { SimulatedClock } from '../../support/simulated-clock.ts'
import { Program, type ProgramOptions } from '../program.ts'

export interface MeetingOptions extends ProgramOptions {
  readonly discord?: FakeDiscordOptions
}

/** The whole program, its real gateway client, and Discord's servers on loopback. */
export class Meeting extends Program {
  readonly discord: FakeDiscord

  private constructor(discord: FakeDiscord, options: MeetingOptions, clock: SimulatedClock) {
    const servers = {
      origin: discord.url,
      get traffic() {
        const { requests } = discord
        return (
          requests.length + requests.filter(({ status, faults }) => status !== undefined || faults.length > 0).length
        )
      },
      close: () => discord.close(),
    }
    super(servers, options, clock)
    this.discord = discord
  }

  static async open(options: MeetingOptions = {}): Promise<Meeting> {
    const clock = new SimulatedClock('2025-09-08T12:00:00Z')
    return new Meeting(await createFakeDiscord({ clock, random: seededRandom(3), ...options.discord }), options, clock)
  }

  protected override get platformEnvironment(): Environment {
    return { DISCORD_TOKEN: this.discord.token, DISCORD_API_URL: this.discord.url }
  }

  /** What the person reads in the end, however long it takes. */
  async reply(asked: FakeInteraction): Promise<FakeMessage> {
    await this.passing(asked.acknowledged())
    await this.passing(this.until('an answer', () => !this.asking))
    const first = await this.passing(asked.reply())
    await this.quiet()
    return asked.edits.at(-1) ?? first
  }

  channelId(channel: FakeChannel): ChannelId {
    return `discord:${channel.guildId}/${channel.id}` as ChannelId
  }

  /** What the bot wrote in a channel for all, oldest first. */
  posts(channel: FakeChannel): readonly FakeMessage[] {
    return this.discord.messages(channel).filter((message) => message.byBot)
  }
}
