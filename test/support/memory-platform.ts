import type { Clock } from '../../src/clock.ts'
import type {
  FindResult,
  Handlers,
  OutgoingPart,
  Platform,
  PostResult,
  RecallResult,
  SoughtPart,
} from '../../src/delivery/platform.ts'
import type { ChannelId } from '../../src/message/channel.ts'
import { channelParts } from '../../src/message/channel.ts'
import { notice } from '../../src/message/message.ts'
import type { Receipt } from '../../src/store/records.ts'
import { messageText } from './message-text.ts'

/** What goes wrong with one request. */
export type PostFault =
  /** It is carried out, and the answer is lost. */
  | { readonly kind: 'lost-reply' }
  /** It never arrives, and nobody says so. */
  | { readonly kind: 'lost-request' }
  /** It is carried out `ms` after its answer was given up. */
  | { readonly kind: 'late'; readonly ms: number }
  /** It is carried out, and not answered until it is given up. */
  | { readonly kind: 'hang' }
  /** It is carried out, and giving it up changes nothing. */
  | { readonly kind: 'deaf' }
  /** It is carried out, and the driver throws. */
  | { readonly kind: 'throws' }
  | { readonly kind: 'answer'; readonly result: PostResult }

export type FindFault =
  | { readonly kind: 'cannot-look'; readonly why: string }
  | { readonly kind: 'throws' }
  | { readonly kind: 'hang' }

export interface Standing {
  readonly id: string
  readonly channel: ChannelId
  readonly key: string
  readonly text: string
  readonly papers: OutgoingPart['papers']
  readonly at: number
  readonly parent?: string
  readonly edits: number
}

/** A platform that outlives the program, as real ones do, with the faults that a test asks for. */
export class MemoryPlatform implements Platform {
  readonly name: string
  /** One is taken by each request that it fits, the first first. */
  readonly postFaults: (PostFault & { readonly channel?: ChannelId; readonly key?: string })[] = []
  readonly findFaults: FindFault[] = []
  /** All that fits, for as long as it stands here. */
  always: ((channel: ChannelId, part: OutgoingPart) => PostFault | undefined) | undefined
  /** Every request to post, carried out or not. */
  readonly requests: { readonly channel: ChannelId; readonly key: string; readonly at: number }[] = []
  looks = 0
  readonly #clock: Clock
  #standing: Standing[] = []
  #handlers: Handlers | undefined

  constructor(clock: Clock, name = 'memory') {
    this.#clock = clock
    this.name = name
  }

  async start(handlers: Handlers): Promise<void> {
    this.#handlers = handlers
  }

  async post(channel: ChannelId, part: OutgoingPart, signal: AbortSignal): Promise<PostResult> {
    signal.throwIfAborted()
    this.requests.push({ channel, key: part.key, at: this.#clock.now() })
    const fault = this.always?.(channel, part) ?? this.#take(channel, part.key)
    switch (fault?.kind) {
      case undefined:
        return { kind: 'posted', receipt: this.#add(channel, part) }
      case 'answer':
        return fault.result
      case 'lost-request':
        return { kind: 'unknown', cause: 'the connection was reset' }
      case 'lost-reply':
        this.#add(channel, part)
        return { kind: 'unknown', cause: 'the answer was a 502' }
      case 'late':
        this.#clock.sleep(fault.ms).then(
          () => this.#add(channel, part),
          () => {},
        )
        return { kind: 'unknown', cause: 'the request timed out' }
      case 'throws':
        this.#add(channel, part)
        throw new Error('the driver fell over')
      case 'hang':
        this.#add(channel, part)
        return new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason), { once: true }))
      case 'deaf':
        this.#add(channel, part)
        return new Promise(() => {})
    }
  }

  async find(channel: ChannelId, part: SoughtPart, since: number, signal: AbortSignal): Promise<FindResult> {
    signal.throwIfAborted()
    this.looks++
    const fault = this.findFaults.shift()
    if (fault?.kind === 'cannot-look') return fault
    if (fault?.kind === 'throws') throw new Error('the history could not be read')
    if (fault?.kind === 'hang') return new Promise(() => {})
    const found = this.#standing.find((each) => each.channel === channel && each.key === part.key && each.at >= since)
    return found === undefined ? { kind: 'absent' } : { kind: 'found', receipt: receiptOf(found) }
  }

  async recall(channel: ChannelId, since: number, signal: AbortSignal): Promise<RecallResult> {
    signal.throwIfAborted()
    this.looks++
    const fault = this.findFaults.shift()
    if (fault?.kind === 'cannot-look') return fault
    if (fault?.kind === 'throws') throw new Error('the history could not be read')
    if (fault?.kind === 'hang') return new Promise(() => {})
    const own = this.#standing.filter((each) => each.channel === channel && each.at >= since)
    const parts = own.map((each) => ({
      key: each.key,
      papers: each.papers.map(({ id }) => id),
      receipt: receiptOf(each),
    }))
    return { kind: 'recalled', parts }
  }

  async edit(channel: ChannelId, receipt: Receipt, part: OutgoingPart, signal: AbortSignal): Promise<PostResult> {
    signal.throwIfAborted()
    const fault = this.#take(channel, part.key)
    if (fault?.kind === 'answer') return fault.result
    const place = this.#standing.findIndex((each) => each.channel === channel && each.id === receipt.id)
    const before = this.#standing[place]
    if (before === undefined) {
      return { kind: 'refused', reason: 'message-gone', until: 'never', detail: 'there is no such message' }
    }
    const text = messageText(part.message)
    this.#standing[place] = { ...before, text, papers: part.papers, edits: before.edits + 1 }
    return fault === undefined ? { kind: 'posted', receipt } : { kind: 'unknown', cause: fault.kind }
  }

  async tell(): Promise<void> {}

  async stop(): Promise<void> {
    this.#handlers = undefined
  }

  /** What stands in the channel, oldest first. */
  standing(channel?: ChannelId): readonly Standing[] {
    return this.#standing.filter((each) => channel === undefined || each.channel === channel)
  }

  /** Somebody deletes a message. */
  delete(key: string): void {
    this.#standing = this.#standing.filter((each) => each.key !== key)
  }

  /** Somebody types a command. */
  async ask(channel: ChannelId, text: string): Promise<string> {
    if (this.#handlers === undefined) throw new Error('the platform was not started')
    const { tenant } = channelParts(channel)
    const actor = { platform: this.name, tenant, id: 'ada', name: 'Ada', rank: 'member' } as const
    const question = { kind: 'command', actor, channel, input: { form: 'text', text } } as const
    const reply = await this.#handlers.ask(question, { signal: new AbortController().signal })
    return messageText(reply.kind === 'message' ? reply.message : notice('info', reply.kind))
  }

  #take(channel: ChannelId, key: string): PostFault | undefined {
    const place = this.postFaults.findIndex(
      (fault) => (fault.channel ?? channel) === channel && (fault.key ?? key) === key,
    )
    return place < 0 ? undefined : this.postFaults.splice(place, 1)[0]
  }

  #add(channel: ChannelId, part: OutgoingPart): Receipt {
    const made: Standing = {
      id: `m${this.#standing.length + 1}`,
      channel,
      key: part.key,
      text: messageText(part.message),
      papers: part.papers,
      at: this.#clock.now(),
      ...(part.parent === undefined ? {} : { parent: part.parent.id }),
      edits: 0,
    }
    this.#standing.push(made)
    return receiptOf(made)
  }
}

function receiptOf({ id, parent }: Standing): Receipt {
  return { id, ...(parent === undefined ? {} : { parent }) }
}
