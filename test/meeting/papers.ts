import type { Announcement, Byline } from '../../src/cli/replay/event.ts'
import { anAnnouncement } from '../support/arxiv/announcements.ts'

const byline = (...names: readonly string[]): readonly Byline[] =>
  names.map((name) => {
    const words = name.split(' ')
    return { keyname: words.at(-1) ?? name, forenames: words.slice(0, -1).join(' ') }
  })

const paper = (number: number, day: number, authors: readonly Byline[], title: string): Announcement =>
  anAnnouncement({
    id: `2509.${String(number).padStart(5, '0')}`,
    title,
    authors,
    created: `2025-09-${String(day - 2).padStart(2, '0')}`,
    announced: `2025-09-${String(day).padStart(2, '0')}`,
    abstract: `This is about ${title.toLowerCase()}. It has a second sentence.`,
  })

const ngozi = 'Ngozi Okafor'

/** Two people called J. Lindqvist, and Ngozi Okafor, who has papers on each of four days. */
export const team: readonly Announcement[] = [
  paper(101, 8, byline('Johanna Lindqvist'), 'Weighing Glaciers'),
  paper(102, 8, byline('Jasper Lindqvist', 'Mirela Novotny'), 'Folding Orchards'),
  paper(103, 8, byline(ngozi), 'Lanterns of Old'),
  ...Array.from({ length: 12 }, (_, at) => paper(110 + at, 8, byline('Felix Gallagher'), `Harbour ${at + 1}`)),
  paper(201, 9, byline(ngozi, 'Felix Gallagher'), 'Counting Lanterns'),
  paper(202, 9, byline('Johanna Lindqvist', ngozi), 'Predicting Looms'),
  paper(203, 9, byline('Jasper Lindqvist'), 'Orchards, Again'),
  ...Array.from({ length: 8 }, (_, at) => paper(301 + at, 10, byline(ngozi), `Zeppelin ${at + 1}`)),
  {
    ...paper(201, 9, byline(ngozi, 'Felix Gallagher'), 'Counting Lanterns by Night'),
    version: 2,
    updated: '2025-09-10',
    announced: '2025-09-11',
    announce: 'replace',
  },
  paper(401, 12, byline(ngozi), 'The Last Lantern'),
  // Initials, another field, and no word in common: only perhaps Ngozi Okafor.
  {
    ...paper(501, 15, byline('N. Okafor', 'Q. Oldman'), 'Looms at Sea'),
    categories: ['math.CO'],
    abstract: 'Bounds for colourings.',
  },
]

/** With so many more by Ngozi Okafor on the third day that her week does not fit into one message of Slack. */
export const busyTeam: readonly Announcement[] = [
  ...team,
  ...Array.from({ length: 12 }, (_, at) => paper(321 + at, 10, byline(ngozi), `Airship ${at + 1}`)),
].toSorted((a, b) => Date.parse(a.announced ?? '') - Date.parse(b.announced ?? ''))
