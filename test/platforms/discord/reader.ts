/** What a reader of Discord's app sees of a text with mark-up: characters, and what pings, links or formats (docs.discord.com, message formatting). */
export interface Read {
  readonly text: string
  /** Mark-up by its kind, with what it stands around. */
  readonly marks: readonly { readonly kind: string; readonly text: string }[]
}

type Rule = readonly [kind: string, pattern: RegExp]

const LINK = /^\[((?:\[[^\]]*\]|[^[\]])+)\]\(\s*<?(https?:\/\/[^\s>)]+)>?[^)]*\)/

/** In the order in which they are tried; each at the place where it stands. */
const RULES: readonly Rule[] = [
  ['escape', /^\\([^0-9A-Za-z\s])/],
  ['link', LINK],
  ['autolink', /^<(https?:\/\/[^\s>]+|mailto:[^\s>]+|tel:[^\s>]+)>/],
  ['mention', /^<(@[!&]?\d+|#\d+)>/],
  ['command', /^<(\/[^>]+:\d+)>/],
  ['place', /^<(id:\w+)>/],
  ['emoji', /^<(a?:\w+:\d+)>/],
  ['time', /^<(t:-?\d+(?::\w)?)>/],
  ['everyone', /^(@everyone|@here)/],
  ['url', /^(https?:\/\/[^\s<]+)/i],
  ['invite', /^((?:discord(?:app)?\.com\/invite|discord\.gg)\/[\w-]+)/i],
  ['shortcode', /^:([\w+-]+):/],
  ['fence', /^```([\s\S]+?)```/],
  ['code', /^`([^`]+)`/],
  ['strong', /^\*\*((?:\\[\s\S]|[^\\])+?)\*\*(?!\*)/],
  ['under', /^__((?:\\[\s\S]|[^\\])+?)__(?!_)/],
  ['em', /^\*(?!\s)((?:\\[\s\S]|[^\\*])+?)\*(?!\*)/],
  ['em', /^_((?:\\[\s\S]|[^\\_])+?)_(?![A-Za-z0-9_])/],
  ['strike', /^~~((?:\\[\s\S]|[^\\])+?)~~/],
  ['spoiler', /^\|\|((?:\\[\s\S]|[^\\])+?)\|\|/],
]

const BLOCKS: readonly Rule[] = [
  ['small', /^-# +(.+)/],
  ['heading', /^#{1,3} +(.+)/],
  ['quote', /^>(?:>>)? (.+)/],
  ['list', /^ *(?:[-*]|\d+\.) +(.+)/],
]

export function readMarkup(source: string): Read {
  const marks: { kind: string; text: string }[] = []
  const lines = source.split('\n').map((line) => {
    for (const [kind, pattern] of BLOCKS) {
      const inner = pattern.exec(line)?.[1]
      if (inner === undefined) continue
      marks.push({ kind, text: inner })
      return inline(inner, marks)
    }
    return inline(line, marks)
  })
  return { text: lines.join('\n'), marks }
}

function inline(source: string, marks: { kind: string; text: string }[]): string {
  let text = ''
  for (let at = 0; at < source.length; ) {
    const rest = source.slice(at)
    const hit = RULES.map(([kind, pattern]) => ({ kind, found: pattern.exec(rest) })).find(
      ({ found }) => found !== null,
    )
    if (hit?.found == null) {
      text += source[at]
      at++
      continue
    }
    const [whole, inner = ''] = hit.found
    at += whole.length
    if (hit.kind === 'escape' || hit.kind === 'code') {
      text += inner
      continue
    }
    const address = hit.kind === 'link' ? ` ${hit.found[2]}` : ''
    marks.push({ kind: hit.kind, text: `${inner}${address}` })
    text += hit.kind === 'strong' || hit.kind === 'strike' || hit.kind === 'link' ? inline(inner, marks) : inner
  }
  return text
}
