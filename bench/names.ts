import { distance } from 'fastest-levenshtein'
import { comparable } from '../src/people/comparable-name.ts'
import { compareNames } from '../src/people/compare.ts'
import { corpus, papersOf } from './corpus.ts'
import { compare, type Figure, perSecond, report } from './measure.ts'
import { originOf } from './name-origins.ts'
import { seeded } from './random.ts'

// Pairs of names a second, beside Levenshtein's distance of the same pairs, which knows nothing of names. Then, by where the names come from, how often two forms of
// one name are held to be one, and how often two names of one family are held to be two.

const GOAL = 500_000
const pairCount = 100_000
const leastPeople = 100

const { note, events } = corpus()
const bylines = [...new Set(papersOf({ note, events }).flatMap(({ authors }) => authors.map(({ name }) => name)))]
const names = bylines.filter((name) => {
  const { person, given } = comparable(name)
  return person && given[0]?.initial === false
})
const random = seeded(7)

report([await measureSpeed(), ...measureOrigins()])

async function measureSpeed(): Promise<Figure> {
  const some = names.filter((_, at) => at % 4 === 0)
  const byFamily = Map.groupBy(some, (name) => comparable(name).family.plain)
  const pairs = Array.from({ length: pairCount }, (_, at): readonly [string, string] => {
    const one = any(some)
    const kin = byFamily.get(comparable(one).family.plain) ?? some
    return [one, at % 3 === 0 ? any(some) : at % 3 === 1 ? any(kin) : (formsOf(one)[one.length % 8] ?? one)]
  })
  const ours = () => pairs.filter(([a, b]) => compareNames(a, b) !== 'different').length
  const bare = () => pairs.reduce((sum, [a, b]) => sum + distance(a, b), 0)
  const measured = await compare(ours, bare)
  return {
    name: 'names compared',
    ours: `${perSecond(pairCount, measured.ours)} pairs`,
    bare: perSecond(pairCount, measured.bare),
    ratio: (measured.bare.median / measured.ours.median).toFixed(2),
    goal: { text: '≥ 500,000/s', met: pairCount / (measured.ours.median / 1000) >= GOAL },
    note: `${pairCount.toLocaleString('en')} pairs, a third each of any two, of one family, and of two forms of one name, met before; bare: fastest-levenshtein; ${note}`,
  }
}

function measureOrigins(): readonly Figure[] {
  const byOrigin = [...Map.groupBy(names, originOf)].filter(([, those]) => those.length >= leastPeople)
  const figures = byOrigin
    .toSorted(([, a], [, b]) => b.length - a.length)
    .map(([origin, those]) => {
      const forms = those.flatMap((name) => formsOf(name).map((form) => [name, form] as const))
      const found = forms.filter(([a, b]) => compareNames(a, b) !== 'different').length / forms.length
      const kin = [...Map.groupBy(those, (name) => comparable(name).family.plain).values()].filter(
        (kind) => kind.length > 1,
      )
      const strangers = Array.from({ length: 4000 }, () => pairOf(any(kin))).filter(([a, b]) => haveOtherInitials(a, b))
      const apart = strangers.filter(([a, b]) => compareNames(a, b) === 'different').length / strangers.length
      return { origin, people: those.length, found, apart, forms: forms.length, strangers: strangers.length }
    })
  const worst = (values: readonly number[]) => Math.max(...values) - Math.min(...values)
  const [found, apart] = [worst(figures.map((each) => each.found)), worst(figures.map((each) => each.apart))]
  return [
    ...figures.map(({ origin, people, found: share, apart: told, forms, strangers }) => ({
      name: `names, ${origin}`,
      ours: `${(share * 100).toFixed(2)} % met, ${(told * 100).toFixed(2)} % told apart`,
      note: `${people} bylines sorted by their letters (bench/name-origins.ts): ${forms} forms of one name, ${strangers} pairs of one family with given names of other first letters`,
    })),
    {
      name: 'names, best less worst origin',
      ours: `${(found * 100).toFixed(2)} % met, ${(apart * 100).toFixed(2)} % told apart`,
      goal: { text: '≤ 2 %', met: Math.max(found, apart) <= 0.02 },
      note: 'of the rows above',
    },
  ]
}

/** Ways in which other bylines and indexes write the same name. */
function formsOf(name: string): readonly string[] {
  const { given, family } = comparable(name)
  const words = name.split(' ')
  const [first = '', last = ''] = [words[0], words.at(-1)]
  if (words.length < 2 || given.length === 0) return []
  const initials = words.slice(0, -1).map((word) => `${word.charAt(0)}.`)
  const straight = last.toLowerCase().endsWith(family.plain)
  return [
    name.toUpperCase(),
    name.normalize('NFD').replace(/\p{M}/gu, ''),
    name.replace(/[-–]/g, ' '),
    `Dr. ${name}, PhD`,
    `${name} et al.`,
    ...(straight
      ? [
          `${last}, ${words.slice(0, -1).join(' ')}`,
          `${last}, ${initials.join(' ')}`,
          `${initials.join(' ')} ${last}`,
          `${initials.join('')} ${last}`,
          `${first} ${last}`,
          `${last} ${first.charAt(0)}`,
          `${words.slice(0, -1).join(' ')} ${last.toUpperCase()}`,
          `${last} ${words.slice(0, -1).join(' ')}`,
        ]
      : []),
  ]
}

function haveOtherInitials(a: string, b: string): boolean {
  return comparable(a).given[0]?.plain.charAt(0) !== comparable(b).given[0]?.plain.charAt(0)
}

function pairOf(those: readonly string[]): readonly [string, string] {
  return [any(those), any(those)]
}

function any<T>(list: readonly T[]): T {
  const found = list[Math.floor(random() * list.length)]
  if (found === undefined) throw new Error('There are no names to compare.')
  return found
}
