import { setTimeout as sleep } from 'node:timers/promises'
import { createFakeDiscord } from '../test/support/discord/fake.ts'
import { createFakeSlack } from '../test/support/slack/fake.ts'
import { arxivOfADay, freePort, type Running, startProgram } from './child.ts'
import { inFolder } from './folder.ts'
import { digits, type Figure, quantile, report } from './measure.ts'

// 200 commands a second for 30 s against the real program: how soon each is acknowledged, how soon it is answered, and whether any is lost. Slack
// calls it over signed HTTP, Discord by its gateway; both are stand-ins on loopback, in this process, which shares the machine with the program.

const aSecond = 200
const seconds = 30
const GOAL_MS = 500
/** What is asked in one channel stays below a message a second, as Slack has it. */
const channelCount = 600
const answersMs = 30_000
/** The first harvest is over by then. */
const warmUpMs = 8_000

const typed = [
  'search diffusion',
  'search author:wang',
  'author Yang Liu',
  'help',
  'subscriptions',
  'status',
  'why 2401.00001',
]
const total = aSecond * seconds

/** What became of all, and what it cost the program. */
interface Run {
  readonly served: readonly Served[]
  readonly processorSeconds: number
}

/** What became of one command: milliseconds until it was acknowledged and answered; undefined for never. */
interface Served {
  readonly acknowledgedMs: number | undefined
  readonly answeredMs: number | undefined
}

const arxiv = await arxivOfADay()
try {
  report([
    figure('Slack, signed HTTP', await inFolder(overSlack)),
    figure('Discord, gateway', await inFolder(overDiscord)),
  ])
} finally {
  await arxiv.close()
}

async function overSlack(folder: string): Promise<Run> {
  const slack = await createFakeSlack()
  const team = slack.addTeam()
  const places = Array.from({ length: channelCount }, (_, at) => {
    const channel = slack.addChannel(team, { name: `papers-${at}` })
    return { channel, user: slack.addUser(team, { name: `person-${at}`, channels: [channel] }) }
  })
  const port = await freePort()
  slack.requestUrl(`http://127.0.0.1:${port}/slack/events`)
  const program = await startProgram(folder, arxiv, {
    SLACK_BOT_TOKEN: team.token,
    SLACK_SIGNING_SECRET: slack.app.signingSecret,
    SLACK_API_URL: slack.url,
    PUBLIC_PORT: String(port),
  })
  try {
    return await inTime(program, async (at) => {
      const where = places[at % places.length]
      if (where === undefined) throw new Error('there is nobody')
      const began = performance.now()
      const asked = slack.command('/papers', typed[at % typed.length] ?? 'help', where)
      const acknowledgedMs = await asked.acknowledged().catch(() => undefined)
      const answeredMs = await msSince(began, asked.reply())
      return { acknowledgedMs, answeredMs }
    })
  } finally {
    await program.stop()
    await slack.close()
  }
}

async function overDiscord(folder: string): Promise<Run> {
  const discord = await createFakeDiscord()
  const guild = discord.addGuild({ name: 'Optics' })
  const places = Array.from({ length: channelCount }, (_, at) => ({
    channel: discord.addChannel(guild, { name: `papers-${at}` }),
    user: discord.addUser({ name: `person-${at}`, guild }),
  }))
  const program = await startProgram(folder, arxiv, { DISCORD_TOKEN: discord.token, DISCORD_API_URL: discord.url })
  const asking = typed.map((line) => {
    const [subcommand = '', ...rest] = line.split(' ')
    const option = { search: 'query', author: 'name', why: 'paper' }[subcommand]
    return { subcommand, options: option === undefined ? {} : { [option]: rest.join(' ') } }
  })
  try {
    return await inTime(program, async (at) => {
      const [where, input] = [places[at % places.length], asking[at % asking.length]]
      if (where === undefined || input === undefined) throw new Error('there is nobody')
      const began = performance.now()
      const asked = discord.command('papers', input, where)
      const acknowledgedMs = await msSince(began, asked.acknowledged())
      const answeredMs = await msSince(began, asked.reply())
      return { acknowledgedMs, answeredMs }
    })
  } finally {
    await program.stop()
    await discord.close()
  }
}

/** When it came; undefined where it never did. */
function msSince(began: number, coming: Promise<unknown>): Promise<number | undefined> {
  return coming.then(
    () => performance.now() - began,
    () => undefined,
  )
}

/** Each at its moment, whatever became of those before. */
async function inTime(program: Running, serve: (at: number) => Promise<Served>): Promise<Run> {
  await sleep(warmUpMs)
  const before = program.processorSeconds()
  const served: Promise<Served>[] = []
  const began = performance.now()
  while (served.length < total) {
    const due = Math.min(total, Math.floor(((performance.now() - began) / 1000) * aSecond) + 1)
    while (served.length < due) served.push(serve(served.length))
    await sleep(2)
  }
  const late = sleep(answersMs, undefined, { ref: false }).then(() => undefined)
  const answers = await Promise.all(served.map((each) => Promise.race([each, late])))
  return {
    served: answers.map((each) => each ?? { acknowledgedMs: undefined, answeredMs: undefined }),
    processorSeconds: program.processorSeconds() - before,
  }
}

function figure(name: string, { served, processorSeconds }: Run): Figure {
  const acknowledged = served.flatMap(({ acknowledgedMs }) => acknowledgedMs ?? [])
  const answered = served.flatMap(({ answeredMs }) => answeredMs ?? [])
  const p99 = quantile(acknowledged, 0.99)
  const lost = served.length - Math.min(acknowledged.length, answered.length)
  return {
    name: `${aSecond} commands a second for ${seconds} s, ${name}`,
    ours: `acknowledged p99 ${digits(p99)} ms, ${lost} lost`,
    goal: { text: `p99 < ${GOAL_MS} ms, none lost`, met: p99 < GOAL_MS && lost === 0 },
    note: `median ${digits(quantile(acknowledged, 0.5))} ms; answered after ${digits(quantile(answered, 0.5))} ms (p99 ${digits(quantile(answered, 0.99))} ms); ${digits((processorSeconds * 1000) / served.length)} ms of a processor for each; searches, authors, why, status and help from ${channelCount} people in as many channels, over ${arxiv.papers} papers; the servers’ stand-in shares the machine`,
  }
}
