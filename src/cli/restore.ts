import { existsSync, rmSync } from 'node:fs'
import { openCatalogDatabase } from '../catalog/sqlite/open.ts'
import { metaOf } from '../catalog/sqlite/schema.ts'
import { isoAt, systemClock } from '../clock.ts'
import { readConfig } from '../config.ts'
import { catalogFile, stateFile } from '../house.ts'
import { systemRandom } from '../random.ts'
import { restoreBackup, setAside } from '../store/backup.ts'
import { lockDataDir } from '../store/lock.ts'
import type { Restored } from '../store/restored.ts'
import { StoreError } from '../store/store-error.ts'
import { onlyWord, readArguments } from './arguments.ts'
import { Refusal, type Verb } from './verb.ts'

/** Puts a backup in place of the state; what was there is kept beside it, and never mixed into it. */
export const restore: Verb = {
  name: 'restore',
  usage: 'restore FILE',
  summary: 'Take a backup as the data; what was there is kept under another name',
  async run(args, io) {
    const file = onlyWord(readArguments(args, { json: 'boolean' }).words, 'FILE')
    if (!existsSync(file)) throw new Refusal(`${file} can’t be read: there is no such file.`)
    const { dataDir, settleMs } = readConfig(io.environment, io.terminal)
    const lock = await lockDataDir(dataDir, 'restore')
    if (lock.kind === 'held') throw new Refusal(lock.message)
    try {
      const at = isoAt(systemClock.now())
      const { from, before, catalog, channels } = await restoreInto(dataDir, file, { at, settleMs })
      const kept = { ...(before === undefined ? {} : { before }), ...(catalog === undefined ? {} : { catalog }) }
      io.out(JSON.stringify({ restored: file, from, ...kept, channels }))
      for (const name of Object.values(kept))
        io.say(`What was there is kept as ${name}; delete it once you don’t need it.`)
      if (catalog !== undefined)
        io.say(
          'The catalogue was begun after that backup, so it is built anew: start Paperboy, and it reads its sources.',
        )
      if (channels > 0)
        io.say(
          `Before anything is posted, ${channels === 1 ? 'a channel is' : `${channels} channels are`} looked at for what was posted there since ${from}.`,
        )
      return 0
    } finally {
      lock.release()
    }
  },
}

/**
 * Restores a backup to a data folder that is locked. A catalogue that was begun after the backup took what had been announced
 * by then for known, though the backup does not know it: it is set aside, and built anew. That comes first, for to the old
 * state, too, a catalogue that is built anew does no harm. `at`: ISO 8601, UTC. Rejects with a StoreError.
 */
export async function restoreInto(
  dataDir: string,
  file: string,
  now: { readonly at: string; readonly settleMs: number },
): Promise<Restored & { readonly before?: string; readonly catalog?: string }> {
  let catalog: string | undefined
  const prepare = ({ catalogId }: Restored) => {
    const name = catalogFile(dataDir)
    if (catalogId === undefined || !existsSync(name) || idOf(name) === catalogId) return
    catalog = setAside(name, now.at)
    rmSync(name)
  }
  const restored = await restoreBackup(file, stateFile(dataDir), { ...now, prepare })
  return { ...restored, ...(catalog === undefined ? {} : { catalog }) }
}

/** Undefined where it can't be read. */
function idOf(catalog: string): string | undefined {
  try {
    const database = openCatalogDatabase(catalog, { readOnly: true, clock: systemClock, random: systemRandom })
    try {
      return metaOf(database, 'id')
    } finally {
      database.close()
    }
  } catch (error) {
    if (error instanceof StoreError) return undefined
    throw error
  }
}
