import { nextUtcMidnight, utcDay } from './eastern.ts'
import { type MetadataFormat, metadataFormats, recordHeader } from './oai-record.ts'
import { allSets, isInSet } from './taxonomy.ts'
import { datestampOf, type PaperState, type View } from './world.ts'
import { element, templateText } from './xml.ts'

// Rules: info.arxiv.org/help/oa, the OAI-PMH 2.0 specification, and arXiv's published server (github.com/arXiv/oaipmh).
const BASE = 'http://oaipmh.arxiv.org/oai'
const EARLIEST = '2005-09-16'
const DAY = /^\d{4}-\d{2}-\d{2}$/

export interface OaiAnswer {
  readonly body: string
  /** What a cache in front may keep the answer for: errors, `noRecordsMatch` among them, until 00:00 UTC. */
  readonly error?: OaiErrorCode
}

type OaiErrorCode =
  | 'badArgument'
  | 'badResumptionToken'
  | 'badVerb'
  | 'cannotDisseminateFormat'
  | 'idDoesNotExist'
  | 'noRecordsMatch'

const DESCRIPTIONS: Readonly<Record<OaiErrorCode, string>> = {
  badArgument:
    'The request has an argument that is not allowed, lacks a required one, repeats one, or a value is malformed.',
  badResumptionToken: 'The resumptionToken is invalid or expired.',
  badVerb: 'The verb is missing, repeated or not one of OAI-PMH.',
  cannotDisseminateFormat: 'The metadataPrefix is not supported.',
  idDoesNotExist: 'The identifier is unknown here.',
  noRecordsMatch: 'The values of from, until, set and metadataPrefix give an empty list.',
}

class OaiError extends Error {
  readonly code: OaiErrorCode
  constructor(code: OaiErrorCode) {
    super(code)
    this.code = code
  }
}

/** Answers an OAI-PMH request; every answer, an error too, has status 200. */
export function answerOai(params: URLSearchParams, view: View, pageSize: number): OaiAnswer {
  try {
    const echoed = [...params]
    if (new Set(params.keys()).size !== echoed.length) throw new OaiError('badArgument')
    return { body: envelope(view.now, new Map(echoed), answerVerb(params, view, pageSize)) }
  } catch (error) {
    if (!(error instanceof OaiError)) throw error
    const inner = `    <error code='${error.code}'>${DESCRIPTIONS[error.code]}</error>`
    return { body: envelope(view.now, new Map(), inner), error: error.code }
  }
}

function answerVerb(params: URLSearchParams, view: View, pageSize: number): string {
  switch (params.get('verb')) {
    case 'Identify':
      return identify(params)
    case 'ListMetadataFormats':
      return listFormats(params)
    case 'ListSets':
      return listSets(params)
    case 'GetRecord':
      return getRecord(params, view)
    case 'ListRecords':
      return list(params, view, pageSize)
    case 'ListIdentifiers':
      return list(params, view, pageSize * 8)
    default:
      throw new OaiError('badVerb')
  }
}

function identify(params: URLSearchParams): string {
  allow(params, [])
  return `    <Identify>
        <repositoryName>arXiv</repositoryName>
        <baseURL>${BASE}</baseURL>
        <protocolVersion>2.0</protocolVersion>
        <adminEmail>help@arxiv.org</adminEmail>
        <earliestDatestamp>${EARLIEST}</earliestDatestamp>
        <deletedRecord>persistent</deletedRecord>
        <granularity>YYYY-MM-DD</granularity>
    </Identify>`
}

function listFormats(params: URLSearchParams): string {
  allow(params, ['identifier'])
  const formats = [...metadataFormats].map(
    ([prefix, format]) => `        <metadataFormat>
            <metadataPrefix>${prefix}</metadataPrefix>
            <schema>${format.schema}</schema>
            <metadataNamespace>${format.namespace}</metadataNamespace>
        </metadataFormat>`,
  )
  return `    <ListMetadataFormats>\n${formats.join('\n')}\n    </ListMetadataFormats>`
}

function listSets(params: URLSearchParams): string {
  allow(params, [])
  const sets = [...allSets()].map(
    ([spec, name]) => `        <set>
            <setSpec>${spec}</setSpec>
            <setName>${templateText(name)}</setName>
        </set>`,
  )
  return `    <ListSets>\n${sets.join('\n')}\n    </ListSets>`
}

function getRecord(params: URLSearchParams, view: View): string {
  allow(params, ['identifier', 'metadataPrefix'])
  const [identifier, prefix] = [params.get('identifier'), params.get('metadataPrefix')]
  if (!identifier?.startsWith('oai:arXiv.org:') || prefix === null) throw new OaiError('badArgument')
  const format = formatOf(prefix)
  const paper = view.papers.get(identifier.slice('oai:arXiv.org:'.length))
  if (!paper) throw new OaiError('idDoesNotExist')
  return `    <GetRecord>\n${record(paper, format)}    </GetRecord>`
}

interface Selection {
  readonly verb: string
  readonly metadataPrefix: string
  readonly from: string
  readonly until?: string
  readonly set?: string
  readonly skip: number
}

function list(params: URLSearchParams, view: View, pageSize: number): string {
  const token = params.get('resumptionToken')
  const selection = token === null ? fromArguments(params) : fromToken(token, params, view.now)
  const format = formatOf(selection.metadataPrefix)
  const chosen = select(selection, view)
  const page = chosen.slice(selection.skip, selection.skip + pageSize)
  if (page.length === 0) throw new OaiError('noRecordsMatch')
  const more = chosen.length > selection.skip + pageSize
  const inner = page
    .map((paper) => (selection.verb === 'ListRecords' ? record(paper, format) : recordHeader(paper)))
    .join('')
  const end = more ? nextToken(selection, page, view.now) : token === null ? '' : '        <resumptionToken/>\n'
  return `    <${selection.verb}>\n${inner}${end}    </${selection.verb}>`
}

function fromArguments(params: URLSearchParams): Selection {
  allow(params, ['metadataPrefix', 'from', 'until', 'set'])
  const [prefix, until, set] = [params.get('metadataPrefix'), params.get('until'), params.get('set')]
  if (prefix === null) throw new OaiError('badArgument')
  return {
    verb: params.get('verb') ?? '',
    metadataPrefix: prefix,
    from: params.get('from') ?? EARLIEST,
    ...(until === null ? {} : { until }),
    ...(set === null ? {} : { set }),
    skip: 0,
  }
}

// The token is stateless: the request, how many records of its first day to leave out, and when it ends (the next 00:00 UTC).
function fromToken(token: string, params: URLSearchParams, now: number): Selection {
  if ([...params.keys()].length !== 2) throw new OaiError('badArgument')
  const kept = new URLSearchParams(token.replace(/%[2-7][0-9A-F]/g, decodeURIComponent))
  const skip = Number(kept.get('skip') ?? Number.NaN)
  const expires = Number(kept.get('expires') ?? Number.NaN)
  const stale = !(now < expires)
  if (!Number.isInteger(skip) || stale || kept.get('verb') !== params.get('verb')) {
    throw new OaiError('badResumptionToken')
  }
  kept.delete('skip')
  kept.delete('expires')
  return { ...fromArguments(kept), skip }
}

// As the published server does: the next page starts at the day of the last record given, so that a record changed meanwhile moves no other out of sight.
function nextToken(selection: Selection, page: readonly PaperState[], now: number): string {
  const [first, last] = [page[0], page.at(-1)]
  if (!first || !last) return ''
  const lastDay = datestampOf(last)
  const { from, skip } =
    datestampOf(first) === lastDay
      ? { from: selection.from, skip: selection.skip + page.length }
      : { from: lastDay, skip: page.filter((paper) => datestampOf(paper) === lastDay).length }
  const expires = nextUtcMidnight(now)
  const next = new URLSearchParams({ verb: selection.verb, metadataPrefix: selection.metadataPrefix, from })
  if (selection.until !== undefined) next.set('until', selection.until)
  if (selection.set !== undefined) next.set('set', selection.set)
  next.set('skip', String(skip))
  next.set('expires', String(expires))
  const until = new Date(expires).toISOString().replace('.000', '')
  return `        <resumptionToken expires='${until}'>${encodeURIComponent(next.toString())}</resumptionToken>\n`
}

function select(selection: Selection, view: View): readonly PaperState[] {
  const today = utcDay(view.now)
  const { from, until = today, set } = selection
  const tomorrow = utcDay(view.now + 86_400_000)
  if (!DAY.test(from) || !DAY.test(until) || from > until || from < EARLIEST || until > tomorrow) {
    throw new OaiError('badArgument')
  }
  if (set !== undefined && !allSets().has(set)) throw new OaiError('badArgument')
  return [...view.papers.values()]
    .filter((paper) => datestampOf(paper) >= from && datestampOf(paper) <= until)
    .filter((paper) => set === undefined || isInSet(set, paper.current.categories))
    .sort((a, b) => a.modified - b.modified || (a.id < b.id ? -1 : 1))
}

function formatOf(prefix: string): MetadataFormat {
  const format = metadataFormats.get(prefix)
  if (!format) throw new OaiError('cannotDisseminateFormat')
  return format
}

function record(paper: PaperState, format: MetadataFormat): string {
  const metadata = paper.current.deleted
    ? ''
    : `            <metadata>\n${format.render(paper)}            </metadata>\n`
  return `        <record>\n${recordHeader(paper)}${metadata}        </record>\n`
}

function allow(params: URLSearchParams, names: readonly string[]): void {
  for (const name of params.keys()) if (name !== 'verb' && !names.includes(name)) throw new OaiError('badArgument')
}

function envelope(now: number, request: ReadonlyMap<string, string>, inner: string): string {
  const attributes = [...request].map(([name, value]) => ` ${templateText(name)}="${templateText(value)}"`).join('')
  return `<?xml version="1.0" encoding="UTF-8"?>
<OAI-PMH xmlns="http://www.openarchives.org/OAI/2.0/"
         xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"
         xsi:schemaLocation="http://www.openarchives.org/OAI/2.0/ http://www.openarchives.org/OAI/2.0/OAI-PMH.xsd">
    ${element('responseDate', `${new Date(now).toISOString().slice(0, 19)}Z`, templateText)}    <request${attributes}>${BASE}</request>
${inner}
</OAI-PMH>
`
}
