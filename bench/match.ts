import { buildFollowIndex } from '../src/following/follow-index.ts'
import { matchPaper } from '../src/following/matcher.ts'
import type { Subscription } from '../src/following/subscription.ts'
import { parseChannel } from '../src/message/channel.ts'
import type { Paper } from '../src/papers/paper.ts'
import { comparable } from '../src/people/comparable-name.ts'
import { corpus, papersOf } from './corpus.ts'
import { collectGarbage, compare, digits, type Figure, inMB, inMs, report, timed } from './measure.ts'

// A day, 2,000 papers of which one has 3,303 authors, against 1,000,000 followed authors. Beside it the least that anyone could do: a Map from names
// to followers, asked for each name of each byline after the same normalisation. It finds a name written exactly so and nothing else; ours also finds
// what is compatible, weighs it, and says why.

const GOAL = 3
const subscriptionCount = 1_000_000
const paperCount = 2_000
const longestByline = 3_303

const { note, events } = corpus()
const papers = papersOf({ events, note })
const people = [...new Set(papers.flatMap(({ authors }) => authors.map(({ name }) => name)))]
const day = [...papers.slice(1 - paperCount), ...withByline(papers.at(-paperCount), longestByline)]

report([
  ...(await measureMatch(
    `${people.length.toLocaleString('en')} people, each followed in many channels`,
    subscriptionsTo(people),
    day,
  )),
  // A million people of whom thousands bear one family name and initial: each costs time, so a part of the day has to do.
  ...(await measureMatch(
    'a million people',
    subscriptionsTo(strangers(subscriptionCount)),
    day.filter((_, at) => at % 20 === 0),
  )),
])

async function measureMatch(
  scene: string,
  subscriptions: readonly Subscription[],
  announced: readonly Paper[],
): Promise<readonly Figure[]> {
  collectGarbage()
  const empty = memory()
  let index = buildFollowIndex([])
  const built = await timed(() => {
    index = buildFollowIndex(subscriptions)
  })
  collectGarbage()
  const held = memory() - empty
  const byName = new Map<string, Subscription[]>()
  const mapBuilt = await timed(() => {
    for (const subscription of subscriptions) addTo(byName, nameOf(subscription), subscription)
  })
  collectGarbage()
  const mapHeld = memory() - empty - held
  const dayNames = announced.flatMap(({ authors }) => authors)
  let [found, exact] = [0, 0]
  const ours = () => {
    found = 0
    for (const paper of announced) found += matchPaper(paper, index).length
  }
  const bare = () => {
    exact = 0
    for (const author of dayNames) exact += byName.get(comparable(author).exact)?.length ?? 0
  }
  const match = await compare(ours, bare, { warmUp: 1, runs: 3, before: forgetNames })
  const asked = exact
  const normalised = dayNames.map((author) => comparable(author).exact)
  const lookUp = await timed(() => {
    for (const name of normalised) exact += byName.get(name)?.length ?? 0
  })
  return [
    {
      name: `match of ${announced.length} papers, ${scene}`,
      ours: inMs(match.ours),
      bare: inMs(match.bare),
      ratio: digits(match.ratio),
      goal: { text: `≤ ${GOAL}`, met: match.ratio <= GOAL },
      note: `${announced.length} papers with ${dayNames.length} names, at most ${Math.max(...announced.map(({ authors }) => authors.length))} of one paper, the program’s memory of names emptied before each run; in the time of both: reading and normalising each name of a byline; in ours alone: finding whoever may bear it, comparing, weighing, and one match with its reasons for each follower, ${found} in all; the Map counts ${asked} followers of names written so; its look-ups alone, of names normalised beforehand, take ${digits(lookUp)} ms; ${note}`,
    },
    {
      name: `index of 1,000,000 followed authors, ${scene}`,
      ours: `${digits(built / 1000)} s, ${inMB(held)}`,
      bare: `${digits(mapBuilt / 1000)} s, ${inMB(mapHeld)}`,
      ratio: `${digits(built / mapBuilt)}, ${digits(held / mapHeld)}`,
      note: 'building it, and what it holds beside the subscriptions',
    },
  ]
}

function subscriptionsTo(names: readonly string[]): readonly Subscription[] {
  return Array.from({ length: subscriptionCount }, (_, at) => {
    const channel = parseChannel(`web:team${at % 1000}/papers`)
    const displayName = names[at % names.length]
    if (channel === undefined || displayName === undefined) throw new Error('There is nobody to follow.')
    const profile = { displayName, variants: [], ids: {}, papers: [], not: [], coauthors: {}, categories: {} }
    return { id: `S${at}`, channel, follows: { kind: 'author' as const, profile }, narrowing: {} }
  })
}

/** A paper with so many authors, of whom each is one of the corpus. */
function withByline(paper: Paper | undefined, count: number): readonly Paper[] {
  const authors = papers.flatMap((each) => each.authors)
  const step = Math.max(1, Math.floor(authors.length / count))
  return paper === undefined ? [] : [{ ...paper, authors: authors.filter((_, at) => at % step === 0).slice(0, count) }]
}

/** Names as they might be: the given names of some authors with the family names of others, each pair once; always the same. */
function strangers(count: number): readonly string[] {
  const parts = papers.flatMap(({ authors }) =>
    authors.flatMap(({ given, family }) => (given && family ? [{ given, family }] : [])),
  )
  let state = 1
  const any = () => {
    state ^= state << 13
    state ^= state >>> 17
    state ^= state << 5
    return parts[(state >>> 0) % parts.length]
  }
  const names = new Set(people)
  while (names.size < count) names.add(`${any()?.given} ${any()?.family}`)
  return [...names]
}

/** Compared names are remembered by the program; a new day has mostly names that it has not met. */
function forgetNames(): void {
  for (let at = 0; at <= 50_000; at++) comparable(`${inLetters(at)} ${inLetters(at + 60_000)}`)
}

function inLetters(number: number): string {
  return [...number.toString(26)].map((digit) => String.fromCharCode(97 + Number.parseInt(digit, 26))).join('')
}

function addTo(map: Map<string, Subscription[]>, key: string, subscription: Subscription): void {
  const known = map.get(key)
  if (known === undefined) map.set(key, [subscription])
  else known.push(subscription)
}

function nameOf({ follows }: Subscription): string {
  return follows.kind === 'author' ? comparable(follows.profile.displayName).exact : ''
}

function memory(): number {
  const { heapUsed, arrayBuffers } = process.memoryUsage()
  return heapUsed + arrayBuffers
}
