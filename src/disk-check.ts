import type { Catalog } from './catalog/catalog.ts'
import type { Store } from './store/store.ts'
import { bytesLeft, StoreError } from './store/store-error.ts'

/** Less than this, and the next batch of papers may find no room. */
const LEAST_BYTES = 256 * 1024

/** Remembers whether the last write to each file found room on the disk. */
export interface DiskWatch {
  readonly store: Store
  readonly catalog: Catalog
  /** A sentence while the disk of DATA_DIR is full or can't be written; undefined otherwise. It goes as soon as there is room, or something was written. */
  trouble(): string | undefined
}

/** Watches the writes to both files of the data folder. */
export function watchDisk(dataDir: string, store: Store, catalog: Catalog): DiskWatch {
  const denied = new Map<'store' | 'catalog', string>()
  const full = new Map<'store' | 'catalog', { readonly sentence: string; readonly left: number }>()
  const watched = async <T>(file: 'store' | 'catalog', write: () => Promise<T>): Promise<T> => {
    try {
      const written = await write()
      full.delete(file)
      denied.delete(file)
      return written
    } catch (error) {
      if (error instanceof StoreError && error.fault === 'full')
        full.set(file, { sentence: error.message, left: bytesLeft(dataDir) })
      if (error instanceof StoreError && error.fault === 'denied') denied.set(file, error.message)
      throw error
    }
  }
  return {
    store: {
      ...store,
      // Written each minute, so that it is noticed when writing is possible again.
      meta: { ...store.meta, set: (key, value) => watched('store', () => store.meta.set(key, value)) },
      commit: (operations) => watched('store', () => store.commit(operations)),
    },
    catalog: { ...catalog, upsert: (...given) => watched('catalog', () => catalog.upsert(...given)) },
    trouble: () => {
      // A file that writes nothing for a while would otherwise go on complaining after someone has made room.
      const remembered = [...full.values()].find(({ left }) => bytesLeft(dataDir) < left + LEAST_BYTES)
      return remembered?.sentence ?? scarce(dataDir) ?? [...denied.values()][0]
    },
  }
}

function scarce(dataDir: string): string | undefined {
  const left = bytesLeft(dataDir)
  if (left >= LEAST_BYTES) return undefined
  return `The disk of DATA_DIR is full: ${Math.floor(left / 1024)} kB are left where ${dataDir} lies. Nothing that was kept is lost: free some space, and Paperboy goes on where it stopped.`
}
