import { z } from 'zod'
import { defineSource } from '../definition.ts'
import { parseApi } from './api.ts'
import type { BackfillSince } from './backfill.ts'
import { parseOaiPapers } from './oai.ts'
import { isChoosable } from './plan.ts'
import { parseRss } from './rss.ts'
import { createArxiv } from './source.ts'

const leastSpacingMs = 3_000
const apiUrl = 'https://export.arxiv.org/api/query'
const oaiUrl = 'https://oaipmh.arxiv.org/oai'
const rssUrl = 'https://rss.arxiv.org'

const address = (standard: string) =>
  z
    .string()
    .trim()
    .refine(
      (text) => /^https?:\/\//i.test(text) && URL.canParse(text),
      `is no web address; the usual one is ${standard}`,
    )
    .default(standard)

const settings = z
  .object({
    ARXIV_API_URL: address(apiUrl),
    ARXIV_OAI_URL: address(oaiUrl),
    ARXIV_RSS_URL: address(rssUrl),
    ARXIV_SETS: z
      .string()
      .default('')
      .transform((text) => [...new Set(text.split(/[\s,]+/).filter((name) => name !== ''))])
      .superRefine((names, context) => {
        const unknown = names.find((name) => !isChoosable(name))
        if (unknown === undefined) return
        context.addIssue({
          code: 'custom',
          message: `holds "${unknown.slice(0, 40)}", which is no archive or category of arXiv; cs, cs.AI or hep-th would be one`,
        })
      }),
    ARXIV_SPACING_MS: z
      .string()
      .regex(/^\d{1,7}$/, 'is no whole number of milliseconds')
      .default(String(leastSpacingMs))
      .transform(Number),
    BACKFILL_SINCE: z
      .string()
      .trim()
      .refine(
        (text) =>
          text === 'all' || text === 'none' || (/^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(Date.parse(text))),
        'is no day YYYY-MM-DD, nor all or none',
      )
      .transform((text): BackfillSince => text)
      .default('year'),
  })
  .superRefine((read, context) => {
    if (read.ARXIV_SPACING_MS >= leastSpacingMs) return
    if ([read.ARXIV_API_URL, read.ARXIV_OAI_URL, read.ARXIV_RSS_URL].every(isLoopback)) return
    context.addIssue({
      code: 'custom',
      path: ['ARXIV_SPACING_MS'],
      message: `must be at least ${leastSpacingMs}, as arXiv's terms of use ask; less only while ARXIV_API_URL, ARXIV_OAI_URL and ARXIV_RSS_URL are all on this machine (127.0.0.1)`,
    })
  })
  .transform((read) => ({
    apiUrl: read.ARXIV_API_URL,
    oaiUrl: read.ARXIV_OAI_URL,
    rssUrl: read.ARXIV_RSS_URL,
    sets: read.ARXIV_SETS,
    spacingMs: read.ARXIV_SPACING_MS,
    backfillSince: read.BACKFILL_SINCE,
  }))

/** arXiv (https://info.arxiv.org/help/bulk_data.html). Thank you to arXiv for use of its open access interoperability. */
export const arxiv = defineSource({
  name: 'arxiv',
  variables: [
    { name: 'ARXIV_API_URL', default: apiUrl, meaning: 'The query API: full address' },
    { name: 'ARXIV_OAI_URL', default: oaiUrl, meaning: 'OAI-PMH: full address' },
    { name: 'ARXIV_RSS_URL', default: rssUrl, meaning: 'The address under which the feeds /rss/… live' },
    {
      name: 'ARXIV_SETS',
      meaning: 'Archives or categories to harvest, separated by commas, such as cs,stat.ML; by default all',
    },
    {
      name: 'ARXIV_SPACING_MS',
      default: String(leastSpacingMs),
      meaning: 'Pause between requests; less only for addresses on this machine',
    },
    {
      name: 'BACKFILL_SINCE',
      meaning: 'How far back the catalogue is filled: a day YYYY-MM-DD, all or none; by default one year',
    },
  ],
  settings,
  formats: { 'arxiv-api': parseApi, 'arxiv-oai': parseOaiPapers, 'arxiv-rss': parseRss },
  create: createArxiv,
  check: ({ apiUrl: api, oaiUrl: oai, rssUrl: rss, sets }) => [
    {
      ok: true,
      text: sets.length === 0 ? 'arXiv: all archives are harvested' : `arXiv: ${sets.join(', ')} are harvested`,
    },
    ...[api, oai, rss]
      .filter((text) => !isLoopback(text) && !text.startsWith('https:'))
      .map((text) => ({
        ok: false,
        text: `arXiv: ${text} is asked without encryption`,
        remedy: 'Use its https address',
      })),
  ],
})

function isLoopback(text: string): boolean {
  const { hostname } = new URL(text)
  return hostname === 'localhost' || hostname === '[::1]' || /^127(?:\.\d{1,3}){3}$/.test(hostname)
}
