import { constants, existsSync } from 'node:fs'
import { access, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { commands } from '../../commands/index.ts'
import { createApp } from '../app.ts'
import { systemClock } from '../clock.ts'
import { isTrusted, trustClock } from '../clock-check.ts'
import { type Config, ConfigError, readConfig, readSettings } from '../config.ts'
import type { Finding } from '../delivery/platform.ts'
import { catalogFile, hasData, hasState, stateFile } from '../house.ts'
import { createLog } from '../logging.ts'
import { type ChannelId, channelParts } from '../message/channel.ts'
import { platforms } from '../platforms/index.ts'
import { web } from '../platforms/web/definition.ts'
import { consoleRefusal } from '../platforms/web/security.ts'
import { systemRandom } from '../random.ts'
import { sources } from '../sources/index.ts'
import { openStore } from '../store/sqlite.ts'
import { entriesOf, type Store } from '../store/store.ts'
import { StoreError, storeError } from '../store/store-error.ts'
import { readArguments } from './arguments.ts'
import { settingsInVain } from './setting-names.ts'
import { upgradeFindings } from './upgrade-check.ts'
import { Refusal, type Verb } from './verb.ts'

const PLATFORM_MS = 30_000

/** Looks at everything that may be in the way, and says what to do about it. Asks no source; changes nothing but what it is told of the clock. */
export const doctor: Verb = {
  name: 'doctor',
  usage: 'doctor [--before-upgrade | --trust-clock] [--json]',
  summary: 'Check settings, data folder and completeness; say what is missing',
  async run(args, io) {
    const read = readArguments(args, { json: 'boolean', 'before-upgrade': 'boolean', 'trust-clock': 'boolean' })
    if (read.flag('trust-clock')) await believeClock(readConfig(io.environment, io.terminal).dataDir)
    const findings = read.flag('before-upgrade')
      ? upgradeFindings(readConfig(io.environment, io.terminal).dataDir, systemClock.now())
      : await examine(() => readConfig(io.environment, io.terminal), io.signal)
    if (read.flag('json')) io.out(JSON.stringify({ ok: findings.every(({ ok }) => ok), findings }))
    else
      for (const { ok, text, remedy } of findings)
        io.out(
          `${ok ? (remedy === undefined ? '✓' : '⚠') : '✗'} ${text}${remedy === undefined ? '' : `\n    → ${remedy}`}`,
        )
    return findings.every(({ ok }) => ok) ? 0 : 1
  },
}

/** One row, which a process that runs on the folder reads within a minute. */
async function believeClock(dataDir: string): Promise<void> {
  if (!hasState(dataDir))
    throw new Refusal(`There is nothing in the data folder ${dataDir} yet that could doubt the clock.`)
  const store = await openStore(stateFile(dataDir))
  try {
    await trustClock(store, systemClock)
  } finally {
    await store.close()
  }
}

async function ofClock(store: Store, trouble: string): Promise<Finding> {
  if (!(await isTrusted(store, systemClock))) return { ok: false, text: trouble }
  return {
    ok: true,
    text: 'The machine’s clock is taken for right; what was noted of a later time is forgotten with the next round',
    remedy: 'A running Paperboy does so within a minute; else start it.',
  }
}

async function examine(reading: () => Config, signal: AbortSignal): Promise<readonly Finding[]> {
  let config: Config
  try {
    config = reading()
    for (const definition of sources) readSettings(definition.settings, config.environment)
    for (const definition of platforms) readSettings(definition.settings, config.environment)
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error
    return [
      {
        ok: false,
        text: error.message,
        remedy: 'Mend it in the environment or .env; .env.example explains each setting.',
      },
    ]
  }
  return [
    nodeVersion(),
    ...names(config),
    ...settingsOf(config),
    ...(await folder(config)),
    ...files(config),
    ...(await data(config, signal)),
  ]
}

function nodeVersion(): Finding {
  return { ok: true, text: `Node ${process.versions.node}` }
}

function names({ environment }: Config): readonly Finding[] {
  return settingsInVain(environment).map((text) => ({
    ok: true,
    text,
    remedy: 'Correct its name or unset it; .env.example names every setting.',
  }))
}

function settingsOf(config: Config): readonly Finding[] {
  const refusal = consoleRefusal(readSettings(web.settings, config.environment))
  const contact: Finding =
    config.contactEmail === undefined
      ? {
          ok: true,
          text: 'CONTACT_EMAIL is not set',
          remedy: 'arXiv asks for a contact in the User-Agent: set CONTACT_EMAIL=you@example.org',
        }
      : { ok: true, text: `Sources are told the contact ${config.contactEmail}` }
  const console: Finding =
    refusal === undefined ? { ok: true, text: 'The console’s settings can be used' } : { ok: false, text: refusal }
  return [
    contact,
    console,
    ...sources.flatMap((definition) => definition.check(readSettings(definition.settings, config.environment))),
  ]
}

/** What the platforms say of their tokens, permissions and channels; they are asked, and nothing is changed there. */
async function ofPlatforms(
  config: Config,
  channels: readonly ChannelId[],
  signal: AbortSignal,
): Promise<readonly Finding[]> {
  const log = createLog({ ...config.log, level: 'silent' })
  const bounded = AbortSignal.any([signal, systemClock.timeout(PLATFORM_MS)])
  const found = await Promise.all(
    platforms.map(async (definition) => {
      const own = channels.filter((channel) => channelParts(channel).platform === definition.name)
      const house = { channels: own, commands, clock: systemClock, random: systemRandom, fetch, log }
      try {
        return (await definition.check?.(readSettings(definition.settings, config.environment), house, bounded)) ?? []
      } catch (error) {
        return [{ ok: false, text: `${definition.name} can’t be asked: ${messageOf(error)}` }]
      }
    }),
  )
  return found.flat()
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}

async function folder({ dataDir }: Config): Promise<readonly Finding[]> {
  try {
    const found = await stat(dataDir)
    if (!found.isDirectory())
      return [{ ok: false, text: `DATA_DIR ${dataDir} is no folder`, remedy: 'Set DATA_DIR to a folder.' }]
    await access(dataDir, constants.R_OK | constants.W_OK)
    const open = (found.mode & 0o077) !== 0
    return [
      {
        ok: true,
        text: `The data folder ${dataDir} can be read and written`,
        ...(open ? { remedy: `Others may look into it: chmod 700 ${dataDir}` } : {}),
      },
    ]
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined
    if (code === 'ENOENT')
      return [{ ok: true, text: `The data folder ${dataDir} is not there yet; the first start makes it` }]
    return [
      {
        ok: false,
        text: `The data folder ${dataDir} can’t be used (${String(code)})`,
        remedy:
          code === 'ENOTDIR'
            ? 'A part of its path is a file: set DATA_DIR to a folder.'
            : code === 'EROFS'
              ? 'The disk can only be read: make it writable, or set DATA_DIR to another folder.'
              : 'Run as the user whose it is, or set DATA_DIR to another folder.',
      },
    ]
  }
}

/** What keeps a start from working though the two files of data can be opened, or were never looked at. */
function files({ dataDir }: Config): readonly Finding[] {
  const lock = join(dataDir, 'lock.sqlite')
  const catalog = catalogFile(dataDir)
  return [
    ...(isDamaged(lock)
      ? [{ ok: false, text: `${lock} is damaged`, remedy: 'It holds nothing: delete it while Paperboy is stopped.' }]
      : []),
    ...(existsSync(`${catalog}-wal`) && !existsSync(catalog)
      ? [
          {
            ok: false,
            text: `${catalog} is missing, and ${catalog}-wal, which belongs to it, is there`,
            remedy:
              'Put the file back, or delete what is left of it: the catalogue is then built anew from its sources.',
          },
        ]
      : []),
  ]
}

/** A lock that another process holds is not damaged. */
function isDamaged(file: string): boolean {
  if (!existsSync(file)) return false
  try {
    const database = new DatabaseSync(file, { readOnly: true, timeout: 0 })
    try {
      database.prepare('SELECT count(*) FROM sqlite_schema').get()
    } finally {
      database.close()
    }
    return false
  } catch (error) {
    return storeError(`read ${file}`, error, file).fault === 'corrupt'
  }
}

async function data(config: Config, signal: AbortSignal): Promise<readonly Finding[]> {
  if (!hasData(config.dataDir)) return ofPlatforms(config, [], signal)
  const log = createLog({ ...config.log, level: 'silent' })
  try {
    const app = await createApp({ config, clock: systemClock, random: systemRandom, fetch, log }, { readOnly: true })
    try {
      const { catalog, sources: states, queue, parked, clock, disk } = await app.status()
      const followed = new Set<ChannelId>()
      for await (const { value } of entriesOf(app.house.store, app.house.store.subscriptions, []))
        followed.add(value.channel)
      return [
        ...(clock === undefined ? [] : [await ofClock(app.house.store, clock)]),
        ...(disk === undefined ? [] : [{ ok: false, text: disk }]),
        { ok: true, text: `The catalogue holds ${catalog.papers} papers` },
        ...states.map((source) => ({
          ok: source.state !== 'failed' && source.state !== 'stalled',
          ...(source.state === 'failed' || source.state === 'stalled'
            ? {
                text: `${source.name} is ${source.state}, complete through ${source.completeThrough ?? 'no day yet'}`,
                remedy: source.detail,
              }
            : { text: source.detail }),
        })),
        ...states.flatMap(({ alarms = [] }) => alarms.map(({ text }) => ({ ok: false, text }))),
        ...states.flatMap(({ sets }) =>
          sets.flatMap(({ set, state, detail }) =>
            state === 'stalled' && detail !== undefined ? [{ ok: true, text: `${set} is stalled: ${detail}` }] : [],
          ),
        ),
        ...states.flatMap(({ reach }) =>
          reach === undefined || reach.isDone
            ? []
            : [
                {
                  ok: true,
                  text: `The catalogue is being filled back to ${reach.since}${reach.back === undefined ? '' : `, and reaches back to ${reach.back}`}`,
                },
              ],
        ),
        {
          ok: parked === 0,
          text: `${queue} parts on their way, ${parked} parked`,
          ...(parked === 0 ? {} : { remedy: 'paperboy ledger names them and the reason.' }),
        },
        ...(await ofPlatforms(config, [...followed], signal)),
      ]
    } finally {
      await app.close()
    }
  } catch (error) {
    if (error instanceof StoreError && error.fault === 'missing' && existsSync(stateFile(config.dataDir)))
      return [{ ok: true, text: 'There is no catalogue yet: the next start builds it from its sources' }]
    return [{ ok: false, text: messageOf(error) }]
  }
}
