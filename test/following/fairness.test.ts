import { describe, expect, it, test } from 'vitest'
import { isAskedAbout, meantBy } from '../../commands/candidates.ts'
import { buildFollowIndex } from '../../src/following/follow-index.ts'
import { matchPaper } from '../../src/following/matcher.ts'
import { waitingFor } from '../../src/following/waiting.ts'
import type { Paper } from '../../src/papers/paper.ts'
import { bearersOf } from '../../src/people/commonness.ts'
import { certainFrom, likelyFrom, mistaken, refusedBelow } from '../../src/people/evidence.ts'
import { withoutPaper } from '../../src/people/learning.ts'
import { profileFromPapers } from '../../src/people/profile.ts'
import { aPaper } from '../support/builders.ts'
import { aSubscription } from '../support/following.ts'

// Given and family names of each origin, common and rare ones.
const origins = {
  Chinese: ['Wei Jing Hao Yifan Ruoxi Zihan Wenjie Shuo', 'Wang Zhang Liu Deng Fang Kong Ouyang Mo'],
  Korean: ['Minjun Jisoo Hyun Seung Taeho Yuna Dongwoo Byeong', 'Kim Lee Park Choi Kang Noh Bae Gwak'],
  Indian: ['Rahul Amit Priya Arjun Ananya Suresh Vivek Harsha', 'Kumar Singh Sharma Gupta Reddy Iyer Banerjee Nambiar'],
  Arabic: ['Mohammed Ahmed Ali Omar Youssef Fatima Khaled Hani', 'Hassan Ali Ahmed Khan Mansour Salem Haddad Nasser'],
  Iberian: [
    'Maria Carlos Pedro Javier Lucia Tiago Rafael Nuno',
    'Garcia Silva Lopez Santos Costa Ribeiro Navarro Queiroz',
  ],
  Slavic: [
    'Ivan Anna Dmitry Pavel Marek Olga Milos Bohdan',
    'Ivanov Novak Petrov Smirnov Kowalski Horvat Volkov Zelenko',
  ],
  Vietnamese: ['Minh Anh Duc Hung Thanh Linh Quang Khoa', 'Nguyen Tran Pham Hoang Vu Dang Bui Doan'],
  Japanese: [
    'Yuki Kenji Hiroshi Takeshi Akira Naoki Satoshi Mio',
    'Tanaka Suzuki Sato Yamamoto Ito Watanabe Mori Ueda',
  ],
  Western: [
    'Michael David Anna Thomas Julia Daniel Lars Imogen',
    'Smith Miller Brown Jones Fischer Jansen Larsen Whitlock',
  ],
} as const satisfies Readonly<Record<string, readonly [given: string, family: string]>>

/** The name of an origin that is as common as can be had to be borne by so many others. */
function nameOf([given, family]: readonly [string, string], bearers: number): string {
  const off = (name: string) => Math.abs(Math.log(bearersOf(name) / bearers))
  const names = given.split(' ').flatMap((one) => family.split(' ').map((other) => `${one} ${other}`))
  return names.reduce((best, name) => (off(name) < off(best) ? name : best))
}

const by = (number: number, name: string, others: readonly string[], title: string, category: string): Paper =>
  aPaper({
    id: `arxiv:2501.${String(number).padStart(5, '0')}`,
    title,
    abstract: title,
    categories: [category],
    authors: [name, ...others].map((each) => ({ name: each })),
  })

/** Papers as they come, told by what they have in common with the person's. */
const papersOf = (name: string): readonly Paper[] => [
  by(11, name, ['Ottavia Brandolini'], 'Glaciers in retreat', 'physics.geo-ph'),
  by(12, name, ['Ottavia Brandolini', 'Ilse Ahrendt'], 'A paper on harbours', 'cs.CY'),
  by(13, name, ['Orla Quist'], 'Glaciers and sensors', 'physics.geo-ph'),
  by(14, name, ['Orla Quist'], 'Rhyme in old letters', 'cs.CL'),
  by(15, name, ['Zdravko Petkanov'], 'Rhyme in new letters', 'cs.CL'),
  by(16, name, [], 'A lone essay', 'math.HO'),
]

const known = (name: string) => [
  by(1, name, ['Ottavia Brandolini', 'Ilse Ahrendt'], 'Glaciers of the north', 'physics.geo-ph'),
  by(2, name, ['Ottavia Brandolini'], 'Seismic sensors on glaciers', 'physics.geo-ph'),
]

/** What a channel does with each paper, for someone of whom nothing is known, of whom something is, and of whom a paper was refused. */
function answersFor(name: string) {
  const profile = profileFromPapers(name, known(name))
  const corrected = withoutPaper(profile, by(3, name, ['Zdravko Petkanov'], 'Parsing of verse', 'cs.CL'), 0)
  return [profileFromPapers(name, []), profile, corrected].map((each) => {
    const index = buildFollowIndex([aSubscription({ follows: { kind: 'author', profile: each } })])
    return papersOf(name).map((paper) => {
      const [match] = matchPaper(paper, index)
      if (match === undefined) return { answer: 'nothing', odds: Number.NEGATIVE_INFINITY, parts: [] }
      const { confidence, score } = match.reason
      const parts = (score?.parts ?? []).slice(1).map(({ what, adds }) => `${what} ${adds}`)
      const odds = score?.odds ?? Number.POSITIVE_INFINITY
      return { answer: `${confidence}, ${waitingFor([match.reason], '2025-01-01').state}`, odds, parts }
    })
  })
}

describe('an equally common name of another origin', () => {
  const { Chinese: first, ...rest } = origins
  const others = Object.entries(rest)

  test.each(others)('%s: changes nothing of what a match, a question or a choice comes to', (_origin, names) => {
    for (const bearers of [0.03, 0.3]) {
      const other = nameOf(names, bearers)
      const one = nameOf(first, bearersOf(other))
      const context = `${one} (${bearersOf(one).toFixed(3)}) and ${other} (${bearersOf(other).toFixed(3)})`
      expect(Math.abs(Math.log(bearersOf(one) / bearersOf(other))), context).toBeLessThan(0.5)
      const [a, b] = [answersFor(one).flat(), answersFor(other).flat()]
      expect(
        b.map(({ parts }) => parts),
        context,
      ).toEqual(a.map(({ parts }) => parts))
      // No two names are equally common to the last digit: an answer on the very edge may fall on either side of it.
      const apart = Math.abs(Math.log((mistaken + bearersOf(one)) / (mistaken + bearersOf(other)))) + 0.02
      const isClear = ({ odds }: (typeof a)[number]) =>
        [certainFrom, likelyFrom, refusedBelow].every((edge) => Math.abs(odds - edge) > apart)
      const clear = [...a.keys()].filter((at) => a[at] !== undefined && isClear(a[at]))
      expect(clear.length, context).toBeGreaterThan(a.length / 2)
      expect(
        clear.map((at) => b[at]?.answer),
        context,
      ).toEqual(clear.map((at) => a[at]?.answer))
      expect(isAskedAbout(other), context).toBe(isAskedAbout(one))
      const people = (name: string) =>
        meantBy(name, [...known(name), ...papersOf(name)]).map(({ papers }) => papers.length)
      expect(people(other), context).toEqual(people(one))
    }
  })

  it('is asked about as often, where it is common', () => {
    for (const name of ['Wei Wang', 'Rahul Kumar', 'Minjun Kim', 'Mohammed Ali'])
      if (bearersOf(name) > 1) expect(isAskedAbout(name), name).toBe(true)
  })
})
