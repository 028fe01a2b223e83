import { distance } from 'fastest-levenshtein'
import type { Handlers, Question } from '../src/delivery/platform.ts'
import { notice } from '../src/message/message.ts'
import type { Reply } from '../src/message/reply.ts'
import { StoreError } from '../src/store/store-error.ts'
import { authorize } from './authorize.ts'
import { type ActionHandler, type Command, type Context, findCommand, type Services } from './command.ts'
import { complete } from './complete.ts'
import { type ReadLine, readLine, splitLine, typedOptions, usage } from './grammar.ts'
import { privately } from './replies.ts'

type Asking = Parameters<Handlers['ask']>[1]

/** Answers every question of every platform: finds the command or action, checks the rank, runs it. Never rejects. */
export async function answer(
  commands: readonly Command[],
  services: Services,
  question: Question,
  asking: Asking,
): Promise<Reply> {
  try {
    switch (question.kind) {
      case 'complete':
        return { kind: 'choices', choices: await complete(commands, services, question.input) }
      case 'command':
        return await runCommand(commands, services, question, asking)
      case 'action':
      case 'form':
        return await runAction(commands, services, question, asking)
    }
  } catch (error) {
    if (asking.signal.aborted)
      return privately(notice('warning', 'That took too long and was stopped.', 'Try again in a minute.'))
    services.log({ event: 'question.failed', kind: question.kind, channel: question.channel, error })
    return privately(
      notice(
        'error',
        `That did not work, and nothing was changed${reasonOf(error)}.`,
        'Try again; an admin finds the reason in the log.',
      ),
    )
  }
}

/** What may be told to anyone: paths of the machine are for its admin. */
function reasonOf(error: unknown): string {
  if (!(error instanceof StoreError)) return ''
  if (error.fault === 'full') return ': the disk that Paperboy keeps its data on is full'
  return error.fault === 'denied' ? ': Paperboy may not write to its data folder' : ''
}

async function runCommand(
  commands: readonly Command[],
  services: Services,
  question: Extract<Question, { kind: 'command' }>,
  asking: Asking,
): Promise<Reply> {
  const { input } = question
  const { name, rest } = input.form === 'text' ? splitLine(input.text) : { name: input.command, rest: '' }
  const command = findCommand(commands, name === '' ? 'help' : name)
  if (command === undefined) return unknownCommand(commands, name)
  const read: ReadLine = input.form === 'text' ? readLine(command, rest) : typedOptions(command, input.options)
  if (read.kind === 'wrong') return wrongUse(command, read.why)
  const allowed = authorize(question.actor, question.channel, command.rank)
  if (allowed.kind === 'denied') return privately(notice('warning', allowed.why))
  return command.run(contextOf(services, question, allowed.scope, asking), read.options)
}

async function runAction(
  commands: readonly Command[],
  services: Services,
  question: Extract<Question, { kind: 'action' | 'form' }>,
  asking: Asking,
): Promise<Reply> {
  const handler = findAction(commands, question.name)
  if (handler === undefined)
    return privately(
      notice('warning', 'This button is from an older message and no longer works.', 'Type /papers help.'),
    )
  const allowed = authorize(question.actor, question.channel, handler.rank)
  if (allowed.kind === 'denied') return privately(notice('warning', allowed.why))
  const values = question.kind === 'form' ? question.values : {}
  return handler.run(contextOf(services, question, allowed.scope, asking), question.args, values)
}

function contextOf(services: Services, question: Question, scope: Context['scope'], asking: Asking): Context {
  return {
    ...services,
    actor: question.actor,
    scope,
    channel: question.channel,
    signal: asking.signal,
    progress: (reply) => asking.progress?.(reply),
  }
}

function findAction(commands: readonly Command[], name: string): ActionHandler | undefined {
  for (const command of commands) {
    const handler = Object.hasOwn(command.actions ?? {}, name) ? command.actions?.[name] : undefined
    if (handler !== undefined) return handler
  }
  return undefined
}

function unknownCommand(commands: readonly Command[], name: string): Reply {
  const near = nearestName(commands, name)
  const guess = near === undefined ? '' : `Did you mean /papers ${near}? `
  return privately(notice('warning', `There is no command “${name}”.`, `${guess}/papers help lists them all.`))
}

/** A name, or another one, of a command that a slip of the finger makes of what was typed: one letter in a short word, two in a longer one. */
function nearestName(commands: readonly Command[], typed: string): string | undefined {
  const slips = typed.length < 6 ? 1 : 2
  return commands
    .flatMap((command) => [command.name, ...(command.aliases ?? [])])
    .map((name) => ({ name, far: distance(typed, name) }))
    .filter(({ name, far }) => far <= slips && far < name.length - 1)
    .toSorted((a, b) => a.far - b.far)[0]?.name
}

function wrongUse(command: Command, why: string): Reply {
  return privately({
    summary: why,
    nodes: [
      { kind: 'notice', tone: 'warning', text: `${why}.`, next: `Usage: ${usage(command)}` },
      ...command.examples.map((example) => ({
        kind: 'line' as const,
        quiet: true,
        spans: [{ text: `/papers ${example}`, style: 'code' as const }],
      })),
    ],
  })
}
