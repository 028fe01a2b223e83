import { XMLParser, XMLValidator } from 'fast-xml-parser'
import { SourceError } from '../source.ts'

/** An element of a document that was read whole: text and children in the order of the document, references decoded. */
export interface XmlElement {
  readonly name: string
  readonly attributes: ReadonlyMap<string, string>
  readonly content: readonly (XmlElement | string)[]
}

/**
 * A whole XML document, or a SourceError ('unreadable') that names what came instead: an error page, a text, a document cut short.
 * `what` is how the sentence calls the answer; `roots` are the root elements that it may have.
 */
export function readXml(body: string, what: string, roots: readonly string[]): XmlElement {
  const unreadable = (reason: string, cause?: unknown) =>
    new SourceError('unreadable', `${what} ${reason}`, cause === undefined ? {} : { cause })
  const fault = whatElse(body) ?? faultOf(body)
  if (fault !== undefined) throw unreadable(fault)
  let root: XmlElement | undefined
  try {
    root = rootOf(body)
  } catch (error) {
    throw unreadable('is not well-formed XML', error)
  }
  if (root === undefined) throw unreadable('has no single root element')
  if (!roots.includes(root.name)) {
    const prefix = /^(.+):/.exec(root.name)?.[1]
    const prefixed = prefix !== undefined && roots.includes(root.name.slice(prefix.length + 1))
    throw unreadable(
      prefixed
        ? `writes its elements with the prefix “${oneLine(prefix)}:”, which arXiv does not do: it can’t be read so`
        : `is a <${oneLine(root.name)}> document where <${roots.join('> or <')}> was expected`,
    )
  }
  return root
}

/** An element cut out of a document, or what is wrong with it as the end of a sentence. `linesBefore` are those of the document before it. */
export function readFragment(text: string, linesBefore: number): XmlElement | string {
  const fault = declared(text) ?? faultOf(text, linesBefore)
  if (fault !== undefined) return fault
  try {
    return rootOf(text) ?? 'has no single root element'
  } catch {
    return 'is not well-formed XML'
  }
}

function rootOf(text: string): XmlElement | undefined {
  const nodes = elementsOf(parser.parse(text))
  if (nodes.some((node) => typeof node === 'string' && node.trim() !== '')) return undefined
  const elements = nodes.filter((node): node is XmlElement => typeof node !== 'string' && !node.name.startsWith('?'))
  return elements.length === 1 ? elements[0] : undefined
}

/** The children of that name, in order. */
export function childrenOf(element: XmlElement, name: string): readonly XmlElement[] {
  return element.content.filter((node): node is XmlElement => typeof node !== 'string' && node.name === name)
}

export function childOf(element: XmlElement, name: string): XmlElement | undefined {
  return childrenOf(element, name)[0]
}

/** All text in the element and below it, in order; markup inside a sentence costs no word. */
export function textOf(element: XmlElement): string {
  return element.content.map((node) => (typeof node === 'string' ? node : textOf(node))).join('')
}

/** The trimmed text of the first child of that name; undefined when it is missing or blank. */
export function childText(element: XmlElement, name: string): string | undefined {
  const child = childOf(element, name)
  return child === undefined ? undefined : textOf(child).trim() || undefined
}

function whatElse(body: string): string | undefined {
  const text = body.trimStart()
  if (text === '') return 'is empty'
  if (/^rate exceeded/i.test(text)) return 'is the notice "Rate exceeded." instead of XML'
  if (/^(?:<!doctype\s+html|<html)/i.test(text)) return 'is an HTML page, not XML'
  if (/^[{[]/.test(text)) return 'is JSON, not XML'
  if (!text.startsWith('<') && !text.startsWith('\ufeff<')) return `is not XML: it begins with "${oneLine(text)}"`
  return declared(text)
}

/** Without declarations there is nothing that could expand or be fetched. */
function declared(text: string): string | undefined {
  return /<!doctype/i.test(text) ? 'declares a <!DOCTYPE>, which is refused' : undefined
}

/** The validator's finding in words; where the document merely ends too early, that is all there is to say. */
function faultOf(text: string, linesBefore = 0): string | undefined {
  const verdict = XMLValidator.validate(text)
  if (verdict === true) return undefined
  const { code, msg } = verdict.err
  const whole = text.slice(0, text.lastIndexOf('>') + 1)
  if (/^Extra text|^Multiple possible root/.test(msg) || (whole !== '' && XMLValidator.validate(whole) === true))
    return `goes on after its end: what stands in line ${linesBefore + verdict.err.line} does not belong to it`
  if (/^Invalid '|^Unclosed tag/.test(msg) || !text.trimEnd().endsWith('>'))
    return `is cut short: it ends in line ${linesBefore + text.trimEnd().split('\n').length}, before all that was begun is closed`
  const line = linesBefore + verdict.err.line
  if (/^Expected closing tag|^Closing tag/.test(msg)) return `is broken: in line ${line} a tag closes what is not open`
  if (code === 'InvalidChar') return `is broken: in line ${line} stands a bare & or another character that XML forbids`
  if (code === 'InvalidAttr') return `is broken: in line ${line} an attribute is not written as XML has it`
  return `is broken: in line ${line} it is not well-formed XML`
}

function oneLine(text: string): string {
  const line = text.slice(0, 120).replace(/\s+/g, ' ').trim()
  return line.length > 60 ? `${line.slice(0, 60)}…` : line
}

const character = /^[\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]$/u
const references = /&(?:#(\d{1,8})|#[xX]([\da-fA-F]{1,8})|(amp|lt|gt|quot|apos|nbsp));/g
const named: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: '\u00a0' }

/**
 * Decodes each reference once: `&amp;lt;` is the text `&lt;`. XML knows five names; others would need a DOCTYPE and stay as they are.
 * A reference to what is no character (https://www.w3.org/TR/xml/#charsets) is left out, as such a character itself is: one must not hold up a day's papers.
 */
function decode(text: string): string {
  if (!text.includes('&')) return text
  return text.replace(references, (whole, decimal?: string, hexadecimal?: string, name?: string) => {
    if (name !== undefined) return named[name] ?? whole
    const code = decimal === undefined ? Number.parseInt(hexadecimal ?? '', 16) : Number.parseInt(decimal, 10)
    return code <= 0x10_ffff && character.test(String.fromCodePoint(code)) ? String.fromCodePoint(code) : ''
  })
}

const nothing = () => {}

const parser = new XMLParser({
  // Every child comes in a list and in order, so that what may repeat and what does not need no table.
  preserveOrder: true,
  ignoreAttributes: false,
  attributeNamePrefix: '',
  parseTagValue: false,
  parseAttributeValue: false,
  trimValues: false,
  processEntities: {
    enabled: true,
    maxEntitySize: 1_000,
    maxExpansionDepth: 1,
    maxTotalExpansions: 1_000,
    maxExpandedLength: 10_000,
    maxEntityCount: 1,
  },
  maxNestedTags: 30,
  // Nobody asks where an element stands.
  jPath: false,
  // The parser's own decoder leaves numeric references as text unless it also takes HTML's names.
  entityDecoder: {
    setExternalEntities: nothing,
    addInputEntities: nothing,
    reset: nothing,
    setXmlVersion: nothing,
    decode,
  },
})

const noAttributes: ReadonlyMap<string, string> = new Map()

function elementsOf(nodes: unknown): readonly (XmlElement | string)[] {
  const elements: (XmlElement | string)[] = []
  if (!Array.isArray(nodes)) return elements
  for (const node of nodes) {
    const element = elementOf(node)
    if (element !== undefined) elements.push(element)
  }
  return elements
}

function elementOf(node: unknown): XmlElement | string | undefined {
  if (typeof node !== 'object' || node === null) return undefined
  let name: string | undefined
  let value: unknown
  let attributes = noAttributes
  // A node is made by the parser and inherits nothing; a list of its entries would be made for each of a page's hundred thousand.
  for (const key in node) {
    const held: unknown = Reflect.get(node, key)
    if (key === ':@') attributes = attributesOf(held)
    else if (name === undefined) [name, value] = [key, held]
  }
  if (name === undefined) return undefined
  return name === '#text' ? String(value) : { name, attributes, content: elementsOf(value) }
}

function attributesOf(held: unknown): ReadonlyMap<string, string> {
  if (typeof held !== 'object' || held === null) return noAttributes
  return new Map(Object.entries(held).map(([key, text]) => [key, String(text)]))
}
