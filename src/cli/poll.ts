import { createApp } from '../app.ts'
import { systemClock } from '../clock.ts'
import { readConfig } from '../config.ts'
import { runRound } from '../jobs/round.ts'
import { createLog } from '../logging.ts'
import { systemRandom } from '../random.ts'
import { lockDataDir } from '../store/lock.ts'
import { readArguments } from './arguments.ts'
import { refuseDemoFolder } from './demo-folder.ts'
import { tellingRetries } from './retry-words.ts'
import { settingsInVain } from './setting-names.ts'
import { Refusal, UsageError, type Verb } from './verb.ts'

/** Whoever runs rounds by a cron job is told after this long without an answer, and the next run goes on. */
const PATIENCE_MS = 90_000
const NEXT_RUN = 'What was learnt is kept, and the next run goes on from there.'

/** One whole round without listening, for a cron job or a test. */
export const poll: Verb = {
  name: 'poll',
  usage: 'poll --once [--since YYYY-MM-DD]',
  summary: 'One round: harvest, match, compose what is due, deliver, stop',
  async run(args, io) {
    const read = readArguments(args, { once: 'boolean', since: 'string' })
    const since = read.text('since')
    if (!read.flag('once') || read.words.length > 0)
      throw new UsageError('poll runs one round and needs --once; paperboy start goes on for ever')
    if (since !== undefined && !isDay(since)) throw new UsageError(`--since “${since}” is no day YYYY-MM-DD`)
    const config = readConfig(io.environment, io.terminal)
    for (const sentence of settingsInVain(io.environment)) io.say(sentence)
    refuseDemoFolder(config.dataDir)
    const lock = await lockDataDir(config.dataDir, 'poll')
    if (lock.kind === 'held') throw new Refusal(lock.message)
    try {
      const app = await createApp(
        {
          config,
          clock: systemClock,
          random: systemRandom,
          fetch,
          log: tellingRetries(createLog(config.log), io.say, systemClock),
        },
        { patienceMs: PATIENCE_MS },
      )
      try {
        const round = await runRound(app, io.signal, since)
        const { ok, completeThrough, clock, disk, sources } = await app.status()
        for (const trouble of [clock, disk]) if (trouble !== undefined) io.say(trouble)
        for (const { state, detail } of sources)
          if (state === 'failed' || state === 'stalled') io.say(`${detail} ${NEXT_RUN}`)
        const { failures, ...counts } = round
        io.out(JSON.stringify({ event: 'round', ...counts, completeThrough }))
        return ok && failures === 0 ? 0 : 1
      } finally {
        await app.close()
      }
    } finally {
      lock.release()
    }
  },
}

function isDay(text: string): boolean {
  return /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(Date.parse(text))
}
