import { isoAt } from '../../src/clock.ts'
import type { ChannelId } from '../../src/message/channel.ts'
import { channelParts } from '../../src/message/channel.ts'
import type { PaperId } from '../../src/papers/paper.ts'
import { renderText } from '../../src/platforms/text/render.ts'
import { seenKey } from '../../src/store/keys.ts'
import { entriesOf } from '../../src/store/store.ts'
import { type Delivery, deliveriesOf, disagreements, pairOf } from './deliveries.ts'
import type { ManyChannels } from './fifty-channels.ts'
import { FAILURES } from './invariants.ts'
import type { Reckoning } from './reckoning.ts'
import type { SimulatedWorld } from './world.ts'

/** As long as the program keeps digests, less a day. */
const KEPT_MS = 89 * 24 * 3_600_000

/** What must hold at any moment of a year. */
export class YearInvariants {
  readonly #world: SimulatedWorld
  readonly #services: ManyChannels
  /** Digests go after a while, and what they listed stays given. */
  readonly #markedLists = new Set<string>()
  readonly #unknown = new Set<string>()
  #heard = 0

  constructor(world: SimulatedWorld, services: ManyChannels) {
    this.#world = world
    this.#services = services
  }

  /** Of the channels to which something happened since the `from`-th event. */
  async after({ allowed }: Reckoning, from: number): Promise<readonly string[]> {
    const events = this.#world.events.slice(from)
    const touched = new Set(
      events.flatMap(({ event, channel }) => (/^(?:digest|part|recall)\./.test(event) ? [channel as ChannelId] : [])),
    )
    const wrong: string[] = this.#failures()
    for (const channel of touched) {
      const times = new Map<string, number>()
      const marked = new Set<string>()
      for (const post of await this.#posts(channel)) {
        for (const { id } of post.papers) {
          times.set(id, (times.get(id) ?? 0) + 1)
          if (post.text.includes('(may repeat)')) marked.add(id)
        }
      }
      for (const [paper, count] of times) {
        if (count > 1 && !marked.has(paper)) wrong.push(`${pairOf(channel, paper)} came ${count} times`)
        if (!allowed.has(pairOf(channel, paper))) wrong.push(`${pairOf(channel, paper)} is no news of anyone followed`)
      }
    }
    return wrong
  }

  /** Of everything: what was given, what is seen, and the ledger. */
  async all({ allowed }: Reckoning): Promise<readonly string[]> {
    const { app } = this.#world
    const found = await this.#found()
    const marked = await this.#marked()
    const wrong = this.#failures()
    for (const [pair, { posted, listed }] of found) {
      if (posted + listed > 1 && !marked.has(pair)) wrong.push(`${pair} came twice: posted ${posted}, listed ${listed}`)
      if (!allowed.has(pair)) wrong.push(`${pair} is no news of anyone followed`)
    }
    const excused = new Set([...marked, ...(await this.#forgotten(found))])
    const single = new Map([...found].filter(([pair]) => !excused.has(pair)))
    const apart = await disagreements(app, single)
    wrong.push(...apart.filter((said) => ![...excused].some((pair) => said.startsWith(`${pair}:`))))
    wrong.push(...this.#services.wrongs())
    this.#world.arxiv.assertSpacing(3000)
    return wrong
  }

  /** What is due and was given nowhere. */
  async missing({ due }: Reckoning): Promise<readonly string[]> {
    const found = await this.#found()
    return [...due].flatMap(([pair, shownAt]) =>
      found.has(pair) ? [] : [`${pair} is missing, shown by arXiv at ${isoAt(shownAt)}`],
    )
  }

  /** Posts that show a paper under a title that was corrected since. */
  async untrue(titles: ReadonlyMap<PaperId, string>): Promise<readonly string[]> {
    const marked = await this.#marked()
    const { store } = this.#world.app.house
    const wrong: string[] = []
    const look = (channel: ChannelId, papers: readonly { readonly id: PaperId }[], shown: string) => {
      for (const { id } of papers) {
        const title = titles.get(id)
        const pair = pairOf(channel, id)
        if (title === undefined || shown.includes(title) || marked.has(pair)) continue
        wrong.push(`${pair} is not shown as “${title}”`)
      }
    }
    for (const channel of this.#services.channels)
      for (const { papers, shown } of this.#services.shown(channel)) look(channel, papers, shown)
    for await (const { value } of entriesOf(store, store.webPosts, []))
      look(value.channel, value.papers, JSON.stringify(value.message))
    return wrong
  }

  async totals({ due }: Reckoning) {
    const all = [...(await this.#found()).values()]
    const sum = (of: (one: Delivery) => number) => all.reduce((total, one) => total + of(one), 0)
    return {
      due: due.size,
      posted: sum(({ posted }) => posted),
      listed: sum(({ listed }) => listed),
      marked: (await this.#marked()).size,
    }
  }

  /** Parts that are neither posted nor given up, and channels that are still to be looked at. */
  async open(): Promise<number> {
    const { store } = this.#world.app.house
    let open = 0
    for await (const _ of entriesOf(store, store.outbox, [])) open++
    for await (const { value } of entriesOf(store, store.recalls, [])) if (value.done === undefined) open++
    return open
  }

  #failures(): string[] {
    const { events } = this.#world
    const fresh = events.slice(this.#heard)
    this.#heard = events.length
    // Of a channel from which the bot was thrown out parts are parked.
    return fresh.flatMap(({ event, ...fields }) =>
      FAILURES.has(event) && event !== 'part.parked'
        ? [`${event}: ${JSON.stringify(fields)} ${String(fields.error ?? '')}`]
        : [],
    )
  }

  /** What is given, with lists that have gone with their digest. */
  async #found(): Promise<ReadonlyMap<string, Delivery>> {
    const { app, clock } = this.#world
    const { store } = app.house
    const found = new Map(await deliveriesOf(app, this.#services))
    const before = isoAt(clock.now() - KEPT_MS)
    for await (const { key, value } of entriesOf(store, store.seen, [])) {
      const [channel, paper] = [key[0] as ChannelId, key[1] as PaperId]
      if (value.state !== 'listed' || value.at > before || found.has(pairOf(channel, paper))) continue
      found.set(pairOf(channel, paper), { channel, paper, posted: 0, listed: 1 })
    }
    return found
  }

  /** What stands in channels that nobody could look at after a restore, for what was followed first in the gap: nothing is known of it. */
  async #forgotten(found: ReadonlyMap<string, Delivery>): Promise<ReadonlySet<string>> {
    const { store } = this.#world.app.house
    const unseen = new Set<string>()
    for await (const { key, value } of entriesOf(store, store.recalls, []))
      if (value.done !== undefined && value.done.how !== 'the platform was asked') unseen.add(key[0] ?? '')
    for (const [pair, { channel, paper }] of found)
      if (unseen.has(channel) && (await store.seen.get(seenKey(channel, paper))) === undefined) this.#unknown.add(pair)
    return this.#unknown
  }

  /** Papers of messages that say that they may repeat, and of the lists behind them. */
  async #marked(): Promise<ReadonlySet<string>> {
    const posts = this.#services.channels.flatMap((channel) => this.#services.posts(channel))
    const shown = posts.flatMap(({ channel, text, papers }) =>
      text.includes('(may repeat)') ? papers.map(({ id }) => pairOf(channel, id)) : [],
    )
    const { store } = this.#world.app.house
    for await (const { value } of entriesOf(store, store.digests, []))
      if (value.mayRepeat) for (const { paper } of value.listed) this.#markedLists.add(pairOf(value.channel, paper))
    return new Set([...shown, ...this.#markedLists])
  }

  async #posts(channel: ChannelId) {
    if (channelParts(channel).platform !== 'web') return this.#services.posts(channel)
    const { store } = this.#world.app.house
    const posts: { readonly text: string; readonly papers: readonly { readonly id: PaperId }[] }[] = []
    for await (const { value } of entriesOf(store, store.webPosts, [channel]))
      posts.push({ text: renderText(value.message), papers: value.papers })
    return posts
  }
}
