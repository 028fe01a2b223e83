import { categoryName } from '../../papers/venue.ts'
import type { Announcement } from './event.ts'
import { setOfCategory } from './taxonomy.ts'
import { datestampOf, fullName, type PaperState, submissionTimes, submittedOn } from './world.ts'
import { element, templateText } from './xml.ts'

export interface MetadataFormat {
  readonly schema: string
  readonly namespace: string
  render(paper: PaperState): string
}

/** The licence that most e-prints carry. */
export const LICENSE = 'http://arxiv.org/licenses/nonexclusive-distrib/1.0/'
const INSTANCE = 'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"'

const formats: Readonly<Record<string, MetadataFormat>> = {
  oai_dc: {
    schema: 'http://www.openarchives.org/OAI/2.0/oai_dc.xsd',
    namespace: 'http://www.openarchives.org/OAI/2.0/oai_dc/',
    render: dublinCore,
  },
  arXiv: { schema: 'http://arxiv.org/OAI/arXiv.xsd', namespace: 'http://arxiv.org/OAI/arXiv/', render: arXiv },
  arXivRaw: {
    schema: 'http://arxiv.org/OAI/arXivRaw.xsd',
    namespace: 'http://arxiv.org/OAI/arXivRaw/',
    render: arXivRaw,
  },
}

/** The metadata formats by prefix (info.arxiv.org/help/oa); arXivOld is left out. */
export const metadataFormats: ReadonlyMap<string, MetadataFormat> = new Map(Object.entries(formats))

/** A record's header: identifier, datestamp and one set a category; a deleted record has nothing else. */
export function recordHeader(paper: PaperState): string {
  const sets = paper.current.categories.map((category) => element('setSpec', setOfCategory(category), templateText))
  const status = paper.current.deleted ? ' status="deleted"' : ''
  return `            <header${status}>
${element('identifier', `oai:arXiv.org:${paper.id}`, templateText)}${element('datestamp', datestampOf(paper), templateText)}${sets.join('')}            </header>
`
}

// `created` is the day on which the *current* version was submitted and `updated` the day of the record's last change: so the
// records of 1207.7214 and hep-th/9711200 read in 2026. A record not touched since it was announced has no `updated`.
function arXiv(paper: PaperState): string {
  const event = paper.current
  const touched = paper.shown.length > 1 || event.version > 1
  const authors = event.authors.map(
    (author) =>
      `<author>\n${text('keyname', author.keyname)}${text('forenames', author.forenames)}${text('suffix', author.suffix)}</author>\n`,
  )
  return `<arXiv xmlns="http://arxiv.org/OAI/arXiv/" ${INSTANCE} xsi:schemaLocation="http://arxiv.org/OAI/arXiv/ https://oaipmh.arxiv.org/OAI/arXiv.xsd">
${text('id', paper.id)}${text('created', submittedOn(event))}${text('updated', touched ? datestampOf(paper) : undefined)}<authors>
${authors.join('')}</authors>
${text('title', event.title)}${text('categories', event.categories.join(' '))}${text('comments', event.comments)}${text('journal-ref', event.journalRef)}${text('doi', event.doi)}${text('license', LICENSE)}${text('abstract', event.abstract)}</arXiv>
`
}

function arXivRaw(paper: PaperState): string {
  const event = paper.current
  const versions = Array.from({ length: event.version }, (_, index) => {
    const submitted = Date.parse(submissionTimes(versionEvent(paper, index + 1)).updated)
    return `<version version="v${index + 1}">\n${text('date', new Date(submitted).toUTCString())}${text('size', '1024kb')}${text('source_type', 'D')}</version>\n`
  })
  const names = event.authors.map(fullName)
  return `<arXivRaw xmlns="http://arxiv.org/OAI/arXivRaw/" ${INSTANCE} xsi:schemaLocation="http://arxiv.org/OAI/arXivRaw/ https://oaipmh.arxiv.org/OAI/arXivRaw.xsd">
${text('id', paper.id)}${text('submitter', names[0])}${versions.join('')}${text('title', event.title)}${text('authors', names.join(', '))}${text('categories', event.categories.join(' '))}${text('comments', event.comments)}${text('journal-ref', event.journalRef)}${text('doi', event.doi)}${text('license', LICENSE)}${text('abstract', event.abstract)}</arXivRaw>
`
}

function dublinCore(paper: PaperState): string {
  const event = paper.current
  const creators = event.authors.map((author) => {
    const family = [author.keyname, author.suffix].filter((part) => part !== undefined).join(' ')
    return text('dc:creator', [family, author.forenames].filter((part) => part !== undefined).join(', '))
  })
  const subjects = event.categories.map((category) => text('dc:subject', categoryName(category) ?? category))
  const revised = submittedOn(event) === event.created ? undefined : submittedOn(event)
  return `<oai_dc:dc xmlns:oai_dc="http://www.openarchives.org/OAI/2.0/oai_dc/" xmlns:dc="http://purl.org/dc/elements/1.1/" ${INSTANCE} xsi:schemaLocation="http://www.openarchives.org/OAI/2.0/oai_dc/ https://www.openarchives.org/OAI/2.0/oai_dc.xsd">
${text('dc:title', event.title)}${creators.join('')}${subjects.join('')}${text('dc:description', event.abstract)}${text('dc:description', event.comments)}${text('dc:date', event.created)}${text('dc:date', revised)}<dc:type>text</dc:type>
${text('dc:identifier', `https://arxiv.org/abs/${paper.id}`)}${text('dc:identifier', event.journalRef)}${text('dc:identifier', event.doi === undefined ? undefined : `doi:${event.doi}`)}</oai_dc:dc>
`
}

/** What was announced as one version of a paper; where that is not known, the nearest later one told as if it were. */
export function versionEvent(paper: PaperState, version: number): Announcement {
  const known = paper.shown.findLast(({ event }) => event.version === version)
  if (known) return known.event
  const { updated: _, ...later } = paper.shown.find(({ event }) => event.version > version)?.event ?? paper.current
  return { ...later, version }
}

function text(name: string, value: string | undefined): string {
  return element(name, value, templateText)
}
