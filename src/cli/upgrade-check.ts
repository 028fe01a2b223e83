import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { z } from 'zod'
import type { Finding } from '../delivery/platform.ts'
import { stateFile } from '../house.ts'
import { beforeUpgrade } from '../store/database.ts'
import { stateForm } from '../store/sqlite.ts'
import { bytesLeft, StoreError, storeError } from '../store/store-error.ts'

const noteShape = z.object({ file: z.string(), at: z.iso.datetime() })
const noteFile = (dataDir: string) => join(dataDir, 'last-backup.json')
/** A backup that is older lacks a day's posts. */
const FRESH_MS = 24 * 3_600_000

/** Keeps which backup was the last, for whoever asks whether there is one; a sentence when it can’t. `at`: ISO 8601, UTC. */
export function noteBackup(dataDir: string, file: string, at: string): string | undefined {
  const name = noteFile(dataDir)
  try {
    writeFileSync(name, JSON.stringify({ file, at }), { mode: 0o600 })
    return undefined
  } catch (cause) {
    return storeError(`write ${name}`, cause, name).message
  }
}

/** What this version would do to the state when it starts, and whether the way back is open. `now`: epoch ms. */
export function upgradeFindings(dataDir: string, now: number): readonly Finding[] {
  const state = stateFile(dataDir)
  if (!existsSync(state))
    return [{ ok: true, text: `There is no state in ${dataDir} yet, so nothing to bring up to date` }]
  return [...formFindings(state), backupFinding(dataDir, now)]
}

function formFindings(state: string): readonly Finding[] {
  try {
    const { form, ours } = stateForm(state)
    if (form === ours)
      return [{ ok: true, text: `The state has the form of this version (${ours}): nothing is changed` }]
    const { size } = statSync(state)
    const room = bytesLeft(dirname(state))
    const copy = beforeUpgrade(state, ours)
    return [
      {
        ok: true,
        text: `At its start this version brings the state from form ${form} to ${ours}; a copy stays at ${copy}`,
      },
      room < 3 * size
        ? {
            ok: false,
            text: `The disk has ${Math.floor(room / 1_000_000)} MB left, and three times the state’s ${Math.ceil(size / 1_000_000)} MB may be needed`,
            remedy: 'Free some space first.',
          }
        : { ok: true, text: 'The disk has room for that copy' },
    ]
  } catch (error) {
    if (!(error instanceof StoreError)) throw error
    return [{ ok: false, text: error.message }]
  }
}

function backupFinding(dataDir: string, now: number): Finding {
  const remedy = 'Make one: paperboy backup FILE.'
  const last = lastBackup(dataDir)
  if (last === undefined) return { ok: false, text: 'No backup was made of this data folder', remedy }
  const { file, at } = last
  if (!existsSync(file)) return { ok: false, text: `The last backup, ${file} of ${at}, is not there any more`, remedy }
  try {
    stateForm(file)
  } catch (error) {
    if (!(error instanceof StoreError)) throw error
    return { ok: false, text: `The last backup can’t be used: ${error.message}`, remedy }
  }
  if (now - Date.parse(at) > FRESH_MS)
    return { ok: false, text: `The last backup, ${file}, is of ${at}: more than a day old`, remedy }
  return { ok: true, text: `The last backup, ${file}, is of ${at} and whole` }
}

function lastBackup(dataDir: string): z.output<typeof noteShape> | undefined {
  if (!existsSync(noteFile(dataDir))) return undefined
  try {
    return noteShape.parse(JSON.parse(readFileSync(noteFile(dataDir), 'utf8')))
  } catch {
    // Half written, or edited by hand: then nothing is known of a backup.
    return undefined
  }
}
