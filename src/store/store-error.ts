import { statfsSync } from 'node:fs'
import { dirname } from 'node:path'

/** What kept a file of the data folder from being opened, read or written. */
export type StoreFault = 'missing' | 'newer' | 'older' | 'corrupt' | 'denied' | 'full' | 'busy' | 'invalid' | 'failed'

/** Something kept could not be read or written; the message names it and, where there is one, the way out. Never means "nothing there". */
export class StoreError extends Error {
  readonly fault: StoreFault

  constructor(fault: StoreFault, message: string, cause?: unknown) {
    super(message, cause === undefined ? {} : { cause })
    this.name = 'StoreError'
    this.fault = fault
  }
}

/**
 * The error of a failed action, such as `write /data/state.sqlite`, with the reason and the way out; a
 * StoreError stays as it is. What SQLite said is the cause, and in the message only where we have no words for it.
 * `file` is the file or folder in question: the disk on which it lies is looked at where SQLite only says that writing failed.
 */
export function storeError(action: string, cause: unknown, file: string): StoreError {
  if (cause instanceof StoreError) return cause
  const fault = faultOf(cause, file)
  const { reason, wayOut } = explain(fault, cause)
  const said = cause instanceof Error ? cause.message : String(cause)
  // The system’s codes help whoever looks after it; SQLite’s words of pages and cells help nobody.
  const detail = typeof codeOf(cause) === 'number' ? '' : ` (${said})`
  if (fault === 'full')
    return new StoreError(fault, `The disk of DATA_DIR is full: could not ${action}${detail}. ${wayOut}`, cause)
  const why = reason === undefined ? said : `${reason}${detail}`
  return new StoreError(fault, `Could not ${action}: ${why}${wayOut === undefined ? '' : `. ${wayOut}`}`, cause)
}

// Primary result codes of https://sqlite.org/rescode.html
const faults: ReadonlyMap<number | string, StoreFault> = new Map<number | string, StoreFault>([
  [3, 'denied'],
  [5, 'busy'],
  [6, 'busy'],
  [8, 'denied'],
  [11, 'corrupt'],
  [13, 'full'],
  [14, 'denied'],
  [23, 'denied'],
  [26, 'corrupt'],
  ['ENOSPC', 'full'],
  ['EDQUOT', 'full'],
  ['EACCES', 'denied'],
  ['EPERM', 'denied'],
  ['EROFS', 'denied'],
  ['ENOTDIR', 'denied'],
  ['EISDIR', 'denied'],
  ['EEXIST', 'denied'],
  ['ENOENT', 'missing'],
])

const IO_ERROR = 10
/** What SQLite needs for the smallest of its files. */
const LEAST_BYTES = 64 * 1024

function faultOf(cause: unknown, file: string): StoreFault {
  const code = codeOf(cause)
  // Where its shared memory finds no room, SQLite speaks of an I/O error and nothing more.
  if (code === IO_ERROR && bytesLeft(dirname(file)) < LEAST_BYTES) return 'full'
  return code === undefined ? 'failed' : (faults.get(code) ?? 'failed')
}

function codeOf(cause: unknown): number | string | undefined {
  if (!(cause instanceof Error)) return undefined
  if ('errcode' in cause && typeof cause.errcode === 'number') return cause.errcode & 0xff
  return 'code' in cause && typeof cause.code === 'string' ? cause.code : undefined
}

/** What this user may still write where the folder lies; Infinity where that can't be told. */
export function bytesLeft(folder: string): number {
  try {
    const { bavail, bsize } = statfsSync(folder)
    return bavail * bsize
  } catch {
    return Number.POSITIVE_INFINITY
  }
}

const ELSEWHERE = 'or set DATA_DIR to another folder.'

function explain(fault: StoreFault, cause: unknown): { readonly reason?: string; readonly wayOut?: string } {
  if (fault === 'full')
    return { wayOut: 'Nothing that was kept is lost: free some space, and Paperboy goes on where it stopped.' }
  if (fault === 'corrupt') return { reason: 'the file is damaged' }
  if (fault === 'busy') return { reason: 'another process is writing', wayOut: 'Stop it, or try again.' }
  switch (codeOf(cause)) {
    case 'EROFS':
    case 8:
      return { reason: 'it can only be read', wayOut: `Make it writable for this user, ${ELSEWHERE}` }
    case 'EACCES':
    case 'EPERM':
    case 3:
    case 23:
      return { reason: 'this user may not', wayOut: `Run as the user whose it is, ${ELSEWHERE}` }
    case 14:
      return {
        reason: 'it can’t be opened',
        wayOut: `See to it that this user may read and write the file and its folder, ${ELSEWHERE}`,
      }
    case 'EISDIR':
      return { reason: 'it is a folder where a file is expected', wayOut: `Move it away, ${ELSEWHERE}` }
    case IO_ERROR:
      return {
        reason: 'the disk does not do it',
        wayOut: `See what the system says of the disk and move the folder to a sound one; what was kept before is not overwritten.`,
      }
    default:
      return {}
  }
}
