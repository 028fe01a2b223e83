import { XMLParser, XMLValidator } from 'fast-xml-parser'
import type { Announcement } from '../../../src/cli/replay/event.ts'
import { createReplay, type Replay, type ReplayAnswer } from '../../../src/cli/replay/replay.ts'

/** A replay that stands at one instant, written as ISO 8601. */
export function replayAt(instant: string, events: readonly Announcement[], oaiPageSize = 2500): Replay {
  return createReplay({ events, now: () => Date.parse(instant), oaiPageSize })
}

/** Asks a replay for a path, without any transport. */
export function ask(replay: Pick<Replay, 'answer'>, path: string, headers: Record<string, string> = {}): ReplayAnswer {
  return replay.answer({ method: 'GET', url: new URL(path, 'http://arxiv.test'), headers })
}

/** Every text of one element in a document, in its order; the document must be well formed. */
export function texts(body: string, element: string): readonly string[] {
  const valid = XMLValidator.validate(body)
  if (valid !== true) throw new Error(`Not well formed: ${valid.err.msg} in line ${valid.err.line}`)
  return [...body.matchAll(new RegExp(`<${element}(?:\\s[^>]*)?>([^<]*)</${element}>`, 'g'))].map(
    (match) => match[1] ?? '',
  )
}

/** The numbers of the records, items or entries of an answer, without versions, in its order. */
export function numbersOf(body: string): readonly string[] {
  const oai = texts(body, 'identifier').map((name) => name.replace('oai:arXiv.org:', ''))
  const rss = texts(body, 'guid').map((name) => name.replace('oai:arXiv.org:', '').replace(/v\d+$/, ''))
  const atom = [...body.matchAll(/<entry>\s*<id>(?:oai:arXiv.org:|http:\/\/arxiv.org\/abs\/)([^<]+?)v\d+<\/id>/g)]
  return [...oai, ...rss, ...atom.map((match) => match[1] ?? '')]
}

/** The names of the elements of a document in their order, to compare a form with a recorded one. */
export function shapeOf(body: string, within: string): readonly string[] {
  const parser = new XMLParser({ preserveOrder: true, ignoreAttributes: true, parseTagValue: false })
  const parsed: unknown = parser.parse(body)
  return namesIn(parsed, within, false)
}

function namesIn(nodes: unknown, within: string, inside: boolean): readonly string[] {
  if (!Array.isArray(nodes)) return []
  return nodes.flatMap((node: unknown) =>
    Object.entries(node ?? {}).flatMap(([name, children]) => {
      if (name === '#text' || name === ':@') return []
      const deeper = namesIn(children, within, inside || name === within)
      return inside ? [name, ...deeper] : deeper
    }),
  )
}
