/** What kept a file of the data folder from being opened, read or written. */
export type StoreFault = 'missing' | 'newer' | 'corrupt' | 'denied' | 'full' | 'busy' | 'invalid' | 'failed'

/** Something kept could not be read or written; the message names it and, where there is one, the way out. Never means "nothing there". */
export class StoreError extends Error {
  readonly fault: StoreFault

  constructor(fault: StoreFault, message: string, cause?: unknown) {
    super(message, cause === undefined ? {} : { cause })
    this.name = 'StoreError'
    this.fault = fault
  }
}

/** The error of a failed action on a file or row, with what SQLite or the file system said of it; a StoreError stays as it is. */
export function storeError(action: string, cause: unknown): StoreError {
  if (cause instanceof StoreError) return cause
  const fault = faultOf(cause)
  return new StoreError(fault, `Could not ${action}: ${explain(fault, cause)}`, cause)
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
  ['EEXIST', 'denied'],
  ['ENOENT', 'missing'],
])

function faultOf(cause: unknown): StoreFault {
  if (!(cause instanceof Error)) return 'failed'
  if ('errcode' in cause && typeof cause.errcode === 'number') return faults.get(cause.errcode & 0xff) ?? 'failed'
  if ('code' in cause && typeof cause.code === 'string') return faults.get(cause.code) ?? 'failed'
  return 'failed'
}

function explain(fault: StoreFault, cause: unknown): string {
  const said = cause instanceof Error ? cause.message : String(cause)
  if (fault === 'full') return `the disk is full (${said}). Nothing of it was kept; free some space.`
  if (fault === 'busy') return `another process is writing (${said}). Stop it, or try again.`
  return said
}
