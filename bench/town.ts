import { join } from 'node:path'
import { openCatalog } from '../src/catalog/sqlite/open.ts'
import { systemClock } from '../src/clock.ts'
import { decideRound } from '../src/digest/decide.ts'
import { matchRound } from '../src/following/match-round.ts'
import { channelParts } from '../src/message/channel.ts'
import { systemRandom, ulid } from '../src/random.ts'
import { oaiRank } from '../src/sources/arxiv/oai.ts'
import { channelKey } from '../src/store/keys.ts'
import { openStore } from '../src/store/sqlite.ts'
import { put } from '../src/store/store.ts'
import { channelAt } from './channel.ts'
import { corpus, papersOf } from './corpus.ts'

const papers = papersOf(corpus())

/** So many channels, each following one category in which so many papers have been announced: MATCH and DECIDE as the program runs them. */
export async function town(folder: string, counts: { readonly channels: number; readonly papers: number }) {
  const store = await openStore(join(folder, 'state.sqlite'))
  const catalog = await openCatalog(join(folder, 'catalog.sqlite'), { clock: systemClock, random: systemRandom })
  const house = { store, catalog, clock: systemClock, random: systemRandom, log: () => undefined }
  const at = new Date().toISOString()
  await store.commit(
    Array.from({ length: counts.channels }, (_, number) => {
      const [channel, id] = [channelAt(number), ulid(Date.now(), systemRandom)]
      return [
        put(store.channels, channelKey(channel), {
          channel,
          tenant: channelParts(channel).tenant,
          name: 'papers',
          addedAt: at,
        }),
        put(store.subscriptions, channelKey(channel, id), {
          id,
          channel,
          follows: { kind: 'category' as const, category: 'bench' },
          narrowing: {},
          since: { catalogId: catalog.id, seq: 0, announcedThrough: {} },
          by: { id: 'U1', name: 'Ada' },
          at,
        }),
      ]
    }).flat(),
  )
  await catalog.upsert(
    'arxiv',
    papers.slice(0, counts.papers).map((paper) => ({
      paper: { ...paper, categories: ['bench'] },
      origin: 'announced',
      rank: oaiRank,
      mark: paper.id,
    })),
  )
  return {
    match: () => matchRound({ ...house, announcedThrough: async () => ({}) }),
    decide: () => decideRound({ ...house, papersPerPart: () => 10 }),
    close: async () => {
      await catalog.close()
      await store.close()
    },
  }
}
