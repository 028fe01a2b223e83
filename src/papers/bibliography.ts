import { parsePaperId } from './identity.ts'
import { readableText } from './latex.ts'
import type { PaperId } from './paper.ts'

/** A work in a bibliography. */
export interface BibliographyEntry {
  /** Given names first, in byline order; `and others` is left out. */
  readonly authors: readonly string[]
  readonly title: string
  /** Where it bears an arXiv identifier or a DOI. */
  readonly paper?: PaperId
}

/** True for a text that begins, comments apart, as a BibTeX file does. */
export function isBibliography(text: string): boolean {
  return /^\s*(?:%[^\n]*\n\s*)*@[a-z]+\s*[{(]/i.test(text)
}

/**
 * The works of a BibTeX file that have authors or editors. Names are read as BibTeX reads them, `von Last, Jr, First` or `First von Last`; LaTeX becomes Unicode.
 * An entry that is broken ends where the next one begins.
 */
export function parseBibliography(text: string): readonly BibliographyEntry[] {
  const macros = new Map<string, string>()
  const entries: BibliographyEntry[] = []
  // An entry begins in a line of its own or, where a chat made one line of all, behind another: a lost brace costs one entry.
  for (const part of text.split(/(?:^|(?<=[})]))(?=\s*@[a-z]+\s*[{(])/im)) {
    const [head, type = ''] = /^\s*@([a-z]+)\s*[{(]/i.exec(part) ?? []
    if (head === undefined || /^(?:comment|preamble)$/i.test(type)) continue
    if (/^string$/i.test(type)) {
      for (const [name, value] of fieldsOf(part.slice(head.length), macros)) macros.set(name, value)
      continue
    }
    const fields = fieldsOf(part.slice(head.length).replace(/^[^,=]*,/, ''), macros)
    const names = fields.get('author') ?? fields.get('editor')
    if (names === undefined) continue
    const paper = paperOf(fields)
    entries.push({
      authors: namesIn(names),
      title: readable(fields.get('title') ?? ''),
      ...(paper === undefined ? {} : { paper }),
    })
  }
  return entries
}

/** `name = value` up to the end of the entry, values joined where `#` joins them. */
function fieldsOf(body: string, macros: ReadonlyMap<string, string>): ReadonlyMap<string, string> {
  const fields = new Map<string, string>()
  const name = /\s*([a-z][\w:-]*)\s*=\s*/iy
  let at = 0
  for (;;) {
    name.lastIndex = at
    const [whole, field = ''] = name.exec(body) ?? []
    if (whole === undefined) return fields
    at += whole.length
    let value = ''
    for (;;) {
      const read = valueAt(body, at, macros)
      value += read.value
      const [joint] = /^\s*#\s*/.exec(body.slice(read.end)) ?? []
      at = read.end + (joint?.length ?? 0)
      if (joint === undefined) break
    }
    fields.set(field.toLowerCase(), value)
    const [comma] = /^\s*,/.exec(body.slice(at)) ?? []
    if (comma === undefined) return fields
    at += comma.length
  }
}

function valueAt(body: string, at: number, macros: ReadonlyMap<string, string>): { value: string; end: number } {
  const opening = body[at]
  if (opening !== '{' && opening !== '"') {
    const [word = ''] = /^[^\s,#{}"]*/.exec(body.slice(at)) ?? []
    return { value: macros.get(word.toLowerCase()) ?? word, end: at + word.length }
  }
  let depth = 0
  for (let end = at + 1; end < body.length; end++) {
    const character = body[end]
    if (character === '\\') end++
    else if (depth === 0 && character === (opening === '{' ? '}' : '"'))
      return { value: body.slice(at + 1, end), end: end + 1 }
    else if (character === '{') depth++
    else if (character === '}') depth--
  }
  return { value: '', end: body.length }
}

function namesIn(field: string): readonly string[] {
  return splitOutside(field, /^\s+and\s+/i).flatMap((name) => {
    const [last = '', ...others] = splitOutside(name, /^\s*,\s*/)
    const given = others.at(-1) ?? ''
    const suffix = others.length > 1 ? ` ${others[0]}` : ''
    const read = readable(`${given} ${last}${suffix}`)
    return read === '' || /^others$/i.test(read) ? [] : [read]
  })
}

/** Braces keep together what is in them: `{Barnes and Noble}` is one name. */
function splitOutside(text: string, separator: RegExp): readonly string[] {
  const parts: string[] = []
  let [depth, from] = [0, 0]
  for (let at = 0; at < text.length; at++) {
    if (text[at] === '\\') at++
    else if (text[at] === '{') depth++
    else if (text[at] === '}') depth--
    else if (depth === 0 && /[\s,]/.test(text[at] ?? '')) {
      const [found] = separator.exec(text.slice(at, at + 40)) ?? []
      if (found === undefined) continue
      parts.push(text.slice(from, at))
      from = at + found.length
      at = from - 1
    }
  }
  return [...parts, text.slice(from)]
}

function readable(latex: string): string {
  return readableText(latex.replaceAll('~', ' ')).replace(/[{}]/g, '').replace(/\s+/gu, ' ').trim()
}

function paperOf(fields: ReadonlyMap<string, string>): PaperId | undefined {
  const named = ['eprint', 'doi', 'url', 'journal'].flatMap((field) => {
    const value = readable(fields.get(field) ?? '').replace(/^arXiv preprint /i, '')
    const id = parsePaperId(value)?.id
    return id !== undefined && /^(?:arxiv|doi):/.test(id) ? [id] : []
  })
  return named.find((id) => id.startsWith('arxiv:')) ?? named[0]
}
