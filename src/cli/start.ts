import { systemClock } from '../clock.ts'
import { readConfig } from '../config.ts'
import { createLog } from '../logging.ts'
import { systemRandom } from '../random.ts'
import { readArguments } from './arguments.ts'
import type { DataVerb } from './beside.ts'
import { refuseDemoFolder } from './demo-folder.ts'
import { serve } from './serving.ts'
import { settingsInVain } from './setting-names.ts'
import { UsageError, type Verb } from './verb.ts'

/** The bot itself. */
export function startVerb(verbs: () => readonly DataVerb[]): Verb {
  return {
    name: 'start',
    usage: 'start',
    summary: 'Run the bot: follow sources, post digests, answer questions',
    async run(args, io) {
      if (readArguments(args, {}).words.length > 0)
        throw new UsageError('start takes nothing; settings come from the environment or .env')
      const config = readConfig(io.environment, io.terminal)
      refuseDemoFolder(config.dataDir)
      for (const sentence of settingsInVain(io.environment)) io.say(sentence)
      await serve({ config, clock: systemClock, random: systemRandom, fetch, log: createLog(config.log) }, io, {
        verb: 'start',
        verbs: verbs(),
        opened: async (url) => io.say(`Open the console once with: ${url}`),
      })
      return 0
    },
  }
}
