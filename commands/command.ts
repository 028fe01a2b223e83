import type { Catalog } from '../src/catalog/catalog.ts'
import type { Clock } from '../src/clock.ts'
import type { PartPlace } from '../src/delivery/outbox.ts'
import type { Actor, PlaceCheck, Rank } from '../src/delivery/platform.ts'
import type { Log } from '../src/log.ts'
import type { ActionName } from '../src/message/action.ts'
import type { ChannelId } from '../src/message/channel.ts'
import type { Choice } from '../src/message/form.ts'
import type { Reply } from '../src/message/reply.ts'
import type { Random } from '../src/random.ts'
import type { Source, SourceStatus } from '../src/sources/source.ts'
import type { Scope } from '../src/store/scope.ts'
import type { Store } from '../src/store/store.ts'

/** What commands work with: everything but platforms and the command line. */
export interface Services {
  readonly store: Store
  readonly catalog: Catalog
  readonly sources: readonly Source[]
  readonly clock: Clock
  readonly random: Random
  readonly log: Log
  /** How complete each source is. */
  sourceStatus(): Promise<readonly SourceStatus[]>
  /** What is wrong with the machine itself, its clock or its disk: a sentence each. */
  machineTroubles(): Promise<readonly string[]>
  /** Papers that surely fit into one posted part on the channel's platform. */
  papersPerPart(channel: ChannelId): number
  /** Decides and sends what the channel has waiting now, whatever its schedule; resolves when it is decided. */
  digestNow(channel: ChannelId): Promise<{ readonly papers: number; readonly questions: number }>
  /** Whether digests can be posted in another channel, and the person manages it. */
  checkPlace(actor: Actor, channel: ChannelId, signal: AbortSignal): Promise<PlaceCheck>
  /** An admin's word on a parked part: post it again, it is there, or give it up. */
  answerParked(part: PartPlace, word: 'again' | 'there' | 'drop'): Promise<'done' | 'not-parked'>
  /** An admin's word on what a channel was given between a backup and its restore, where nobody can look: post it, or it is there. */
  answerRecall(channel: ChannelId, word: 'post' | 'there'): Promise<'done' | 'not-held'>
}

export interface Context extends Services {
  readonly actor: Actor
  readonly scope: Scope
  readonly channel: ChannelId
  readonly signal: AbortSignal
  /** Called when the answer takes its time, e.g. while arXiv is asked. */
  progress(reply: Reply): void
}

/** One typed option. Text grammar and native options are both read from it. */
export interface OptionDefinition {
  readonly name: string
  readonly summary: string
  readonly type: 'text' | 'number' | 'boolean' | 'author' | 'paper' | 'category' | 'channel'
  readonly required?: boolean
  readonly choices?: readonly Choice[]
  /** Takes the rest of a typed line; at most one a command, and the last. */
  readonly rest?: boolean
  /** Only offered where options are typed apart (Discord); in a typed line its `name:value` stays part of the rest. */
  readonly apart?: boolean
}

export type Options = Readonly<Record<string, string | number | boolean | undefined>>

export interface Command {
  readonly name: string
  readonly aliases?: readonly string[]
  /** One sentence, at most 100 characters. */
  readonly summary: string
  /** Lines as typed after `/papers`, to show in help and when it is used wrongly. */
  readonly examples: readonly string[]
  readonly rank: Rank
  readonly options: readonly OptionDefinition[]
  run(context: Context, options: Options): Promise<Reply>
  /** Buttons, selects and forms that belong to this command; each has its own rank. */
  readonly actions?: Readonly<Record<ActionName, ActionHandler>>
}

export interface ActionHandler {
  readonly rank: Rank
  /** `values` are a form's fields. */
  run(context: Context, args: readonly string[], values: Readonly<Record<string, string>>): Promise<Reply>
}

export function defineCommand(command: Command): Command {
  return command
}

export function findCommand(commands: readonly Command[], name: string): Command | undefined {
  return commands.find((command) => command.name === name || command.aliases?.includes(name))
}
