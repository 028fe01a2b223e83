import type { FaultSwitches } from './faults.ts'
import type { FakeGateway } from './gateway.ts'
import type { JsonObject } from './json-value.ts'
import type { PermissionName } from './permissions.ts'
import type { FakeViolation, LoggedRequest } from './request-log.ts'
import type { ChannelType } from './world.ts'

export interface FakeGuild {
  readonly id: string
  readonly name: string
}

export interface FakeChannel {
  readonly id: string
  /** Undefined in direct messages. */
  readonly guildId: string | undefined
  readonly name: string
}

export interface FakeUser {
  readonly id: string
  readonly name: string
}

/** What a channel says otherwise for one role or member: `everyone`, `bot`, or an id. */
export interface FakeOverwrite {
  readonly of: 'everyone' | 'bot' | string
  readonly allow?: readonly PermissionName[]
  readonly deny?: readonly PermissionName[]
}

export interface FakeButton {
  readonly label: string
  readonly customId?: string
  readonly url?: string
  readonly disabled: boolean
}

export interface FakeSelect {
  readonly customId: string
  readonly placeholder?: string
  readonly options: readonly { readonly label: string; readonly value: string; readonly description?: string }[]
}

/** A message as people see it, at the moment of asking. */
export interface FakeMessage {
  readonly id: string
  readonly channelId: string
  readonly authorId: string
  readonly byBot: boolean
  /** Milliseconds since the epoch. */
  readonly at: number
  readonly editedAt?: number
  readonly content: string
  readonly embeds: readonly JsonObject[]
  readonly components: readonly JsonObject[]
  readonly flags: number
  /** Every text there is to read, in order, a line each: content, embeds, text displays, labels. */
  readonly text: string
  readonly buttons: readonly FakeButton[]
  readonly selects: readonly FakeSelect[]
  readonly files: readonly { readonly name: string; readonly text: string }[]
  readonly ephemeral: boolean
  readonly componentsV2: boolean
  /** The bot "is thinking". */
  readonly loading: boolean
  /** Whom it notifies: `everyone`, user ids and `&role` ids that its text names and allowed_mentions let through. */
  readonly pings: readonly string[]
  /** What it was sent with; no request can read it. */
  readonly nonce?: string
}

export interface FakeInteraction {
  readonly id: string
  readonly token: string
  /** Milliseconds from sending the interaction to its answer; undefined while there is none. */
  readonly acknowledgedAfterMs: number | undefined
  /** The type of the answer: 4 message, 5 deferred, 6 deferred update, 7 update, 8 choices, 9 modal. */
  readonly callbackType: number | undefined
  /** Waits for the answer, whichever. */
  acknowledged(): Promise<void>
  /** Waits for what the person gets to read: the message, at once or in place of "is thinking"; for a button, the message as updated. */
  reply(): Promise<FakeMessage>
  /** Waits until the original was edited this many times. */
  edited(times: number): Promise<readonly FakeMessage[]>
  /** Waits until this many follow-ups came. */
  followedUp(times: number): Promise<readonly FakeMessage[]>
  /** Waits for the choices of an autocomplete. */
  choices(): Promise<readonly { readonly name: string; readonly value: string | number }[]>
  /** Waits for the modal. */
  modal(): Promise<JsonObject>
  /** The original after each edit. */
  readonly edits: readonly FakeMessage[]
  readonly followUps: readonly FakeMessage[]
}

export type OptionValue = string | number | boolean | FakeUser | FakeChannel

export interface Where {
  readonly user: FakeUser
  readonly channel: FakeChannel
}

export interface CommandInput {
  readonly group?: string
  readonly subcommand?: string
  readonly options?: Readonly<Record<string, OptionValue>>
}

export interface CompleteInput extends CommandInput {
  /** The option that is being typed; its value is what stands there so far. */
  readonly focused: string
}

export interface FakeDiscord {
  /** For DISCORD_API_URL: without the version. */
  readonly url: string
  /** The same servers without a network, in the shape of `fetch`. */
  readonly fetch: typeof fetch
  readonly token: string
  readonly applicationId: string
  readonly gateway: FakeGateway
  readonly faults: FaultSwitches
  readonly requests: readonly LoggedRequest[]
  readonly violations: readonly FakeViolation[]
  /** 401, 403 and 429 answers of the last ten minutes; at 10,000 everything is refused. */
  readonly invalidRequests: number

  addGuild(options?: {
    readonly name?: string
    readonly locale?: string
    /** What the bot's own role gives. */
    readonly bot?: readonly PermissionName[]
    /** What @everyone may. */
    readonly everyone?: readonly PermissionName[]
    /** Whether the bot is in it already. */
    readonly invited?: boolean
  }): FakeGuild
  addChannel(
    guild: FakeGuild,
    options?: {
      readonly name?: string
      readonly type?: ChannelType
      readonly overwrites?: readonly FakeOverwrite[]
      readonly parent?: FakeChannel
      /** Forums: a post needs a tag. */
      readonly requireTag?: boolean
    },
  ): FakeChannel
  addRole(guild: FakeGuild, name: string, permissions?: readonly PermissionName[]): string
  /** A person; in a guild a member of it with these roles, and permissions of a role of their own. */
  addUser(options?: {
    readonly name?: string
    readonly guild?: FakeGuild
    readonly permissions?: readonly PermissionName[]
    readonly roles?: readonly string[]
    readonly locale?: string
    /** Whether they take direct messages; yes unless told. */
    readonly dms?: boolean
  }): FakeUser
  /** The direct messages of a person with the bot. */
  directMessages(user: FakeUser): FakeChannel
  /** A person begins or ceases to take direct messages. */
  takeDms(user: FakeUser, taken: boolean): void

  /** Everything in a channel that all see, oldest first. */
  messages(channel: FakeChannel): readonly FakeMessage[]
  /** Somebody writes. */
  say(channel: FakeChannel, user: FakeUser, content: string): FakeMessage
  deleteMessage(message: FakeMessage): void
  /** Puts another custom id in the place of one, as Discord would never let anybody do: what the bot is to withstand all the same. */
  forge(message: FakeMessage, from: string, to: string): void
  /** Registered commands, global or a guild's. */
  commands(guild?: FakeGuild): readonly JsonObject[]

  /** Somebody sends a slash command; throws where Discord's client would not let them. */
  command(name: string, input: CommandInput, where: Where): FakeInteraction
  /** Somebody types into an option. */
  complete(name: string, input: CompleteInput, where: Where): FakeInteraction
  press(message: FakeMessage, customId: string, user: FakeUser): FakeInteraction
  select(message: FakeMessage, customId: string, values: readonly string[], user: FakeUser): FakeInteraction
  /** Somebody sends the modal that an interaction was answered with; fields not named keep their values. */
  submitModal(
    interaction: FakeInteraction,
    values?: Readonly<Record<string, string | readonly string[]>>,
  ): FakeInteraction

  /** The bot is invited, for the first time or again. */
  invite(guild: FakeGuild, bot?: readonly PermissionName[]): void
  kick(guild: FakeGuild): void
  deleteGuild(guild: FakeGuild): void
  /** The guild is there and out of reach. */
  outage(guild: FakeGuild): void
  outageOver(guild: FakeGuild): void
  renameChannel(channel: FakeChannel, name: string): void
  deleteChannel(channel: FakeChannel): void
  archiveThread(thread: FakeChannel, options?: { readonly locked?: boolean }): void
  /** Replaces a channel's overwrite for one role or member. */
  setPermissions(channel: FakeChannel, overwrite: FakeOverwrite): void
  /** Replaces what a role gives in its guild. */
  setRolePermissions(guild: FakeGuild, role: 'everyone' | 'bot' | string, permissions: readonly PermissionName[]): void
  /** Replaces a member's roles; the bot keeps its own. */
  setRoles(guild: FakeGuild, member: FakeUser | 'bot', roles: readonly string[]): void
  close(): Promise<void>
}
