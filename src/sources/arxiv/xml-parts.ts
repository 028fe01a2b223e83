import { SourceError } from '../source.ts'
import { readFragment, readXml, type XmlElement } from './xml.ts'

/** A document without its long list, and what was made of each element of that list. */
export interface XmlParts<T> {
  /** Holds an empty element where each part stood. */
  readonly root: XmlElement
  readonly parts: readonly T[]
}

interface Listing<T> {
  /** How sentences call the document. */
  readonly what: string
  readonly roots: readonly string[]
  /** The name of the elements that are listed. */
  readonly part: string
  /** What is made of one; it is let go of then. */
  readonly read: (element: XmlElement) => T
}

/**
 * Reads a document that is a list, as it comes in: the tree of a page of thousands takes ten times the page, so each part is cut out, read by itself and let go of.
 * What was read is given at the end, when the whole document was well-formed, else a SourceError ('unreadable') as by `readXml`.
 */
export class XmlPartsReader<T> {
  readonly #listing: Listing<T>
  readonly #marks: RegExp
  readonly #parts: T[] = []
  /** The document without its parts, but with their lines. */
  readonly #around: string[] = []
  #lines = 0
  /** What came in and is not yet cut, how far it was looked through, and the part that began in it. */
  #rest = ''
  #at = 0
  #start = 0
  #depth = 0
  /** What must come before any tag counts again: the end of a comment, of CDATA, of a tag. */
  #until: string | undefined
  #tag = ''
  /** Told at the end, for how an answer comes in says nothing of what it holds. */
  #fault: unknown

  constructor(listing: Listing<T>) {
    this.#listing = listing
    this.#marks = new RegExp(`<(?:!--|!\\[CDATA\\[|\\?|/?${listing.part}(?=[\\s/>]))`, 'g')
  }

  write(text: string): void {
    if (this.#fault !== undefined) return
    this.#rest += text
    while (this.#fault === undefined && this.#step()) {}
    const isInPart = this.#depth > 0 || this.#until === '>'
    this.#setAside(isInPart ? this.#start : this.#at)
  }

  end(): XmlParts<T> {
    if (this.#fault !== undefined) throw this.#fault
    const { what, roots, part } = this.#listing
    const root = readXml([...this.#around, this.#rest].join(''), what, roots)
    // A part's tag in an attribute is no part.
    if (countOf(root, part) !== this.#parts.length)
      throw this.#unreadable(`is broken: a <${part}> stands in another tag`)
    return { root, parts: this.#parts }
  }

  #unreadable(reason: string): SourceError {
    return new SourceError('unreadable', `${this.#listing.what} ${reason}`)
  }

  /** Goes on to the next mark or its end; false where more must come in first. */
  #step(): boolean {
    const rest = this.#rest
    if (this.#until !== undefined) {
      const found = rest.indexOf(this.#until, this.#at)
      if (found < 0) {
        this.#at = Math.max(this.#at, rest.length - this.#until.length + 1)
        return false
      }
      this.#at = found + this.#until.length
      if (this.#until === '>') this.#tagEnds(rest[found - 1] === '/')
      this.#until = undefined
      return true
    }
    this.#marks.lastIndex = this.#at
    const mark = this.#marks.exec(rest)
    if (mark === null) {
      // A mark may have come in half.
      this.#at = Math.max(this.#at, rest.length - longestMark)
      return false
    }
    this.#until = ends[mark[0]] ?? '>'
    this.#at = this.#marks.lastIndex
    if (this.#until !== '>') return true
    this.#tag = mark[0]
    if (this.#depth === 0) this.#start = mark.index
    return true
  }

  #tagEnds(isEmpty: boolean): void {
    if (this.#tag.startsWith('</')) this.#depth -= 1
    else if (!isEmpty) this.#depth += 1
    // The whole document's reading says in which line a tag closes what is not open.
    if (this.#depth < 0) this.#depth = 0
    else if (this.#depth === 0) this.#cut()
  }

  #cut(): void {
    const text = this.#rest.slice(this.#start, this.#at)
    this.#setAside(this.#start)
    try {
      const element = readFragment(text, this.#lines)
      if (typeof element === 'string') this.#fault = this.#unreadable(element)
      else this.#parts.push(this.#listing.read(element))
    } catch (error) {
      this.#fault = error
    }
    const lines = '\n'.repeat(linesIn(text))
    this.#around.push(`<${this.#listing.part}${lines}/>`)
    this.#lines += lines.length
    this.#rest = this.#rest.slice(text.length)
    this.#at = 0
  }

  /** What comes before that place is of no part. */
  #setAside(place: number): void {
    const text = this.#rest.slice(0, place)
    this.#around.push(text)
    this.#lines += linesIn(text)
    this.#rest = this.#rest.slice(place)
    this.#at -= place
    this.#start -= place
  }
}

function linesIn(text: string): number {
  let lines = 0
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) lines += 1
  return lines
}

const ends: Readonly<Record<string, string>> = { '<!--': '-->', '<![CDATA[': ']]>', '<?': '?>' }
const longestMark = 64

function countOf(element: XmlElement, name: string): number {
  return element.content.reduce(
    (sum, node) => sum + (typeof node === 'string' ? 0 : node.name === name ? 1 : countOf(node, name)),
    0,
  )
}
