import { setTimeout as sleep } from 'node:timers/promises'
import { createFakeDiscord } from '../test/support/discord/fake.ts'
import { arxivOfADay, startProgram } from './child.ts'
import { inFolder } from './folder.ts'
import { digits, type Figure, inMB, report } from './measure.ts'

// Memory of the real process in 1,000 Discord servers, each greeted; the gateway and the API are a stand-in on loopback. Beside it the same process
// without Discord.

const serverCount = 1_000
const channelCount = 10
const idleMs = 5_000
const patienceMs = 180_000

const arxiv = await arxivOfADay()
try {
  report([await measureServers()])
} finally {
  await arxiv.close()
}

async function measureServers(): Promise<Figure> {
  const bare = await inFolder(async (folder) => {
    const program = await startProgram(folder, arxiv)
    try {
      await sleep(idleMs)
      return program.bytes()
    } finally {
      await program.stop()
    }
  })
  const ours = await inFolder(inServers)
  return {
    name: `memory in ${serverCount.toLocaleString('en')} Discord servers`,
    ours: inMB(ours),
    bare: inMB(bare),
    ratio: digits(ours / bare),
    note: `resident, ${idleMs / 1000} s after the last hello, ${channelCount} channels in each server, one day’s ${arxiv.papers} papers to harvest; bare: the same process without Discord`,
  }
}

async function inServers(folder: string): Promise<number> {
  const discord = await createFakeDiscord()
  const guilds = Array.from({ length: serverCount }, (_, at) => discord.addGuild({ name: `Server ${at}` }))
  for (const guild of guilds)
    for (let at = 0; at < channelCount; at++) discord.addChannel(guild, { name: `channel-${at}` })
  const program = await startProgram(folder, arxiv, { DISCORD_TOKEN: discord.token, DISCORD_API_URL: discord.url })
  const greeted = () =>
    discord.requests.filter(
      ({ method, path, status }) => method === 'POST' && path.endsWith('/messages') && status === 200,
    ).length
  try {
    for (const until = Date.now() + patienceMs; greeted() < serverCount; await sleep(500))
      if (Date.now() > until) throw new Error(`${greeted()} of ${serverCount} servers were greeted`)
    await sleep(idleMs)
    return program.bytes()
  } finally {
    await program.stop()
    await discord.close()
  }
}
