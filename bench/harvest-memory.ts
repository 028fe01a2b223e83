import { openSync, readSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { openCatalog } from '../src/catalog/sqlite/open.ts'
import { systemClock } from '../src/clock.ts'
import { keepFrugal } from '../src/memory.ts'
import { systemRandom } from '../src/random.ts'
import { createArxiv } from '../src/sources/arxiv/source.ts'
import { arxivSettings } from './arxiv-settings.ts'
import { collectGarbage } from './measure.ts'

// What a harvest takes of memory, in a process that has nothing else in it: node bench/harvest-memory.ts FOLDER NOW RECORDS PAGE…, of which each page is a file
// in the folder. Writes the bytes beyond idle.

const [folder = '.', moment = '', count = '', ...pages] = process.argv.slice(2)
const now = Date.parse(moment)
let asked = 0

keepFrugal()
const catalog = await openCatalog(join(folder, 'memory.sqlite'), { clock: systemClock, random: systemRandom })
const source = createArxiv(arxivSettings, {
  clock: { ...systemClock, now: () => now },
  random: systemRandom,
  fetch: async () => fromFile(join(folder, pages[asked++] ?? '')),
  spacing: { read: async () => undefined, write: async () => {} },
  userAgent: 'paperboy/bench',
  log: () => {},
})
collectGarbage()
await sleep(500)
const idle = process.memoryUsage.rss()
let peak = idle
const look = () => {
  peak = Math.max(peak, process.memoryUsage.rss())
}
const timer = setInterval(look, 5)
let records = 0
for await (const batch of source.harvest({}, { signal: new AbortController().signal })) {
  look()
  await catalog.upsert('arxiv', batch.records, batch.cursor)
  look()
  records += batch.records.length
  // What else a pass asks for is another matter.
  if (records >= Number(count)) break
}
clearInterval(timer)
await catalog.close()
look()
process.stdout.write(`${peak - idle}\n`)

/** As a network gives it: in pieces, of which none is kept. */
function fromFile(path: string): Response {
  const file = openSync(path, 'r')
  const pull = (controller: ReadableStreamDefaultController<Uint8Array>) => {
    const piece = new Uint8Array(65_536)
    const length = readSync(file, piece)
    if (length === 0) controller.close()
    else controller.enqueue(piece.subarray(0, length))
  }
  return new Response(new ReadableStream({ pull }))
}
