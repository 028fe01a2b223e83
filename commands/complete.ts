import type { CompleteInput } from '../src/delivery/platform.ts'
import type { Choice } from '../src/message/form.ts'
import { type Command, findCommand, type OptionDefinition, type Services } from './command.ts'
import { splitLine } from './grammar.ts'

/** Discord shows at most 25 choices (docs.discord.com, autocomplete); nobody reads more anywhere. */
const MOST = 25

/** What may come next. For typed text each choice's value is the whole line as it would then read. */
export async function complete(
  commands: readonly Command[],
  services: Services,
  input: CompleteInput,
): Promise<readonly Choice[]> {
  if (input.form === 'option') {
    const option = findCommand(commands, input.command)?.options.find((each) => each.name === input.option)
    return option === undefined ? [] : choicesFor(option, input.value, services)
  }
  const { name, rest } = splitLine(input.text)
  const typingName = !/\s/.test(input.text.trimStart().replace(/^\/papers\s+/, ''))
  if (typingName) return commandNames(commands, name)
  const command = findCommand(commands, name)
  const option = command?.options.find((each) => each.rest || each.choices !== undefined || completes(each))
  if (command === undefined || option === undefined) return []
  const { kept, typed, looksFor } = lastTyped(option, rest)
  const choices = await choicesFor({ ...option, type: looksFor }, typed, services)
  return choices.map((choice) => ({
    value: `${command.name} ${kept}${quoted(choice.value, kept !== '')}`,
    label: choice.label,
  }))
}

function commandNames(commands: readonly Command[], prefix: string): readonly Choice[] {
  return commands
    .filter((command) => command.name.startsWith(prefix))
    .map((command) => ({ value: command.name, label: `${command.name} — ${command.summary}` }))
}

/** In a line such as `search sparse author:Nee` it is the name that is being typed, and `sparse author:` stays. */
function lastTyped(
  option: OptionDefinition,
  rest: string,
): { readonly kept: string; readonly typed: string; readonly looksFor: OptionDefinition['type'] } {
  const field = /^(?<kept>.*?(?:^|\s)-?(?<name>author|cat|only):)"?(?<typed>[^"]*)$/su.exec(rest)?.groups
  if (field !== undefined) {
    return {
      kept: field.kept ?? '',
      typed: field.typed ?? '',
      looksFor: field.name === 'author' ? 'author' : 'category',
    }
  }
  return { kept: '', typed: rest, looksFor: option.type }
}

function completes(option: OptionDefinition): boolean {
  return option.type === 'author' || option.type === 'paper' || option.type === 'category'
}

async function choicesFor(option: OptionDefinition, typed: string, services: Services): Promise<readonly Choice[]> {
  if (option.choices !== undefined) return option.choices.filter((choice) => choice.value.startsWith(typed))
  if (option.type !== 'author' && option.type !== 'paper' && option.type !== 'category') return []
  return typed.trim() === '' ? [] : services.catalog.complete(option.type, typed, MOST)
}

function quoted(value: string, inField: boolean): string {
  return inField && /\s/.test(value) ? `"${value}"` : value
}
