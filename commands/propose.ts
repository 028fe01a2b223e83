import { collaboratorsOf } from '../src/digest/collaborators.ts'
import type { Reply } from '../src/message/reply.ts'
import { isBibliography, parseBibliography } from '../src/papers/bibliography.ts'
import type { Paper } from '../src/papers/paper.ts'
import { parseAuthorName } from '../src/people/author-name.ts'
import { compareNames } from '../src/people/compare.ts'
import { parsePersonText } from '../src/people/person-text.ts'
import { placeIn } from '../src/people/profile.ts'
import { type Candidate, meantBy } from './candidates.ts'
import { chooseAmong, readPerson } from './choose.ts'
import { type Context, defineCommand } from './command.ts'
import { learnHistory } from './follow.ts'
import { type Proposal, proposeList } from './follow-list.ts'
import { keptText } from './kept.ts'
import { tell } from './replies.ts'
import { idsIn, KNOWN_PAPERS, nameOf, ofNobody } from './whom.ts'
import { count, unquoted } from './words.ts'

/** How many people are proposed at most. */
const MOST = 20

export const propose = defineCommand({
  name: 'propose',
  summary: 'Proposes whom to follow: out of a bibliography (BibTeX), or those you write with',
  examples: ['propose Ada Lovelace', 'propose 0000-0002-1825-0097 Ada Lovelace', 'propose @article{…'],
  rank: 'member',
  options: [
    { name: 'from', summary: 'Your name, or a BibTeX file pasted', type: 'author', rest: true, required: true },
  ],
  async run(context, { from }) {
    return answered(context, await proposals(context, String(from)))
  },
  actions: {
    'propose-person': {
      rank: 'member',
      async run(context, kept) {
        const text = await keptText(context, kept)
        if (text === undefined) return tell('warning', 'This button is too old.', 'Type /papers propose once more.')
        const { name, papers } = readPerson(text)
        const known = (await context.catalog.getMany(papers)).flatMap((paper) => paper ?? [])
        return answered(context, { kind: 'proposals', from: name, proposals: beside(known, name) })
      },
    },
  },
})

export type Proposed =
  | { readonly kind: 'proposals'; readonly from: string; readonly proposals: readonly Proposal[] }
  | { readonly kind: 'several'; readonly name: string; readonly candidates: readonly Candidate[] }
  | { readonly kind: 'wrong'; readonly why: string; readonly next: string }

/** Whom a bibliography cites most, or who is most often beside a name: at most 20 people, who comes most often first. */
export async function proposals(context: Context, from: string): Promise<Proposed> {
  if (isBibliography(from)) return ofBibliography(context, from)
  const person = parsePersonText(from)
  if (person?.kind === 'wrong') return { kind: 'wrong', why: person.why, next: 'Check it and paste it again.' }
  if (person?.kind === 'author-of') return { kind: 'wrong', why: 'That is a paper.', next: 'Write your name.' }
  const ids = person === undefined ? undefined : idsIn(person)
  const name = person === undefined ? unquoted(from.replace(/^author:/i, '')) : await nameOf(context, person)
  if (name === undefined) {
    const [why, next] = ofNobody(person?.kind === 'id' ? `${person.of} id` : 'ORCID', `propose ${from.trim()}`)
    return { kind: 'wrong', why, next }
  }
  const trouble = await learnHistory(context, [name])
  const papers = await context.catalog.papersBy([name], { limit: KNOWN_PAPERS, ...(ids === undefined ? {} : { ids }) })
  const people = meantBy(name, papers)
  const told = people.filter((one) => one.papers.some((paper) => placeIn(paper, [], ids) >= 0))
  const meant = told.length === 0 ? people : told
  const [first] = meant
  if (first === undefined)
    return {
      kind: 'wrong',
      why: `The catalogue knows no paper by “${name}”.`,
      next: trouble ?? 'Try another spelling.',
    }
  if (meant.length > 1) return { kind: 'several', name, candidates: meant }
  return { kind: 'proposals', from: name, proposals: beside(first.papers, first.name) }
}

async function answered(context: Context, proposed: Proposed): Promise<Reply> {
  switch (proposed.kind) {
    case 'wrong':
      return tell('warning', proposed.why, proposed.next)
    case 'several':
      return chooseAmong(context, proposed.name, { ...proposed, narrowing: {} }, 'propose')
    case 'proposals':
      return proposed.proposals.length === 0
        ? tell('info', `Nobody stands beside ${proposed.from}.`, 'Paste a bibliography, or name whom you read.')
        : proposeList(context, proposed.proposals)
  }
}

async function ofBibliography(context: Context, text: string): Promise<Proposed> {
  const entries = parseBibliography(text).filter(({ authors }) => authors.length > 0)
  if (entries.length === 0)
    return { kind: 'wrong', why: 'No work with an author was found in it.', next: 'BibTeX is read: @article{…}.' }
  const papers = await context.catalog.getMany(entries.flatMap(({ paper }) => paper ?? []))
  const known = papers.flatMap((paper) => paper ?? [])
  const cited = collaboratorsOf(
    entries.map(({ authors }) => ({ authors: authors.map((name) => ({ name })) })),
    '',
  )
  const people = often(cited)
  return {
    kind: 'proposals',
    from: 'the bibliography',
    proposals: people.map(({ name, papers: works }) => ({
      text: `author:"${name}"`,
      why: `in ${works} of ${count(entries.length, 'work')}`,
      ...writtenBy(name, known),
    })),
  }
}

function beside(papers: readonly Paper[], name: string): readonly Proposal[] {
  return often(collaboratorsOf(papers, name)).map((other) => ({
    text: `author:"${other.name}"`,
    why: `${count(other.papers, 'paper')} with ${name}`,
    ...writtenBy(other.name, papers),
  }))
}

/** People who come once are proposed only where nobody comes more often. */
function often<T extends { readonly name: string; readonly papers: number }>(people: readonly T[]): readonly T[] {
  const persons = people.filter(({ name }) => parseAuthorName(name).kind === 'person')
  const repeated = persons.filter(({ papers }) => papers > 1)
  return (repeated.length > 0 ? repeated : persons).slice(0, MOST)
}

function writtenBy(name: string, papers: readonly Paper[]): Pick<Proposal, 'paper'> {
  const one = papers.find(({ authors }) => authors.some((author) => compareNames(author, name) !== 'different'))
  return one === undefined ? {} : { paper: one.id }
}
