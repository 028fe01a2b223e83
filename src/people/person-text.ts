import { bareAuthorId } from '../papers/author-ids.ts'
import { parsePaperId } from '../papers/identity.ts'
import type { AuthorIds, PaperId } from '../papers/paper.ts'

/** A person who is named otherwise than by a name alone. */
export type PersonText =
  /** `name`: what stands beside the ORCID. */
  | { readonly kind: 'orcid'; readonly orcid: string; readonly name?: string }
  /** `name`: what stands beside the id, or in the address. */
  | { readonly kind: 'id'; readonly of: string; readonly ids: AuthorIds; readonly name?: string }
  /** An author page of arXiv: its id has the family name and an initial. */
  | { readonly kind: 'arxiv'; readonly id: string; readonly name: string }
  /** `place` counts from 1; -1 is the last. */
  | { readonly kind: 'author-of'; readonly paper: PaperId; readonly place?: number }
  | { readonly kind: 'wrong'; readonly why: string }

const orcidPattern =
  /^(?:(?:https?:\/\/)?(?:www\.)?(?:orcid\.org|arxiv\.org\/a)\/|orcid:\s?)?(\d{4}-\d{4}-\d{4}-\d{3}[\dXx])\/?$/
// info.arxiv.org/help/author_identifiers.html: the family name, an initial and a number.
const authorPage =
  /^(?:https?:\/\/)?(?:www\.|export\.)?arxiv\.org\/a\/(([a-z]+(?:[_-][a-z]+){0,4})_([a-z])_\d{1,4})(?:\.(?:html|json|atom2?))?\/?$/
const longest = 500
/** Ids that are known by an address or by what stands before them, each alone in a word; a name may be in the address. */
const otherIds: readonly {
  readonly kind: 'openalex' | 's2' | 'dblp'
  readonly of: string
  readonly pattern: RegExp
}[] = [
  {
    kind: 'openalex',
    of: 'OpenAlex',
    pattern:
      /^(?:(?:https?:\/\/)?(?:www\.|api\.)?openalex\.org\/(?:authors\/|people\/)?|openalex:)?(?<id>A\d{7,12})\/?$/i,
  },
  {
    kind: 's2',
    of: 'Semantic Scholar',
    pattern:
      /^(?:(?:https?:\/\/)?(?:www\.)?semanticscholar\.org\/author\/(?:(?<name>[^/\s?#]{1,100})\/)?|s2:)(?<id>\d{1,12})\/?$/i,
  },
  {
    kind: 'dblp',
    of: 'DBLP',
    pattern:
      /^(?:(?:https?:\/\/)?(?:www\.)?dblp\.(?:org|uni-trier\.de)\/pid\/|dblp:)(?<id>[a-z0-9]{1,4}\/[a-z0-9-]{1,60})(?:\.html)?\/?$/i,
  },
]

/**
 * Reads an ORCID (bare or as an address, a name before or behind it), an id of OpenAlex, Semantic Scholar or DBLP likewise, the address of an arXiv author page, or an author of a paper:
 * `https://arxiv.org/abs/2509.06870 #3`, `the third author of 2509.06870`, or the paper alone. Undefined for everything else.
 * Ids are taken out of addresses by patterns that the whole word must fit; no address is ever asked.
 */
export function parsePersonText(text: string): PersonText | undefined {
  const line = text.trim()
  if (line.length > longest || line.includes('\n')) return undefined
  return orcidIn(line) ?? otherIdIn(line) ?? authorPageIn(line) ?? authorOf(line)
}

function orcidIn(line: string): PersonText | undefined {
  const words = line.split(/\s+/)
  const at = [0, words.length - 1].find((place) => orcidPattern.test(words[place] ?? ''))
  if (at === undefined) return undefined
  const orcid = (orcidPattern.exec(words[at] ?? '')?.[1] ?? '').toUpperCase()
  if (!isOrcid(orcid)) return { kind: 'wrong', why: `${orcid} is no ORCID: its last digit does not fit the others.` }
  const name = nameBeside(words, at)
  return name === '' ? { kind: 'orcid', orcid } : { kind: 'orcid', orcid, name }
}

function otherIdIn(line: string): PersonText | undefined {
  const words = line.split(/\s+/)
  for (const at of new Set([0, words.length - 1])) {
    for (const { kind, of, pattern } of otherIds) {
      const { id, name: slug = '' } = pattern.exec(words[at] ?? '')?.groups ?? {}
      if (id === undefined) continue
      const name = nameBeside(words, at) || slugName(slug)
      const ids = { [kind]: bareAuthorId(kind, id) }
      return name === '' ? { kind: 'id', of, ids } : { kind: 'id', of, ids, name }
    }
  }
  return undefined
}

/** What stands beside an id. */
function nameBeside(words: readonly string[], at: number): string {
  return words
    .toSpliced(at, 1)
    .join(' ')
    .replace(/^author:/i, '')
    .replaceAll('"', '')
    .trim()
}

/** A name as an address has it, `Jared-Kaplan` or `J.-Kaplan`; nothing where it is written in what a browser has encoded. */
function slugName(slug: string): string {
  return /^[\p{L}.'-]+$/u.test(slug) ? slug.replaceAll('-', ' ').replace(/\s+/g, ' ').trim() : ''
}

/** The check digit of ISO 7064, MOD 11-2 (support.orcid.org, structure of the ORCID identifier). */
function isOrcid(orcid: string): boolean {
  const digits = orcid.replaceAll('-', '')
  let total = 0
  for (const digit of digits.slice(0, -1)) total = (total + Number(digit)) * 2
  const check = (12 - (total % 11)) % 11
  return digits.at(-1) === (check === 10 ? 'X' : String(check))
}

function authorPageIn(line: string): PersonText | undefined {
  const [, id, family = '', initial = ''] = authorPage.exec(line) ?? []
  if (id === undefined) return undefined
  const words = family.split('_').map((word) => word.charAt(0).toUpperCase() + word.slice(1))
  return { kind: 'arxiv', id, name: `${initial.toUpperCase()}. ${words.join(' ')}` }
}

const places = new Map(
  ['first', 'second', 'third', 'fourth', 'fifth', 'sixth', 'seventh', 'eighth', 'ninth', 'tenth'].map((word, at) => [
    word,
    at + 1,
  ]),
)

function authorOf(line: string): PersonText | undefined {
  const [, behind, number] = /^(\S+) #(\d{1,4})$/.exec(line) ?? []
  if (behind !== undefined) return placed(behind, Number(number))
  const [, counted, paper] = /^author #?(\d{1,4}) of (.+)$/i.exec(line) ?? []
  if (paper !== undefined) return placed(paper, Number(counted))
  const [, ordinal = '', named] = /^(?:the )?(\w+) author of (.+)$/i.exec(line) ?? []
  if (named === undefined) return placed(line, undefined)
  const digits = /^(\d{1,4})(?:st|nd|rd|th)$/i.exec(ordinal)?.[1]
  const place = ordinal.toLowerCase() === 'last' ? -1 : (places.get(ordinal.toLowerCase()) ?? Number(digits))
  return Number.isNaN(place) ? undefined : placed(named, place)
}

/** `cat:cs.CL` and `author:…` look like ids and are none. */
function placed(text: string, place: number | undefined): PersonText | undefined {
  const paper = parsePaperId(text)?.id
  if (paper === undefined || !/^(?:arxiv|doi):/.test(paper)) return undefined
  if (place === 0) return { kind: 'wrong', why: 'Authors are counted from 1.' }
  return place === undefined ? { kind: 'author-of', paper } : { kind: 'author-of', paper, place }
}
