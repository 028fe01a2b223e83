import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import type { Catalog } from './catalog/catalog.ts'
import { openCatalog } from './catalog/sqlite/open.ts'
import type { Clock } from './clock.ts'
import { type Config, readSettings } from './config.ts'
import { watchDisk } from './disk-check.ts'
import type { Log } from './log.ts'
import type { Random } from './random.ts'
import type { SourceDefinition, SpacingMemory } from './sources/definition.ts'
import { sources as sourceDefinitions } from './sources/index.ts'
import type { Source, SourceMemory, SourceStatus } from './sources/source.ts'
import { matchedKey } from './store/keys.ts'
import { openStore } from './store/sqlite.ts'
import type { Store } from './store/store.ts'
import { witnessTime } from './time-witness.ts'

/** What the program is given from outside; a simulated world hands out its own. */
export interface World {
  readonly config: Config
  readonly clock: Clock
  readonly random: Random
  readonly fetch: typeof fetch
  readonly log: Log
}

/** The open data folder and the sources: what everything else works with. */
export interface House extends World {
  readonly store: Store
  readonly catalog: Catalog
  readonly sources: readonly Source[]
  /** What is kept for a source, the earlier catalogue's mark included. */
  memoryOf(source: Source): Promise<SourceMemory>
  sourceStatus(): Promise<readonly SourceStatus[]>
  /** The marks from which a rebuilt catalogue would have to go on, by source. */
  announcedThrough(): Promise<Readonly<Record<string, string>>>
  /** A sentence while the disk of the data folder is full. */
  diskTrouble(): string | undefined
  /** Whether somebody who answered lately says the same time as the machine's clock. */
  timeIsWitnessed(): boolean
  close(): Promise<void>
}

/** How the two files are opened, so that a test can count what is written to them, or fill the disk. */
export interface Openers {
  readonly store: typeof openStore
  readonly catalog: typeof openCatalog
}

export interface HouseOptions {
  readonly readOnly?: boolean
  readonly open?: Openers
  /** How long a pass over a source goes on without any answer, in milliseconds. */
  readonly patienceMs?: number
}

/** Under which name the catalogue keeps how far a source has filled it backwards. */
export const backfillOf = ({ name }: Source) => `${name}/backfill`

export const stateFile = (dataDir: string) => join(dataDir, 'state.sqlite')
export const catalogFile = (dataDir: string) => join(dataDir, 'catalog.sqlite')

/** Whether there is anything in the data folder that can't be learnt again. */
export function hasState(dataDir: string): boolean {
  return existsSync(stateFile(dataDir))
}

/** Whether there is anything to read in the data folder, be it damaged or in part: what opens it says what is wrong. */
export function hasData(dataDir: string): boolean {
  return [stateFile(dataDir), catalogFile(dataDir)].some((file) => existsSync(file) || existsSync(`${file}-wal`))
}

/** Opens both files, making them when they are not there; rejects with a sentence that names the file and the way out. */
export async function openHouse(
  given: World,
  { readOnly = false, open = { store: openStore, catalog: openCatalog }, patienceMs }: HouseOptions = {},
): Promise<House> {
  const { config, clock, random } = given
  const witness = witnessTime(given.fetch, clock)
  const world: World = { ...given, fetch: witness.fetch }
  const opened = await open.store(stateFile(config.dataDir), { readOnly })
  const disk = await open.catalog(catalogFile(config.dataDir), { readOnly, clock, random }).then(
    (catalog) => watchDisk(config.dataDir, opened, catalog),
    async (error) => {
      await opened.close()
      throw error
    },
  )
  const { store, catalog } = disk
  const sources = sourceDefinitions.map((definition) => createSource(definition, world, store, patienceMs))

  const memoryOf = async (source: Source): Promise<SourceMemory> => {
    const cursor = await catalog.cursorOf(source.name)
    const backfill = await catalog.cursorOf(backfillOf(source))
    const announcedThrough = (await store.matched.get(matchedKey))?.announcedThrough[source.name]
    return {
      ...(backfill === undefined ? {} : { backfill }),
      ...(cursor === undefined ? {} : { cursor }),
      ...(announcedThrough === undefined ? {} : { announcedThrough }),
    }
  }

  return {
    ...world,
    store,
    catalog,
    sources,
    memoryOf,
    sourceStatus: () => Promise.all(sources.map(async (source) => source.status(await memoryOf(source), clock.now()))),
    announcedThrough: async () => {
      const marks = await Promise.all(
        sources.map(async (source) => {
          const memory = await memoryOf(source)
          const mark = source.settledThrough?.(memory) ?? source.announcedThrough(memory)
          return [source.name, mark] as const
        }),
      )
      return Object.fromEntries(marks.flatMap(([name, mark]) => (mark === undefined ? [] : [[name, mark]])))
    },
    diskTrouble: disk.trouble,
    timeIsWitnessed: witness.agrees,
    close: async () => {
      await catalog.close()
      await store.close()
    },
  }
}

/** How the program names itself to sources; arXiv asks for a contact. */
export function userAgent(config: Config): string {
  return `paperboy/0.1${config.contactEmail === undefined ? '' : ` (mailto:${config.contactEmail})`}`
}

function createSource(definition: SourceDefinition, world: World, store: Store, patienceMs?: number): Source {
  return definition.create(readSettings(definition.settings, world.config.environment), {
    clock: world.clock,
    random: world.random,
    fetch: world.fetch,
    log: world.log,
    userAgent: userAgent(world.config),
    spacing: spacingOf(store, definition.name),
    ...(patienceMs === undefined ? {} : { patienceMs }),
  })
}

/** Kept in the store, so that the pause between two requests holds over a restart. */
function spacingOf(store: Store, source: string): SpacingMemory {
  const key = ['spacing', source]
  return {
    read: async () => {
      const at = await store.meta.get(key)
      return typeof at === 'number' ? at : undefined
    },
    write: (at) => store.meta.set(key, at),
    readPause: async () => pauseSchema.safeParse(await store.meta.get([...key, 'pause'])).data,
    writePause: (pause) => store.meta.set([...key, 'pause'], { ...pause }),
  }
}

const pauseSchema = z.object({ kind: z.enum(['forbidden', 'busy']), until: z.number(), reason: z.string() })
