import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Handlers, OutgoingPart, Platform, Question } from '../../src/delivery/platform.ts'
import type { ChannelId } from '../../src/message/channel.ts'
import { notice } from '../../src/message/message.ts'
import type { PaperId } from '../../src/papers/paper.ts'
import { hostileCorpus } from '../support/hostile-corpus.ts'

/** A platform driver in front of a world that the test can look at. */
export interface PlatformHarness {
  readonly platform: Platform
  readonly channel: ChannelId
  readonly otherChannel: ChannelId
  /** The world's time, epoch ms. */
  now(): number
  /** What stands in the channel, oldest first. */
  posted(channel: ChannelId): Promise<readonly StandingPart[]>
  /** Types a command in the channel; the answer as the asker reads it. */
  ask?(text: string): Promise<string>
  /** Each concerns the next request alone. */
  readonly faults?: {
    /** It is carried out, and its answer is lost. */
    loseReply?(): void
    /** It never arrives. */
    loseRequest?(): void
    throttle?(retryAfterMs: number): void
    /** It is not answered until it is given up. */
    hang?(): void
  }
  stop?(): Promise<void>
}

export interface StandingPart {
  readonly key: string
  /** As a reader sees it, after the platform has interpreted what was sent; white space may be folded. */
  readonly text: string
  /** What in it notifies somebody, links or is formatted though our message did not ask for it. */
  readonly wild?: readonly string[]
}

/** What every platform driver must do. Each test gets a harness of its own. */
export function describePlatform(name: string, make: () => Promise<PlatformHarness>): void {
  describe(`the ${name} platform`, () => {
    let house: PlatformHarness
    const stopping = new AbortController()
    const unhurried = new AbortController().signal

    beforeEach(async () => {
      house = await make()
      await house.platform.start(echo, stopping.signal)
    })

    afterEach(async () => {
      await house.platform.stop()
      await house.stop?.()
    })

    const post = (part: OutgoingPart, channel = house.channel) => house.platform.post(channel, part, unhurried)
    const find = (part: OutgoingPart, channel = house.channel, since = house.now() - 3_600_000) =>
      house.platform.find(channel, part, since, unhurried)

    it('finds a part that it posted, by its key', async () => {
      const result = await post(aPart('one'))
      expect(result.kind).toBe('posted')
      const found = await find(aPart('one'))
      expect(found).toEqual({ kind: 'found', receipt: result.kind === 'posted' ? result.receipt : undefined })
    })

    it('shows a posted part once, with its text', async () => {
      await post(aPart('one', 'Sparse features'))
      const standing = await house.posted(house.channel)
      expect(standing.map((each) => each.key)).toEqual([keyOf('one')])
      expect(standing[0]?.text).toContain('Sparse features')
    })

    it('says that a part is absent which was not posted, though others were', async () => {
      await post(aPart('one'))
      expect(await find(aPart('two'))).toEqual({ kind: 'absent' })
    })

    it('does not take the same text under another key for the part', async () => {
      await post(aPart('one', 'The same text'))
      expect(await find(aPart('two', 'The same text'))).toEqual({ kind: 'absent' })
    })

    it('does not find a part in a channel in which it was not posted', async () => {
      await post(aPart('one'))
      expect(await find(aPart('one'), house.otherChannel)).toEqual({ kind: 'absent' })
      expect(await house.posted(house.otherChannel)).toEqual([])
    })

    it('finds each of several parts', async () => {
      for (const part of ['one', 'two', 'three']) await post(aPart(part))
      for (const part of ['three', 'one', 'two']) expect((await find(aPart(part))).kind).toBe('found')
      expect((await house.posted(house.channel)).map((each) => each.key)).toEqual(['one', 'two', 'three'].map(keyOf))
    })

    it('does not look at what is older than it was asked to', async () => {
      await post(aPart('one'))
      const hour = 3_600_000
      expect(await find(aPart('one'), house.channel, house.now() + hour)).toEqual({ kind: 'absent' })
    })

    const recall = (channel = house.channel, since = house.now() - 3_600_000) =>
      house.platform.recall(channel, since, unhurried)

    it('recalls what stands in a channel: each part with its papers and its receipt', async () => {
      const first = await post(aPart('one', 'One', 1))
      if (first.kind !== 'posted') throw new Error(`the part was not posted but ${first.kind}`)
      const reply = await post({ ...aPart('two', 'Two', 2), parent: first.receipt })
      const recalled = await recall()
      if (recalled.kind !== 'recalled') throw new Error(recalled.why)
      expect(recalled.parts.toSorted((a, b) => (a.key < b.key ? -1 : 1))).toEqual([
        { key: keyOf('one'), papers: ['arxiv:2509.00001'], receipt: first.receipt },
        {
          key: keyOf('two'),
          papers: ['arxiv:2509.00002'],
          receipt: reply.kind === 'posted' ? reply.receipt : undefined,
        },
      ])
    })

    it('recalls no paper about which a part only asks', async () => {
      const about = { text: 'A paper', url: 'https://arxiv.org/abs/2509.00003' }
      const args = ['arxiv:2509.00003', 'ada']
      const yes = { label: 'Yes', action: { name: 'its-them', args } }
      const question = { kind: 'question' as const, asks: 'Is this your Ada?', about, buttons: [yes] }
      const { key } = aPart('asks')
      await post({ key, papers: [], message: { summary: '1 question', nodes: [question] } })
      const recalled = await recall()
      expect(recalled).toMatchObject({ kind: 'recalled', parts: [{ key, papers: [] }] })
    })

    it('recalls nothing of another channel, and nothing older than it was asked for', async () => {
      await post(aPart('one', 'One', 1))
      expect(await recall(house.otherChannel)).toEqual({ kind: 'recalled', parts: [] })
      expect(await recall(house.channel, house.now() + 3_600_000)).toEqual({ kind: 'recalled', parts: [] })
    })

    it('edits a part in its place and never adds one', async () => {
      await post(aPart('before'))
      const result = await post(aPart('one', 'As it was'))
      await post(aPart('after'))
      if (result.kind !== 'posted') throw new Error(`the part was not posted but ${result.kind}`)
      const edited = await house.platform.edit(house.channel, result.receipt, aPart('one', 'As it is'), unhurried)
      expect(edited.kind).toBe('posted')
      const standing = await house.posted(house.channel)
      expect(standing.map((each) => each.key)).toEqual(['before', 'one', 'after'].map(keyOf))
      expect(standing[1]?.text).toContain('As it is')
      expect(standing[1]?.text).not.toContain('As it was')
    })

    it('finds an edited part', async () => {
      const result = await post(aPart('one', 'As it was'))
      if (result.kind !== 'posted') throw new Error(`the part was not posted but ${result.kind}`)
      await house.platform.edit(house.channel, result.receipt, aPart('one', 'As it is'), unhurried)
      expect((await find(aPart('one'))).kind).toBe('found')
    })

    it('posts a line about a part under it, finds it there, and adds no second one', async () => {
      const result = await post(aPart('one', 'The digest'))
      if (result.kind !== 'posted') throw new Error(`the part was not posted but ${result.kind}`)
      const line: OutgoingPart = { ...aPart('line', 'The line'), parent: result.receipt, aside: true }
      expect((await post(line)).kind).toBe('posted')
      expect((await find(line)).kind).toBe('found')
      expect((await house.posted(house.channel)).map((each) => each.key)).toEqual(['one', 'line'].map(keyOf))
    })

    it('does not post again what it can no longer edit', async () => {
      const result = await house.platform.edit(house.channel, { id: '1' }, aPart('one'), unhurried)
      expect(result.kind).toBe('refused')
      expect(await house.posted(house.channel)).toEqual([])
    })

    it('makes no request when it was given up before', async () => {
      const outcome = await house.platform.post(house.channel, aPart('one'), AbortSignal.abort()).then(
        ({ kind }) => kind,
        () => 'rejected',
      )
      expect(['rejected', 'unknown']).toContain(outcome)
      expect(await house.posted(house.channel)).toEqual([])
    })

    for (const { name: trick, text } of hostileCorpus) {
      it(`shows ${trick} in a paper's text as nothing but text`, async () => {
        await post(aPart('hostile', text))
        const [standing] = await house.posted(house.channel)
        expect(visible(standing?.text ?? '')).toContain(visible(text))
        expect(standing?.wild ?? []).toEqual([])
      })
    }

    it('leaves the outcome open when the answer is lost, and finds the part', async (test) => {
      const lose = house.faults?.loseReply
      if (lose === undefined) return test.skip()
      lose()
      expect((await post(aPart('one'))).kind).toBe('unknown')
      expect((await find(aPart('one'))).kind).toBe('found')
      expect(await house.posted(house.channel)).toHaveLength(1)
    })

    it('does not repeat a request that was lost', async (test) => {
      const lose = house.faults?.loseRequest
      if (lose === undefined) return test.skip()
      lose()
      expect((await post(aPart('one'))).kind).toBe('unknown')
      expect(await find(aPart('one'))).toEqual({ kind: 'absent' })
      expect(await house.posted(house.channel)).toEqual([])
    })

    it('says how long to wait when it is throttled, and does not wait by itself', async (test) => {
      const throttle = house.faults?.throttle
      if (throttle === undefined) return test.skip()
      throttle(7000)
      expect(await post(aPart('one'))).toMatchObject({ kind: 'throttled', retryAfterMs: 7000 })
      expect(await house.posted(house.channel)).toEqual([])
    })

    it('ends when it is given up, its outcome open', async (test) => {
      const hang = house.faults?.hang
      if (hang === undefined) return test.skip()
      hang()
      const giveUp = new AbortController()
      const outcome = house.platform.post(house.channel, aPart('one'), giveUp.signal).then(
        ({ kind }) => kind,
        () => 'rejected',
      )
      setTimeout(() => giveUp.abort(), 20)
      expect(['rejected', 'unknown']).toContain(await outcome)
    })

    it('answers a question with what the command says', async (test) => {
      if (house.ask === undefined) return test.skip()
      expect(await house.ask('help me')).toContain('You asked: help me')
    })

    for (const { name: trick, text } of hostileCorpus.slice(0, 4)) {
      it(`shows ${trick} in an answer as nothing but text`, async (test) => {
        if (house.ask === undefined) return test.skip()
        expect(visible(await house.ask(text))).toContain(visible(text))
      })
    }
  })
}

/** A part of one paper, whose text is in every place that shows a paper's text; with a number, as digests have it: with its button. */
export function aPart(name: string, text = `The paper of ${name}`, number?: number): OutgoingPart {
  const id = `arxiv:2509.0000${number ?? 1}` as PaperId
  const paper = {
    id,
    version: 1,
    title: text,
    byline: [{ text: 'Ada Lovelace, ' }, { text, style: 'strong' as const }],
    date: '1 Sep 2025',
    venue: 'arXiv.org Machine Learning',
    abstract: text,
    links: [{ label: 'arXiv', url: 'https://arxiv.org/abs/2509.00001' }],
    reasons: [text],
    buttons: number === undefined ? [] : [{ label: 'Why?', action: { name: 'why', args: [id] } }],
  }
  const message = { summary: text, nodes: [{ kind: 'paper' as const, paper }] }
  return { key: keyOf(name), message, papers: [{ id, version: 1 }] }
}

/** 22 characters, as real keys have. */
function keyOf(name: string): string {
  return name.padEnd(22, '_')
}

/** What is left to compare once spaces are folded and what can't be seen is gone. */
function visible(text: string): string {
  return text
    .replace(/\p{Cf}/gu, '')
    .replace(/\s+/gu, ' ')
    .trim()
}

const echo: Handlers = {
  ask: async (question) => {
    return { kind: 'message', to: 'asker', message: notice('info', `You asked: ${asked(question)}`) }
  },
  on: async () => {},
}

function asked(question: Question): string {
  if (question.kind !== 'command') return question.kind
  return question.input.form === 'text' ? question.input.text : Object.values(question.input.options).join(' ')
}
