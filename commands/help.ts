import type { MessageNode } from '../src/message/message.ts'
import { type Command, defineCommand, findCommand } from './command.ts'
import { usage } from './grammar.ts'
import { privately, tell } from './replies.ts'

/** Help reads the same table that the program answers by, so it can't fall behind. */
export function helpFor(commands: () => readonly Command[]): Command {
  return defineCommand({
    name: 'help',
    summary: 'What you can type, and what it does',
    examples: ['help', 'help search'],
    rank: 'member',
    options: [{ name: 'command', summary: 'A command to explain', type: 'text', rest: true }],
    async run(_context, { command: name }) {
      if (name === undefined) return privately(overview(commands()))
      const command = findCommand(commands(), String(name).toLowerCase())
      if (command === undefined)
        return tell('warning', `There is no command “${name}”.`, '/papers help lists them all.')
      return privately(explained(command))
    },
  })
}

function overview(commands: readonly Command[]) {
  const rows = commands.map((command) => ({ cells: [usage(command), command.summary] }))
  const nodes: readonly MessageNode[] = [
    { kind: 'heading', level: 1, text: 'What you can type' },
    { kind: 'table', columns: ['Command', 'What it does'], rows },
    {
      kind: 'line',
      quiet: true,
      spans: [{ text: 'For one of them with examples: ' }, { text: '/papers help search', style: 'code' }],
    },
  ]
  return { summary: `${commands.length} commands, from /papers ${commands[0]?.name ?? 'help'}`, nodes }
}

function explained(command: Command) {
  const options = command.options.map((option) => ({ cells: [option.name, option.summary] }))
  const nodes: readonly MessageNode[] = [
    { kind: 'heading', level: 1, text: usage(command) },
    { kind: 'line', spans: [{ text: `${command.summary}.` }] },
    ...(options.length === 0 ? [] : [{ kind: 'table' as const, columns: ['Option', 'Meaning'], rows: options }]),
    ...command.examples.map((example) => ({
      kind: 'line' as const,
      spans: [{ text: `/papers ${example}`, style: 'code' as const }],
    })),
    ...(command.rank === 'member'
      ? []
      : [{ kind: 'line' as const, quiet: true, spans: [{ text: `For a ${command.rank} of the channel.` }] }]),
  ]
  return { summary: `How to use /papers ${command.name}`, nodes }
}
