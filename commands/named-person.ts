import { type PersonText, parsePersonText } from '../src/people/person-text.ts'
import type { Context } from './command.ts'
import { paperAsked } from './follow-list.ts'
import { type FollowOptions, idsIn, nameOf, ofNobody } from './whom.ts'
import { count } from './words.ts'

/** Whom an id or a place in a byline names, as `follow` takes it. */
export type NamedPerson =
  | { readonly kind: 'named'; readonly text: string; readonly options: FollowOptions }
  /** A paper, and none of its authors. */
  | { readonly kind: 'byline' }
  | { readonly kind: 'nobody'; readonly why: string; readonly next: string }

/** Reads who is named otherwise than by a name alone; undefined for every other text. No address is asked, but for a paper that arXiv may know. */
export async function namedPerson(context: Context, text: string): Promise<NamedPerson | undefined> {
  const person = parsePersonText(text)
  switch (person?.kind) {
    case undefined:
      return undefined
    case 'wrong':
      return { kind: 'nobody', why: person.why, next: 'Check it and paste it again.' }
    case 'orcid':
      return withId(context, person, 'ORCID', person.orcid)
    case 'id':
      return withId(context, person, `${person.of} id`, text.trim())
    case 'arxiv':
      return withId(context, person, 'arXiv author id', person.id)
    case 'author-of':
      return person.place === undefined ? { kind: 'byline' } : inByline(context, person.paper, person.place)
  }
}

/** Who has an id: the one whose name stands beside it, or else whoever bears it in the catalogue. */
async function withId(context: Context, person: PersonText, what: string, typed: string): Promise<NamedPerson> {
  const name = await nameOf(context, person)
  if (name !== undefined) return { kind: 'named', text: `author:"${name}"`, options: { ids: idsIn(person) ?? {} } }
  const [why, next] = ofNobody(what, `subscribe ${typed}`)
  return { kind: 'nobody', why, next }
}

async function inByline(
  context: Context,
  id: Extract<PersonText, { kind: 'author-of' }>['paper'],
  place: number,
): Promise<NamedPerson> {
  const paper = await paperAsked(context, id)
  if (paper === undefined)
    return { kind: 'nobody', why: `The catalogue does not know ${id}.`, next: 'Write the name of the author instead.' }
  const author = paper.authors.at(place < 0 ? place : place - 1)
  if (author === undefined) {
    const why = `“${paper.title}” has ${count(paper.authors.length, 'author')}.`
    return { kind: 'nobody', why, next: 'Count again.' }
  }
  return { kind: 'named', text: `author:"${author.name}"`, options: { person: paper.id } }
}
