import type { Author, Paper } from '../../papers/paper.ts'
import { SourceError } from '../source.ts'
import { authorFromInverted, authorFromParts, splitByline } from './byline.ts'
import { categoriesOfSubjects } from './dublin-core.ts'
import { paperOf, type RawRecord } from './record.ts'
import { childOf, childrenOf, childText, textOf, type XmlElement } from './xml.ts'
import { type XmlParts, XmlPartsReader } from './xml-parts.ts'

/** One answer of arXiv's OAI-PMH interface (https://www.openarchives.org/OAI/openarchivesprotocol.html). */
export type OaiAnswer = OaiRecords | OaiRefusal

export interface OaiRecords {
  readonly kind: 'records'
  /** The server's moment of the answer, ISO 8601 UTC. An answer from a cache has an old one. */
  readonly responseDate: string
  /** In the order of the answer. */
  readonly records: readonly OaiRecord[]
  /** Asks for the next page; absent on the last. */
  readonly resumptionToken?: string
}

/** `noRecordsMatch`, `badResumptionToken`, `badArgument`, …: they come with status 200. */
export interface OaiRefusal {
  readonly kind: 'error'
  readonly responseDate: string
  readonly code: string
  readonly message: string
}

/** A record; without a paper when its header says that it was deleted, or when it could not be read. */
export interface OaiRecord {
  /** `oai:arXiv.org:2409.00001`. */
  readonly identifier: string
  /** The UTC day of the record's last change of any kind; no date of the paper. */
  readonly datestamp: string
  readonly paper?: Paper
  /** Why this one record of a sound document could not be read: one such record must not hold up thousands. */
  readonly problem?: SourceError
}

export const oaiRank = 2

/** Reads a whole answer to ListRecords or GetRecord in the formats `arXiv`, `arXivRaw` and `oai_dc`; SourceError 'unreadable' for anything else. */
export function parseOai(body: string): OaiAnswer {
  const reader = oaiReader()
  reader.write(body)
  return reader.end()
}

/** Reads an answer as it comes in; `end` gives it, or throws as `parseOai` does. Text and tree are let go of record by record. */
export function oaiReader(): { write(text: string): void; end(): OaiAnswer } {
  const parts = new XmlPartsReader({ what, roots: ['OAI-PMH'], part: 'record', read: oaiRecord })
  return { write: (text) => parts.write(text), end: () => answerOf(parts.end()) }
}

function answerOf({ root, parts: records }: XmlParts<OaiRecord>): OaiAnswer {
  const responseDate = childText(root, 'responseDate') ?? ''
  if (Number.isNaN(Date.parse(responseDate))) throw unreadable('has no responseDate')
  const error = childOf(root, 'error')
  if (error !== undefined) {
    const message = textOf(error).replace(/\s+/g, ' ').trim()
    return { kind: 'error', responseDate, code: error.attributes.get('code') ?? 'unknown', message }
  }
  const list = childOf(root, 'ListRecords') ?? childOf(root, 'GetRecord')
  if (list === undefined) throw unreadable('holds no records: it answers another request than ListRecords or GetRecord')
  if (childrenOf(list, 'record').length !== records.length) throw unreadable('holds records outside of its list')
  // The protocol has noRecordsMatch for an empty result: a list of nothing is a fault.
  if (records.length === 0) throw unreadable('lists no record and gives no error')
  const resumptionToken = childText(list, 'resumptionToken')
  return {
    kind: 'records',
    responseDate,
    records,
    ...(resumptionToken === undefined ? {} : { resumptionToken }),
  }
}

/** The papers of a recorded answer: none where nothing matched; other errors, or a record that can't be read, throw. */
export function parseOaiPapers(body: string): readonly Paper[] {
  const answer = parseOai(body)
  if (answer.kind === 'records') {
    return answer.records.flatMap((record) => {
      if (record.problem !== undefined) throw record.problem
      return record.paper ?? []
    })
  }
  if (answer.code === 'noRecordsMatch') return []
  throw refusal(answer)
}

/** An error of the protocol as a SourceError. */
export function refusal(answer: OaiRefusal): SourceError {
  return new SourceError(
    'rejected',
    `arXiv's OAI-PMH interface refused the request: ${answer.code} (${answer.message || 'no reason given'})`,
  )
}

const what = "The answer of arXiv's OAI-PMH interface"

function unreadable(reason: string): SourceError {
  return new SourceError('unreadable', `${what} ${reason}`)
}

function oaiRecord(record: XmlElement): OaiRecord {
  const header = childOf(record, 'header')
  const identifier = header === undefined ? undefined : childText(header, 'identifier')
  if (header === undefined || identifier === undefined) throw unreadable('holds a record without an identifier')
  const datestamp = childText(header, 'datestamp') ?? ''
  if (header.attributes.get('status') === 'deleted') return { identifier, datestamp }
  const metadata = childOf(record, 'metadata')?.content.find((node): node is XmlElement => typeof node !== 'string')
  const read = metadata === undefined ? undefined : formats[metadata.name]
  if (metadata === undefined || read === undefined) {
    throw unreadable(
      `holds the record ${identifier} in the format "${metadata?.name ?? 'none'}"; arXiv, arXivRaw and oai_dc can be read`,
    )
  }
  const sets = childrenOf(header, 'setSpec').map((set) => textOf(set).trim())
  try {
    return { identifier, datestamp, paper: paperOf({ ...read(metadata, sets), id: identifier }, what) }
  } catch (error) {
    if (error instanceof SourceError) return { identifier, datestamp, problem: error }
    throw error
  }
}

type RecordReader = (metadata: XmlElement, sets: readonly string[]) => Omit<RawRecord, 'id'>

const formats: Readonly<Record<string, RecordReader | undefined>> = {
  arXiv: (metadata) => {
    const created = childText(metadata, 'created') ?? ''
    const authors = childOf(metadata, 'authors')
    return {
      ...commonFields(metadata),
      authors: authors === undefined ? [] : childrenOf(authors, 'author').flatMap((author) => authorOf(author) ?? []),
      published: created,
      updated: childText(metadata, 'updated') ?? created,
    }
  },
  arXivRaw: (metadata) => {
    const versions = childrenOf(metadata, 'version')
    const dates = versions.map((version) => childText(version, 'date') ?? '')
    const latest = /^v(\d{1,4})$/.exec(versions.at(-1)?.attributes.get('version') ?? '')?.[1]
    return {
      ...commonFields(metadata),
      ...(latest === undefined ? {} : { version: Number(latest) }),
      authors: splitByline(childText(metadata, 'authors') ?? ''),
      published: dates[0] ?? '',
      updated: dates.at(-1) ?? '',
    }
  },
  'oai_dc:dc': (metadata, sets) => {
    const all = (name: string) => childrenOf(metadata, name).map((element) => textOf(element).trim())
    const dates = all('dc:date').toSorted()
    const identifiers = all('dc:identifier')
    const descriptions = all('dc:description')
    const comment = descriptions.find((text) => /^comments?:/i.test(text))?.replace(/^comments?:\s*/i, '')
    const doi = identifiers.find((text) => /^doi:|doi\.org\//i.test(text))
    const journalRef = identifiers.find((text) => !/^(?:https?:|doi:|oai:)/i.test(text))
    return {
      title: all('dc:title')[0] ?? '',
      abstract: descriptions.find((text) => !/^comments?:/i.test(text)) ?? '',
      authors: all('dc:creator').flatMap((name) => authorFromInverted(name) ?? []),
      categories: categoriesOfSubjects(all('dc:subject'), sets),
      published: dates[0] ?? '',
      updated: dates.at(-1) ?? '',
      ...(comment === undefined ? {} : { comment }),
      ...(journalRef === undefined ? {} : { journalRef }),
      ...(doi === undefined ? {} : { doi }),
    }
  },
}

function commonFields(metadata: XmlElement) {
  const comment = childText(metadata, 'comments')
  const journalRef = childText(metadata, 'journal-ref')
  const doi = childText(metadata, 'doi')
  return {
    title: childText(metadata, 'title') ?? '',
    abstract: childText(metadata, 'abstract') ?? '',
    categories: (childText(metadata, 'categories') ?? '').split(/\s+/).filter((category) => category !== ''),
    ...(comment === undefined ? {} : { comment }),
    ...(journalRef === undefined ? {} : { journalRef }),
    ...(doi === undefined ? {} : { doi }),
  }
}

function authorOf(author: XmlElement): Author | undefined {
  const given = childText(author, 'forenames')
  const suffix = childText(author, 'suffix')
  const affiliation = childrenOf(author, 'affiliation')
    .map((element) => textOf(element).trim())
    .join('; ')
  return authorFromParts({
    family: childText(author, 'keyname') ?? '',
    ...(given === undefined ? {} : { given }),
    ...(suffix === undefined ? {} : { suffix }),
    ...(affiliation === '' ? {} : { affiliation }),
  })
}
