import { isOtherThing, readFragment, readXml, type XmlElement } from './xml.ts'

/** A document without its long list, and what was made of each element of that list. */
export interface XmlParts<T> {
  /** Holds an empty element where each part stood. */
  readonly root: XmlElement
  readonly parts: readonly T[]
}

/**
 * A document that is a list of elements of one name, each read and let go of before the next: the tree of a page of thousands takes ten times the page.
 * Believed when it is well-formed to its end, as by `readXml`; `read` is asked only for parts that are, but perhaps before the end was seen.
 */
export function readXmlInParts<T>(
  body: string,
  { what, roots, part }: { readonly what: string; readonly roots: readonly string[]; readonly part: string },
  read: (element: XmlElement) => T,
): XmlParts<T> {
  // Only the whole document says what is wrong with it, and in which line.
  return inParts(body, roots, part, read) ?? whole(readXml(body, what, roots), part, read)
}

function inParts<T>(
  body: string,
  roots: readonly string[],
  part: string,
  read: (element: XmlElement) => T,
): XmlParts<T> | undefined {
  const cuts = isOtherThing(body) ? undefined : cutsOf(body, part)
  if (cuts === undefined) return undefined
  const root = readFragment(without(body, cuts, part))
  if (root === undefined || !roots.includes(root.name) || outermost(root, part).length !== cuts.length) return undefined
  const parts: T[] = []
  for (const [start, end] of cuts) {
    const element = readFragment(body.slice(start, end))
    if (element === undefined) return undefined
    parts.push(read(element))
  }
  return { root, parts }
}

function whole<T>(root: XmlElement, part: string, read: (element: XmlElement) => T): XmlParts<T> {
  return { root, parts: outermost(root, part).map(read) }
}

function outermost(element: XmlElement, name: string): readonly XmlElement[] {
  return element.content.flatMap((node) =>
    typeof node === 'string' ? [] : node.name === name ? [node] : outermost(node, name),
  )
}

type Cut = readonly [start: number, end: number]

/** Where the outermost elements of that name begin and end; undefined where tags, comments or CDATA do not end. */
function cutsOf(body: string, name: string): readonly Cut[] | undefined {
  const marks = new RegExp(`<(?:!--|!\\[CDATA\\[|\\?|/?${name}(?=[\\s/>]))`, 'g')
  const cuts: Cut[] = []
  let start = 0
  let depth = 0
  for (let found = marks.exec(body); found !== null; found = marks.exec(body)) {
    const closing = closings[found[0]] ?? '>'
    const last = body.indexOf(closing, marks.lastIndex)
    if (last < 0) return undefined
    const end = last + closing.length
    marks.lastIndex = end
    if (closing !== '>') continue
    const isEnd = found[0].startsWith('</')
    if (depth === 0) start = found.index
    if (isEnd) depth -= 1
    else if (body[last - 1] !== '/') depth += 1
    if (depth < 0) return undefined
    if (depth === 0) cuts.push([start, end])
  }
  return depth === 0 ? cuts : undefined
}

const closings: Readonly<Record<string, string>> = { '<!--': '-->', '<![CDATA[': ']]>', '<?': '?>' }

function without(body: string, cuts: readonly Cut[], name: string): string {
  const kept: string[] = []
  let at = 0
  for (const [start, end] of cuts) {
    kept.push(body.slice(at, start))
    at = end
  }
  return [...kept, body.slice(at)].join(`<${name}/>`)
}
