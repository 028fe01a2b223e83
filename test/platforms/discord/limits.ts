import { MessageCreateRequestSchema, MessageEditRequestPartialSchema } from 'discord-api-spec/zod'

/** What of Discord's rules a payload breaks, counted here once more and not by the renderer. */
export function broken(payload: unknown): readonly string[] {
  const found: string[] = []
  const read = MessageCreateRequestSchema.safeParse(payload)
  if (!read.success)
    found.push(...(read.error?.issues ?? []).map((issue) => `${issue.path.join('.')}: ${issue.message}`))
  if (!MessageEditRequestPartialSchema.safeParse(payload).success) found.push('it could not be an edit')
  const { flags, content, embeds, components, allowed_mentions: mentions } = record(payload)
  if (JSON.stringify(mentions) !== '{"parse":[]}') found.push('it may mention somebody')
  const all = nested(components)
  const ids = all.flatMap(({ custom_id: id }) => (typeof id === 'string' ? [id] : []))
  if (new Set(ids).size !== ids.length) found.push('two components have one id')
  if (ids.some((id) => id.length === 0 || Buffer.byteLength(id) > 100)) found.push('an id is too long')
  for (const each of all) {
    const own = list(each.components)
    if (each.type === 1 && (own.length === 0 || own.length > 5)) found.push('a row of none or more than 5')
    if (each.type === 1 && own.some(({ type }) => type === 3) && own.length > 1) found.push('a menu is not alone')
    if (each.type === 9 && (own.length < 1 || own.length > 3 || each.accessory === undefined)) found.push('a section')
    if (each.type === 17 && own.length === 0) found.push('an empty container')
    if (each.type === 2 && (typeof each.label !== 'string' || each.label === '')) found.push('a button says nothing')
    if (each.type === 3) {
      const values = list(each.options).map(({ value }) => value)
      if (values.length < 1 || values.length > 25 || new Set(values).size < values.length)
        found.push('a menu’s options')
    }
  }
  if (flags === 32_768) {
    if (content !== undefined || embeds !== undefined) found.push('content or embeds beside components')
    const texts = all.flatMap(({ type, content: text }) => (type === 10 ? [String(text)] : []))
    if (all.length > 40) found.push(`${all.length} components`)
    if (texts.some((text) => text.trim() === '')) found.push('an empty text')
    if (sum(texts, (text) => text.length) > 4000) found.push('more than 4,000 characters')
    if (sum(texts, (text) => Buffer.byteLength(text)) + 12 * all.length > 10_000) found.push('more than 10,000 bytes')
    return found
  }
  const shown = list(embeds)
  if (shown.length < 1 || shown.length > 10) found.push(`${shown.length} embeds`)
  if (list(components).length > 5) found.push('more than 5 rows')
  const fields = shown.flatMap(({ author, title, description }) =>
    [record(author).name, title, description].filter((text) => text !== undefined),
  )
  if (fields.some((text) => text === '')) found.push('an empty field')
  if (shown.some(({ title, description }) => (title ?? description) === undefined)) found.push('an empty embed')
  if (sum(fields, (text) => String(text).length) > 6000) found.push('more than 6,000 characters')
  const addresses = shown.flatMap(({ url }) => (url === undefined ? [] : [url]))
  if (new Set(addresses).size < addresses.length) found.push('two embeds of one address')
  return found
}

/** All texts in which mark-up is read. */
export function markedTexts(payload: unknown): readonly string[] {
  const { content: above, embeds, components } = record(payload)
  return [
    ...(above === undefined ? [] : [String(above)]),
    ...nested(components).flatMap(({ type, content }) => (type === 10 ? [String(content)] : [])),
    ...list(embeds).flatMap(({ title, description }) => [title, description].flatMap((text) => text ?? []).map(String)),
  ]
}

/** Labels of buttons and options, in which nothing is read. */
export function labels(payload: unknown): readonly string[] {
  return nested(record(payload).components).flatMap(({ label, options }) => [
    ...(label === undefined ? [] : [String(label)]),
    ...list(options).map((option) => String(option.label)),
  ])
}

export function customIds(payload: unknown): readonly string[] {
  return nested(record(payload).components).flatMap(({ custom_id: id }) => (typeof id === 'string' ? [id] : []))
}

type Fields = Readonly<Record<string, unknown>>

function record(value: unknown): Fields {
  return typeof value === 'object' && value !== null ? { ...value } : {}
}

function list(value: unknown): readonly Fields[] {
  return Array.isArray(value) ? value.map(record) : []
}

function nested(components: unknown): readonly Fields[] {
  return list(components).flatMap((each) => [
    each,
    ...nested(each.components),
    ...(each.accessory === undefined ? [] : nested([each.accessory])),
  ])
}

function sum<T>(items: readonly T[], count: (item: T) => number): number {
  return items.reduce((total, item) => total + count(item), 0)
}
