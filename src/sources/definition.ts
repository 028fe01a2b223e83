import type { z } from 'zod'
import type { Clock } from '../clock.ts'
import type { EnvironmentVariable } from '../environment.ts'
import type { Log } from '../log.ts'
import type { Random } from '../random.ts'
import type { AnswerParser, Source } from './source.ts'

/** One source: a folder that exports this, and one line in sources/index.ts. Config, help, doctor and `parse` read it. */
export interface SourceDefinition<Settings extends z.ZodType = z.ZodType> {
  readonly name: string
  readonly variables: readonly EnvironmentVariable[]
  /** Reads the variables' values (strings) into settings; messages name the variable and the way out. */
  readonly settings: Settings
  /** By the name that `parse --source` takes. */
  readonly formats: Readonly<Record<string, AnswerParser>>
  create(settings: z.output<Settings>, house: SourceHouse): Source
  /** What `doctor` says of the settings alone. */
  check(
    settings: z.output<Settings>,
  ): readonly { readonly ok: boolean; readonly text: string; readonly remedy?: string }[]
}

/** What a source is given. */
export interface SourceHouse {
  readonly clock: Clock
  readonly random: Random
  readonly fetch: typeof fetch
  /** Keeps the moment of the last request over restarts; undefined where nothing is kept. */
  readonly spacing: SpacingMemory
  readonly userAgent: string
  readonly log: Log
  /** A pass without any answer for so long, in milliseconds, is given up. */
  readonly patienceMs?: number
}

/** When the last request to a group of hosts began, in epoch milliseconds, kept over restarts. */
export interface SpacingMemory {
  read(): Promise<number | undefined>
  write(at: number): Promise<void>
  /** A pause that the hosts asked for holds over restarts, too, where it is kept. */
  readPause?(): Promise<Pause | undefined>
  writePause?(pause: Pause): Promise<void>
}

/** Until when nothing is asked, and why. */
export interface Pause {
  readonly kind: 'forbidden' | 'busy'
  /** Epoch milliseconds. */
  readonly until: number
  readonly reason: string
}

/** Lets a definition's types be inferred from its settings. */
export function defineSource<Settings extends z.ZodType>(
  definition: SourceDefinition<Settings>,
): SourceDefinition<Settings> {
  return definition
}
