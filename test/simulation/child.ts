// Run as a process of its own: one round of the whole program on DATA_DIR, as `paperboy poll --once` runs it, under a clock that
// begins at NOW (epoch ms). SETUP is what is followed after that round, and the channels' caps. A test kills it in the middle.
// With CHATS, the start of the chat services' addresses, the clock moves on whenever nothing goes over the network, and the
// services are told the time.
import { createApp } from '../../src/app.ts'
import { jumpingClock } from '../../src/cli/demo/jumping-clock.ts'
import { importSubscriptions } from '../../src/cli/import.ts'
import { readConfig } from '../../src/config.ts'
import { defaultSettings } from '../../src/digest/schedule-text.ts'
import { runRound } from '../../src/jobs/round.ts'
import { createLog } from '../../src/logging.ts'
import type { ChannelId } from '../../src/message/channel.ts'
import { systemRandom } from '../../src/random.ts'
import { channelKey } from '../../src/store/keys.ts'
import { lockDataDir } from '../../src/store/lock.ts'
import { HastyTime } from './hasty-time.ts'

interface Setup {
  readonly follows: string
  readonly caps: Readonly<Record<ChannelId, number>>
}

const { signal } = new AbortController()
const config = readConfig(process.env, false)
const lock = await lockDataDir(config.dataDir, 'poll')
if (lock.kind === 'held') throw new Error(lock.message)
const now = Number(process.env.NOW)
const hasty = process.env.CHATS === undefined ? undefined : new HastyTime(now, process.env.CHATS)
const world = hasty ?? { clock: jumpingClock(now), fetch }
const app = await createApp({
  config,
  clock: world.clock,
  random: systemRandom,
  fetch: world.fetch,
  log: createLog(config.log),
})
process.stdout.write('open\n')
const round = runRound(app, signal)
const { failures } = await (hasty?.during(round) ?? round)
const setup: Setup = JSON.parse(process.env.SETUP ?? '{"follows":"","caps":{}}')
if (setup.follows !== '') await importSubscriptions(app, setup.follows, 'SETUP', signal)
for (const [channel, cap] of Object.entries(setup.caps)) {
  await app.house.store.settings.set(channelKey(channel as ChannelId), { ...defaultSettings(), cap })
}
await app.close()
lock.release()
process.exitCode = failures > 0 ? 1 : 0
