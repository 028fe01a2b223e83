import { isoAt } from '../../src/clock.ts'
import { Meter } from '../support/counted.ts'
import { anyFault } from './faults.ts'
import { people, pick, shuffled } from './papers.ts'
import { byAuthor } from './reckoning.ts'
import { following, inOrder } from './world.ts'
import type { YearWorld } from './year-world.ts'

const HOUR = 3_600_000

/** One of all that can befall the program, or that people do. */
export async function somethingBefalls(year: YearWorld): Promise<void> {
  const dice = year.random.next()
  if (!year.world.isRunning) return
  if (dice < 0.3) return year.note('fault', year.services.anyFault(year.random))
  if (dice < 0.38) return arxivFault(year)
  if (dice < 0.48) return pause(year)
  if (dice < 0.56) return kick(year)
  if (dice < 0.64) return killAtAnEffect(year)
  if (dice < 0.7) return restart(year, 'restart')
  if (dice < 0.75) return upgrade(year)
  if (dice < 0.8) return downForDays(year)
  if (dice < 0.85) return restore(year)
  if (dice < 0.9) return follow(year)
  if (dice < 0.95) return change(year)
  return digestNow(year)
}

function arxivFault(year: YearWorld): void {
  year.note('arXiv fault', anyFault(year.world.arxiv.faults, year.random))
  year.soon(2, 'arXiv is well again', async () => year.world.arxiv.faults.allOff())
}

async function pause(year: YearWorld): Promise<void> {
  const channel = year.anyChannel()
  const hours = pick([5, 30, 100, 300], year.random)
  const said = await year.command(channel, `pause for ${hours} hours`)
  year.book.paused.set(channel, year.now + hours * HOUR)
  year.note('pause', `${channel}: ${said}`)
  if (year.random.next() < 0.5) return
  year.soon(6, `${channel} is resumed`, async () => {
    if (!year.world.isRunning) return
    await year.command(channel, 'resume')
    year.book.paused.delete(channel)
  })
}

async function kick(year: YearWorld): Promise<void> {
  const door = pick(year.services.doors, year.random)
  if (year.out.has(door)) return
  year.out.add(door)
  door.kick()
  year.note('kick', door.channels.join(', '))
  for (const channel of door.channels) await year.tell({ kind: 'bot-removed', channel })
  year.soon(8, `invited again to ${door.channels.join(', ')}`, () => year.invite(door))
}

async function killAtAnEffect(year: YearWorld): Promise<void> {
  const at = 1 + Math.floor(year.random.next() ** 2 * 60)
  const meter = new Meter({ kind: 'stop', when: pick(['before', 'after'] as const, year.random), at })
  await year.world.stop()
  await year.world.start(meter)
  for (const job of shuffled(inOrder, year.random)) {
    await year.world.job(job).catch((error: unknown) => {
      if (!meter.stopped) throw error
    })
  }
  await year.world.kill()
  year.note('kill', `at ${meter.effects.at(-1)}`)
  await year.start()
}

async function restart(year: YearWorld, what: string): Promise<void> {
  await year.world.stop()
  year.note(what, '')
  await year.start()
}

async function upgrade(year: YearWorld): Promise<void> {
  year.services.edition++
  await restart(year, 'upgrade')
}

async function downForDays(year: YearWorld): Promise<void> {
  await year.world.stop()
  year.note('days down', '')
  year.soon(4, 'the process begins again', async () => {
    if (!year.world.isRunning) await year.start()
  })
}

/** Yesterday's backup, mostly. */
async function restore(year: YearWorld): Promise<void> {
  await year.world.stop()
  if (await year.takeBackup(year.upTo(2))) year.note('restore', '')
  await year.start()
  await year.look()
}

async function follow(year: YearWorld): Promise<void> {
  const channel = year.anyChannel()
  const name = pick(people, year.random)
  if (year.followed(channel).some(({ what }) => what === name)) return
  await year.world.job('harvest')
  const begun = year.now
  await year.noteFollowing(channel, name, byAuthor(name))
  await year.world.follow([following(channel, name)])
  year.note('follow', `${channel} follows ${name} from ${isoAt(begun)}`)
}

/** Now and then a channel gives up what it follows, with papers that wait for it. */
export async function unfollow(year: YearWorld): Promise<void> {
  const channel = year.anyChannel()
  const followed = year.followed(channel).filter(({ what }) => what !== 'cs.MA')
  if (followed.length < 2 && year.random.next() < 0.7) return
  const [one] = followed
  if (one === undefined) return
  year.note('unfollow', `${channel}: ${await year.command(channel, `unsubscribe author:"${one.what}"`)}`)
  year.ended(one)
}

async function change(year: YearWorld): Promise<void> {
  const channel = year.anyChannel()
  const rule = year.anyRule(10 + year.upTo(90))
  const said = await year.command(
    channel,
    `settings schedule="${rule.text}" timezone=${rule.timezone} quiet=${rule.quietText}`,
  )
  year.book.rules.set(channel, rule)
  year.note('settings', `${channel}: ${rule.text} ${rule.timezone} ${rule.quietText}: ${said}`)
}

async function digestNow(year: YearWorld): Promise<void> {
  const channel = year.anyChannel()
  year.note('digest now', `${channel}: ${await year.command(channel, 'digest now')}`)
}
