import { buildFollowIndex } from '../src/following/follow-index.ts'
import { matchPaper } from '../src/following/matcher.ts'
import type { Subscription } from '../src/following/subscription.ts'
import { channelAt } from './channel.ts'
import { corpus, papersOf } from './corpus.ts'
import { collectGarbage, digits, type Figure, measuredOf, report, timed } from './measure.ts'

// One more followed author: what a day costs by how many are followed. Nothing is asked for an author (a harvest is not told who is followed), and a
// day's papers are looked up, so the line is to stay flat: none of these is in a byline of the day.

const followed = [100, 1_000, 10_000, 100_000]
const runs = 9
const GOAL = 2

const { events, note } = corpus()
const papers = papersOf({ events, note })
const day = papers.slice(-500)
const taken = new Map<number, number>()
for (const count of followed) {
  const index = buildFollowIndex(strangers(count))
  const times: number[] = []
  for (let run = -2; run < runs; run++) {
    collectGarbage()
    const ms = await timed(() => {
      for (const paper of day) matchPaper(paper, index)
    })
    if (run >= 0) times.push(ms)
  }
  taken.set(count, measuredOf(times).median)
}
const [least = Number.NaN, most = Number.NaN] = [taken.get(100), taken.get(100_000)]
const figure: Figure = {
  name: 'a day’s match with 100, 1,000, 10,000 and 100,000 followed authors',
  ours: `${[...taken.values()].map(digits).join(', ')} ms`,
  ratio: digits(most / least),
  goal: { text: `≤ ${GOAL} for 1,000 times as many`, met: most / least <= GOAL },
  note: `${day.length} papers; people of whom the day has none; no request is made for an author; ${note}`,
}
report([figure])

/** People whom no byline has: syllables in an order that follows from their number. */
function strangers(count: number): readonly Subscription[] {
  const syllables = ['bro', 'cu', 'dwe', 'fla', 'gri', 'hosk', 'kre', 'lum', 'mav', 'nop']
  return Array.from({ length: count }, (_, at) => {
    const word = (number: number) => [...String(number)].map((digit) => syllables[Number(digit)]).join('')
    const displayName = `X${word(at % 317)} Q${word(at)}`
    const profile = { displayName, variants: [], ids: {}, papers: [], not: [], coauthors: {}, categories: {} }
    return { id: `S${at}`, channel: channelAt(at), follows: { kind: 'author' as const, profile }, narrowing: {} }
  })
}
