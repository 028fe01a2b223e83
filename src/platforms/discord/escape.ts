/**
 * Text from outside as Discord shows it: nothing in it pings, links or formats (docs.discord.com, reference, message
 * formatting). White space is folded; control characters and those that turn text round are gone.
 */
export function escapeText(text: string): string {
  return cleanText(text)
    .replace(SPECIAL, (character, place: number, whole: string) => {
      // A backslash stops the mark-up, but who looks for mentions in the raw text would still find one.
      if (character === '<' && MENTION.test(whole.slice(place + 1, place + 8))) return `\\<${BREAK}`
      if (character === '@') return `@${BREAK}`
      return `\\${character}`
    })
    .replace(LINE_START, '$1$2\\$3')
}

/** As escapeText, at most `most` UTF-16 units long after escaping: cut between words and marked with `…` when it is longer. */
export function escapeWithin(text: string, most: number): string {
  const whole = escapeText(text)
  if (whole.length <= most) return whole
  const clean = cleanText(text)
  let fits = 0
  for (let low = 0, high = Math.min(clean.length, most); low <= high; ) {
    const middle = (low + high) >> 1
    if (escapeText(clean.slice(0, middle)).length <= most - 1) {
      fits = middle
      low = middle + 1
    } else high = middle - 1
  }
  return `${escapeText(cutAtWord(clean, fits))}…`
}

/** Text that Discord shows as it is: labels, titles of modals, choices. At most `most` UTF-16 units. */
export function plainWithin(text: string, most: number): string {
  const clean = cleanText(text).trim()
  return clean.length <= most ? clean : `${cutAtWord(clean, most - 1)}…`
}

export function strong(escaped: string): string {
  const text = escaped.trim()
  if (text === '') return escaped
  const [before = '', after = ''] = escaped.split(text, 2)
  return `${before}**${text}**${after}`
}

/** Between backticks nothing is mark-up; text that has one itself is escaped in place of that. */
export function codeWithin(text: string, most: number): string {
  const clean = cleanText(text)
  if (clean.trim() === '' || clean.includes('`') || clean.length + 2 > most) return escapeWithin(text, most)
  return `\`${clean.replace(/@(?=everyone|here)|<(?=[@#:/]|a:|t:|id:|https?:)/gi, (each) => `${each}${BREAK}`)}\``
}

/**
 * A link under a text; only http and https addresses, in angle brackets so that no preview is made of them. The text
 * alone where it has brackets, which would end the link early, or the address can't be used.
 */
export function maskedLink(escaped: string, url: string): string {
  const address = safeAddress(url)
  if (address === undefined || /[[\]]/.test(escaped) || escaped.trim() === '') return escaped
  return `[${escaped}](<${address}>)`
}

/** The address with everything encoded that could end a link; undefined when it leads to no web page. */
export function safeAddress(url: string): string | undefined {
  if (!/^https?:\/\/\S+$/i.test(url) || !URL.canParse(url)) return undefined
  const address = new URL(url)
  // Names and passwords in an address only serve to deceive.
  if (address.username !== '' || address.password !== '') return undefined
  return address.href.replace(/[()<>[\]\\*~|`]/g, (character) => ENCODED[character] ?? encodeURIComponent(character))
}

/** A character that can't be seen and breaks a mention in two. */
const BREAK = '\u200b'
const ENCODED: Readonly<Record<string, string>> = { '(': '%28', ')': '%29', '*': '%2A', '~': '%7E' }
const MENTION = /^(?:[@#:/]|a:|t:|id:|https?:)/i
/** Also `:name:`, addresses, and invites, which the app shows even without `https:`. */
const SPECIAL =
  /[\\*_~|`[\]<>]|@(?=everyone|here)|:(?=\/\/|[\w+-]+:)|(?<=mailto|tel|sms|script|discord|steam):(?=\S)|(?<=discord(?:app)?)\.(?=gg|com|me|new)/gi
/** Headings, small print and lists; a number itself can't be escaped, what follows it can. */
const LINE_START = /^(\s*)(\d{1,9}(?=[.)]))?(-#|#{1,3}|[-+]|[.)])(?=\s|$)/

function cutAtWord(text: string, length: number): string {
  const cut = text.slice(0, length).replace(/[\ud800-\udbff]$/, '')
  const words = cut.replace(/\s\S*$/, '')
  return (words.length >= length * 0.6 ? words : cut).trimEnd()
}

function cleanText(text: string): string {
  return text
    .toWellFormed()
    .replace(/[\u202a-\u202e\u2066-\u2069\ufff9-\ufffb]/g, '')
    .replace(/[\s\u0000-\u001f\u007f-\u009f]+/g, ' ')
}
