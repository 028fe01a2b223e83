import { bytesOf, inFolder } from './folder.ts'
import { digits, type Figure, report } from './measure.ts'
import { town } from './town.ts'

// What the state keeps for ever grows with each paper that a channel has seen: the file's bytes for each, once matched and once decided upon.

const counts = { channels: 200, papers: 50 }
const seen = counts.channels * counts.papers

report([
  await inFolder(async (folder): Promise<Figure> => {
    const work = await town(folder, counts)
    const empty = bytes(folder)
    const { matched } = await work.match()
    const waiting = bytes(folder)
    const { decided } = await work.decide()
    await work.close()
    const written = bytes(folder)
    if (matched !== seen || decided !== counts.channels)
      throw new Error(`${matched} papers matched and ${decided} digests`)
    const each = (size: number) => digits((size - empty) / seen)
    return {
      name: 'state for each paper that a channel has seen',
      ours: `${each(written)} B`,
      note: `${each(waiting)} B while it waits; ${counts.papers} papers in each of ${counts.channels} channels, with digest, message, ledger, reasons and the write-ahead log`,
    }
  }),
])

function bytes(folder: string): number {
  return ['state.sqlite', 'state.sqlite-wal'].reduce((sum, name) => sum + bytesOf(`${folder}/${name}`), 0)
}
