import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type AuthorName, parseAuthorName } from '../../src/people/author-name.ts'
import { comparable, type NameWord } from '../../src/people/comparable-name.ts'
import { compareNames, nameKeys } from '../../src/people/compare.ts'
import { eachKey, wordsMayBeOne } from '../../src/people/name-keys.ts'

// Two people of each origin, whose names are about equally common: given, second given, family.
const origins = {
  Chinese: [
    ['Weijie', 'Yuan', 'Zhang'],
    ['Haoran', 'Peng', 'Chen'],
  ],
  Korean: [
    ['Minseok', 'Hyun', 'Park'],
    ['Jiwoo', 'Dong', 'Kim'],
  ],
  Japanese: [
    ['Takeshi', 'Ren', 'Yamada'],
    ['Haruka', 'Mio', 'Suzuki'],
  ],
  Indian: [
    ['Rajesh', 'Prasad', 'Sharma'],
    ['Priyanka', 'Lata', 'Gupta'],
  ],
  Arabic: [
    ['Tamer', 'Salim', 'Hamdi'],
    ['Layla', 'Noor', 'Fawzi'],
  ],
  Iberian: [
    ['Álvaro', 'Tomás', 'Quintana'],
    ['Inés', 'Belén', 'Zapata'],
  ],
  Slavic: [
    ['Bořivoj', 'Zdeněk', 'Dvořák'],
    ['Halina', 'Jadwiga', 'Kowalczyk'],
  ],
  Germanic: [
    ['Jürgen', 'Götz', 'Schröder'],
    ['Ingrid', 'Solveig', 'Lindström'],
  ],
  Vietnamese: [
    ['Quốc', 'Bảo', 'Trương'],
    ['Hạnh', 'Mai', 'Phạm'],
  ],
  Greek: [
    ['Stratos', 'Minas', 'Papadakis'],
    ['Despina', 'Zoe', 'Georgiou'],
  ],
  Turkish: [
    ['Çağlar', 'Uğur', 'Yıldız'],
    ['Gülşen', 'Işıl', 'Öztürk'],
  ],
  African: [
    ['Oluwaseun', 'Tunde', 'Adebayo'],
    ['Thandiwe', 'Lindiwe', 'Dlamini'],
  ],
} as const

type Person = readonly [given: string, middle: string, family: string]
const people: readonly (readonly [Person, Person])[] = Object.values(origins)

/** Forms in which a byline may write a person. */
const forms: Readonly<Record<string, (person: Person) => string>> = {
  full: ([given, middle, family]) => `${given} ${middle} ${family}`,
  short: ([given, , family]) => `${given} ${family}`,
  initial: ([given, , family]) => `${given.charAt(0)}. ${family}`,
  initials: ([given, middle, family]) => `${given.charAt(0)}. ${middle.charAt(0)}. ${family}`,
  'middle initial': ([given, middle, family]) => `${given} ${middle.charAt(0)}. ${family}`,
  hyphen: ([given, middle, family]) => `${given}-${middle} ${family}`,
  sorted: ([given, middle, family]) => `${family}, ${given} ${middle}`,
  'sorted initials': ([given, middle, family]) => `${family}, ${given.charAt(0)}.${middle.charAt(0)}.`,
  'of an index': ([given, , family]) => `${family} ${given.charAt(0)}`,
  capitals: ([given, middle, family]) => `${given} ${middle} ${family}`.toUpperCase(),
  'capital family': ([given, , family]) => `${given} ${family.toUpperCase()}`,
  degree: ([given, , family]) => `Dr. ${given} ${family}, PhD`,
  turned: ([given, , family]) => `${family} ${given}`,
}

describe('wherever a name comes from', () => {
  const relationsOf = (pair: readonly [Person, Person]) => {
    const written = Object.entries(forms)
    return written.flatMap(([a, one]) =>
      written.flatMap(([b, other]) => [
        `${a}/${b} ${compareNames(one(pair[0]), other(pair[0]))}`,
        `${a}/${b} of another ${compareNames(one(pair[0]), other(pair[1]))}`,
      ]),
    )
  }
  const [first, ...others] = people
  const expected = first === undefined ? [] : relationsOf(first)

  test.each(Object.keys(origins).slice(1))('%s forms relate as Chinese ones do', (origin) => {
    const pair = others[Object.keys(origins).indexOf(origin) - 1]
    expect(pair === undefined ? [] : relationsOf(pair)).toEqual(expected)
  })

  test('every form of one person may be that person, but for initials of a turned name', () => {
    const straight = Object.entries(forms).flatMap(([kind, form]) => (kind === 'turned' ? [] : [form]))
    for (const [person] of people)
      for (const one of straight)
        for (const other of straight) {
          const [a, b] = [one(person), other(person)]
          expect(compareNames(a, b), `${a} / ${b}`).not.toBe('different')
        }
  })
})

const letters = fc.constantFrom(
  ...people.flat(2),
  'J.',
  'K.-S.',
  "O'Hara",
  'van',
  'der',
  'Løvås',
  'Łukasz',
  'Strauß',
  'Müller',
  'Mueller',
  'Bøgh',
  'Ægir',
  'Zac',
  'García',
  'López',
)
const name = fc.array(letters, { minLength: 1, maxLength: 4 }).map((words) => words.join(' '))

test('what diacritics a name is written with makes no difference to anyone', () => {
  fc.assert(
    fc.property(name, name, (a, b) => {
      // Vietnamese letters tell that the family stands first.
      fc.pre(![a, b].some((each) => /^(?:Trương|Phạm)/u.test(each)))
      expect(compareNames(folded(a), b), `${a} / ${b}`).toBe(compareNames(a, b))
      expect(compareNames(a.normalize('NFD'), b)).toBe(compareNames(a, b))
    }),
    { numRuns: 2000 },
  )
})

test('a name put together from its parts falls into the same parts', () => {
  fc.assert(
    fc.property(
      fc.oneof(name, fc.constantFrom('LIU Yang', '田中 太郎', 'Nguyễn Văn An', 'Ada Lovelace, Jr.')),
      (text) => {
        const read = parseAuthorName(text)
        expect(parseAuthorName(sorted(read))).toEqual(read)
      },
    ),
    { numRuns: 2000 },
  )
})

test('any text is read, compared and indexed without an exception, and is the same as itself', () => {
  const text = fc.oneof(fc.string({ unit: 'binary' }), fc.string({ unit: 'grapheme' }), name)
  fc.assert(
    fc.property(text, text, (a, b) => {
      expect(compareNames(a, ` ${a}`.slice(1))).toBe('same')
      expect(compareNames(a, b)).toBe(compareNames(b, a))
      if (compareNames(a, b) !== 'different') expect(nameKeys(a).some((key) => nameKeys(b).includes(key))).toBe(true)
    }),
    { numRuns: 2000 },
  )
})

test('names that may be one share a key whose words may be one', () => {
  const form = fc
    .tuple(fc.constantFrom(...people.flat()), fc.constantFrom(...Object.values(forms)))
    .map(([person, write]) => write(person))
  const any = fc.oneof(name, form)
  fc.assert(
    fc.property(any, any, (a, b) => {
      if (compareNames(a, b) !== 'different') expect(shareWords(a, b), `${a} / ${b}`).toBe(true)
    }),
    { numRuns: 5000 },
  )
})

test.each([
  ['Lianhau Lee', 'Lian Hau Lee'],
  ['Seung Hyun Park', 'Sunghyun Park'],
  ['Van den Berg, Petra', 'Petra Vandenberg'],
  ['S. P. J. de Vries', 'Jan de Vries'],
  ['Srinivas', 'Srinivas Bangalore'],
  ['José Fonollosa', 'José Fonolosa'],
  ['Yang Liu', 'Liu Yang'],
  ['Chr. Berg', 'Christian Berg'],
  ['M. Teresa Gil', 'Teresa Gil'],
  ['محمد علي', 'Mohamed Ali'],
])('%s and %s share a key whose words may be one', (a, b) => {
  expect(compareNames(a, b)).not.toBe('different')
  expect(shareWords(a, b)).toBe(true)
})

test('of those who share a family and an initial, other given names may not be one', () => {
  expect(shareWords('Jared Kaplan', 'James Kaplan')).toBe(false)
  expect(shareWords('Xin Wang', 'Xue Wang')).toBe(false)
})

function shareWords(a: string, b: string): boolean {
  const keysOf = (name: string) => {
    const keys: { readonly key: string; readonly word: NameWord | undefined }[] = []
    eachKey(comparable(name), (base, initial, word) => keys.push({ key: `${base}/${initial}`, word }))
    return keys
  }
  const manner = { korean: comparable(a).korean || comparable(b).korean }
  const others = keysOf(b)
  return keysOf(a).some(({ key, word }) =>
    others.some(
      (other) =>
        key === other.key &&
        (word === undefined || other.word === undefined || wordsMayBeOne(word, other.word, manner)),
    ),
  )
}

/** As an index would print it: family, given, suffix. */
function sorted({ given, family, suffix }: AuthorName): string {
  return [family, given, suffix].filter((part) => part !== undefined).join(', ')
}

function folded(text: string): string {
  const apart: Readonly<Record<string, string>> = { ł: 'l', Ł: 'L', ø: 'o', ß: 'ss', æ: 'ae', Æ: 'Ae', ı: 'i' }
  return text
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .replace(/[łŁøßæÆı]/g, (letter) => apart[letter] ?? letter)
}
