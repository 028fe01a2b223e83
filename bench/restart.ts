import { join } from 'node:path'
import { systemClock } from '../src/clock.ts'
import { createCourier } from '../src/delivery/courier.ts'
import type { Platform } from '../src/delivery/platform.ts'
import { notice } from '../src/message/message.ts'
import type { PaperId } from '../src/papers/paper.ts'
import { systemRandom } from '../src/random.ts'
import { digestKey, partKey, seenKey } from '../src/store/keys.ts'
import type { PartRecord } from '../src/store/records.ts'
import { openStore } from '../src/store/sqlite.ts'
import { put, type Store } from '../src/store/store.ts'
import { channelAt } from './channel.ts'
import { inFolder } from './folder.ts'
import { type Figure, inMs, measuredOf, report } from './measure.ts'

// A restart while messages wait: from opening the store to the first request to post, after what the earlier process left has been looked at.

const parts = 100_000
const channels = 1_000
const atOnce = 2_000
const runs = 3

report([
  await inFolder(async (folder): Promise<Figure> => {
    const file = join(folder, 'state.sqlite')
    const store = await openStore(file)
    for (let at = 0; at < parts; at += atOnce) await fill(store, at, at + atOnce)
    await store.close()
    const times: number[] = []
    for (let run = 0; run <= runs; run++) {
      const taken = await openToPost(file)
      if (run > 0) times.push(taken)
    }
    return {
      name: 'restart to the first post',
      ours: inMs(measuredOf(times)),
      note: `${parts.toLocaleString('en')} messages ready in ${channels.toLocaleString('en')} channels; store and courier alone, without the start of the program above`,
    }
  }),
])

async function fill(store: Store, from: number, to: number): Promise<void> {
  const at = '2026-01-01T09:00:00.000Z'
  await store.commit(
    Array.from({ length: to - from }, (_, place) => {
      const number = from + place
      const digestPlace = { channel: channelAt(number % channels), slot: at, n: Math.floor(number / channels) + 1 }
      const [digest, paper] = [
        digestKey(digestPlace).join(' '),
        `arxiv:2601.${String(number).padStart(6, '0')}` as PaperId,
      ]
      const key = String(number).padStart(22, '0')
      const part: PartRecord = {
        ...digestPlace,
        digest,
        part: 1,
        of: 1,
        key,
        papers: [paper],
        state: { kind: 'ready', attempt: 1 },
      }
      const items = [[{ paper, reasons: [] }]]
      return [
        put(store.digests, digestKey(digestPlace), {
          ...digestPlace,
          id: digest,
          decidedAt: at,
          parts: items,
          listed: [],
        }),
        put(store.parts, partKey(part), part),
        put(store.outbox, partKey(part), { state: 'ready' }),
        put(store.seen, seenKey(part.channel, paper), { state: 'digested', digest, part: 1, at, reasons: [] }),
      ]
    }).flat(),
  )
}

async function openToPost(file: string): Promise<number> {
  const began = performance.now()
  const stopping = new AbortController()
  const store = await openStore(file)
  let first: number | undefined
  const platform: Platform = {
    name: 'slack',
    start: async () => undefined,
    // Nothing is posted, so that the next run finds what this one found.
    post: async () => {
      first ??= performance.now()
      stopping.abort(new Error('measured'))
      return { kind: 'throttled', retryAfterMs: 60_000, scope: 'platform' }
    },
    recall: async () => ({ kind: 'recalled', parts: [] }),
    find: async () => ({ kind: 'absent' }),
    edit: async () => ({ kind: 'unknown', cause: 'measured' }),
    tell: async () => undefined,
    stop: async () => undefined,
  }
  const courier = createCourier({
    store,
    clock: systemClock,
    random: systemRandom,
    log: () => undefined,
    settleMs: 90_000,
    platforms: () => platform,
    compose: async ({ papers }) => ({
      message: notice('info', papers.join()),
      papers: papers.map((id) => ({ id, version: 1 })),
      hash: papers.join(),
    }),
    tellAdmin: async () => undefined,
  })
  await courier.recover(stopping.signal)
  await courier.sendDue(stopping.signal).catch(() => undefined)
  await store.close()
  if (first === undefined) throw new Error('Nothing was posted.')
  return first - began
}
