import { describeStore } from '../conformance/store.ts'
import type { Faults, Memory } from './memory-store.ts'
import { openMemoryStore } from './memory-store.ts'

describeStore('memory', async () => {
  const memory: Memory = new Map()
  const faults: Faults = { room: Number.POSITIVE_INFINITY, broken: false }
  return {
    store: openMemoryStore(memory, faults),
    reopen: async () => openMemoryStore(memory, faults),
    end: async () => {},
    fillDisk: () => {
      faults.room = 100_000
    },
    freeDisk: () => {
      faults.room = Number.POSITIVE_INFINITY
    },
    spoil: (namespace, key) => void memory.get(namespace)?.set(key, '{'),
    breakEverything: () => {
      faults.broken = true
    },
  }
})
