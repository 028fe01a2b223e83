import type { ChannelId } from '../../message/channel.ts'
import type { Message } from '../../message/message.ts'
import type { WebPost } from '../../store/records.ts'

/** What a page that is open is told of. */
export type ChannelEvent =
  | { readonly kind: 'posted'; readonly post: WebPost }
  | { readonly kind: 'edited'; readonly post: WebPost }
  | { readonly kind: 'told'; readonly note: PrivateNote }
  /** An answer takes its time; `ask` is the number that the page gave its question. */
  | { readonly kind: 'progress'; readonly user: string; readonly ask: string; readonly message: Message }
  /** Every source is complete through that day, `YYYY-MM-DD`, as far as one is. */
  | { readonly kind: 'complete'; readonly through: string | undefined }

/** What was said privately to one person. */
export interface PrivateNote {
  readonly user: string
  readonly at: string
  readonly message: Message
}

/** A page that falls so far behind is let go: it comes back and reads what it missed. */
const BACKLOG = 500

/** One listener's events in their order; ends when it is closed or falls too far behind. */
export class Listening {
  readonly #waiting: ChannelEvent[] = []
  readonly #leave: () => void
  #wake: () => void = () => {}
  #open = true

  constructor(leave: (listening: Listening) => void) {
    this.#leave = () => leave(this)
  }

  push(event: ChannelEvent): void {
    if (this.#waiting.length < BACKLOG) {
      this.#waiting.push(event)
      this.#wake()
    } else {
      this.close()
    }
  }

  /** The events since the last call, at once when there are any; undefined at the end; an empty list when `signal` aborts first. */
  async take(signal: AbortSignal): Promise<readonly ChannelEvent[] | undefined> {
    if (this.#open && this.#waiting.length === 0 && !signal.aborted) {
      await new Promise<void>((resolve) => {
        this.#wake = resolve
        signal.addEventListener('abort', () => resolve(), { once: true })
      })
    }
    return this.#open ? this.#waiting.splice(0) : undefined
  }

  close(): void {
    this.#open = false
    this.#leave()
    this.#wake()
  }
}

/** Tells the pages of a channel what happens there; a channel is undefined for what concerns people wherever they look. */
export class ChannelEvents {
  readonly #listeners = new Map<Listening, ChannelId>()

  listen(channel: ChannelId): Listening {
    const listening = new Listening((left) => this.#listeners.delete(left))
    this.#listeners.set(listening, channel)
    return listening
  }

  tell(channel: ChannelId | undefined, event: ChannelEvent): void {
    for (const [listening, place] of [...this.#listeners]) {
      if (channel === undefined || channel === place) listening.push(event)
    }
  }

  /** Whether any page is open. */
  get heard(): boolean {
    return this.#listeners.size > 0
  }

  /** Ends every stream. */
  close(): void {
    for (const listening of [...this.#listeners.keys()]) listening.close()
  }
}
