import { access, constants, readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { type App, createApp } from '../app.ts'
import { systemClock } from '../clock.ts'
import { type Config, readConfig } from '../config.ts'
import { hasData } from '../house.ts'
import { createLog } from '../logging.ts'
import { systemRandom } from '../random.ts'
import { lockDataDir } from '../store/lock.ts'
import { type Arguments, type OptionKind, readArguments } from './arguments.ts'
import { fetchFor } from './demo-folder.ts'
import { type ExitCode, type Io, Refusal, UsageError, type Verb } from './verb.ts'

/** A verb that works on the data folder, whether or not `start` runs beside it. */
export interface DataVerb extends Omit<Verb, 'run'> {
  /** `read`: opens the files as they are. `write`: goes through the running process, or takes the folder for itself. */
  readonly access: 'read' | 'write'
  /** Beside `--json`, which every verb takes. */
  readonly options: Readonly<Record<string, OptionKind>>
  /** The words behind the options: what has to be there, or `none` where nothing may be. */
  readonly words: 'any' | 'none' | { readonly needed: string }
  work(app: App, read: Arguments, io: Io): Promise<ExitCode>
}

/** A verb's line, read before anything is opened: wrong usage is told wherever the data are. */
export function readLine(verb: DataVerb, args: readonly string[]): Arguments {
  const read = readArguments(args, { ...verb.options, json: 'boolean' })
  if (verb.words === 'none' && read.words.length > 0)
    throw new UsageError(`“${read.words.join(' ')}” is not understood: ${verb.name} takes no words`)
  if (typeof verb.words === 'object' && read.words.join('').trim() === '')
    throw new UsageError(`${verb.words.needed} is missing`)
  return read
}

/** The verb as the command line runs it. */
export function dataVerb(verb: DataVerb): Verb & DataVerb {
  return {
    ...verb,
    run: async (args, io) => {
      const read = readLine(verb, args)
      return verb.access === 'read' ? readBeside(verb, read, io) : writeBeside(verb, args, read, io)
    },
  }
}

async function readBeside(verb: DataVerb, read: Arguments, io: Io): Promise<ExitCode> {
  const config = readConfig(io.environment, io.terminal)
  await accessible(config.dataDir)
  if (!hasData(config.dataDir))
    throw new Refusal(
      `There is nothing in the data folder ${config.dataDir} yet; paperboy start or paperboy poll --once fills it.`,
    )
  return withApp(config, io, { readOnly: true }, (app) => verb.work(app, read, io))
}

async function writeBeside(verb: DataVerb, args: readonly string[], read: Arguments, io: Io): Promise<ExitCode> {
  const config = readConfig(io.environment, io.terminal)
  const lock = await lockDataDir(config.dataDir, verb.name)
  if (lock.kind === 'held') return throughConsole(config, lock.message, verb, args, io)
  try {
    return await withApp(config, io, {}, (app) => verb.work(app, read, io))
  } finally {
    lock.release()
  }
}

async function withApp<T>(
  config: Config,
  io: Io,
  options: { readonly readOnly?: boolean },
  work: (app: App) => Promise<T>,
): Promise<T> {
  const log = createLog({
    ...config.log,
    level: config.environment.LOG_LEVEL === undefined ? 'warn' : config.log.level,
  })
  const app = await createApp(
    { config, clock: systemClock, random: systemRandom, fetch: fetchFor(config.dataDir, io), log },
    options,
  )
  try {
    return await work(app)
  } finally {
    await app.close()
  }
}

/** Where the running process can be reached, kept in the data folder by `start`. */
export const consoleFile = (dataDir: string) => join(dataDir, 'console.json')

const running = z.object({ url: z.url() })
const verbAnswer = z.object({
  stdout: z.string(),
  stderr: z.string(),
  exit: z.union([z.literal(0), z.literal(1), z.literal(2)]),
})

async function throughConsole(
  config: Config,
  heldBy: string,
  verb: DataVerb,
  args: readonly string[],
  io: Io,
): Promise<ExitCode> {
  const [where, kept] = await Promise.all([
    readText(consoleFile(config.dataDir)),
    readText(join(config.dataDir, 'console-token')),
  ])
  const token = config.environment.CONSOLE_TOKEN ?? kept?.trim()
  if (where === undefined || token === undefined) throw new Refusal(heldBy)
  const { url } = running.parse(JSON.parse(where))
  const response = await fetch(`${url}/api/verbs/${verb.name}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify({ args }),
    signal: AbortSignal.any([io.signal, systemClock.timeout(120_000)]),
  }).catch((cause: unknown) => {
    throw new Refusal(
      `${heldBy} Its console at ${url} does not answer either (${cause instanceof Error ? cause.message : String(cause)}).`,
    )
  })
  if (!response.ok)
    throw new Refusal(`The running process at ${url} refused ${verb.name}: ${(await response.text()).slice(0, 300)}`)
  const { stdout, stderr, exit } = verbAnswer.parse(await response.json())
  if (stdout !== '') io.out(stdout.replace(/\n$/, ''))
  if (stderr !== '') io.say(stderr.replace(/\n$/, ''))
  return exit
}

async function readText(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, 'utf8')
  } catch {
    return undefined
  }
}

/** A folder that may not be looked into is not an empty one. */
async function accessible(dataDir: string): Promise<void> {
  const found = await stat(dataDir).catch((error: NodeJS.ErrnoException) => error)
  const trouble =
    found instanceof Error
      ? found
      : await access(dataDir, constants.R_OK | constants.X_OK).catch((error: NodeJS.ErrnoException) => error)
  if (trouble?.code === 'ENOENT') return
  if (trouble?.code === 'ENOTDIR' || (!(found instanceof Error) && !found.isDirectory()))
    throw new Refusal(`The data folder can't be ${dataDir}: it is a file, or lies below one. Set DATA_DIR to a folder.`)
  if (trouble !== undefined)
    throw new Refusal(
      `The data folder ${dataDir} can't be read (${trouble.code}): run as the user whose it is, or set DATA_DIR to another folder.`,
    )
}
