import { commands } from '../../commands/index.ts'
import { readConfig, readSettings } from '../config.ts'
import type { PlatformDefinition } from '../delivery/platform.ts'
import { platforms } from '../platforms/index.ts'
import { readArguments } from './arguments.ts'
import { type Io, UsageError, type Verb } from './verb.ts'

/** `paperboy slack manifest` and the like: what a platform can print for whoever sets it up. */
export const platformVerbs: readonly Verb[] = platforms.flatMap((definition) => {
  const words = Object.keys(definition.words ?? {})
  return words.length === 0 ? [] : [verbOf(definition, words)]
})

function verbOf(definition: PlatformDefinition, words: readonly string[]): Verb {
  const usage = `${definition.name} ${words.join('|')}`
  return {
    name: definition.name,
    usage,
    summary: words.map((word) => definition.words?.[word]?.summary ?? '').join('; '),
    run: async (args, io) => print(definition, words, args, io),
  }
}

async function print(definition: PlatformDefinition, words: readonly string[], args: readonly string[], io: Io) {
  const [name, ...more] = readArguments(args, {}).words
  const word = name === undefined ? undefined : definition.words?.[name]
  if (word === undefined || more.length > 0)
    throw new UsageError(`${definition.name} is followed by ${words.join(' or ')}`)
  const { environment, publicUrl } = readConfig(io.environment, io.terminal)
  io.out(
    word.print(readSettings(definition.settings, environment), {
      commands,
      ...(publicUrl === undefined ? {} : { publicUrl }),
    }),
  )
  return 0 as const
}
