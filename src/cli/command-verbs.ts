import { usage } from '../../commands/grammar.ts'
import { commands } from '../../commands/index.ts'
import type { Message } from '../message/message.ts'
import { renderText } from '../platforms/text/render.ts'
import { type DataVerb, dataVerb } from './beside.ts'
import { askLocally, channelNamed, telling } from './local.ts'
import type { Verb } from './verb.ts'

/** Commands that only read can look at the files while another process has them. */
const READING: ReadonlySet<string> = new Set(['help', 'subscriptions', 'cite'])

/** Every command that has no verb of its own is one all the same, run as `local` with the rank of an admin. */
export function commandVerbs(taken: readonly string[]): readonly (Verb & DataVerb)[] {
  return commands
    .filter((command) => !taken.includes(command.name))
    .map((command) =>
      dataVerb({
        name: command.name,
        usage: `${usage(command).replace('/papers ', '')} [--channel C]`,
        summary: command.summary,
        access: READING.has(command.name) ? 'read' : 'write',
        options: { channel: 'string' },
        words: neededWord(command),
        async work(app, read, io) {
          const line = [command.name, ...read.words.map(quotedAgain)].join(' ')
          const reply = await askLocally(app, channelNamed(read.text('channel')), line, io.signal, telling(io))
          if (reply.kind === 'message')
            io.out(read.flag('json') ? JSON.stringify(reply.message) : renderText(reply.message))
          else io.out(reply.kind === 'file' ? reply.body.trimEnd() : JSON.stringify(reply))
          return reply.kind === 'message' && isRefusal(reply.message) ? 1 : 0
        },
      }),
    )
}

/** An error, or nothing but a warning: what was asked for could not be done. */
function isRefusal({ nodes }: Message): boolean {
  const tones = nodes.map((node) => (node.kind === 'notice' ? node.tone : undefined))
  return tones.includes('error') || (tones.length === 1 && tones[0] === 'warning')
}

function neededWord(command: (typeof commands)[number]): DataVerb['words'] {
  const needed = command.options.find((option) => option.required === true)
  return needed === undefined ? 'any' : { needed: needed.name.toUpperCase() }
}

/** The shell took the quotes off an argument of several words. */
function quotedAgain(word: string): string {
  return /\s/.test(word) && !word.includes('"') && !/^[\w-]+:/.test(word) ? `"${word}"` : word
}
