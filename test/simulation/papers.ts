import type { Announcement, Byline } from '../../src/cli/replay/event.ts'
import type { Random } from '../../src/random.ts'
import { anAnnouncement } from '../support/arxiv/announcements.ts'

const families =
  'Abernathy Bogdanova Castellanos Drummond Eriksson Fairweather Gallagher Hawthorne Ivanchenko Jablonski Kristofferson Lindqvist Montgomery Nakagawa Ostrowski Papadopoulos Quintanilla Rasmussen Szymanski Thorvaldsen Underwood Vasquez Wickramasinghe Yamaguchi Zimmermann Ashworth Blackwood Cunningham Delacroix Eisenberg Featherstone Grigoryan Holmgren Jankowski Kowalczyk Lombardi Mukherjee Novotny Oyelaran Petrosyan'.split(
    ' ',
  )
const given =
  'Alma Boris Celeste Dorian Esther Felix Greta Henrik Ingrid Jonas Katya Leander Mirela Nikolai Odette Pascal Quentin Rosalind Soren Tabitha Ulrich Viola Wendel Yvonne Zoltan Agnes Bertram Clarissa Desmond Edith Fabian Gudrun Hector Isolde Jasper Klara Lorenz Matilda Norbert Olive'.split(
    ' ',
  )

/** Forty people whom nobody takes for one another. */
export const people: readonly string[] = families.map((family, at) => `${given[at]} ${family}`)

const categories = ['cs.AI', 'cs.LG', 'cs.CL', 'stat.ML', 'math.CO', 'quant-ph', 'cs.MA']
const subjects = ['Lanterns', 'Harbours', 'Orchards', 'Zeppelins', 'Glaciers', 'Looms']
const manners = ['Counting', 'Folding', 'Predicting', 'Compressing', 'Teaching']

/** The listing dates (Monday to Friday) from one on, US Eastern. */
export function listingDays(from: string, count: number): readonly string[] {
  const days: string[] = []
  for (let at = Date.parse(`${from}T00:00:00Z`); days.length < count; at += 86_400_000) {
    if (![0, 6].includes(new Date(at).getUTCDay())) days.push(new Date(at).toISOString().slice(0, 10))
  }
  return days
}

/** New papers of one listing by some of the forty, with the next numbers of September 2025 or of the listing's month. */
export function aDay(
  day: string,
  {
    random,
    papers,
    first,
    initials = 0,
  }: { readonly random: Random; readonly papers: number; readonly first: number; readonly initials?: number },
): readonly Announcement[] {
  const created = new Date(Date.parse(`${day}T00:00:00Z`) - 2 * 86_400_000).toISOString().slice(0, 10)
  const month = day.slice(2, 7).replace('-', '')
  return Array.from({ length: papers }, (_, at) => {
    const number = first + at
    return anAnnouncement({
      id: `${month}.${String(number).padStart(5, '0')}`,
      title: `${pick(manners, random)} ${pick(subjects, random)} with Method ${number}`,
      authors: bylines(random, initials),
      categories: [...new Set([pick(categories, random), pick(categories, random)])],
      created,
      announced: day,
      abstract: `We look at case ${number}. It turns out well.`,
    })
  })
}

/** Whether the name stands in the byline with an initial for its forename: it may be theirs. */
export function mayBeBy({ authors }: Announcement, name: string): boolean {
  return authors.some(({ forenames = '', keyname }) => `${forenames} ${keyname}` === shortened(name))
}

/** Whether one of the names stands in the byline, letter by letter. */
export function followedBy({ authors }: Announcement, names: readonly string[]): boolean {
  return authors.some(({ forenames, keyname }) => names.includes(`${forenames} ${keyname}`))
}

function bylines(random: Random, initials: number): readonly Byline[] {
  const count = 1 + Math.floor(random.next() * 3)
  const chosen = new Set(Array.from({ length: count }, () => pick(people, random)))
  return [...chosen].map((name) => {
    const written = initials > 0 && random.next() < initials ? shortened(name) : name
    const [forenames = '', keyname = ''] = written.split(' ')
    return { keyname, forenames }
  })
}

/** `Alma Abernathy` as `A. Abernathy`. */
function shortened(name: string): string {
  return name.replace(/^(.)\S*/u, '$1.')
}

export function pick<T>(list: readonly T[], random: Random): T {
  const chosen = list[Math.floor(random.next() * list.length)]
  if (chosen === undefined) throw new Error('there is nothing to pick from')
  return chosen
}

/** Some of what was announced once, in a further listing: as it was, revised, or cross-listed to cs.MA. */
export function toldAgain(known: readonly Announcement[], day: string, random: Random): readonly Announcement[] {
  const times = Map.groupBy(known, (event) => event.id)
  return known.flatMap((event) => {
    if (times.get(event.id)?.length !== 1 || event.announce !== 'new' || random.next() > 0.06) return []
    const change = random.next()
    if (change < 0.4) return [{ ...event, announced: day }]
    if (change < 0.8) return [revised(event, day)]
    return [{ ...event, categories: [...new Set([...event.categories, 'cs.MA'])], announced: day, announce: 'cross' }]
  })
}

/** Papers of 2019 that nobody here knows, edited today: `first` is the number of the first. */
export function editedOld(day: string, first: number, random: Random): readonly Announcement[] {
  const chosen = people.slice(0, 20).filter(() => random.next() < 0.03)
  return chosen.map((name, at) => {
    const [forenames = '', keyname = ''] = name.split(' ')
    const id = `1901.${String(first + at).padStart(5, '0')}`
    const old = { id, title: 'Old Zeppelins', authors: [{ forenames, keyname }], categories: ['cs.MA'] }
    return revised(anAnnouncement({ ...old, created: '2019-01-03' }), day)
  })
}

function revised(event: Announcement, day: string): Announcement {
  const eve = new Date(Date.parse(`${day}T00:00:00Z`) - 86_400_000).toISOString().slice(0, 10)
  return { ...event, version: 2, title: `${event.title}, Revised`, updated: eve, announced: day, announce: 'replace' }
}

export function shuffled<T>(list: readonly T[], random: Random): readonly T[] {
  return list
    .map((each) => ({ each, at: random.next() }))
    .toSorted((a, b) => a.at - b.at)
    .map(({ each }) => each)
}
