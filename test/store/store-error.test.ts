import { describe, expect, test } from 'vitest'
import { storeError } from '../../src/store/store-error.ts'

/** As node:sqlite throws them (https://sqlite.org/rescode.html). */
function sqliteError(errcode: number, message: string): Error {
  return Object.assign(new Error(message), { code: 'ERR_SQLITE_ERROR', errcode })
}

describe('what SQLite says of a file', () => {
  test.each([
    [11, 'database disk image is malformed', 'the file is damaged'],
    [267, 'btreeInitPage() returns error code 11', 'the file is damaged'],
    [26, 'file is not a database', 'the file is damaged'],
    [13, 'database or disk is full', 'The disk of DATA_DIR is full'],
    [5, 'database is locked', 'another process is writing'],
    [8, 'attempt to write a readonly database', 'it can only be read'],
  ])('is said in our words (%i)', (errcode, message, words) => {
    const cause = sqliteError(errcode, message)
    const error = storeError('read /data/state.sqlite', cause, '/data/state.sqlite')
    expect(error.message).toContain('/data/state.sqlite')
    expect(error.message).toContain(words)
    expect(error.message).not.toContain(message)
    expect(error.cause).toBe(cause)
  })

  test('stays where we have no words of our own', () => {
    expect(storeError('read x', sqliteError(21, 'bad parameter'), '/x').message).toBe('Could not read x: bad parameter')
  })
})
