import { html as escaping } from 'hono/html'
import type { HtmlEscapedString } from 'hono/utils/html'

/** HTML in which every text has been escaped. */
export type Markup = HtmlEscapedString

type Piece = string | number | Markup | undefined | false | readonly Piece[]

/** A piece of HTML: what is put into it is escaped, unless it is markup itself; undefined and false leave nothing. */
export function html(strings: TemplateStringsArray, ...pieces: readonly Piece[]): Markup {
  const made = escaping(strings, ...pieces)
  if (made instanceof Promise) throw new TypeError('a promise was put into markup')
  return made
}

/** The address if it is http or https, as a browser would read it; undefined for everything else (`javascript:`, `data:`, what is no address). */
export function safeUrl(url: string): string | undefined {
  const parsed = URL.canParse(url) ? new URL(url) : undefined
  return parsed?.protocol === 'https:' || parsed?.protocol === 'http:' ? parsed.href : undefined
}
