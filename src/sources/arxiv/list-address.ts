import type { Day } from './calendar.ts'

/** A list of records, or where one goes on. Both days are datestamps, UTC, and count in. */
export interface ListRequest {
  readonly from: Day
  readonly until?: Day | undefined
  readonly token?: string | undefined
}

/** The address of a page of ListRecords in arXiv's own format, for an OAI-PMH set or `*`; with a token nothing else may be asked (OAI-PMH 2.0, 3.5). */
export function listAddress(set: string, { from, until, token }: ListRequest, base: string): string {
  const address = new URL(base)
  address.searchParams.set('verb', 'ListRecords')
  if (token !== undefined) {
    address.searchParams.set('resumptionToken', token)
    return address.href
  }
  address.searchParams.set('metadataPrefix', 'arXiv')
  address.searchParams.set('from', from)
  if (until !== undefined) address.searchParams.set('until', until)
  if (set !== '*') address.searchParams.set('set', set)
  return address.href
}
