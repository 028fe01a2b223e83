import { existsSync } from 'node:fs'
import { loadEnvFile } from 'node:process'
import { validate as isCron } from 'node-cron'
import { z } from 'zod'
import type { EnvironmentVariable } from './environment.ts'

/** The program's own variables; sources and platforms bring theirs along. */
export const ownVariables: readonly EnvironmentVariable[] = [
  { name: 'DATA_DIR', default: './data', meaning: 'The one folder that holds everything' },
  { name: 'CONTACT_EMAIL', meaning: 'Your address, which goes into the User-Agent, as arXiv asks' },
  { name: 'PUBLIC_PORT', meaning: 'The public listener, for what platforms call and /healthz; off when unset' },
  { name: 'PUBLIC_URL', meaning: 'The https address under which the public listener is reached' },
  {
    name: 'POLL_CRON',
    default: '7 * * * *',
    meaning: 'When to see whether a source is due; the asking itself is rarer',
  },
  { name: 'TZ', meaning: 'Time zone of POLL_CRON; by default the machine’s' },
  { name: 'SETTLE_MS', default: '90000', meaning: 'How long a post of unknown outcome may still land' },
  {
    name: 'HTTPS_PROXY',
    meaning: 'The proxy through which the internet is reached, such as http://proxy.example.org:3128',
  },
  {
    name: 'NO_PROXY',
    meaning: 'Hosts that are reached without the proxy, separated by commas; this machine always is',
  },
  { name: 'LOG_LEVEL', default: 'info', meaning: 'trace, debug, info, warn, error or silent' },
  { name: 'LOG_FORMAT', meaning: 'pretty or json; by default pretty on a terminal' },
]

export interface Config {
  readonly dataDir: string
  readonly contactEmail?: string
  /** Undefined: there is no public listener. */
  readonly publicPort?: number
  /** Without a slash at the end. */
  readonly publicUrl?: string
  readonly pollCron: string
  readonly timezone?: string
  readonly settleMs: number
  readonly log: { readonly level: LogLevel; readonly format: 'pretty' | 'json' }
  /** For the definitions of sources and platforms, which read their own variables. */
  readonly environment: Environment
}

export type Environment = Readonly<Record<string, string | undefined>>

const LEVELS = ['trace', 'debug', 'info', 'warn', 'error', 'silent'] as const
export type LogLevel = (typeof LEVELS)[number]

/** A setting that can't be used: says which, why, and what to do. */
export class ConfigError extends Error {
  constructor(message: string) {
    super(message)
    this.name = 'ConfigError'
  }
}

/** The process's environment, with what `.env` in the working folder adds to it. The only place that reads it. */
export function processEnvironment(): Environment {
  if (!existsSync('.env')) return process.env
  try {
    loadEnvFile('.env')
  } catch (cause) {
    const code = cause instanceof Error && 'code' in cause ? ` (${String(cause.code)})` : ''
    throw new ConfigError(
      `The file .env in this folder can't be read${code}: give this user the right, or move it away.`,
    )
  }
  return process.env
}

const schema = z.object({
  DATA_DIR: z.string().default('./data'),
  CONTACT_EMAIL: z.email('is no e-mail address').optional(),
  PUBLIC_PORT: z
    .string()
    .regex(/^\d{1,5}$/, 'is no port')
    .transform(Number)
    .refine((port) => port <= 65_535, 'is no port')
    .optional(),
  PUBLIC_URL: z.url({ protocol: /^https?$/, error: 'is no address such as https://paperboy.example.org' }).optional(),
  POLL_CRON: z
    .string()
    .refine(isCron, { error: ({ input }) => `'${String(input)}' is no cron expression; 7 * * * * would be one` })
    .default('7 * * * *'),
  TZ: z
    .string()
    .refine(isTimeZone, { error: ({ input }) => `'${String(input)}' is no time zone; Europe/Berlin would be one` })
    .optional(),
  SETTLE_MS: z
    .string()
    .regex(/^\d{1,8}$/, 'is no whole number of milliseconds')
    .default('90000'),
  LOG_LEVEL: z.enum(LEVELS, `is none of ${LEVELS.join(', ')}`).default('info'),
  LOG_FORMAT: z.enum(['pretty', 'json'], 'is neither pretty nor json').optional(),
})

/** Reads the environment once into a frozen object; throws ConfigError for the first setting that can't be used. */
export function readConfig(environment: Environment, terminal: boolean): Config {
  if (filled(environment.DATABASE_URL) !== undefined) {
    throw new ConfigError(
      'DATABASE_URL is set, but there is no server database yet: unset it, and the data live in DATA_DIR.',
    )
  }
  const read = readSettings(schema, environment)
  return Object.freeze({
    dataDir: read.DATA_DIR,
    pollCron: read.POLL_CRON,
    settleMs: Number(read.SETTLE_MS),
    log: { level: read.LOG_LEVEL, format: read.LOG_FORMAT ?? (terminal ? 'pretty' : 'json') },
    environment,
    ...(read.CONTACT_EMAIL === undefined ? {} : { contactEmail: read.CONTACT_EMAIL }),
    ...(read.PUBLIC_PORT === undefined ? {} : { publicPort: read.PUBLIC_PORT }),
    ...(read.PUBLIC_URL === undefined ? {} : { publicUrl: read.PUBLIC_URL.replace(/\/+$/, '') }),
    ...(read.TZ === undefined ? {} : { timezone: read.TZ }),
  })
}

/** One definition's settings from the environment; an empty variable counts as unset. */
export function readSettings<Schema extends z.ZodType>(settings: Schema, environment: Environment): z.output<Schema> {
  const present = Object.fromEntries(
    Object.entries(environment).flatMap(([name, value]) => (filled(value) === undefined ? [] : [[name, value]])),
  )
  const read = settings.safeParse(present)
  if (read.success) return read.data
  const [issue] = read.error.issues
  const name = String(issue?.path[0] ?? 'The environment')
  const message = issue?.message ?? 'can’t be used'
  throw new ConfigError(`${message.includes(name) ? message : `${name} ${message}`}.`.replace(/\.\.$/, '.'))
}

/** `.env.example`: every variable with its default and meaning. */
export function exampleEnvironment(
  groups: readonly { readonly title: string; readonly variables: readonly EnvironmentVariable[] }[],
): string {
  const lines = groups.flatMap(({ title, variables }) => [
    `# ${title}`,
    ...variables.flatMap((variable) => [
      `# ${variable.meaning}`,
      `${variable.default === undefined ? '# ' : ''}${variable.name}=${variable.default ?? ''}`,
    ]),
    '',
  ])
  return `${['# Copy to .env and change what you need; what is left out has the default shown.', '', ...lines].join('\n').trimEnd()}\n`
}

function filled(value: string | undefined): string | undefined {
  return value === undefined || value.trim() === '' ? undefined : value
}

function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name })
    return true
  } catch {
    return false
  }
}
