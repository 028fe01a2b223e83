import type { Services } from '../commands/command.ts'
import { answer } from '../commands/dispatch.ts'
import { hello } from '../commands/hello.ts'
import { commands } from '../commands/index.ts'
import { channelEvents } from './channel-register.ts'
import { clockTrouble, forgetLaterMoments, isTrusted, lastTrueMoment, noteClock } from './clock-check.ts'
import { composePart } from './compose-part.ts'
import { readSettings } from './config.ts'
import { type Courier, createCourier } from './delivery/courier.ts'
import type { Actor, Handlers, Platform, PlatformDefinition } from './delivery/platform.ts'
import { decideDigest, decideRound } from './digest/decide.ts'
import { matchRound } from './following/match-round.ts'
import { backfillOf, type House, type HouseOptions, openHouse, type World } from './house.ts'
import { tellAlarms } from './jobs/alarms.ts'
import { backfillSource } from './jobs/backfill.ts'
import { tenantIsHere } from './jobs/departures.ts'
import { leaveFalseFuture } from './jobs/false-future.ts'
import { withFollowedSince } from './jobs/first-memory.ts'
import { type Harvested, harvestSource } from './jobs/harvest.ts'
import { tellParked } from './jobs/parked-notice.ts'
import { answerRecall, type Recalling, recallRound } from './jobs/recall.ts'
import { retain } from './jobs/retention.ts'
import { reviseRound } from './jobs/revise.ts'
import { tidy } from './jobs/tidy.ts'
import { createTroubleWatch } from './jobs/troubles.ts'
import { lookUpVersions } from './jobs/versions.ts'
import { type ChannelId, channelParts, type TenantId } from './message/channel.ts'
import { notice } from './message/message.ts'
import { platforms as platformDefinitions } from './platforms/index.ts'
import { isWebPlatform } from './platforms/web/connection.ts'
import { recent } from './recent.ts'
import { type AppStatus, machineTroubles, statusOf } from './status.ts'
import type { Manner, PartRecord } from './store/records.ts'

/** The whole program, ready to be driven: by the clock, by a test, or by one verb. */
export interface App {
  readonly house: House
  readonly services: Services
  readonly platforms: readonly Platform[]
  readonly handlers: Handlers
  readonly courier: Courier
  readonly rounds: Rounds
  status(): Promise<AppStatus>
  close(): Promise<void>
}

/** The four transactions as jobs; each can be run at any time, in any order, again and again. */
export interface Rounds {
  harvest(signal: AbortSignal, since?: string): Promise<Harvested>
  match(): Promise<{ readonly matched: number }>
  decide(): Promise<{ readonly decided: number }>
  send(signal: AbortSignal): ReturnType<Courier['sendDue']>
  tidy(): Promise<unknown>
  /** Goes on filling the catalogue backwards, until it is done or told to stop. */
  backfill(signal: AbortSignal): Promise<void>
}

export interface AppOptions extends HouseOptions {
  /** In place of the platforms that the program has. */
  readonly platforms?: readonly PlatformDefinition[]
}

/** Puts everything together; the only place that knows everything. */
export async function createApp(world: World, options: AppOptions = {}): Promise<App> {
  const house = await openHouse(world, options)
  const { store, catalog, clock, random, log, config } = house
  const definitions = options.platforms ?? platformDefinitions
  const created = await Promise.all(definitions.map((definition) => createPlatform(definition, house)))
  const platforms = created.flat()
  const definitionOf = (channel: ChannelId) => definitions.find((each) => each.name === channelParts(channel).platform)
  const papersPerPart = (channel: ChannelId) => definitionOf(channel)?.papersPerPart ?? 10

  const platformOf = (channel: ChannelId) =>
    platforms.find((platform) => platform.name === channelParts(channel).platform)
  const tellConsole = async (text: string, next: string): Promise<void> => {
    await platforms.find((platform) => platform.name === 'web')?.tell(CONSOLE_ADMIN, notice('warning', text, next))
  }
  const recalling: Recalling = { ...house, platforms: platformOf, papersPerPart, tellAdmin: tellConsole }

  const courier = createCourier({
    store,
    clock,
    random,
    log,
    settleMs: config.settleMs,
    platforms: platformOf,
    compose: (part, manner) => composePart(house, part, manner),
    tellAdmin: async (event) => {
      const { channel, digest, part } = event.part
      log({ event: 'part.parked', channel, digest, part, reason: event.reason, until: event.until })
      await tellParked({ store, clock, tell: tellConsole }, event)
    },
  })

  const tellAdmin = async (text: string, isOver: boolean): Promise<void> => {
    const message = notice(isOver ? 'success' : 'warning', text, 'paperboy status shows how far arXiv is complete.')
    await platforms.find((platform) => platform.name === 'web')?.tell(CONSOLE_ADMIN, message)
  }

  const watchMachine = createTroubleWatch({ troubles: () => machineTroubles(house), tell: tellAdmin, log })

  /** Whether the clock can be believed; where others say that it is right, what a false time left behind is brought back. */
  const clockIsRight = async (): Promise<boolean> => {
    const trouble = await clockTrouble(store, clock)
    if (trouble === undefined) {
      await noteClock(store, clock)
      return true
    }
    log({ event: 'clock.failed', detail: trouble })
    const trusted = await isTrusted(store, clock)
    if (!trusted && !house.timeIsWitnessed()) {
      for (const { name, askTime } of house.sources)
        askTime?.(clock.timeout(ASK_TIME_MS)).catch((error: unknown) =>
          log({ event: 'clock.unwitnessed', source: name, error }),
        )
      return false
    }
    const now = clock.now()
    await leaveFalseFuture(store, {
      now,
      lastTrue: await lastTrueMoment(store, now),
      settleMs: config.settleMs,
    })
    await forgetLaterMoments(store, now)
    log({ event: 'clock.believed', detail: trusted ? 'somebody said so' : 'an answer bore the same time' })
    return true
  }

  // What it leaves behind is taken up by the next round.
  const sendSoon = () => void courier.sendDue(clock.timeout(SEND_NOW_MS))

  // Whoever asks is told of it; what a harvest learnt they hear at once.
  const sourceStatus = recent(clock, STATUS_MS, house.sourceStatus)

  const rounds: Rounds = {
    harvest: async (signal, since) => {
      await clockIsRight()
      const total = { harvested: 0, new: 0, revised: 0, failures: 0 }
      for (const source of house.sources) {
        const learnt = await harvestSource(source, catalog, {
          signal,
          log,
          ...(await withFollowedSince(store, source, await house.memoryOf(source), since)),
        })
        total.harvested += learnt.harvested
        total.new += learnt.new
        total.revised += learnt.revised
        total.failures += learnt.failures
      }
      await lookUpVersions({ store, catalog, sources: house.sources, clock, log, signal })
      sourceStatus.forget()
      await tellAlarms({ store, log, tell: tellAdmin }, await house.sourceStatus())
      await tellCompleteness(house, platforms)
      return total
    },
    backfill: async (signal) => {
      for (const source of house.sources) {
        await backfillSource(source, catalog, {
          signal,
          log,
          memory: await house.memoryOf(source),
          place: backfillOf(source),
        })
      }
    },
    match: async () => {
      const matched = await matchRound({ store, catalog, clock, random, log, announcedThrough: house.announcedThrough })
      const compose = (part: PartRecord, manner: Manner) => composePart(house, part, manner)
      await reviseRound({ store, catalog, clock, random, log, compose })
      return matched
    },
    decide: async () => {
      // First, for on a full disk nothing else gets as far.
      await watchMachine()
      if (!(await clockIsRight())) return { decided: 0 }
      await recallRound(recalling)
      const askOfBurst = async (channel: ChannelId, papers: number) => {
        log({ event: 'digest.burst', channel, papers })
        const text = `${papers} papers at once for ${channel}: they are held.`
        const next = `Post them capped, post all listed, or drop them: paperboy burst --channel ${channel}. Without an answer they are posted capped after a day.`
        await platforms.find((each) => each.name === 'web')?.tell(CONSOLE_ADMIN, notice('warning', text, next))
      }
      return decideRound({ store, catalog, clock, random, log, papersPerPart, askOfBurst })
    },
    send: (signal) => courier.sendDue(signal),
    tidy: async () => {
      await tidy({ store, clock, log })
      await retain({ store, clock, log })
    },
  }

  const services: Services = {
    store,
    catalog,
    sources: house.sources,
    clock,
    random,
    log,
    sourceStatus: sourceStatus.get,
    machineTroubles: async () => (await machineTroubles(house)).map(({ text }) => text),
    papersPerPart,
    checkPlace: async (actor, channel, signal) => {
      const platform = platforms.find((each) => each.name === channelParts(channel).platform)
      return (await platform?.checkPlace?.(actor, channel, signal)) ?? { kind: 'fine' }
    },
    digestNow: async (channel) => {
      const digest = await decideDigest(house, channel, {
        now: clock.now(),
        papersPerPart: papersPerPart(channel),
        manual: true,
      })
      if (digest !== undefined) sendSoon()
      const papers = digest === undefined ? 0 : digest.parts.flat().length + digest.listed.length
      return { papers, questions: digest?.questions?.length ?? 0 }
    },
    answerParked: async (part, word) => {
      const answered = await courier.answer(part, word)
      sendSoon()
      return answered
    },
    answerRecall: (channel, word) => answerRecall(recalling, channel, word),
  }

  const handlers: Handlers = {
    ask: async (question, asking) => {
      await tenantIsHere(store, question.actor.tenant).catch((error: unknown) => log({ event: 'tenant.failed', error }))
      return answer(commands, services, question, asking)
    },
    on: async (event) => {
      try {
        const said = await channelEvents({ store, clock, courier, log, hello }, event)
        sendSoon()
        return said
      } catch (error) {
        log({ event: 'channel.failed', what: event.kind, error })
        return undefined
      }
    },
  }

  return {
    house,
    services,
    platforms,
    handlers,
    courier,
    rounds,
    status: () => statusOf(house),
    close: house.close,
  }
}

const SEND_NOW_MS = 60_000
const STATUS_MS = 1000
const ASK_TIME_MS = 60_000

/** Whoever holds the console's token is told what only an admin can decide, whatever the platform. */
const CONSOLE_ADMIN: Actor = { platform: 'web', tenant: 'web' as TenantId, id: 'you', name: 'you', rank: 'admin' }

async function createPlatform(definition: PlatformDefinition, house: House): Promise<readonly Platform[]> {
  const platform = await definition.create(readSettings(definition.settings, house.config.environment), {
    ...house,
    commands,
  })
  return platform === undefined ? [] : [platform]
}

/** The console's open pages show how far the catalogue is complete. */
async function tellCompleteness(house: House, platforms: readonly Platform[]): Promise<void> {
  const events = platforms.find(isWebPlatform)?.events
  if (events?.heard !== true) return
  const { completeThrough } = await statusOf(house)
  events.tell(undefined, { kind: 'complete', through: completeThrough ?? undefined })
}
