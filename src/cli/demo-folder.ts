import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { SourceError } from '../sources/source.ts'
import { type Io, Refusal } from './verb.ts'

/** The file that says that a data folder is the demo's. */
export const demoMark = (dataDir: string) => join(dataDir, 'demo.txt')

/** Live papers would mix with bundled ones of other days. */
export function refuseDemoFolder(dataDir: string): void {
  if (existsSync(demoMark(dataDir)))
    throw new Refusal(
      `The data folder ${dataDir} is the demo's, and what arXiv announces now is nothing to it: run paperboy demo, or set DATA_DIR to another folder.`,
    )
}

/** How a verb reaches the internet from a data folder: from the demo's it asks nobody, and says so. */
export function fetchFor(dataDir: string, io: Pick<Io, 'say'>): typeof fetch {
  if (!existsSync(demoMark(dataDir))) return fetch
  return async () => {
    const sentence = `The data folder ${dataDir} is the demo's: nobody outside is asked`
    io.say(`${sentence}, and what it holds is all there is.`)
    throw new SourceError('rejected', sentence)
  }
}
