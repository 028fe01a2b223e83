import type { z } from 'zod'
import type { Clock } from '../clock.ts'
import type { EnvironmentVariable } from '../environment.ts'
import type { Log } from '../log.ts'
import type { ActionName } from '../message/action.ts'
import type { ChannelId, TenantId } from '../message/channel.ts'
import type { Message } from '../message/message.ts'
import type { Reply } from '../message/reply.ts'
import type { PaperId } from '../papers/paper.ts'
import type { Random } from '../random.ts'
import type { Receipt, RefusedUntil } from '../store/records.ts'
import type { Store } from '../store/store.ts'

/** Where digests are posted and questions come from. Every method ends: by its signal or by the driver's own time-out. */
export interface Platform {
  readonly name: string
  /** Resolves once questions are answered; a driver acknowledges first, then asks. */
  start(handlers: Handlers, signal: AbortSignal): Promise<void>
  /** One request, never repeated by the driver. An outcome that can't be told is `unknown`. */
  post(channel: ChannelId, part: OutgoingPart, signal: AbortSignal): Promise<PostResult>
  /**
   * Whether the part stands in the channel, among our own messages not older than `since` (epoch ms; differing clocks
   * are allowed for). `cannot-look` only when looking is not permitted; rejects when it failed for now.
   */
  find(channel: ChannelId, part: SoughtPart, since: number, signal: AbortSignal): Promise<FindResult>
  /**
   * Every part among our own messages of the channel not older than `since` (epoch ms; differing clocks are allowed for),
   * threads included, with the papers that it shows. `cannot-look` only when looking is not permitted, or a part does not
   * say what it shows; rejects when it failed for now.
   */
  recall(channel: ChannelId, since: number, signal: AbortSignal): Promise<RecallResult>
  edit(channel: ChannelId, receipt: Receipt, part: OutgoingPart, signal: AbortSignal): Promise<PostResult>
  /** Whether digests can be posted in a channel, and the person manages it; without it every channel of theirs will do. */
  checkPlace?(actor: Actor, channel: ChannelId, signal: AbortSignal): Promise<PlaceCheck>
  /** Privately to one person. */
  tell(actor: Actor, message: Message): Promise<void>
  stop(): Promise<void>
  /** What the platform calls over HTTP, on the public listener. */
  readonly inbound?: Inbound
}

/** Requests from outside under one path, e.g. `/slack/`; each is checked by the driver before anything else. */
export interface Inbound {
  readonly prefix: string
  handle(request: Request): Promise<Response>
}

/** What a part is found again by. */
export interface SoughtPart {
  /** 22 characters of base64url: what the driver puts into the message so that it can be found again. */
  readonly key: string
  readonly papers: readonly { readonly id: PaperId; readonly version?: number }[]
  /** The digest's first part, when this one belongs in its thread. */
  readonly parent?: Receipt
}

export interface OutgoingPart extends SoughtPart {
  readonly message: Message
  /** It is about its parent, and stands nowhere but under it. */
  readonly aside?: true
}

export type PostResult =
  | { readonly kind: 'posted'; readonly receipt: Receipt }
  | { readonly kind: 'throttled'; readonly retryAfterMs: number; readonly scope: 'channel' | 'tenant' | 'platform' }
  | { readonly kind: 'refused'; readonly reason: RefusalReason; readonly until: RefusedUntil; readonly detail: string }
  | { readonly kind: 'unknown'; readonly cause: string }

/** `gone`: the message or channel is no more. `too-big`, `invalid`: the platform will not have this message. */
export type RefusalReason =
  | 'not-in-channel'
  | 'channel-gone'
  | 'archived'
  | 'forbidden'
  | 'message-gone'
  | 'too-big'
  | 'invalid'
  | 'unauthorized'

export type FindResult =
  | { readonly kind: 'found'; readonly receipt: Receipt }
  | { readonly kind: 'absent' }
  | { readonly kind: 'cannot-look'; readonly why: string }

/** A part as it stands in its channel, whatever our own memory has of it. */
export interface RecalledPart {
  readonly key: string
  readonly papers: readonly PaperId[]
  /** Its papers have two lines each. */
  readonly brief?: true
  readonly receipt: Receipt
}

export type RecallResult =
  | { readonly kind: 'recalled'; readonly parts: readonly RecalledPart[] }
  | { readonly kind: 'cannot-look'; readonly why: string }

/** `wrong`: one sentence says what is missing, `next` what to do. */
export type PlaceCheck =
  | { readonly kind: 'fine' }
  | { readonly kind: 'wrong'; readonly why: string; readonly next: string }

export type Rank = 'member' | 'manager' | 'admin'

/** A person whom the platform vouches for. */
export interface Actor {
  readonly platform: string
  readonly tenant: TenantId
  readonly id: string
  readonly name: string
  readonly rank: Rank
  readonly timeZone?: string
  readonly locale?: string
}

export type Question =
  /** Text as typed after the command's name (`search title:diffusion`), or options as the platform has read them. */
  | (Asked & { readonly kind: 'command'; readonly input: CommandInput })
  | (Asked & { readonly kind: 'action'; readonly name: ActionName; readonly args: readonly string[] })
  | (Asked & {
      readonly kind: 'form'
      readonly name: ActionName
      readonly args: readonly string[]
      readonly values: Readonly<Record<string, string>>
    })
  /** Text up to the cursor, or the option being typed. */
  | (Asked & { readonly kind: 'complete'; readonly input: CompleteInput })

interface Asked {
  readonly actor: Actor
  readonly channel: ChannelId
}

export type CommandInput =
  | { readonly form: 'text'; readonly text: string }
  | {
      readonly form: 'options'
      readonly command: string
      readonly options: Readonly<Record<string, string | number | boolean>>
    }

export type CompleteInput =
  | { readonly form: 'text'; readonly text: string }
  | { readonly form: 'option'; readonly command: string; readonly option: string; readonly value: string }

export interface Handlers {
  /** Never rejects: what goes wrong becomes a private notice. `progress` is called when the answer takes its time. */
  ask(question: Question, options: { readonly signal: AbortSignal; progress?(reply: Reply): void }): Promise<Reply>
  /** Told what happened to channels and tenants; answers with what to say there, such as a hello. Never rejects. */
  on(event: PlatformEvent): Promise<Message | undefined>
}

export type PlatformEvent =
  | { readonly kind: 'bot-added'; readonly channel: ChannelId; readonly name: string; readonly by?: Actor }
  | { readonly kind: 'bot-removed'; readonly channel: ChannelId }
  | { readonly kind: 'channel-gone'; readonly channel: ChannelId }
  | { readonly kind: 'channel-renamed'; readonly channel: ChannelId; readonly name: string }
  | { readonly kind: 'tenant-gone'; readonly tenant: TenantId }
  | { readonly kind: 'permissions-changed'; readonly channel: ChannelId }

/** One platform: a folder that exports this, and one line in platforms/index.ts. */
export interface PlatformDefinition<Settings extends z.ZodType = z.ZodType> {
  readonly name: string
  readonly variables: readonly EnvironmentVariable[]
  /** A chat service: what it is called, its page of the documentation (`SLACK.md`), and the variables that turn it on, one of each group. */
  readonly service?: {
    readonly title: string
    readonly guide: string
    readonly needs: readonly (readonly string[])[]
  }
  readonly settings: Settings
  /** Papers that surely fit into one posted message, abstracts shrunk at need. */
  readonly papersPerPart: number
  /** Pure: the native payloads, as they would be sent. */
  render(message: Message): readonly unknown[]
  /** Other looks that its messages can have, and the variable that names the one in use. */
  readonly looks?: {
    readonly variable: string
    readonly others: Readonly<Record<string, (message: Message) => readonly unknown[]>>
  }
  /** Undefined when the settings name no such platform: its client is not even loaded then. */
  create(settings: z.output<Settings>, house: PlatformHouse): Promise<Platform | undefined>
  /** What `doctor` says, asking the platform where that is needed; nothing when the settings name no such platform. */
  check?(settings: z.output<Settings>, house: CheckHouse, signal: AbortSignal): Promise<readonly Finding[]>
  /** `paperboy NAME WORD`, e.g. `paperboy slack manifest`: prints a text. */
  readonly words?: Readonly<Record<string, PlatformWord<z.output<Settings>>>>
}

export interface CheckHouse extends Omit<PlatformHouse, 'store'> {
  /** The platform's channels that are followed for: whether they can be posted to is looked at, too. */
  readonly channels: readonly ChannelId[]
}

export interface PlatformWord<Settings> {
  readonly summary: string
  print(settings: Settings, house: Pick<PlatformHouse, 'commands'> & { readonly publicUrl?: string }): string
}

/** What a check found, with what to do about it. */
export interface Finding {
  readonly ok: boolean
  readonly text: string
  readonly remedy?: string
}

/** A command as a platform shows it to its people: native options are made from it. */
export interface CommandShape {
  readonly name: string
  readonly summary: string
  readonly rank: Rank
  readonly options: readonly {
    readonly name: string
    readonly summary: string
    readonly type: 'text' | 'number' | 'boolean' | 'author' | 'paper' | 'category' | 'channel'
    readonly required?: boolean
    readonly choices?: readonly { readonly value: string; readonly label: string }[]
  }[]
}

export interface PlatformHouse {
  readonly commands: readonly CommandShape[]
  readonly store: Store
  readonly clock: Clock
  readonly random: Random
  readonly fetch: typeof fetch
  readonly log: Log
}

/** What keeps a platform from starting, or from printing one of its words: a sentence with the way out. */
export class PlatformError extends Error {
  constructor(message: string) {
    super(message)
    this.name = 'PlatformError'
  }
}

/** Lets a definition's types be inferred from its settings. */
export function definePlatform<Settings extends z.ZodType>(
  definition: PlatformDefinition<Settings>,
): PlatformDefinition<Settings> {
  return definition
}
