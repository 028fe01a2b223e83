import type { PaperId } from './paper.ts'

/** A paper as someone or some source named it; the version only where it was written. */
export interface NamedPaper {
  readonly id: PaperId
  readonly version?: number
}

// The two forms of https://info.arxiv.org/help/arxiv_identifier.html: since April 2007, and before.
const newStyle = /^(\d{2}(?:0[1-9]|1[0-2])\.\d{4,5})(?:v([1-9]\d{0,3}))?$/
const oldStyle =
  /^([a-z]+(?:-[a-z]+)?)(?:\.[a-z]{2,5}(?:-[a-z]{2,4})?)?\/(\d{2}(?:0[1-9]|1[0-2])\d{3})(?:v([1-9]\d{0,3}))?$/i
const arxivAddress =
  /^(?:https?:\/\/)?(?:(?:www|export|browse)\.)?arxiv\.org\/(?:abs|pdf|html|format|ps|src|e-print)\/(.+)$/i
// PDFs are stamped `arXiv:2409.00001v1 [cs.CL]`.
const arxivPrefix = /^(?:oai:arxiv\.org|arxiv):\s?(\S+)(?:\s\[[a-z.-]{2,20}\])?$/i
const doiPrefix = /^(?:doi:\s?|(?:https?:\/\/)?(?:dx\.|www\.)?doi\.org\/)(.+)$/i
const doi = /^10\.\d{4,9}(?:\.\d+)*\/[^\s\p{Cc}]+$/u
const arxivDoi = /^10\.48550\/arxiv\.(.+)$/i
const schemed = /^([a-z][a-z0-9+.-]{0,30}):([^\s\p{Cc}]+)$/iu
const longest = 500

/**
 * Which paper a text names: an arXiv id of either style, with or without `arXiv:`, version, address of arxiv.org or `oai:` name; a DOI; or any `scheme:value`.
 * The whole text must be the name; undefined when it is not one. An arXiv DOI gives the arXiv id, for it is the same work.
 * @example parsePaperId('https://arxiv.org/pdf/2409.00001v2.pdf') // { id: 'arxiv:2409.00001', version: 2 }
 */
export function parsePaperId(text: string): NamedPaper | undefined {
  if (text.length > longest) return undefined
  const name = text.trim()
  const address = arxivAddress.exec(name)?.[1]
  if (address !== undefined) return arxivName(withoutAddressTail(address))
  const prefixed = arxivPrefix.exec(name)?.[1]
  if (prefixed !== undefined) return arxivName(prefixed)
  const registered = doiPrefix.exec(name)?.[1]
  if (registered !== undefined) return doiName(unescaped(registered))
  return arxivName(name) ?? doiName(name) ?? otherName(name)
}

/** The one id for an id as written (`arXiv:2409.00001v2` gives `arxiv:2409.00001`), or undefined when it names no paper. */
export function canonicalPaperId(text: string): PaperId | undefined {
  return parsePaperId(text)?.id
}

/** The id of an arXiv identifier such as `2409.00001v2` or `math.GT/0309136`; throws a TypeError when it is none. */
export function arxivId(value: string): PaperId {
  const named = parsePaperId(value)
  if (named?.id.startsWith('arxiv:')) return named.id
  throw new TypeError(`'${value.slice(0, 60)}' is not an arXiv identifier such as 2409.00001 or hep-th/9901001`)
}

/** The id of a DOI, lower-cased as DOIs compare without case (an arXiv DOI gives the arXiv id); throws a TypeError when it is none. */
export function doiId(value: string): PaperId {
  const named = parsePaperId(value)
  if (named !== undefined && (named.id.startsWith('doi:') || arxivDoi.test(value))) return named.id
  throw new TypeError(`'${value.slice(0, 60)}' is not a DOI such as 10.1000/182`)
}

/**
 * A mark of an arXiv id whose order as text is the order of announcement: `YYMM.NNNNN`, four-digit numbers (up to 1412) padded.
 * Undefined for ids before April 2007, which are numbered per archive, and for other schemes.
 */
export function arxivNumberOf(id: PaperId): string | undefined {
  const number = newStyle.exec(id.startsWith('arxiv:') ? id.slice('arxiv:'.length) : '')?.[1]
  return number === undefined ? undefined : `${number.slice(0, 5)}${number.slice(5).padStart(5, '0')}`
}

function arxivName(value: string): NamedPaper | undefined {
  const modern = newStyle.exec(value)
  if (modern?.[1] !== undefined) return named(`arxiv:${modern[1]}`, modern[2])
  const old = oldStyle.exec(value)
  // The subject class (math.GT) is no part of the identifier: math/0309136 alone is canonical.
  if (old?.[1] !== undefined) return named(`arxiv:${old[1].toLowerCase()}/${old[2]}`, old[3])
  return undefined
}

function doiName(value: string): NamedPaper | undefined {
  if (!doi.test(value)) return undefined
  const ours = arxivDoi.exec(value)?.[1]
  return (ours === undefined ? undefined : arxivName(ours)) ?? named(`doi:${value.toLowerCase()}`)
}

const addresses = new Set(['http', 'https', 'ftp', 'mailto', 'javascript', 'data', 'file', 'arxiv', 'doi', 'oai'])

function otherName(value: string): NamedPaper | undefined {
  const [, scheme, rest] = schemed.exec(value) ?? []
  if (scheme === undefined || rest === undefined || addresses.has(scheme.toLowerCase())) return undefined
  return named(`${scheme.toLowerCase()}:${rest}`)
}

function named(id: string, version?: string): NamedPaper {
  return version === undefined ? { id: id as PaperId } : { id: id as PaperId, version: Number(version) }
}

function withoutAddressTail(path: string): string {
  return path
    .replace(/[?#].*$/s, '')
    .replace(/\/$/, '')
    .replace(/\.pdf$/i, '')
}

function unescaped(address: string): string {
  try {
    return decodeURIComponent(address)
  } catch {
    return address
  }
}
