import { readFile } from 'node:fs/promises'
import { parseArgs } from 'node:util'
import { type Io, Refusal, UsageError } from './verb.ts'

export type OptionKind = 'string' | 'boolean'

export interface Arguments {
  readonly words: readonly string[]
  text(name: string): string | undefined
  flag(name: string): boolean
}

/** Reads a verb's options; an unknown one or a missing value is a usage error that names it. */
export function readArguments(args: readonly string[], options: Readonly<Record<string, OptionKind>>): Arguments {
  const config = Object.fromEntries(Object.entries(options).map(([name, type]) => [name, { type }]))
  try {
    const { values, positionals } = parseArgs({
      args: [...args],
      options: config,
      allowPositionals: true,
      strict: true,
    })
    const read: Readonly<Record<string, string | boolean | (string | boolean)[] | undefined>> = values
    return {
      words: positionals,
      text: (name) => {
        const value = read[name]
        return typeof value === 'string' ? value : undefined
      },
      flag: (name) => read[name] === true,
    }
  } catch (error) {
    throw new UsageError(error instanceof Error ? (error.message.split('. ')[0] ?? error.message) : String(error))
  }
}

/** The only word of the line, under the name that the usage gives it. */
export function onlyWord(words: readonly string[], name: string): string {
  const [word, ...more] = words
  if (word === undefined) throw new UsageError(`${name} is missing`)
  if (more.length > 0) throw new UsageError(`“${more.join(' ')}” is more than one ${name}`)
  return word
}

/** A file's text, or standard input for `-`. */
export async function readInput(path: string, io: Io): Promise<string> {
  return path === '-' ? io.stdin() : (await readFileBytes(path)).toString('utf8')
}

/** A file's bytes, or those of standard input for `-`. */
export async function readBytes(path: string, io: Io): Promise<Uint8Array> {
  if (path !== '-') return readFileBytes(path)
  return io.stdinBytes === undefined ? Buffer.from(await io.stdin()) : io.stdinBytes()
}

async function readFileBytes(path: string): Promise<Buffer> {
  try {
    return await readFile(path)
  } catch (error) {
    throw new Refusal(`${path} can’t be read: ${reasonOf(error)}.`)
  }
}

/** A whole number of at least 1 and at most `most`. */
export function wholeNumber(text: string | undefined, name: string, fallback: number, most: number): number {
  if (text === undefined) return fallback
  const number = /^\d{1,9}$/.test(text) ? Number(text) : Number.NaN
  if (!(number >= 1 && number <= most))
    throw new UsageError(`${name} is a whole number from 1 to ${most}, not “${text}”`)
  return number
}

function reasonOf(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? error.code : undefined
  if (code === 'ENOENT') return 'there is no such file'
  if (code === 'EACCES') return 'permission is missing'
  if (code === 'EISDIR') return 'it is a folder'
  return error instanceof Error ? error.message : String(error)
}
