import type { Environment } from '../config.ts'

/** A verb of the command line: one file each. */
export interface Verb {
  readonly name: string
  readonly usage: string
  readonly summary: string
  /** Answers with the exit code: 0 done, 1 failed, 2 wrong usage. */
  run(args: readonly string[], io: Io): Promise<ExitCode>
}

export type ExitCode = 0 | 1 | 2

/** Where a verb reads and writes: the terminal, a test, or a caller on the other side of the console. */
export interface Io {
  /** Results: one line, without the line break. */
  out(line: string): void
  /** For people. */
  say(line: string): void
  /** All of standard input. */
  stdin(): Promise<string>
  /** The same as bytes, where their encoding is not UTF-8 of itself. */
  stdinBytes?(): Promise<Uint8Array>
  readonly environment: Environment
  readonly terminal: boolean
  readonly signal: AbortSignal
}

/** Wrong usage: told in a sentence with the verb's usage, exit code 2. */
export class UsageError extends Error {
  constructor(message: string) {
    super(message)
    this.name = 'UsageError'
  }
}

/** Something in the way that a sentence explains, exit code 1. */
export class Refusal extends Error {
  constructor(message: string) {
    super(message)
    this.name = 'Refusal'
  }
}
