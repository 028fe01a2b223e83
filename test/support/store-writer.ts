// Run as a process of its own: writes without end, and says on stdout what is confirmed. A test kills it in the middle.
import { lockDataDir } from '../../src/store/lock.ts'
import { openStore } from '../../src/store/sqlite.ts'
import { put } from '../../src/store/store.ts'

const dir = process.argv[2] ?? ''
const lock = await lockDataDir(dir, 'start')
const store = await openStore(`${dir}/state.sqlite`)
process.stdout.write(`${lock.kind}\n`)
for (let n = 1; ; n++) {
  await store.commit([
    put(store.people, ['left', String(n)], n),
    put(store.people, ['right', String(n)], 'x'.repeat(2000)),
  ])
  await store.meta.set(['last'], n)
  process.stdout.write(`${n}\n`)
}
