import type { Author } from '../papers/paper.ts'

/** A name of a byline in its parts, each in the author's own spelling; given, family and suffix in this order make the name again. */
export interface AuthorName {
  readonly given?: string
  readonly family: string
  /** Generation, degree, or what a byline adds behind a name: `Jr.`, `III`, `(for the ATLAS Collaboration)`. */
  readonly suffix?: string
  readonly kind: 'person' | 'collaboration'
}

/**
 * The parts of a name as bylines write it: `Jared Kaplan`, `Kaplan, J.`, `Laurens van der Maaten`, `Ludwig van 't Hoff III`, `ATLAS Collaboration`, `Plato`.
 * An author whose source gave parts keeps them. Of two family names without a hyphen only the last is taken for one: a byline does not tell.
 */
export function parseAuthorName(name: string | Author): AuthorName {
  if (typeof name !== 'string') {
    if (name.family === undefined) return parseAuthorName(name.name)
    return person(name.given ?? '', name.family, name.suffix ?? '')
  }
  const text = name.replace(/\s+/g, ' ').trim()
  const [bare, tail] = withoutTail(text)
  if (bare === '' || isCollaboration(bare)) return { family: text, kind: 'collaboration' }
  const pieces = bare.split(/ ?[,;] ?/).filter((piece) => piece !== '')
  const names = pieces.filter((piece, at) => at === 0 || !isSuffix(piece))
  const suffixes = pieces.filter((piece, at) => at > 0 && isSuffix(piece))
  const [first = bare, ...rest] = names
  if (rest.length > 0) return person(rest.join(' '), first, joined([...suffixes, tail]))
  const [words, ending] = withoutEnding(first.split(' '))
  const [given, family] = splitWords(words)
  return person(given, family, joined([...ending, ...suffixes, tail]))
}

function person(given: string, family: string, suffix: string): AuthorName {
  return {
    ...(given === '' ? {} : { given }),
    family: family === '' ? given : family,
    ...(suffix === '' ? {} : { suffix }),
    kind: 'person',
  }
}

function joined(words: readonly string[]): string {
  return words.filter((word) => word !== '').join(' ')
}

/** What stands behind a name and is none: `et al.`, a collaboration spoken for, a remark in parentheses. */
function withoutTail(text: string): [bare: string, tail: string] {
  const named = text.replace(/[,;]? ?\b(?:et\.? al\b\.?|and others)$/i, '')
  const found = /^(.{2,}?)[,;]? (\((?:[^()]*)\)|(?:for|on behalf of) the .+)$/i.exec(named)
  return [(found?.[1] ?? named).trim(), found?.[2] ?? '']
}

const collective =
  /(?:^|[\s(-])(?:collaborations?|consortium|team|teams|group|groups|project|committee|society|network|initiative|institute|university|laboratory|laboratories|labs|alliance|community|contributors?|foundation|organization|organisation|department|centre|center|association|partnership|council|task force|inc|llc|ltd|gmbh|corp|corporation|research)\.?(?:$|[\s)])/i

function isCollaboration(text: string): boolean {
  if (!/\p{L}/u.test(text) || collective.test(text)) return true
  // Ai is a family and a given name; AI is none.
  return /^Team |(?:^|[\s-])AI$/.test(text) || /^\S*(?:\p{Ll}AI|\p{L}-?\d+|group|\.ai)$/u.test(text)
}

function isSuffix(piece: string): boolean {
  return piece.split(' ').every((word) => suffix.test(word))
}

const suffix =
  /^(?:(?:jr|sr|jnr|snr|esq|phd|ph\.d|md|m\.d|msc|m\.sc|bsc|b\.sc|mba|dsc|d\.sc|frs)\.?|[IV]{2,3}|VI{1,3}|2nd|3rd|4th)$/i

function withoutEnding(words: readonly string[]): [words: readonly string[], ending: readonly string[]] {
  let end = words.length
  while (end > 1 && suffix.test(words[end - 1] ?? '')) end--
  return [words.slice(0, end), words.slice(end)]
}

const eastAsian = /^[\p{Script=Han}\p{Script=Hangul}\p{Script=Hiragana}\p{Script=Katakana}]+$/u
const doubleFamilies =
  /^(?:欧阳|歐陽|司马|司馬|诸葛|諸葛|上官|皇甫|尉迟|令狐|东方|司徒|慕容|남궁|황보|제갈|사공|선우|독고)/u

function splitWords(words: readonly string[]): [given: string, family: string] {
  const [only = ''] = words
  if (words.every((word) => eastAsian.test(word))) {
    // Family first, as these scripts are written.
    if (words.length > 1) return [words.slice(1).join(' '), only]
    const length = doubleFamilies.test(only) ? 2 : 1
    return only.length > length ? [only.slice(length), only.slice(0, length)] : ['', only]
  }
  if (words.length > 1 && isShouted(only) && words.slice(1).every((word) => !isShouted(word)))
    return [words.slice(1).join(' '), only]
  const at = familyStart(words)
  return [words.slice(0, at).join(' '), words.slice(at).join(' ')]
}

/** `LIU Yang`: a family name in capitals, as some set it. */
function isShouted(word: string): boolean {
  return /^\p{Lu}{3,}(?:-\p{Lu}+)*$/u.test(word)
}

/** Belong to the family name, in whatever case. */
const particles = new Set(
  "van von der den de del della delle degli dei di da do dos das du des la le lo las los li ter ten te 't t' zu zur zum vom af av op bin ibn bint ben abu abd al el ul st st. san santa mac mc d' l' dell' dall' fitz ap ab y".split(
    ' ',
  ),
)
/** Written with a capital these are Asian family or given names. */
const capitalised = new Set('li lo ten te op af av ul y ap ab bin san mac das do los'.split(' '))
/** In Vietnamese names these are words of the given name. */
const vietnameseWords = new Set('van le la di da do du de ben y'.split(' '))
const vietnameseFamilies = new Set(
  'nguyen tran le pham huynh hoang phan vu vo dang bui do ho ngo duong ly dinh luong truong trinh'.split(' '),
)

/** True for `van`, `Del`, `'t` and their like. */
export function isParticle(word: string): boolean {
  return particles.has(word.toLowerCase().replace(/[’ʼ‘]/g, "'"))
}

function familyStart(words: readonly string[]): number {
  let at = Math.max(0, words.length - 1)
  const last = plain(words[at] ?? '')
  while (at > 1) {
    const word = words[at - 1] ?? ''
    if (isConjunction(word) && at > 2) at -= 2
    else if (isParticle(word) && !isGivenWord(word, last)) at--
    else break
  }
  return at
}

function isConjunction(word: string): boolean {
  return word === 'y' || word === 'e' || word === 'i'
}

function isGivenWord(word: string, family: string): boolean {
  if (!/^\p{Lu}/u.test(word)) return false
  const lower = word.toLowerCase()
  return capitalised.has(lower) || (vietnameseWords.has(lower) && vietnameseFamilies.has(family))
}

function plain(word: string): string {
  return word.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase()
}
