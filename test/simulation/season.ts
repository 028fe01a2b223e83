import { localActor } from '../../src/cli/local.ts'
import { feedOpens, metadataOpens } from '../../src/cli/replay/eastern.ts'
import type { Announcement } from '../../src/cli/replay/event.ts'
import { isoAt } from '../../src/clock.ts'
import { defaultSettings } from '../../src/digest/schedule-text.ts'
import type { ChannelId } from '../../src/message/channel.ts'
import type { Button } from '../../src/message/message.ts'
import type { Reply } from '../../src/message/reply.ts'
import type { PaperId } from '../../src/papers/paper.ts'
import type { Random } from '../../src/random.ts'
import { channelKey } from '../../src/store/keys.ts'
import { Meter } from '../support/counted.ts'
import { seededRandom } from '../support/seeded-random.ts'
import { Backups } from './backups.ts'
import { pairOf, waitingIn } from './deliveries.ts'
import { anyFault } from './faults.ts'
import { breaches, missing, totals, unkept } from './invariants.ts'
import { aDay, editedOld, listingDays, people, pick, shuffled, toldAgain } from './papers.ts'
import { byAuthor, type Following, reckon } from './reckoning.ts'
import { following, inOrder, type JobName, SimulatedWorld } from './world.ts'

const HOUR = 3_600_000

const authors = new Map(
  [people.slice(0, 9), people.slice(6, 15), people.slice(12, 22)].map((names, at) => [
    `${at === 2 ? 'memory:season' : 'web:demo'}/authors-${at}` as ChannelId,
    names,
  ]),
)
const agents = 'web:demo/agents' as ChannelId
const words = 'web:demo/words' as ChannelId
const schedules = ['immediate', 'daily 09:00', 'weekdays 17:30', 'cron 0 */6 * * *']

/** Weeks of the whole program that follow from one number: its papers, its faults, its ends. */
export class Season {
  readonly trace: string[] = []
  readonly #random: Random
  readonly #world: SimulatedWorld
  readonly #days = listingDays('2025-09-22', 80)
  readonly #announced: Announcement[] = []
  readonly #followings: Following[] = []
  /** When somebody said that a paper is theirs. */
  readonly #confirmed = new Map<string, number>()
  /** Ids that OAI-PMH left out on their day. */
  readonly #late = new Set<string>()
  readonly #backups = new Backups()
  /** When the catalogue was deleted last: a new one does not reach back to the first day. */
  #rebuiltSince = 0
  #listing = 0
  #number = 0

  constructor(seed: number) {
    this.#random = seededRandom(seed)
    this.#world = new SimulatedWorld({
      start: feedOpens(this.#days[0] ?? '') - 20 * HOUR,
      seed: seed + 1,
      oaiPageSize: 1 + this.#upTo(9),
      papersPerPart: 1 + this.#upTo(4),
    })
  }

  /** `steps` of anything, then some calm days in which all that is due must come. Answers with the first breach of a promise. */
  async live(steps: number): Promise<string | undefined> {
    try {
      await this.#begin()
      for (let at = 0; at < steps; at++) {
        await this.#step()
        const wrong = await this.#wrong()
        if (wrong.length > 0) return wrong.join('\n')
      }
      await this.#calm()
      const wrong = [...(await this.#wrong()), ...(await missing(this.#world, this.#reckoning()))]
      const { pending, open } = await waitingIn(this.#world.app)
      if (pending + open > 0) wrong.push(`${pending} papers and ${open} parts still wait`)
      this.#say(JSON.stringify({ due: this.#reckoning().due.size, ...(await totals(this.#world)) }))
      return wrong.length > 0 ? wrong.join('\n') : undefined
    } finally {
      await this.#world.dispose()
      this.#backups.dispose()
    }
  }

  async #begin(): Promise<void> {
    this.#announce()
    await this.#world.start()
    // Some follow before anything was ever harvested: what is announced from then on is theirs.
    const early = this.#random.next() < 0.5
    if (early) await this.#followFirst()
    await this.#world.clock.advance(feedOpens(this.#days[0] ?? '') + HOUR - this.#world.clock.now())
    if (early && this.#random.next() < 0.5) await this.#firstDaysWithout()
    await this.#world.round()
    if (!early) await this.#followFirst()
    this.#say(`the first harvest, and what is followed${early ? ' since before it' : ''}`)
  }

  /** arXiv can't be reached when it would first be asked. */
  async #firstDaysWithout(): Promise<void> {
    this.#world.arxiv.faults.on('unavailable', { retryAfter: 600 })
    for (let day = 0; day < 1 + this.#upTo(6); day++) {
      await this.#world.round()
      await this.#pass()
    }
    this.#world.arxiv.faults.allOff()
  }

  async #followFirst(): Promise<void> {
    const { store } = this.#world.app.house
    for (const channel of [...authors.keys(), agents, words]) {
      const timezone = pick(['UTC', 'Europe/Berlin', 'America/New_York'], this.#random)
      const quiet = this.#random.next() < 0.3 ? { quiet: '22:00-07:00' } : {}
      const schedule = pick(schedules, this.#random)
      const settings = { ...defaultSettings(timezone), schedule, cap: 1 + this.#upTo(6), ...quiet }
      await store.settings.set(channelKey(channel), settings)
    }
    const people = [...authors].flatMap(([channel, names]) => names.slice(0, 6).map((name) => ({ channel, name })))
    await this.#world.follow([
      { channel: agents, follows: { kind: 'category', category: 'cs.MA' } },
      { channel: words, follows: { kind: 'query', query: 'title:zeppelins' } },
      ...people.map(({ channel, name }) => following(channel, name)),
    ])
    this.#followings.push(
      await this.#fromNow(agents, 'cs.MA', { concerns: (event) => event.categories.includes('cs.MA') }),
      await this.#fromNow(words, 'zeppelins', { concerns: (event) => event.title.includes('Zeppelins') }),
    )
    for (const { channel, name } of people) {
      this.#followings.push(await this.#fromNow(channel, name, byAuthor(name)))
    }
  }

  async #step(): Promise<void> {
    const dice = this.#random.next()
    if (!this.#world.isRunning) return dice < 0.3 ? this.#pass() : this.#start()
    if (dice < 0.25) return this.#pass()
    if (dice < 0.53) return this.#jobs(inOrder)
    if (dice < 0.58) return this.#answer()
    if (dice < 0.68) return this.#jobs([pick<JobName>([...inOrder, 'tidy'], this.#random)])
    if (dice < 0.8) return this.#say(`arXiv: ${anyFault(this.#world.arxiv.faults, this.#random)}`)
    if (dice < 0.88) return this.#killAtAnEffect()
    if (dice < 0.92) return this.#restart()
    if (dice < 0.95) return this.#follow()
    if (dice < 0.962) return this.#unfollow()
    if (dice < 0.972) return this.#restore()
    if (dice < 0.985) return this.#loseCatalog()
    this.#world.arxiv.faults.allOff()
    this.#say('arXiv is well again')
  }

  /** Time goes by; listings that fall into it are written before they show. */
  async #pass(): Promise<void> {
    const hours = pick([0.2, 1, 3, 7, 12, 26], this.#random)
    const until = this.#world.clock.now() + hours * HOUR
    while (metadataOpens(this.#days[this.#listing] ?? '2099-01-01') < until + HOUR) this.#announce()
    await this.#world.clock.advance(hours * HOUR)
    this.#say(`${hours} h go by`)
    if (hours < 7) return
    await this.#backups.make(this.#world, this.#followings, this.#confirmed)
    this.#say('a backup is made')
  }

  #announce(): void {
    const day = this.#days[this.#listing] ?? ''
    const isFirst = this.#listing++ === 0
    if (this.#announced.at(-1)?.announced?.slice(0, 7) !== day.slice(0, 7)) this.#number = 0
    const papers = isFirst ? 12 : this.#upTo(9)
    const fresh = aDay(day, { random: this.#random, papers, first: this.#number + 1, initials: 0.15 })
    this.#number += papers
    const again = isFirst ? [] : toldAgain(this.#announced, day, this.#random)
    const old = editedOld(day, this.#listing * 30, this.#random)
    this.#announced.push(...old, ...again, ...fresh)
    this.#world.arxiv.replay.add([...old, ...again, ...fresh])
    this.#say(`listing of ${day}: ${fresh.length} new, ${again.length} again, ${old.length} old`)
    if (isFirst || fresh.length === 0 || this.#random.next() > 0.25) return
    const run = fresh.slice(0, 1 + this.#upTo(3)).map(({ id }) => id)
    for (const id of run) this.#late.add(id)
    this.#world.arxiv.faults.on('missingRun', { ids: run })
    this.#say(`OAI-PMH leaves out ${run.join(', ')}`)
  }

  async #start(): Promise<void> {
    const app = await this.#world.start()
    await this.#world.clock.run(app.courier.recover(new AbortController().signal))
    this.#say('a process begins')
    await this.#jobs(shuffled(inOrder, this.#random))
  }

  async #restart(): Promise<void> {
    await this.#world.stop()
    this.#say('the process stops')
    await this.#start()
  }

  /** Yesterday's backup, or one of the days before. */
  async #restore(): Promise<void> {
    await this.#world.stop()
    const back = this.#upTo(3)
    const done = await this.#backups.restore(this.#world, back, this.#followings, this.#confirmed)
    this.#say(`the last backup but ${back} is ${done ? '' : 'not '}restored`)
    await this.#start()
  }

  async #loseCatalog(): Promise<void> {
    await this.#world.stop()
    this.#world.deleteCatalog()
    this.#rebuiltSince = this.#world.clock.now()
    this.#say('the catalogue is deleted')
    await this.#start()
  }

  async #jobs(names: readonly JobName[]): Promise<void> {
    for (const name of names) this.#say(`${name}: ${JSON.stringify((await this.#world.job(name)) ?? null)}`)
  }

  async #killAtAnEffect(): Promise<void> {
    const at = 1 + Math.floor(this.#random.next() ** 2 * 40)
    const when = pick(['before', 'after'] as const, this.#random)
    await this.#world.stop()
    const meter = new Meter({ kind: 'stop', when, at })
    await this.#world.start(meter)
    for (const job of shuffled(inOrder, this.#random)) {
      await this.#world.job(job).catch((error: unknown) => {
        if (!meter.stopped) throw error
      })
    }
    await this.#world.kill()
    this.#say(`killed ${when} effect ${Math.min(at, meter.effects.length)}, ${meter.effects.at(-1)}`)
  }

  /** Somebody follows one more author, as people do. */
  async #follow(): Promise<void> {
    const [channel, names] = pick([...authors], this.#random)
    const name = pick(names, this.#random)
    if (this.#followed(channel, name) !== undefined) return
    const typed = this.#random.next() < 0.5
    // What was learnt and not yet matched is no news to who begins to follow in between.
    if (!typed) await this.#jobs(['harvest'])
    const begun = await this.#fromNow(channel, name, byAuthor(name))
    const reply = typed
      ? await this.#subscribe(channel, name)
      : `${await this.#world.follow([following(channel, name)])} imported`
    this.#followings.push(begun)
    this.#say(`${channel} follows ${name}: ${reply}`)
  }

  /** Typed, and followed all the same where nobody of the name is known yet. */
  async #subscribe(channel: ChannelId, name: string): Promise<string> {
    const reply = await this.#reply(channel, `subscribe author:"${name}"`)
    const sure = buttonsOf(reply).find(({ label }) => label === 'Follow it all the same')
    if (sure === undefined) return JSON.stringify(reply).slice(0, 150)
    return JSON.stringify(await this.#press(channel, sure.action.name, sure.action.args)).slice(0, 150)
  }

  async #unfollow(): Promise<void> {
    const [channel, names] = pick([...authors], this.#random)
    const followed = this.#followed(channel, pick(names, this.#random))
    if (followed === undefined) return
    const until = this.#world.clock.now()
    const reply = await this.#reply(channel, `unsubscribe author:"${followed.what}"`)
    this.#say(`${channel} no longer follows ${followed.what}`)
    if (this.#random.next() < 0.6) {
      await this.#jobs(shuffled<JobName>(['harvest', 'match', 'decide'], this.#random))
      if ((await this.#undo(channel, reply)).includes('Undone')) return
    }
    followed.until = until
  }

  /** Somebody says of a paper that may be theirs whether it is; now and then they think better of it. */
  async #answer(): Promise<void> {
    const { store } = this.#world.app.house
    const open = await store.scan(store.questions, [], { limit: 1000 })
    if (open.length === 0) return this.#say('nothing is asked')
    const { key } = pick(open, this.#random)
    const [channel = '', paper = ''] = key
    const { subscription = '', label = '' } = (await store.seen.get(key))?.reasons[0] ?? {}
    const followed = this.#followed(channel as ChannelId, label)
    const before = followed?.doubted ?? false
    const name = pick(['its-them', 'not-them'], this.#random)
    const reply = await this.#press(channel as ChannelId, name, [paper, subscription])
    const pair = pairOf(channel, paper)
    if (name === 'its-them' && shownIn(reply).includes('Noted')) this.#confirmed.set(pair, this.#world.clock.now())
    if (name === 'not-them' && followed !== undefined) followed.doubted = true
    this.#say(`${name} in ${channel}, ${paper}: ${shownIn(reply)}`)
    if (this.#random.next() > 0.3) return
    if (this.#random.next() < 0.5) await this.#jobs(['decide', 'send'])
    if (!(await this.#undo(channel as ChannelId, reply)).includes('as it was before')) return
    this.#confirmed.delete(pair)
    if (followed !== undefined && !before) followed.doubted = false
  }

  async #undo(channel: ChannelId, reply: Reply): Promise<string> {
    const [button] = buttonsOf(reply)
    if (button === undefined) return ''
    const said = shownIn(await this.#press(channel, button.action.name, button.action.args))
    this.#say(`undo in ${channel}: ${said}`)
    return said
  }

  #press(channel: ChannelId, name: string, args: readonly string[]): Promise<Reply> {
    const { signal } = new AbortController()
    const question = { kind: 'action', actor: localActor(channel), channel, name, args } as const
    return this.#world.clock.run(this.#world.app.handlers.ask(question, { signal }))
  }

  #followed(channel: ChannelId, what: string): Following | undefined {
    return this.#followings.find((one) => one.channel === channel && one.what === what && one.until === undefined)
  }

  #reply(channel: ChannelId, text: string): Promise<Reply> {
    const { signal } = new AbortController()
    const question = { kind: 'command', actor: localActor(channel), channel, input: { form: 'text', text } } as const
    return this.#world.clock.run(this.#world.app.handlers.ask(question, { signal }))
  }

  async #fromNow(
    channel: ChannelId,
    what: string,
    which: Pick<Following, 'concerns' | 'mayConcern'>,
  ): Promise<Following> {
    const ids = [...new Set(this.#announced.map((event) => event.id))]
    const papers = await this.#world.app.house.catalog.getMany(ids.map((id) => `arxiv:${id}` as PaperId))
    const known = new Set(ids.filter((_, at) => papers[at] !== undefined))
    return { channel, what, ...which, since: this.#world.clock.now(), known }
  }

  /** arXiv is well, nothing ends, and jobs run hourly for four days, in the last of which nothing is announced. */
  async #calm(): Promise<void> {
    this.#world.arxiv.faults.allOff()
    if (!this.#world.isRunning) await this.#start()
    for (let hour = 0; hour < 100; hour++) {
      await this.#world.clock.advance(HOUR - 300_000)
      await this.#world.round()
    }
    this.#say('calm')
  }

  #reckoning() {
    return reckon(this.#announced, this.#followings, this.#confirmed)
  }

  async #wrong(): Promise<string[]> {
    if (!this.#world.isRunning) return []
    const broken = await breaches(this.#world, this.#reckoning())
    const held = this.#announced.filter((event) => metadataOpens(event.announced ?? '') > this.#rebuiltSince)
    return [...broken, ...(await unkept(this.#world, held, this.#late))]
  }

  #upTo(most: number): number {
    return Math.floor(this.#random.next() * most)
  }

  #say(what: string): void {
    this.trace.push(`${isoAt(this.#world.clock.now())} ${what}`)
  }
}

function shownIn(reply: Reply): string {
  return reply.kind === 'message' ? JSON.stringify(reply.message.nodes) : reply.kind
}

function buttonsOf(reply: Reply): readonly Button[] {
  const nodes = reply.kind === 'message' ? reply.message.nodes : []
  return nodes.flatMap((node) => (node.kind === 'buttons' ? node.buttons : []))
}
