import { authorPage } from '../../commands/author.ts'
import { searchPapers } from '../../commands/search.ts'
import type { CompletionKind } from '../catalog/catalog.ts'
import { printProfile } from '../following/subscription-lines.ts'
import { paperRecord } from '../papers/paper-record.ts'
import { wholeNumber } from './arguments.ts'
import { dataVerb } from './beside.ts'
import { Refusal, UsageError } from './verb.ts'

export const search = dataVerb({
  name: 'search',
  usage: 'search QUERY [--limit N]',
  summary: 'Search the catalogue; prints papers, best first',
  access: 'read',
  options: { limit: 'string' },
  words: { needed: 'QUERY' },
  async work(app, read, io) {
    const found = await searchPapers(app.services, read.words.join(' '), {
      limit: wholeNumber(read.text('limit'), '--limit', 20, 1000),
    })
    if (found.kind === 'wrong') throw new Refusal(found.why)
    if (found.hits.length === 0) io.say('No paper in the catalogue matches.')
    for (const { paper, score } of found.hits) io.out(JSON.stringify({ ...paperRecord(paper), score }))
    return 0
  },
})

export const author = dataVerb({
  name: 'author',
  usage: 'author NAME',
  summary: 'One author: profile, papers newest revision first, collaborators',
  access: 'read',
  options: {},
  words: { needed: 'NAME' },
  async work(app, read, io) {
    const name = read.words.join(' ').trim()
    const page = await authorPage(app.services, name)
    if (page === undefined)
      throw new Refusal(`The catalogue holds no paper by “${name}”; check the spelling, or import or harvest first.`)
    const { profile, papers, collaborators } = page
    io.out(JSON.stringify({ profile: printProfile(profile), papers: papers.map(paperRecord), collaborators }))
    return 0
  },
})

const KINDS: readonly CompletionKind[] = ['author', 'category', 'paper']

export const complete = dataVerb({
  name: 'complete',
  usage: 'complete author|category|paper PREFIX',
  summary: 'What a name, category or title could go on to',
  access: 'read',
  options: {},
  words: { needed: 'what to complete and PREFIX' },
  async work(app, read, io) {
    const [first, ...prefix] = read.words
    const kind = KINDS.find((each) => each === first)
    if (kind === undefined || prefix.length === 0)
      throw new UsageError(`the kind is one of ${KINDS.join(', ')}, and a PREFIX follows`)
    for (const choice of await app.services.catalog.complete(kind, prefix.join(' '), 25)) io.out(JSON.stringify(choice))
    return 0
  },
})
