import { readableText } from '../papers/latex.ts'
import type { Author } from '../papers/paper.ts'
import { familyStart, isSmallParticle, isVietnamese, shoutedFamily } from './family-words.ts'

/** Names of collaborations are long; what is longer than this is no name. */
export const LONGEST_NAME = 500

/** A name of a byline in its parts, each in the author's own spelling; given, family and suffix in this order make the name again, but where the family is written first. */
export interface AuthorName {
  readonly given?: string
  readonly family: string
  /** Generation, degree, or what a byline adds behind a name: `Jr.`, `III`, `(for the ATLAS Collaboration)`. */
  readonly suffix?: string
  readonly kind: 'person' | 'collaboration'
}

/**
 * The parts of a name as bylines write it: `Jared Kaplan`, `Kaplan, J.`, `LIU Yang`, `Laurens van der Maaten`, `Ludwig van 't Hoff III`, `R\'{e}nyi, A.`, `ATLAS Collaboration`, `Plato`.
 * An author whose source gave parts keeps them. Titles before and footnote marks behind are left out. Two family names without a hyphen are known
 * where the first is one of the usual ones of Spain and Portugal (`María-José García López`); else only the last word is taken.
 */
export function parseAuthorName(name: string | Author): AuthorName {
  if (typeof name !== 'string') {
    const { given = '', family, suffix = '' } = name
    if (family === undefined || (given === '' && isCollaboration(family)))
      return parseAuthorName(family === undefined ? name.name : family)
    return person(given, family, suffix)
  }
  const text = readableText(name)
  const [bare, tail] = withoutTail(withoutTitles(text))
  if (bare === '' || isCollaboration(bare))
    return { family: text.replace(/^(?:on behalf of|for) (?=the )/i, ''), kind: 'collaboration' }
  const pieces = bare.split(/ ?[,;] ?/).filter((piece) => piece !== '')
  const names = pieces.filter((piece, at) => at === 0 || !isSuffix(piece))
  const suffixes = pieces.filter((piece, at) => at > 0 && isSuffix(piece))
  const [first = bare, ...rest] = names
  const [words, ending] = withoutEnding(first.split(' '))
  if (rest.length > 0) {
    const [behind, degrees] = withoutEnding(rest.join(' ').split(' '))
    return person(...turned(behind, words), joined([...ending, ...degrees, ...suffixes, tail]))
  }
  const [given, family] = splitWords(words)
  return person(given, family, joined([...ending, ...suffixes, tail]))
}

/** Given and family name where the family was written first. `Berg, Jan van der`: catalogues set what stands before a family behind the given name. */
function turned(given: readonly string[], family: readonly string[]): [given: string, family: string] {
  if (isVietnamese([...family, ...given])) return [given.join(' '), family.join(' ')]
  let end = given.length
  while (end > 1 && isSmallParticle(given[end - 1] ?? '')) end--
  return [given.slice(0, end).join(' '), [...given.slice(end), ...family].join(' ')]
}

function person(given: string, family: string, suffix: string): AuthorName {
  return {
    ...(given === '' || family === '' ? {} : { given }),
    family: family === '' ? given : family,
    ...(suffix === '' ? {} : { suffix }),
    kind: 'person',
  }
}

function joined(words: readonly string[]): string {
  return words.filter((word) => word !== '').join(' ')
}

/** `Prof. Dr. Ada Lovelace`; a title alone is a name. */
function withoutTitles(text: string): string {
  return text.replace(
    /^(?:and |& |dr\. (?:rer\. ?(?:nat|pol|oec|soc|med)|phil|med|jur)\. |(?:dr|prof|professor|mr|mrs|sir)\.? |(?:ms|dr|dipl|ing|rev|doc|habil|h\.?c|(?:dr|dipl)\.?-ing)\. )+(?=\S)/i,
    '',
  )
}

/** What stands behind a name and is none: `et al.`, an address, a collaboration spoken for, a remark in parentheses, a mark of a footnote. */
function withoutTail(text: string): [bare: string, tail: string] {
  const named = text.replace(
    /[,;]? ?(?:\bet\.? al\b\.?|\band others| and| &|…|\.\.\.| [<([]?[^\s<>()]+@[^\s<>()]+[>)\]]?)$/i,
    '',
  )
  const found = /^(.{2,}?)[,;]? (\((?:[^()]*)\)|(?:for|on behalf of) the .+)$/i.exec(named)
  return [withoutMarks((found?.[1] ?? named).trim()), found?.[2] ?? '']
}

function withoutMarks(name: string): string {
  if (!name.includes(' ')) return name
  const bare = name.replace(marks, '').replace(/^[*∗†‡§¶]+ ?(?=\p{L})/u, '')
  // A full stop behind `J. Smith.` ends the list; `Chas.` behind a comma is short for Charles.
  return bare.includes(',') ? bare : bare.replace(/(?<= \p{Lu}\p{Ll}{3,})\.$/u, '')
}

/** Right behind a name, or parted from one of two words or more: `Jane Doe 0001`. */
const marks =
  /(?:(?<=\p{L}{2}\.?)|(?<= \S*\p{L}{2}) )(?:[*∗†‡§¶#\p{No}\p{Extended_Pictographic}\p{Variation_Selector}]|\d+)(?:(?:, ?)?(?:[*∗†‡§¶#\p{No}\p{Extended_Pictographic}\p{Variation_Selector}]|\d+))*$/u

const collective =
  /(?:^|[\s(-])(?:collaborations?|collab|consortium|team|teams|group|groups|project|committee|society|network|initiative|institute|university|laboratory|laboratories|labs|alliance|community|contributors?|foundation|organization|organisation|organizers|department|centre|center|association|partnership|council|task force|working party|experiment|observatory|members|inc|llc|ltd|gmbh|corp|corporation|research)\.?(?:$|[\s),:])/i

function isCollaboration(text: string): boolean {
  if (!/\p{L}/u.test(text) || collective.test(text)) return true
  // Ai is a family and a given name; AI is none.
  return /^Team |(?:^|[\s-])AI$/.test(text) || /^\S*(?:\p{Ll}AI|\p{L}-?\d+|group|\.ai)$/u.test(text)
}

function isSuffix(piece: string): boolean {
  return isEnding(piece) || piece.split(' ').every(isEnding)
}

/** Md. is short for Muhammad. */
function isEnding(word: string): boolean {
  return suffix.test(word) && !/^Md\.?$/.test(word)
}

const suffix =
  /^(?:(?:jr|sr|jnr|snr|esq|phd|ph\.d|md|m\.d|msc|m\.sc|bsc|b\.sc|mba|dsc|d\.sc|dphil|d\.phil|frs|mphil|ieee)\.?|(?:(?:senior|student|life) )?(?:fellow|member)|[IV]{2,3}|VI{1,3}|2nd|3rd|4th)$/i

function withoutEnding(words: readonly string[]): [words: readonly string[], ending: readonly string[]] {
  let end = words.length
  while (end > 1 && isEnding(words[end - 1] ?? '')) end--
  return [words.slice(0, end), words.slice(end)]
}

const eastAsian = /^[\p{Script=Han}\p{Script=Hangul}\p{Script=Hiragana}\p{Script=Katakana}ー・]+$/u
const doubleFamilies =
  /^(?:欧阳|歐陽|司马|司馬|诸葛|諸葛|上官|皇甫|尉迟|令狐|东方|司徒|慕容|남궁|황보|제갈|사공|선우|독고|田中|鈴木|佐藤|高橋|渡辺|伊藤|山本|中村|小林|加藤|吉田|山田|佐々木|山口|松本|井上|木村)/u
const patronymic = /^\p{Script=Cyrillic}+(?:вич|вна|ична|ьич)$/u

function splitWords(words: readonly string[]): [given: string, family: string] {
  const [only = ''] = words
  if (words.every((word) => eastAsian.test(word))) {
    // Family first, as these scripts are written.
    if (words.length > 1) return [words.slice(1).join(' '), only]
    const length = doubleFamilies.exec(only)?.[0].length ?? 1
    return only.length > length ? [only.slice(length), only.slice(0, length)] : ['', only]
  }
  const [last = ''] = words.slice(-1)
  if (words.length > 2 && patronymic.test(last) && !patronymic.test(words.at(-2) ?? '') && !patronymic.test(only))
    return [words.slice(1).join(' '), only]
  if (/^\p{Lu}/u.test(last) && words.slice(0, -1).every(isSmallParticle)) return ['', words.join(' ')]
  if (isVietnamese(words)) return [words.slice(1).join(' '), only]
  const shouted = shoutedFamily(words)
  if (shouted > 0) return turned(words.slice(shouted), words.slice(0, shouted))
  const at = familyStart(words)
  return [words.slice(0, at).join(' '), words.slice(at).join(' ')]
}
