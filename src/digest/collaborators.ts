import type { Author } from '../papers/paper.ts'
import { parseAuthorName } from '../people/author-name.ts'
import { compareNames, nameKeys } from '../people/compare.ts'

export interface Collaborator {
  /** The form of the name that most papers bear. */
  readonly name: string
  /** Papers together. */
  readonly papers: number
}

/** A paper, so far as its authors go. */
interface Byline {
  readonly authors: readonly Author[]
}

/**
 * Who wrote these papers together with the one named, most papers first, then by family name. Forms of one name count as
 * one person: `Theodore Sumers` and `Theodore R. Sumers`, unless both stand in one byline or a form fits several people.
 */
export function collaboratorsOf(papers: readonly Byline[], name: string): readonly Collaborator[] {
  const people = merged(formsOf(papers, name))
  return people
    .map((person) => ({ name: person.author.name, papers: person.papers.size, order: orderOf(person.author) }))
    .sort((a, b) => b.papers - a.papers || compareText(a.order, b.order) || compareText(a.name, b.name))
    .map(({ name: shown, papers: count }) => ({ name: shown, papers: count }))
}

/** A person by one spelling, the papers (by their place in the list) together, and how many of them bear that spelling. */
interface Person {
  author: Author
  readonly papers: Set<number>
  most: number
}

function formsOf(papers: readonly Byline[], name: string): readonly Person[] {
  const forms = new Map<string, Person>()
  for (const [at, paper] of papers.entries()) {
    for (const author of paper.authors) {
      const form = forms.get(author.name)
      if (form !== undefined) form.papers.add(at)
      else forms.set(author.name, { author, papers: new Set([at]), most: 0 })
    }
  }
  return [...forms.values()].filter(({ author }) => compareNames(author, name) === 'different')
}

function merged(forms: readonly Person[]): readonly Person[] {
  // Full names before short ones, so that initials find the people they may stand for.
  const ordered = forms.toSorted(
    (a, b) => b.author.name.length - a.author.name.length || compareText(a.author.name, b.author.name),
  )
  const people: Person[] = []
  const byKey = new Map<string, Person[]>()
  for (const form of ordered) {
    const keys = nameKeys(form.author)
    const near = [...new Set(keys.flatMap((key) => byKey.get(key) ?? []))]
    const candidates = near.filter(
      (person) =>
        compareNames(person.author, form.author) !== 'different' &&
        ![...form.papers].some((paper) => person.papers.has(paper)),
    )
    const same = candidates.filter((person) => compareNames(person.author, form.author) === 'same')
    const [home, other] = same.length > 0 ? same : candidates
    if (home !== undefined && other === undefined) {
      join(home, form)
      for (const key of keys) addTo(byKey, key, home)
      continue
    }
    const person = { author: form.author, papers: new Set(form.papers), most: form.papers.size }
    people.push(person)
    for (const key of keys) addTo(byKey, key, person)
  }
  return people
}

function join(person: Person, form: Person): void {
  if (form.papers.size > person.most) {
    person.author = form.author
    person.most = form.papers.size
  }
  for (const paper of form.papers) person.papers.add(paper)
}

function addTo(index: Map<string, Person[]>, key: string, person: Person): void {
  const held = index.get(key)
  if (held === undefined) index.set(key, [person])
  else if (!held.includes(person)) held.push(person)
}

function orderOf(author: Author): string {
  const { family, given = '' } = parseAuthorName(author)
  return `${family} ${given}`.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase()
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
