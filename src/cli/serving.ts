import { rm, writeFile } from 'node:fs/promises'
import { type App, createApp } from '../app.ts'
import { isoAt } from '../clock.ts'
import { readSettings } from '../config.ts'
import type { Platform } from '../delivery/platform.ts'
import type { World } from '../house.ts'
import { type Jobs, startJobs } from '../jobs/jobs.ts'
import { intervalOf } from '../jobs/ticker.ts'
import { giveBackMemory } from '../memory.ts'
import { type ChannelId, channelParts, parseChannel } from '../message/channel.ts'
import { chatServices } from '../platforms/index.ts'
import type { WebPlatform } from '../platforms/web/connection.ts'
import { createConsole } from '../platforms/web/console.ts'
import { web as webDefinition } from '../platforms/web/definition.ts'
import { listenConsole } from '../platforms/web/listen.ts'
import { allowedHosts, consoleRefusal } from '../platforms/web/security.ts'
import { consoleToken } from '../platforms/web/token.ts'
import { channelKey } from '../store/keys.ts'
import { lockDataDir } from '../store/lock.ts'
import type { ChannelRecord } from '../store/records.ts'
import { entriesOf } from '../store/store.ts'
import { consoleFile, type DataVerb, readLine } from './beside.ts'
import { lastResort } from './last-resort.ts'
import { HOME } from './local.ts'
import { publicSite } from './public-listener.ts'
import { type Io, Refusal } from './verb.ts'

/** Of a pass over a source that does not answer. */
const LONGEST_PASS_MS = 30 * 60_000

export interface ServingOptions {
  /** For the sentence that a second process gets. */
  readonly verb: string
  /** Verbs that other processes may run inside this one. */
  readonly verbs: readonly DataVerb[]
  /** Signs in whoever opens the login page; only on loopback. */
  readonly openDoor?: boolean
  /** Called once everything answers, before the jobs begin. */
  prepare?(app: App): Promise<void>
  /** Called once the jobs run, with the address to open. */
  opened(url: string, jobs: Jobs, app: App): Promise<void>
}

/** The running program: console, platforms and jobs, until the signal comes; then it stops within 10 s and loses nothing. */
export async function serve(world: World, io: Io, options: ServingOptions): Promise<void> {
  const { config } = world
  const settings = readSettings(webDefinition.settings, config.environment)
  const refusal = consoleRefusal(settings)
  if (refusal !== undefined) throw new Refusal(refusal)
  const lock = await lockDataDir(config.dataDir, options.verb)
  if (lock.kind === 'held') throw new Refusal(lock.message)
  const closing: (() => unknown)[] = [() => lock.release()]
  const failure = Promise.withResolvers<never>()
  failure.promise.catch(() => {})
  const unheard = lastResort(process, world.log, () =>
    failure.reject(
      new Refusal('Paperboy stopped at an error of its own; the log has it. Start it again: nothing is lost.'),
    ),
  )
  closing.push(unheard)
  const listen = (site: Parameters<typeof listenConsole>[0], host: string, port: number, variable: string) =>
    listenConsole(site, { host, port, variable, clock: world.clock }).catch((error: unknown) => {
      throw new Refusal(error instanceof Error ? error.message : String(error))
    })
  try {
    const app = await createApp(world, {
      // A pass that gets no answer must be over when the next one is due.
      patienceMs: Math.min(
        LONGEST_PASS_MS,
        intervalOf(config.pollCron, config.timezone ?? 'UTC', world.clock.now()) / 2,
      ),
    })
    closing.unshift(() => app.close())
    await registerHome(app)
    await app.courier.recover(io.signal)
    const web = app.platforms.find(isWebPlatform)
    if (web === undefined) throw new Error('the console has no web platform')
    const token = settings.token ?? (await consoleToken(config.dataDir, world.random))
    const site = createConsole({
      web,
      token,
      allowedHosts: allowedHosts(settings),
      ...(settings.origin === undefined ? {} : { origin: settings.origin }),
      ...(options.openDoor === undefined ? {} : { demo: options.openDoor }),
      handlers: app.handlers,
      clock: world.clock,
      random: world.random,
      log: world.log,
      home: HOME,
      health: async () => healthOf(app),
      // Whoever asks for no metrics does not pay for loading their library.
      metrics: async () => (await import('../metrics.ts')).metricsOf(await app.status()),
      channels: () => channelsOf(app, web),
      services: chatServices(config.environment),
      verbs: (name, args, signal) => runVerb(app, io, options.verbs, name, args, signal),
    })
    const listener = await listen(site, settings.host, settings.port, 'CONSOLE_PORT')
    closing.unshift(() => listener.close())
    if (config.publicPort !== undefined) {
      const outside = await listen(publicSite(app), '0.0.0.0', config.publicPort, 'PUBLIC_PORT')
      closing.unshift(() => outside.close())
      world.log({ event: 'public.listening', port: outside.port })
    }
    for (const platform of app.platforms) {
      await platform.start(app.handlers, io.signal)
      closing.unshift(() => platform.stop())
    }
    await writeFile(consoleFile(config.dataDir), JSON.stringify({ url: listener.url }), { mode: 0o600 })
    closing.unshift(() => rm(consoleFile(config.dataDir), { force: true }))
    await options.prepare?.(app)
    const jobs = startJobs({
      rounds: { ...app.rounds, harvest: frugally(app.rounds.harvest) },
      pollCron: config.pollCron,
      clock: world.clock,
      store: app.house.store,
      log: world.log,
      ...(config.timezone === undefined ? {} : { timezone: config.timezone }),
    })
    closing.unshift(() => jobs.stop())
    io.out(
      JSON.stringify({
        event: 'ready',
        console: settings.origin ?? listener.url,
        platforms: app.platforms.map((platform) => platform.name),
      }),
    )
    await options.opened(`${settings.origin ?? listener.url}${site.loginPath()}`, jobs, app)
    await Promise.race([stopped(io.signal), failure.promise])
    world.log({ event: 'stopping' })
  } finally {
    for (const close of closing) await close()
  }
}

/** What a start and a harvest needed in passing is given back: between two harvests the program has next to nothing to do. */
function frugally(harvest: App['rounds']['harvest']): App['rounds']['harvest'] {
  let isFirst = true
  return async (...args) => {
    try {
      const learnt = await harvest(...args)
      if (isFirst || learnt.harvested > 0) giveBackMemory()
      return learnt
    } finally {
      isFirst = false
    }
  }
}

/** The channel that every install has, so that there is a place to type in. */
async function registerHome(app: App): Promise<void> {
  const { store, clock } = app.house
  if ((await store.channels.get(channelKey(HOME))) !== undefined) return
  const home: ChannelRecord = {
    channel: HOME,
    tenant: channelParts(HOME).tenant,
    name: '#papers',
    addedAt: isoAt(clock.now()),
  }
  await store.channels.set(channelKey(HOME), home)
}

async function channelsOf(app: App, web: WebPlatform) {
  const { store } = app.house
  const listed = new Map<ChannelId, string>()
  for await (const { value } of entriesOf(store, store.channels, ['web'])) listed.set(value.channel, value.name)
  // Whatever was followed or set in a channel of the console by a verb is there, though nobody has registered it.
  for (const namespace of [store.subscriptions, store.ended, store.settings])
    for await (const { key } of entriesOf<unknown>(store, namespace, ['web'])) {
      const channel = parseChannel(key[1] ?? '')
      if (channel !== undefined && !listed.has(channel)) listed.set(channel, `#${channelParts(channel).place}`)
    }
  return [...listed]
    .filter(([channel]) => channelParts(channel).platform === web.name)
    .map(([channel, name]) => ({ channel, name }))
}

async function healthOf(app: App) {
  const { ok, completeThrough, sources, queue, parked, clock, disk } = await app.status()
  const told = sources.map(({ name, state, completeThrough: through, detail }) => ({
    name,
    state,
    completeThrough: through,
    detail,
  }))
  const troubles = { ...(clock === undefined ? {} : { clock }), ...(disk === undefined ? {} : { disk }) }
  return { ok, body: { ok, completeThrough, sources: told, outbox: queue, parked, ...troubles } }
}

async function runVerb(
  app: App,
  io: Io,
  verbs: readonly DataVerb[],
  name: string,
  args: readonly string[],
  signal: AbortSignal,
) {
  const verb = verbs.find((each) => each.name === name)
  if (verb === undefined) return undefined
  const stdout: string[] = []
  const stderr: string[] = []
  const within: Io = {
    ...io,
    signal,
    out: (line) => stdout.push(line),
    say: (line) => stderr.push(line),
    stdin: async () => '',
  }
  const exit = await Promise.resolve()
    .then(() => verb.work(app, readLine(verb, args), within))
    .catch((error: unknown) => {
      stderr.push(error instanceof Error ? error.message : String(error))
      return error instanceof Error && error.name === 'UsageError' ? (2 as const) : (1 as const)
    })
  return { stdout: stdout.join('\n'), stderr: stderr.join('\n'), exit }
}

function stopped(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve()
    else signal.addEventListener('abort', () => resolve(), { once: true })
  })
}

function isWebPlatform(platform: Platform): platform is WebPlatform {
  return platform.name === webDefinition.name && 'postsAfter' in platform
}
