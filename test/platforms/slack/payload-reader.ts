/** What a Slack client shows of blocks, counted and read without the renderer's own code. */
export interface Shown {
  /** As a reader sees it. */
  readonly text: string
  /** What mentions, links or is formatted, written down as `kind text → address`. */
  readonly marks: readonly string[]
  /** Limits of docs.slack.dev that are broken. */
  readonly broken: readonly string[]
}

type Json = Readonly<Record<string, unknown>>

/** Reads one payload, as chat.postMessage would take it. */
export function readPayload(payload: unknown): Shown {
  const { text, blocks } = record(payload)
  const marks: string[] = []
  const broken: string[] = []
  const count = (what: string, length: number, most: number) => {
    if (length > most) broken.push(`${what}: ${length} > ${most}`)
    if (length === 0) broken.push(`${what}: empty`)
  }
  const plain = (what: string, object: unknown, most: number): string => {
    const { type, text: shown, emoji } = record(object)
    if (type === 'mrkdwn') {
      if (record(object).verbatim !== true) marks.push(`addresses and names may be read in ${String(shown)}`)
      count(what, String(shown).length, most)
      return markup(String(shown), marks)
    }
    if (type !== 'plain_text') broken.push(`${what}: ${String(type)} is no text`)
    if (emoji !== false) marks.push(`emoji may be read in ${String(shown)}`)
    count(what, String(shown).length, most)
    return String(shown)
  }
  const ids = new Set<string>()
  const button = (element: unknown): string => {
    const { type, text: label, value, url, action_id: id, accessibility_label: spoken } = record(element)
    if (type !== 'button') broken.push(`${String(type)} is no button`)
    if (value !== undefined) count('button value', String(value).length, 2000)
    if (url !== undefined) {
      count('button url', String(url).length, 3000)
      marks.push(`link ${String(record(label).text)} → ${String(url)}`)
    }
    if (spoken !== undefined) count('accessibility label', String(spoken).length, 75)
    count('action_id', String(id ?? '').length, 255)
    if (ids.has(String(id))) broken.push(`action_id ${String(id)} twice`)
    ids.add(String(id))
    return plain('button text', label, 75)
  }
  const beside = (element: unknown): string => {
    const { type, options, action_id: id } = record(element)
    if (type !== 'overflow') return button(element)
    count('action_id', String(id ?? '').length, 255)
    if (ids.has(String(id))) broken.push(`action_id ${String(id)} twice`)
    ids.add(String(id))
    count('options', list(options).length, 5)
    return list(options)
      .map((option) => {
        const { text: label, value, url } = record(option)
        count('option value', String(value).length, 150)
        if (url !== undefined) {
          count('option url', String(url).length, 3000)
          marks.push(`link ${String(record(label).text)} → ${String(url)}`)
        }
        return plain('option text', label, 75)
      })
      .join(' | ')
  }
  const inline = (element: unknown): string => {
    const { type, text: shown, url, style, name } = record(element)
    if (style !== undefined) marks.push(`${Object.keys(record(style)).join('+')} ${String(shown)}`)
    if (type === 'text') {
      count('rich text', String(shown).length, 12_000)
      return String(shown)
    }
    if (type === 'emoji') return `:${String(name)}:`
    marks.push(`${String(type)} ${String(shown)} → ${String(url)}`)
    return String(shown)
  }
  const block = (each: unknown): string => {
    const { type, text: shown, elements, accessory } = record(each)
    switch (type) {
      case 'header':
        return plain('header', shown, 150)
      case 'section':
        return `${plain('section', shown, 3000)} ${accessory === undefined ? '' : beside(accessory)}`
      case 'context':
        count('context elements', list(elements).length, 10)
        return list(elements)
          .map((element) => plain('context', element, 3000))
          .join(' ')
      case 'actions':
        count('actions', list(elements).length, 25)
        return list(elements).map(button).join(' | ')
      case 'rich_text':
        return list(elements)
          .map((part) => list(record(part).elements).map(inline).join(''))
          .join('\n')
      case 'divider':
        return '---'
      default:
        broken.push(`unknown block ${String(type)}`)
        return ''
    }
  }
  count('text', String(text ?? '').length, 4000)
  if (/&(?!amp;|lt;|gt;)|[<>]/.test(String(text))) broken.push(`text is not escaped: ${String(text)}`)
  count('blocks', list(blocks).length, 50)
  const lines = list(blocks).map(block)
  count('all text', lines.join('').length, 13_000)
  return { text: lines.join('\n'), marks, broken }
}

/** What Slack makes of mark-up (docs.slack.dev, formatting message text): links in angle brackets, then bold, italic, strike, code, emoji and quotes. */
function markup(text: string, marks: string[]): string {
  if (/&(?!amp;|lt;|gt;)/.test(text)) marks.push(`not escaped: ${text}`)
  if (/^(?:>|&gt;)/m.test(text)) marks.push(`quote ${text}`)
  const linked = text.replace(/<([^>|]*)(?:\|([^>]*))?>/g, (_, address: string, label = address) => {
    marks.push(`link ${plainly(label)} → ${plainly(address)}`)
    return label
  })
  if (/[<>]/.test(linked)) marks.push(`not escaped: ${text}`)
  if (/:[\w+-]+:/.test(linked)) marks.push(`emoji may be read in ${text}`)
  const styled = linked
    .replace(/\*([^*\n]+)\*/g, (_, inner: string) => {
      marks.push(`bold ${plainly(inner)}`)
      return inner
    })
    .replace(/~([^~\n]+)~/g, (_, inner: string) => {
      marks.push(`strike ${plainly(inner)}`)
      return inner
    })
  if (/[*_~`]/.test(styled)) marks.push(`formatted ${styled}`)
  return plainly(styled)
}

function plainly(text: string): string {
  return text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&')
}

function record(value: unknown): Json {
  if (typeof value !== 'object' || value === null) throw new Error(`no object: ${JSON.stringify(value)}`)
  return Object.fromEntries(Object.entries(value))
}

function list(value: unknown): readonly unknown[] {
  if (!Array.isArray(value)) throw new Error(`no list: ${JSON.stringify(value)}`)
  return value
}
