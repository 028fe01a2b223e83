import type { CitedName, CitedWork } from './cited-work.ts'

/** One BibTeX entry in UTF-8: `@article` with a journal reference, else `@misc` with arXiv's eprint fields. */
export function bibtexEntry(work: CitedWork): string {
  const fields: readonly (readonly [string, string | undefined])[] = [
    ['title', protectCapitals(work.title)],
    ['author', work.authors.map(bibtexName).join(' and ') || undefined],
    ['year', work.year || undefined],
    ['journal', work.journalRef && escapeBibtex(work.journalRef)],
    ['eprint', work.eprint],
    ['archivePrefix', work.eprint && 'arXiv'],
    ['primaryClass', work.eprint && work.categories[0] && escapeBibtex(work.categories[0])],
    ['doi', work.doi && verbatim(work.doi)],
    ['url', verbatim(work.url)],
  ]
  const lines = fields.flatMap(([name, value]) =>
    value === undefined || value === '' ? [] : [`  ${name} = {${value}}`],
  )
  return `@${work.journalRef === undefined ? 'misc' : 'article'}{${work.key},\n${lines.join(',\n')}\n}`
}

/** `von Last, Jr, First`; a name that is no person's in braces, so that BibTeX does not take it apart. */
function bibtexName(name: CitedName): string {
  const family = escapeBibtex(name.family)
  if (name.literal || name.given === '') return `{${family}}`
  // A bare "and" within a name would begin the next author.
  return [family, escapeBibtex(name.suffix), escapeBibtex(name.given)]
    .filter((part) => part !== '')
    .map((part) => part.replace(/\band\b/gi, '{$&}'))
    .join(', ')
}

/** BibTeX styles lower a title's case: names and acronyms are kept by braces. In a title in sentence case every later capital is a name. */
function protectCapitals(title: string): string {
  const words = title.split(' ')
  const long = words.slice(1).filter((word) => /^\p{L}{4,}/u.test(word))
  const sentenceCase = long.filter((word) => /^\p{Ll}/u.test(word)).length * 2 > long.length
  const balanced = hasBalancedBraces(title)
  const kept = (word: string, at: number) =>
    /^\P{L}*\p{L}.*\p{Lu}/u.test(word) || (sentenceCase && at > 0 && /^\P{L}*\p{Lu}/u.test(word))
  return words
    .map((word, at) => (kept(word, at) ? `{${escapeWith(word, balanced)}}` : escapeWith(word, balanced)))
    .join(' ')
}

/** The ten characters that TeX reads otherwise. Braces that do not match are spelled out, for BibTeX counts even escaped ones. */
export function escapeBibtex(text: string): string {
  return escapeWith(text, hasBalancedBraces(text))
}

function escapeWith(text: string, balanced: boolean): string {
  return text.replace(/[{}%&$#_\\~^]/g, (character) => {
    switch (character) {
      case '\\':
        return '\\textbackslash{}'
      case '~':
        return '\\textasciitilde{}'
      case '^':
        return '\\textasciicircum{}'
      case '{':
        return balanced ? '\\{' : '\\textbraceleft{}'
      case '}':
        return balanced ? '\\}' : '\\textbraceright{}'
      default:
        return `\\${character}`
    }
  })
}

function hasBalancedBraces(text: string): boolean {
  let depth = 0
  for (const character of text) {
    if (character === '{') depth++
    if (character === '}' && --depth < 0) return false
  }
  return depth === 0
}

/** Addresses and DOIs are read verbatim; only braces and backslashes would break the entry. */
function verbatim(address: string): string {
  return address.replace(/[{}\\\s]/g, (character) => encodeURIComponent(character))
}
