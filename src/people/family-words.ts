import { isPinyin } from './romanisation.ts'

/** Which words of a name, as it is written, belong to the family. */

/** Belong to the family name, in whatever case. */
const particles = new Set(
  "van von der den de del della delle delli degli dei di da do dos das du des la le lo las los li ter ten te 't t' zu zur zum vom af av op bin ibn bint ben abu abd al el ul st st. san santa mac mc d' l' dell' dall' fitz ap ab y e i de'".split(
    ' ',
  ),
)
/** Written with a capital these are Asian family or given names, or initials. */
const capitalised = new Set('li lo ten te op af av ul y e i ap ab bin san mac das do los abd'.split(' '))
/** In Vietnamese names these are words of the given name. */
const vietnameseWords = new Set('van le la di da do du de ben y'.split(' '))
const vietnameseFamilies = new Set(
  'nguyen tran le pham huynh hoang phan vu vo dang bui do ho ngo duong ly dinh luong truong trinh'.split(' '),
)
/** After these a second family name is the rule, so that `García López` is two of them. Beside them: most that end in -ez. */
const iberianFamilies = new Set(
  'garcia diaz ruiz ortiz muniz munoz alonso moreno romero navarro torres ramos serrano ortega delgado castro rubio molina morales marin iglesias medina garrido castillo cortes guerrero cano prieto calvo vidal campos vega fuentes carrasco caballero nieto reyes herrera aguilar santana lorenzo montero hidalgo ibanez ferrer santiago vargas crespo roman pastor soto moya soler parra bravo gallardo rojas silva oliveira ferreira pereira rodrigues fernandes goncalves gomes lopes marques almeida carvalho teixeira moreira correia mendes nunes soares vieira monteiro cardoso rocha barbosa ribeiro costa'.split(
    ' ',
  ),
)

/** Given names of Spain and of nowhere else, beside which two family names are the rule. */
const iberianGiven = new Set(
  'jose josep juan joan jordi jorge jaume jaime jesus javier xavier pablo pedro miguel luis lluis carlos carles fernando ferran francisco francesc rafael ramon raul ricardo roberto rodrigo santiago sergio vicente enrique eduardo diego alvaro alfonso alberto alejandro andres angel antonio arturo agustin gonzalo guillermo gustavo hector horacio ignacio inaki iker eneko mikel julio joaquin lorenzo manuel marcos mariano nicolas oscar salvador tomas pilar carmen dolores mercedes montserrat nuria teresa maria marta rosario begona beatriz ines isabel consuelo ana lucia sofia mireia meritxell neus oriol pau pere arantza maite itziar ainhoa'.split(
    ' ',
  ),
)

const otherThanIberian = new Set('parvez pervez hafez nafez ramez'.split(' '))

/** True for `van`, `Del`, `'t` and their like. */
export function isParticle(word: string): boolean {
  return particles.has(word.toLowerCase().replace(/[’ʼ‘]/g, "'"))
}

/** True for `van` and its like in small letters, as they stand in the middle of a name; not for the `y` between two families. */
export function isSmallParticle(word: string): boolean {
  return isParticle(word) && /^\p{Ll}/u.test(word) && !isConjunction(word)
}

/** True for a given name of Spain, in plain letters. */
export function isIberianGiven(given: string): boolean {
  return iberianGiven.has(given)
}

/** Where the family begins among the words of a name that is written given name first. */
export function familyStart(words: readonly string[]): number {
  const shouted = shoutedFrom(words)
  if (shouted > 0) return shouted
  let at = Math.max(0, words.length - 1)
  const last = plain(words[at] ?? '')
  if (at > 1 && isIberian(words[at - 1] ?? '') && !isInitial(words[at] ?? '')) at--
  while (at > 1) {
    const word = words[at - 1] ?? ''
    if (isConjunction(word) && at > 2) at -= 2
    else if (isParticle(word) && (!isGivenWord(word, last) || isServant(word, words[at] ?? ''))) at--
    else break
  }
  return at
}

/** True for a name of Vietnam with the family first, as it is written there: `Nguyễn Văn An`. */
export function isVietnamese(words: readonly string[]): boolean {
  const [first = '', second = ''] = words
  const known = (word: string) => vietnameseFamilies.has(plain(word.replace(/[đĐ]/g, 'd')))
  if (words.length < 3 || !known(first) || known(words.at(-1) ?? '')) return false
  return /^(?:van|thi|văn|thị)$/i.test(second) || /[ăơưđ\u1ea0-\u1ef9]/i.test(words.join('').normalize('NFC'))
}

/** How many words of a name in capitals at its beginning are the family: one in `LIU Yang`, none in `Yang LIU`. */
export function shoutedFamily(words: readonly string[]): number {
  const end = words.findIndex((word) => !isShouted(word))
  if (end < 1 || words.slice(end).some((word) => isShouted(word) && !isInitial(word))) return 0
  const family = words.slice(0, end)
  // Two letters are initials, unless they and what follows are Mandarin.
  return family.some((word) => word.length > 2 && /[AEIOUY]/.test(plain(word).toUpperCase())) ||
    (end === 1 && isMandarin(words))
    ? end
    : 0
}

function isMandarin(words: readonly string[]): boolean {
  return words.every((word) => word.split('-').every((part) => isPinyin(plain(part))))
}

/** In `María José GARCÍA LÓPEZ` and `Laurens van der MAATEN`. */
function shoutedFrom(words: readonly string[]): number {
  let at = words.length
  while (at > 0 && isShouted(words[at - 1] ?? '') && !isInitial(words[at - 1] ?? '')) at--
  if (at === words.length || words.slice(at).every((word) => word.length <= 2)) return 0
  while (at > 1 && isSmallParticle(words[at - 1] ?? '')) at--
  return at
}

/** A word in capitals, as some set family names. */
function isShouted(word: string): boolean {
  return /^(?:\p{Lu}['’])?\p{Lu}{2,}(?:[-’']\p{Lu}+)*$/u.test(word)
}

function isInitial(word: string): boolean {
  return /^\p{L}\p{M}*\.?$/u.test(word)
}

function isConjunction(word: string): boolean {
  return word === 'y' || word === 'e' || word === 'i'
}

/** `Abd El Ali` is one name. */
function isServant(word: string, next: string): boolean {
  return /^abd$/i.test(word) && /^(?:[ae]l|ul)$/i.test(next)
}

function isGivenWord(word: string, family: string): boolean {
  if (!/^\p{Lu}/u.test(word)) return false
  const lower = word.toLowerCase()
  return capitalised.has(lower) || (vietnameseWords.has(lower) && vietnameseFamilies.has(family))
}

function isIberian(word: string): boolean {
  const bare = plain(word)
  return iberianFamilies.has(bare) || (/^[a-z]{2,}(?:[^aeiou]|[gq]u)ez$/.test(bare) && !otherThanIberian.has(bare))
}

function plain(word: string): string {
  return word.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase()
}
