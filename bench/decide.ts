import { DatabaseSync } from 'node:sqlite'
import { inFolder } from './folder.ts'
import { digits, type Figure, measuredOf, perSecond, report, timed } from './measure.ts'
import { town } from './town.ts'

// Decide and store: the digests of channels that fall due at once, each one commit that survives a power cut, against bare rows of a digest's size,
// each a transaction with the same promise.

const counts = { channels: 300, papers: 10 }
const rounds = 3

report([
  await inFolder(async (folder): Promise<Figure> => {
    const [ours, bare]: [number[], number[]] = [[], []]
    for (let round = -1; round < rounds; round++) {
      const work = await town(`${folder}/${round}`, counts)
      await work.match()
      let decided = 0
      const taken = await timed(async () => {
        decided = (await work.decide()).decided
      })
      await work.close()
      if (decided !== counts.channels) throw new Error(`${decided} digests were decided`)
      const other = await timed(() => bareRows(`${folder}/bare-${round}.sqlite`))
      if (round < 0) continue
      ours.push(taken)
      bare.push(other)
    }
    const [own, other] = [measuredOf(ours), measuredOf(bare)]
    return {
      name: 'decide and store',
      ours: `${perSecond(counts.channels, own)} digests`,
      bare: perSecond(counts.channels, other),
      ratio: digits(other.median / own.median),
      note: `digests of ${counts.papers} papers; bare: a row of 4 kB a transaction, synchronous=FULL`,
    }
  }),
])

function bareRows(file: string): void {
  const database = new DatabaseSync(file)
  database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; CREATE TABLE digests (key TEXT, value TEXT)')
  const insert = database.prepare('INSERT INTO digests VALUES (?, ?)')
  for (let at = 0; at < counts.channels; at++) insert.run(String(at), 'x'.repeat(4_000))
  database.close()
}
