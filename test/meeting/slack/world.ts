import { serve } from '@hono/node-server'
import { publicSite } from '../../../src/cli/public-listener.ts'
import type { Environment } from '../../../src/config.ts'
import type { ChannelId } from '../../../src/message/channel.ts'
import { seededRandom } from '../../support/seeded-random.ts'
import { SimulatedClock } from '../../support/simulated-clock.ts'
import { createFakeSlack, type FakeSlack, type FakeSlackOptions } from '../../support/slack/fake.ts'
import type {
  FakeChannel,
  FakeInteraction,
  FakeMessage,
  FakeTeam,
  FakeUser,
  FakeView,
} from '../../support/slack/fake-types.ts'
import { Program, type ProgramOptions } from '../program.ts'

/** How Slack's questions come in. */
export type Way = 'socket' | 'http'

export interface MeetingOptions extends ProgramOptions {
  readonly slack?: FakeSlackOptions
  readonly way?: Way
}

type Listener = ReturnType<typeof serve>

/** The whole program, its real client, and Slack's servers on loopback; over HTTP its real public listener, too. */
export class Meeting extends Program {
  readonly slack: FakeSlack
  /** The workspace whose tokens the program has. */
  readonly home: FakeTeam
  readonly way: Way
  #listener: Listener | undefined
  /** Where Slack's requests go, over HTTP. */
  requestUrl = ''

  private constructor(slack: FakeSlack, options: MeetingOptions, clock: SimulatedClock) {
    const servers = {
      origin: new URL(slack.url).origin,
      get traffic() {
        return slack.calls.length + slack.calls.filter(({ status }) => status !== undefined).length
      },
      close: () => slack.close(),
    }
    super(servers, options, clock)
    this.slack = slack
    this.way = options.way ?? 'socket'
    this.home = slack.addTeam({ name: 'Optics' })
  }

  static async open(options: MeetingOptions = {}): Promise<Meeting> {
    const clock = new SimulatedClock('2025-09-08T12:00:00Z')
    return new Meeting(await createFakeSlack({ clock, random: seededRandom(3), ...options.slack }), options, clock)
  }

  protected override get platformEnvironment(): Environment {
    const { app, url } = this.slack
    return {
      SLACK_BOT_TOKEN: this.home.token,
      SLACK_API_URL: url,
      ...(this.way === 'socket' ? { SLACK_APP_TOKEN: app.appToken } : {}),
      ...(this.way === 'http' ? { SLACK_SIGNING_SECRET: app.signingSecret, PUBLIC_PORT: '0' } : {}),
    }
  }

  override async start(over: Environment = {}) {
    const app = await super.start(over)
    if (this.way === 'http') {
      const site = publicSite(app)
      const port = await new Promise<number>((resolve) => {
        this.#listener = serve({ fetch: site.fetch, port: 0, hostname: '127.0.0.1' }, (address) =>
          resolve(address.port),
        )
      })
      this.requestUrl = `http://127.0.0.1:${port}/slack/events`
      this.slack.requestUrl(this.requestUrl)
    }
    return app
  }

  override async stop(): Promise<void> {
    await super.stop()
    const listener = this.#listener
    this.#listener = undefined
    if (listener !== undefined) await new Promise((resolve) => listener.close(resolve))
  }

  /** What the person reads in the end, however long it takes: the last message that answers. */
  async reply(asked: FakeInteraction): Promise<FakeMessage> {
    const all = await this.replies(asked)
    const last = all.at(-1)
    if (last === undefined) throw new Error('there was no answer')
    return last
  }

  async replies(asked: FakeInteraction): Promise<readonly FakeMessage[]> {
    await this.passing(asked.acknowledged())
    await this.passing(asked.reply())
    await this.settled(async () => (await asked.replies()).length)
    return asked.replies()
  }

  /** The modal that it opens. */
  async modal(asked: FakeInteraction): Promise<FakeView> {
    await this.passing(asked.acknowledged())
    return this.passing(asked.modal())
  }

  /** A form is sent; what comes of it in the channel is read by its person alone. */
  async submitted(view: FakeView, values: Parameters<FakeSlack['submit']>[1], where: Place): Promise<FakeMessage> {
    const before = this.slack.ephemerals(where.channel, where.user).length
    await this.passing(this.slack.submit(view, values).acknowledged())
    const said = () => this.slack.ephemerals(where.channel, where.user).slice(before)
    await this.passing(this.until('an answer to the form', () => said().length > 0 && !this.asking))
    await this.settled(async () => said().length)
    const last = said().at(-1)
    if (last === undefined) throw new Error('there was no answer')
    return last
  }

  /** What is said in several messages comes a second apart. */
  private async settled(count: () => Promise<number>): Promise<void> {
    for (let before = -1, now = 0; now > before || this.asking; ) {
      before = await count()
      await this.passing(this.until('an answer', () => !this.asking))
      await this.passing(this.clock.sleep(1200))
      await this.quiet()
      now = await count()
    }
  }

  /** Somebody lets the app into the workspace again: it has a new token. */
  async reinstall(): Promise<void> {
    const { slack, home } = this
    const { clientId, clientSecret } = slack.app
    const code = slack.grant(home, slack.addUser(home))
    const body = new URLSearchParams({ client_id: clientId, client_secret: clientSecret, code })
    await fetch(`${slack.url}oauth.v2.access`, { method: 'POST', body })
  }

  /** What the bot may do. */
  async scopes(): Promise<readonly string[]> {
    const headers = { authorization: `Bearer ${this.home.token}` }
    const response = await fetch(`${this.slack.url}auth.test`, { method: 'POST', headers })
    return response.headers.get('x-oauth-scopes')?.split(',') ?? []
  }

  channelId(channel: FakeChannel): ChannelId {
    return `slack:${channel.teamId}/${channel.id}` as ChannelId
  }

  /** What the bot wrote in a channel for all, oldest first. */
  posts(channel: FakeChannel): readonly FakeMessage[] {
    return this.slack.messages(channel).filter((message) => message.byBot)
  }
}

interface Place {
  readonly user: FakeUser
  readonly channel: FakeChannel
}
