import type { Command, OptionDefinition, Options } from './command.ts'

/** What a typed line says, or what is wrong with it in one sentence. */
export type ReadLine =
  | { readonly kind: 'options'; readonly options: Options }
  | { readonly kind: 'wrong'; readonly why: string }

/** Splits the command's name from what follows; curly quotes, which phones type, become straight ones. */
export function splitLine(text: string): { readonly name: string; readonly rest: string } {
  const line = straightQuotes(text)
    .trim()
    .replace(/^\/?papers(?:-admin)?(?:\s+|$)/i, '')
  const [name = ''] = line.split(/\s/, 1)
  return { name: name.toLowerCase(), rest: line.slice(name.length).trim() }
}

/**
 * Reads a typed line by the command's options: `name:value` and `name:"two words"` wherever they stand, then the
 * others in their order, and the last one takes what is left, exactly as typed.
 */
export function readLine(command: Command, text: string): ReadLine {
  const named = new Map<string, string>()
  let rest = text
  for (const option of command.options) {
    if (option.rest || option.apart) continue
    const taken = takeNamed(rest, option.name)
    if (taken === undefined) continue
    named.set(option.name, taken.value)
    rest = taken.rest
  }
  const values: Record<string, string> = Object.fromEntries(named)
  for (const option of command.options) {
    if (option.apart || named.has(option.name) || rest === '') continue
    if (option.rest) {
      values[option.name] = rest
      rest = ''
      continue
    }
    if (option.required !== true && option.choices === undefined) continue
    const first = firstWord(rest)
    if (option.choices !== undefined && option.required !== true && !isChoice(option, first.value)) continue
    values[option.name] = first.value
    rest = first.rest
  }
  if (rest !== '') return { kind: 'wrong', why: `“${rest}” is more than /papers ${command.name} takes` }
  return typedOptions(command, values)
}

/** Checks values that came as text or typed apart against the definition. */
export function typedOptions(command: Command, values: Readonly<Record<string, string | number | boolean>>): ReadLine {
  const options: Record<string, string | number | boolean> = {}
  for (const name of Object.keys(values)) {
    if (!command.options.some((option) => option.name === name)) {
      return { kind: 'wrong', why: `/papers ${command.name} has no option “${name}”` }
    }
  }
  for (const option of command.options) {
    const value = values[option.name]
    if (value === undefined || value === '') {
      if (option.required)
        return { kind: 'wrong', why: `/papers ${command.name} needs ${option.summary.toLowerCase()}` }
      continue
    }
    const read = readValue(option, value)
    if (read === undefined) return { kind: 'wrong', why: `“${value}” is no ${wanted(option)} for “${option.name}”` }
    options[option.name] = read
  }
  return { kind: 'options', options }
}

/** As shown when a command is used wrongly: `/papers digest [now|preview]`. */
export function usage(command: Command): string {
  const words = command.options
    .filter((option) => !option.apart)
    .map((option) => {
      const word = option.choices?.map((choice) => choice.value).join('|') ?? option.name.toUpperCase()
      const shown = option.rest || option.required || option.choices !== undefined ? word : `${option.name}:${word}`
      return option.required ? shown : `[${shown}]`
    })
  return ['/papers', command.name, ...words].join(' ')
}

function readValue(option: OptionDefinition, value: string | number | boolean): string | number | boolean | undefined {
  if (option.type === 'number') {
    const number = typeof value === 'string' && !/^\d{1,6}$/.test(value) ? Number.NaN : Number(value)
    return Number.isInteger(number) && number >= 0 ? number : undefined
  }
  if (option.type === 'boolean') {
    if (value === true || value === 'true' || value === 'yes') return true
    return value === false || value === 'false' || value === 'no' ? false : undefined
  }
  const text = String(value).trim()
  return option.choices === undefined || isChoice(option, text) ? text : undefined
}

function wanted(option: OptionDefinition): string {
  if (option.choices !== undefined) return `choice (${option.choices.map((choice) => choice.value).join(', ')})`
  return option.type === 'number' ? 'whole number' : 'yes or no'
}

function isChoice(option: OptionDefinition, value: string): boolean {
  return option.choices?.some((choice) => choice.value === value) ?? false
}

function takeNamed(text: string, name: string): { readonly value: string; readonly rest: string } | undefined {
  const start = outsideQuotes(text).search(new RegExp(`(?:^|\\s)${name}:`))
  if (start < 0) return undefined
  const at = text.indexOf(`${name}:`, start)
  const { value, rest } = firstWord(text.slice(at + name.length + 1))
  return { value, rest: `${text.slice(0, at).trimEnd()} ${rest}`.trim() }
}

function firstWord(text: string): { readonly value: string; readonly rest: string } {
  const quoted = /^"([^"]*)"?/.exec(text)
  if (quoted !== null) return { value: quoted[1] ?? '', rest: text.slice(quoted[0].length).trim() }
  const [word = ''] = text.split(/\s/, 1)
  return { value: word, rest: text.slice(word.length).trim() }
}

/** The text with what stands in quotes blanked out, so that only words outside them are found. */
function outsideQuotes(text: string): string {
  return text.replace(/"[^"]*"?/g, (quoted) => '"'.repeat(quoted.length))
}

function straightQuotes(text: string): string {
  return text.replace(/[“”„‟«»]/g, '"').replace(/[‘’‚‛]/g, "'")
}
