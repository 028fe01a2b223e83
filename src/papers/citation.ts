import { bibtexEntry } from './bibtex.ts'
import { type CitedName, type CitedWork, citedWorks } from './cited-work.ts'
import type { Paper } from './paper.ts'

export type CitationFormat = 'bibtex' | 'ris' | 'csl-json' | 'markdown' | 'apa'

/** Papers as citations in one format, each paper once, in the order given; ends with a line break. */
export function cite(papers: readonly Paper[], format: CitationFormat): string {
  const works = citedWorks(papers)
  switch (format) {
    case 'bibtex':
      return ended(works.map(bibtexEntry).join('\n\n'))
    case 'ris':
      return works.map(risRecord).join('\r\n')
    case 'csl-json':
      return ended(JSON.stringify(works.map(cslItem), null, 2))
    case 'markdown':
      return ended(works.map(markdownLine).join('\n'))
    case 'apa':
      return ended(works.map(apaReference).join('\n\n'))
  }
}

function ended(text: string): string {
  return text === '' ? '' : `${text}\n`
}

function risRecord(work: CitedWork): string {
  const lines: readonly (readonly [string, string | undefined])[] = [
    ['TY', work.journalRef === undefined ? 'UNPB' : 'JOUR'],
    ['ID', work.key],
    ['TI', work.title],
    ...work.authors.map((name): [string, string] => [
      'AU',
      [name.family, name.given, name.suffix].filter(Boolean).join(', '),
    ]),
    ['PY', work.year],
    ['DA', work.day.length === 10 ? work.day.replaceAll('-', '/') : undefined],
    ['JO', work.journalRef],
    ['PB', work.eprint && 'arXiv'],
    ['M1', work.eprint && `arXiv:${work.eprint}`],
    ['DO', work.doi],
    ['UR', work.url],
    ...work.categories.map((category): [string, string] => ['KW', category]),
    ['AB', work.abstract],
    ['ER', ''],
  ]
  return lines.flatMap(([tag, value]) => (value || tag === 'ER' ? [`${tag}  - ${value ?? ''}\r\n`] : [])).join('')
}

function cslItem(work: CitedWork): object {
  const issued = work.day === '' ? undefined : { 'date-parts': [work.day.split('-').map(Number)] }
  return {
    id: work.key,
    type: work.journalRef === undefined ? 'article' : 'article-journal',
    title: work.title,
    author: work.authors.map(cslName),
    ...(issued === undefined ? {} : { issued }),
    ...(work.abstract === '' ? {} : { abstract: work.abstract }),
    ...(work.journalRef === undefined ? {} : { 'container-title': work.journalRef }),
    ...(work.eprint === undefined ? {} : { publisher: 'arXiv', number: `arXiv:${work.eprint}` }),
    ...(work.doi === undefined ? {} : { DOI: work.doi }),
    URL: work.url,
    ...(work.categories.length === 0 ? {} : { keyword: work.categories.join(', ') }),
  }
}

function cslName(name: CitedName): object {
  if (name.literal || name.given === '') return { literal: name.family }
  return { family: name.family, given: name.given, ...(name.suffix === '' ? {} : { suffix: name.suffix }) }
}

const mostNamed = 3

function markdownLine(work: CitedWork): string {
  const names = work.authors.map((name) =>
    escapeMarkdown([name.given, name.family, name.suffix].filter(Boolean).join(' ')),
  )
  const byline = names.length > mostNamed ? `${names.slice(0, mostNamed).join(', ')} et al.` : names.join(', ')
  const year = work.year === '' ? '' : `(${work.year})`
  const byAndWhen = [byline, year].filter(Boolean).join(' ')
  const head = byAndWhen === '' ? '' : `${sentence(byAndWhen)} `
  const tail = [work.journalRef, work.eprint && `arXiv:${work.eprint}`].flatMap((place) =>
    place ? [` ${sentence(escapeMarkdown(place))}`] : [],
  )
  return `- ${head}[${escapeMarkdown(work.title)}](${markdownAddress(work.url)}).${tail.join('')}`
}

/** Every character that CommonMark or its common extensions could read as markup. */
function escapeMarkdown(text: string): string {
  return text.replace(/[\\`*_{}[\]<>#|~!&$@^]/g, '\\$&')
}

function markdownAddress(url: string): string {
  return url.replace(
    /[\s()<>\\[\]]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`,
  )
}

/** APA, 7th edition: up to twenty authors, else nineteen and the last. */
function apaReference(work: CitedWork): string {
  const names = work.authors.map(apaName)
  const year = `(${work.year === '' ? 'n.d.' : work.year})`
  const place = work.journalRef ?? (work.eprint === undefined ? undefined : 'arXiv')
  const address = work.doi !== undefined ? `https://doi.org/${work.doi}` : work.url
  // Without authors the title leads.
  const head =
    names.length === 0
      ? [sentence(work.title), `${year}.`]
      : [sentence(apaByline(names)), `${year}.`, sentence(work.title)]
  return [...head, ...(place === undefined ? [] : [sentence(place)]), address].join(' ')
}

const mostApaNames = 20

function apaByline(names: readonly string[]): string {
  const last = names.at(-1) ?? ''
  if (names.length === 1) return last
  if (names.length > mostApaNames) return `${names.slice(0, mostApaNames - 1).join(', ')}, . . . ${last}`
  return `${names.slice(0, -1).join(', ')}, & ${last}`
}

function apaName(name: CitedName): string {
  if (name.literal || name.given === '') return name.family
  const initials = name.given
    .split(' ')
    .map((word) =>
      word
        .split('-')
        .flatMap((part) => /\p{L}/u.exec(part)?.[0].toUpperCase() ?? [])
        .map((letter) => `${letter}.`)
        .join('-'),
    )
    .filter(Boolean)
    .join(' ')
  return [name.family, initials, name.suffix].filter(Boolean).join(', ')
}

function sentence(text: string): string {
  return /[.?!…]$/.test(text) ? text : `${text}.`
}
