import { z } from 'zod'
import { type Handlers, type Platform, PlatformError, type PlatformHouse } from '../../delivery/platform.ts'
import { parseChannel } from '../../message/channel.ts'
import { createApi, type DiscordApi } from './api.ts'
import { createGateway, type Gateway } from './gateway.ts'
import { checkPlace } from './place-check.ts'
import { createPlaces } from './places.ts'
import { createPoster } from './poster.ts'
import { answerInteraction } from './questions.ts'
import { registerCommands } from './registration.ts'
import { createServers } from './servers.ts'
import type { DiscordSettings } from './settings.ts'
import { asTypedHere } from './typed-line.ts'

type DiscordHouse = Pick<PlatformHouse, 'commands' | 'store' | 'clock' | 'fetch' | 'log'>

const TELL_MS = 20_000
const CONNECT_MS = 30_000
const REGISTER_MS = 15_000
const STOP_MS = 4000
const FIRST_PAUSE_MS = 5000
const LONGEST_PAUSE_MS = 10 * 60_000

/** Discord by one bot: digests go out over REST, questions and changes come by the gateway. */
export function createDiscord(settings: DiscordSettings & { readonly token: string }, house: DiscordHouse): Platform {
  const { clock, fetch, log } = house
  const api = createApi({ apiUrl: settings.apiUrl, token: settings.token, clock, fetch })
  const places = createPlaces(api)
  const poster = createPoster(api, places, settings.rendering)
  const stopping = new AbortController()
  const underWay = new Set<Promise<unknown>>()
  let gateway: Gateway | undefined
  let own = ''
  let registered = false

  const signalFor = (ms: number) => AbortSignal.any([stopping.signal, clock.timeout(ms)])

  function track(task: Promise<unknown>): void {
    underWay.add(task)
    void task.finally(() => underWay.delete(task))
  }

  function connect(handlers: Handlers): Gateway {
    const servers = createServers({
      ...house,
      handlers,
      self: () => own,
      say: (channel, message) => poster.say(channel, asTypedHere(message, house.commands), clock.timeout(TELL_MS)),
    })
    const questions = { ...house, api, rendering: settings.rendering, handlers }
    return createGateway({
      ...settings,
      log,
      on(name, data) {
        if (stopping.signal.aborted) return
        if (name === 'READY') own = readyShape.safeParse(data).data?.user.id ?? own
        if (name === 'INTERACTION_CREATE') track(answerInteraction(questions, data, stopping.signal))
        else track(servers.tell(name, data))
      },
    })
  }

  /** Keeps connected until it is stopped: Discord's being away, or its closing a connection for good, keeps nothing else from going on. */
  async function stayConnected(handlers: Handlers, connected: () => void): Promise<void> {
    let pause = FIRST_PAUSE_MS
    while (!stopping.signal.aborted) {
      const attempt = connect(handlers)
      gateway = attempt
      const began = clock.now()
      try {
        await attempt.open()
        log({ event: 'discord.connected' })
        if (!registered) registered = await register(api, settings, house, signalFor(REGISTER_MS))
        connected()
        await attempt.lost
      } catch (error) {
        if (!stopping.signal.aborted) log({ event: 'discord.connect-failed', retryMs: pause, error })
      }
      await attempt.close().catch(() => {})
      if (clock.now() - began > LONGEST_PAUSE_MS) pause = FIRST_PAUSE_MS
      await clock.sleep(pause, stopping.signal).catch(() => {})
      pause = Math.min(pause * 2, LONGEST_PAUSE_MS)
    }
  }

  return {
    name: 'discord',
    post: poster.post,
    find: poster.find,
    recall: poster.recall,
    edit: poster.edit,

    async start(handlers, signal) {
      const bounded = AbortSignal.any([signal, stopping.signal])
      const me = await places.self(bounded)
      if (me.kind === 'error' && me.status === 401) {
        throw new PlatformError(
          'Discord does not accept DISCORD_TOKEN: reset it under Bot in the developer portal and set it anew',
        )
      }
      if (me.kind === 'known') own = me.id
      else log({ event: 'discord.away', cause: me.kind })
      registered = await register(api, settings, house, AbortSignal.any([signal, signalFor(REGISTER_MS)]))
      const connected = Promise.withResolvers<void>()
      track(stayConnected(handlers, connected.resolve))
      const waiting = new AbortController()
      await Promise.race([
        connected.promise,
        clock.sleep(CONNECT_MS, AbortSignal.any([waiting.signal, bounded])).catch(() => {}),
      ])
      waiting.abort()
    },

    checkPlace: (actor, channel, signal) => checkPlace(places, actor, channel, signal),

    async tell(actor, message) {
      const channel = parseChannel(`discord:@${actor.id}`)
      if (channel === undefined) throw new Error(`${actor.id} is nobody on Discord`)
      await poster.say(channel, message, clock.timeout(TELL_MS))
    },

    async stop() {
      stopping.abort()
      await gateway?.close().catch(() => {})
      const waiting = new AbortController()
      await Promise.race([Promise.allSettled(underWay), clock.sleep(STOP_MS, waiting.signal).catch(() => {})])
      waiting.abort()
    },
  }
}

const applicationShape = z.object({ id: z.string() })
const readyShape = z.object({ user: z.object({ id: z.string() }) })

/** The application's id as set, or as Discord says it; undefined when it can't be learnt now. */
export async function applicationIdOf(
  api: DiscordApi,
  { applicationId }: Pick<DiscordSettings, 'applicationId'>,
  signal: AbortSignal,
): Promise<string | undefined> {
  if (applicationId !== undefined) return applicationId
  const answer = await api.request('GET', '/applications/@me', { signal })
  return answer.kind === 'ok' ? applicationShape.safeParse(answer.body).data?.id : undefined
}

/** Whether Discord knows the commands now; where it does not, the log says why. */
async function register(
  api: DiscordApi,
  settings: DiscordSettings,
  { commands, log }: DiscordHouse,
  signal: AbortSignal,
): Promise<boolean> {
  const application = await applicationIdOf(api, settings, signal)
  const registered =
    application === undefined
      ? { why: 'the application’s id is not known' }
      : await registerCommands(api, application, commands, signal)
  if (typeof registered === 'string') log({ event: `discord.commands-${registered}` })
  else log({ event: 'discord.commands-failed', why: registered.why })
  return typeof registered === 'string'
}
