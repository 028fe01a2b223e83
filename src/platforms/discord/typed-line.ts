import type { CommandShape } from '../../delivery/platform.ts'
import type { Message, MessageNode } from '../../message/message.ts'

/**
 * The message with its commands as they are typed on Discord: options by their names, what managers do under
 * `/papers-admin`. A command stands in a sentence of ours, or makes up the whole of a text or of what follows `: `.
 */
export function asTypedHere(message: Message, commands: readonly CommandShape[]): Message {
  const said = (text: string) => typedText(text, commands)
  const node = (each: MessageNode): MessageNode => {
    switch (each.kind) {
      case 'heading':
        return { ...each, text: said(each.text) }
      case 'line':
        return { ...each, spans: each.spans.map((span) => ({ ...span, text: said(span.text) })) }
      case 'notice':
        return { ...each, text: said(each.text), ...(each.next === undefined ? {} : { next: said(each.next) }) }
      case 'table':
        return { ...each, rows: each.rows.map((row) => ({ ...row, cells: row.cells.map(said) })) }
      default:
        return each
    }
  }
  return { ...message, nodes: message.nodes.map(node) }
}

const WHOLE = /^(?<before>|.*: )\/papers (?<name>[a-z]+)(?: (?<rest>[^/]*\S.*))?$/s
const USAGE = /^(?:\[[^\]]*\]|[A-Z]+|\S+\|\S+)(?: (?:\[[^\]]*\]|[A-Z]+))*$/

/** @example '/papers settings cap=20' becomes '/papers-admin settings changes:cap=20' */
export function typedText(text: string, commands: readonly CommandShape[]): string {
  const { before = '', name = '', rest } = WHOLE.exec(text)?.groups ?? {}
  const command = commands.find((each) => each.name === name)
  if (command === undefined || rest === undefined || isSentence(before, rest)) return inSentence(text, commands)
  return USAGE.test(rest)
    ? `${before}${wordOf(command, false)} ${usageOf(command)}`
    : `${before}${wordOf(command, true)} ${optionsOf(command, rest)}`
}

/** A line that is typed does not end with a full stop, and a sentence of ours does. */
function isSentence(before: string, rest: string): boolean {
  return before === '' && /[a-z]\.$/.test(rest)
}

function inSentence(text: string, commands: readonly CommandShape[]): string {
  return text.replace(/\/papers ([a-z]+)(?: ([a-z]+\b))?/g, (whole, name: string, word: string | undefined) => {
    const command = commands.find((each) => each.name === name)
    if (command === undefined) return whole
    const choice = word === undefined ? undefined : choiceOf(command, word)
    const after = choice ?? (word === 'off' || word === 'me' ? optionsOf(command, word) : word)
    return `${wordOf(command, false)}${after === undefined ? '' : ` ${after}`}`
  })
}

/** Everybody looks at the settings, and managers change them. */
function wordOf({ name, rank }: CommandShape, withOptions: boolean): string {
  return `${rank !== 'member' || (name === 'settings' && withOptions) ? '/papers-admin' : '/papers'} ${name}`
}

function usageOf({ options }: CommandShape): string {
  return options.map(({ name, required }) => (required === true ? name : `[${name}]`)).join(' ')
}

function choiceOf({ options }: CommandShape, word: string): string | undefined {
  for (const { name, choices = [] } of options) {
    const choice = choices.find(({ value }) => value === word)
    if (choice !== undefined) return `${name}:${choice.label}`
  }
  return undefined
}

/** A typed line's rest by option: choices as Discord shows them, numbers as named, and all else in the first that takes text. */
function optionsOf(command: CommandShape, rest: string): string {
  const [first = '', ...others] = rest.split(' ')
  const choice = choiceOf(command, first)
  if (choice !== undefined) return [choice, ...others].join(' ')
  const free = command.options.find(({ type, choices }) => choices === undefined && type !== 'number')
  return free === undefined || rest.startsWith(`${free.name}:`) ? rest : `${free.name}:${rest}`
}
