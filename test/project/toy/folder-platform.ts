import { mkdir, readdir, readFile, rename, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import {
  definePlatform,
  type FindResult,
  type Handlers,
  type OutgoingPart,
  type Platform,
  type PlatformHouse,
  type PostResult,
  type RecalledPart,
  type RecallResult,
  type SoughtPart,
} from '../../../src/delivery/platform.ts'
import { type ChannelId, channelParts } from '../../../src/message/channel.ts'
import type { PaperId } from '../../../src/papers/paper.ts'
import { renderText } from '../../../src/platforms/text/render.ts'
import type { Receipt } from '../../../src/store/records.ts'

const papersSchema = z.array(z.string())

/** A platform of text files: a folder for each channel, a file for each posted part. */
export const folderPlatform = definePlatform({
  name: 'folder',
  variables: [{ name: 'FOLDER_PATH', meaning: 'Where channels are folders and posts are files' }],
  settings: z.object({ FOLDER_PATH: z.string().optional() }),
  papersPerPart: 5,
  render: (message) => [renderText(message)],
  create: async ({ FOLDER_PATH }, house) =>
    FOLDER_PATH === undefined ? undefined : new FolderPlatform(FOLDER_PATH, house),
})

export class FolderPlatform implements Platform {
  readonly name = 'folder'
  readonly #path: string
  readonly #house: Pick<PlatformHouse, 'clock'>
  #handlers: Handlers | undefined

  constructor(path: string, house: Pick<PlatformHouse, 'clock'>) {
    this.#path = path
    this.#house = house
  }

  async start(handlers: Handlers): Promise<void> {
    this.#handlers = handlers
  }

  /** The file's name holds the part's key, so that it can be found again; it is there whole or not at all. */
  async post(channel: ChannelId, part: OutgoingPart, signal: AbortSignal): Promise<PostResult> {
    signal.throwIfAborted()
    const files = await this.files(channel)
    const id = `${String(files.length + 1).padStart(6, '0')} ${this.#house.clock.now()} ${part.key}.txt`
    await this.#write(channel, id, part)
    return { kind: 'posted', receipt: { id } }
  }

  async find(channel: ChannelId, part: SoughtPart, since: number): Promise<FindResult> {
    const id = (await this.files(channel)).find((file) => {
      const [, postedAt, key] = file.split(' ')
      return key === `${part.key}.txt` && Number(postedAt) >= since
    })
    return id === undefined ? { kind: 'absent' } : { kind: 'found', receipt: { id } }
  }

  async recall(channel: ChannelId, since: number): Promise<RecallResult> {
    const parts: RecalledPart[] = []
    for (const id of await this.files(channel)) {
      const [, postedAt, name = ''] = id.split(' ')
      if (Number(postedAt) < since) continue
      const papers = papersSchema.parse(JSON.parse(await this.read(channel, `${id}.papers`)))
      parts.push({ key: name.replace(/\.txt$/, ''), papers: papers.map((paper) => paper as PaperId), receipt: { id } })
    }
    return { kind: 'recalled', parts }
  }

  async edit(channel: ChannelId, receipt: Receipt, part: OutgoingPart): Promise<PostResult> {
    if (!(await this.files(channel)).includes(receipt.id)) {
      return { kind: 'refused', reason: 'message-gone', until: 'never', detail: 'the file is not there' }
    }
    await this.#write(channel, receipt.id, part)
    return { kind: 'posted', receipt }
  }

  async tell(): Promise<void> {}

  async stop(): Promise<void> {
    this.#handlers = undefined
  }

  /** What a real driver does with a command that arrives: acknowledge it first, then ask, then show the reply. */
  async typed(channel: ChannelId, text: string): Promise<string> {
    if (this.#handlers === undefined) throw new Error('the platform was not started')
    const { tenant } = channelParts(channel)
    const actor = { platform: this.name, tenant, id: 'ada', name: 'Ada', rank: 'member' } as const
    const question = { kind: 'command', actor, channel, input: { form: 'text', text } } as const
    const reply = await this.#handlers.ask(question, { signal: this.#house.clock.timeout(10_000) })
    return reply.kind === 'message' ? renderText(reply.message) : reply.kind
  }

  /** The channel's files, oldest first. */
  async files(channel: ChannelId): Promise<readonly string[]> {
    const folder = this.#folder(channel)
    if ((await stat(folder).catch(() => undefined)) === undefined) return []
    return (await readdir(folder)).filter((name) => name.endsWith('.txt')).toSorted()
  }

  async read(channel: ChannelId, file: string): Promise<string> {
    return readFile(join(this.#folder(channel), file), 'utf8')
  }

  async #write(channel: ChannelId, id: string, part: OutgoingPart): Promise<void> {
    const folder = this.#folder(channel)
    await mkdir(folder, { recursive: true })
    await writeFile(join(folder, `${id}.papers`), JSON.stringify(part.papers.map((paper) => paper.id)))
    await writeFile(join(folder, `${id}.new`), renderText(part.message))
    await rename(join(folder, `${id}.new`), join(folder, id))
  }

  #folder(channel: ChannelId): string {
    return join(this.#path, encodeURIComponent(channel))
  }
}
