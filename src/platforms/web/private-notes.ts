import type { Clock } from '../../clock.ts'
import { isoAt } from '../../clock.ts'
import type { TenantId } from '../../message/channel.ts'
import type { Message } from '../../message/message.ts'
import type { Random } from '../../random.ts'
import { ulid } from '../../random.ts'
import { tenantKey } from '../../store/keys.ts'
import type { Key, Operation, Store } from '../../store/store.ts'
import { entriesOf, put, remove } from '../../store/store.ts'
import type { PrivateNote } from './channel-events.ts'
import { firstKeyAt, timeOfKey } from './posts.ts'

const KEPT_MS = 7 * 24 * 3_600_000
const MOST_UNWRITTEN = 100
const WEB = 'web' as TenantId

/** What people were told privately on the console: shown to them for a week, then removed by the next note. */
export class PrivateNotes {
  readonly #store: Store
  readonly #clock: Clock
  readonly #random: Random
  readonly #unwritten: { readonly key: Key; readonly note: PrivateNote }[] = []

  constructor(store: Store, clock: Clock, random: Random) {
    this.#store = store
    this.#clock = clock
    this.#random = random
  }

  /** Shown also where it can't be written, as on a full disk: then it is kept until it can, or until the process ends. */
  async add(user: string, message: Message): Promise<PrivateNote> {
    const now = this.#clock.now()
    const note: PrivateNote = { user, at: isoAt(now), message }
    this.#unwritten.push({ key: noteKey(user, ulid(now, this.#random)), note })
    this.#unwritten.splice(0, this.#unwritten.length - MOST_UNWRITTEN)
    // The next note tries again to write those before it.
    await this.#write(user, now).catch(() => {})
    return note
  }

  /** The week's notes, oldest first, at most 50. */
  async of(user: string): Promise<readonly PrivateNote[]> {
    const after = noteKey(user, firstKeyAt(Math.max(0, this.#clock.now() - KEPT_MS)))
    const entries = await this.#store.scan(this.#store.people, noteKey(user), { after, limit: 1000 })
    const written = entries.map((entry): PrivateNote => JSON.parse(String(entry.value)))
    const unwritten = this.#unwritten.filter(({ note }) => note.user === user).map(({ note }) => note)
    return [...written, ...unwritten].slice(-50)
  }

  async #write(user: string, now: number): Promise<void> {
    const stale: Operation[] = []
    for await (const { key } of entriesOf(this.#store, this.#store.people, noteKey(user))) {
      if (timeOfKey(key.at(-1) ?? '') < now - KEPT_MS) stale.push(remove(this.#store.people, key))
    }
    const written = [...this.#unwritten]
    const kept = written.map(({ key, note }) => put(this.#store.people, key, JSON.stringify(note)))
    if ((await this.#store.commit([...stale, ...kept])) === 'conflict')
      throw new Error('the store refused a private note')
    for (const each of written) this.#unwritten.splice(this.#unwritten.indexOf(each) >>> 0, 1)
  }
}

function noteKey(user: string, ...rest: readonly string[]) {
  return tenantKey(WEB, user, 'notes', ...rest)
}
