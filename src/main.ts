import { readFileSync } from 'node:fs'
import { distance } from 'fastest-levenshtein'
import { verbs } from './cli/index.ts'
import { type Io, Refusal, UsageError } from './cli/verb.ts'
import { unlessOver } from './clock.ts'
import { ConfigError, type Environment, processEnvironment } from './config.ts'
import { PlatformError } from './delivery/platform.ts'
import { isDebugging } from './logging.ts'
import { keepFrugal } from './memory.ts'
import { useProxy } from './proxy.ts'
import { StoreError } from './store/store-error.ts'

/** The program from the command line: a verb, its options, an exit code (0 done, 1 failed, 2 wrong usage). */
export async function main(args: readonly string[]): Promise<void> {
  keepFrugal()
  const stopping = new AbortController()
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => stopping.abort(new Error(signal)))
  // Whoever reads our output may leave early (`| head`): that is no failure.
  process.stdout.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? 0 : 1))
  const environment = environmentOr((sentence) => process.stderr.write(`${sentence}\n`))
  if (environment === undefined) {
    process.exitCode = 1
    return
  }
  const io: Io = {
    out: (line) => void process.stdout.write(`${line}\n`),
    say: (line) => void process.stderr.write(`${line}\n`),
    stdin: async () => (await readStdin()).toString('utf8'),
    stdinBytes: readStdin,
    environment,
    terminal: process.stderr.isTTY === true,
    signal: stopping.signal,
  }
  process.exitCode = await run(args, io)
  // Whatever still holds the process must not keep it for ever; what was written is let out first.
  unlessOver(LEAVE_MS, () => {
    if (process.stdout.writableLength === 0) process.exit()
    else process.stdout.once('drain', () => process.exit())
  })
}

const LEAVE_MS = 1000

function environmentOr(say: (sentence: string) => void): Environment | undefined {
  try {
    const environment = processEnvironment()
    useProxy(environment)
    return environment
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error
    say(error.message)
    return undefined
  }
}

/** One verb to its exit code; never rejects. */
export async function run([name, ...rest]: readonly string[], io: Io): Promise<number> {
  if (name === undefined || name === '--help' || name === '-h') {
    for (const line of overview()) (name === undefined ? io.say : io.out)(line)
    return name === undefined ? 2 : 0
  }
  if (name === '--version' || name === '-v' || name === '-V') {
    io.out(version())
    return 0
  }
  const verb = verbs.find((each) => each.name === name)
  if (verb === undefined) {
    const what = name.startsWith('-') ? `There is no option “${name}” before a verb` : `There is no verb “${name}”`
    io.say(`${what}; ${nearVerb(name)}paperboy --help lists them.`)
    return 2
  }
  if (rest.includes('--help') || rest.includes('-h')) {
    io.out(`paperboy ${verb.usage}\n\n${verb.summary}.`)
    return 0
  }
  try {
    return await verb.run(rest, io)
  } catch (error) {
    if (error instanceof UsageError) {
      io.say(`${error.message}.\nUsage: paperboy ${verb.usage}`)
      return 2
    }
    if (error instanceof StoreError && error.cause instanceof Error && isDebugging(io.environment.LOG_LEVEL))
      io.say(`Behind it: ${error.cause.stack ?? error.cause.message}`)
    io.say(
      isSentence(error)
        ? error.message
        : `paperboy ${name} failed: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`,
    )
    return 1
  }
}

function version(): string {
  const manifest: { version?: unknown } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'))
  return `paperboy ${String(manifest.version)}`
}

/** A guess only where a slip or two make it of a verb. */
function nearVerb(name: string): string {
  const [near] = verbs
    .map((verb) => ({ name: verb.name, slips: distance(verb.name, name) }))
    .toSorted((a, b) => a.slips - b.slips)
  return near !== undefined && near.slips <= 2 && near.slips < name.length ? `did you mean “${near.name}”? ` : ''
}

function overview(): readonly string[] {
  const width = Math.max(...verbs.map((verb) => verb.name.length))
  return [
    'Usage: paperboy VERB [options]',
    '',
    ...verbs.map((verb) => `  ${verb.name.padEnd(width)}  ${verb.summary}`),
    '',
    'paperboy VERB --help shows how to use one, paperboy --version says which version this is; docs/INTERFACE.md has the rest.',
  ]
}

/** Errors that already say in words what is wrong and what to do; anything else is a bug, shown with its stack. */
function isSentence(error: unknown): error is Error {
  return (
    error instanceof Refusal ||
    error instanceof ConfigError ||
    error instanceof PlatformError ||
    (error instanceof Error &&
      (error.name === 'StoreError' || error.name === 'CatalogError' || error.name === 'SourceError'))
  )
}

async function readStdin(): Promise<Buffer> {
  const pieces: Buffer[] = []
  for await (const piece of process.stdin) pieces.push(Buffer.from(piece))
  return Buffer.concat(pieces)
}
