import { pino } from 'pino'
import pretty from 'pino-pretty'
import type { Config } from './config.ts'
import type { Log, LogEvent } from './log.ts'

/** Fields that never reach a log, however deep they stand. */
const SECRET_FIELDS = ['token', 'authorization', 'cookie', 'response_url', 'trigger_id', 'secret', 'password', 'key']
const SECRET_TEXT = /\bxox[a-z]-[\w-]+|\bxapp-[\w-]+|\bBearer\s+[\w.~+/-]+=*|([?&][^=\s&]+=)[^&\s"]+/g

/** Events to standard error or another open file, one a line; standard output is for results. */
export function createLog({ level, format }: Config['log'], file = 2): Log {
  const redact = { paths: SECRET_FIELDS.flatMap((field) => [field, `*.${field}`, `*.*.${field}`]), censor: '[secret]' }
  const options = { level, base: null, redact, timestamp: pino.stdTimeFunctions.isoTime }
  const stream =
    format === 'pretty'
      ? pretty({ destination: file, sync: true, colorize: true, ignore: 'time' })
      : pino.destination({ fd: file, sync: true })
  const logger = pino(options, stream)
  return (event) => {
    const { event: name, error, ...fields } = event
    const line = { ...scrubbed(fields), ...(error === undefined ? {} : { error: told(error, isDebugging(level)) }) }
    if (format === 'json') logger[severity(event)]({ event: name, ...line })
    else logger[severity(event)](line, name)
  }
}

function severity({ event, error }: LogEvent): 'error' | 'warn' | 'info' {
  if (error !== undefined || event.endsWith('.failed')) return 'error'
  return event.endsWith('.refused') || event.endsWith('.parked') || event.endsWith('.stalled') ? 'warn' : 'info'
}

function scrubbed(fields: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(fields).map(([name, value]) => [name, typeof value === 'string' ? scrub(value) : value]),
  )
}

const SENTENCES: readonly string[] = ['SourceError', 'StoreError', 'PlatformError']

/** Whether whoever reads wants to see what SQLite or the system said of a file, behind our own sentence. */
export function isDebugging(level: string | undefined): boolean {
  return level === 'debug' || level === 'trace'
}

/** An error with its causes, without anything that opens a door. */
function told(error: unknown, isDebugged: boolean): unknown {
  if (!(error instanceof Error)) return scrub(String(error))
  return {
    name: error.name,
    message: scrub(error.message),
    // A source that does not answer or a disk that is full is no bug: the sentence says all.
    ...(SENTENCES.includes(error.name) ? {} : { stack: scrub(error.stack ?? '') }),
    ...(error.cause === undefined || (error.name === 'StoreError' && !isDebugged)
      ? {}
      : { cause: told(error.cause, isDebugged) }),
  }
}

function scrub(text: string): string {
  return text.replace(SECRET_TEXT, (_whole, name: string | undefined) =>
    name === undefined ? '[secret]' : `${name}[secret]`,
  )
}
