import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

/** One of our own recordings in test/fixtures/arxiv. */
export function fixture(name: string): string {
  return readFileSync(fileURLToPath(new URL(`../../fixtures/arxiv/${name}`, import.meta.url)), 'utf8')
}

const recordings = fileURLToPath(new URL('../../../../shared/data', import.meta.url))

/** True when real recorded answers lie beside the project. */
export const hasRecordings = existsSync(recordings)

export function recording(name: string): string {
  return readFileSync(`${recordings}/${name}`, 'utf8')
}

export function recordingsOf(folder: string): readonly string[] {
  return readdirSync(`${recordings}/${folder}`).filter((name) => name.endsWith('.xml'))
}
