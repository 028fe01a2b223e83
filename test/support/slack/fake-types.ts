import type { JsonObject } from '../discord/json-value.ts'
import type { FakeLink } from './live-text.ts'

export interface FakeTeam {
  readonly id: string
  readonly name: string
  readonly domain: string
  /** Its bot's token, for SLACK_BOT_TOKEN. */
  readonly token: string
  readonly botUserId: string
  readonly botId: string
}

export interface FakeChannel {
  readonly id: string
  readonly teamId: string
  readonly name: string
}

export interface FakeUser {
  readonly id: string
  readonly teamId: string
  readonly name: string
}

export interface FakeButton {
  readonly label: string
  readonly actionId: string
  readonly blockId: string
  readonly value?: string
  readonly url?: string
  readonly style?: string
}

export interface FakeSelect {
  readonly kind: string
  readonly actionId: string
  readonly blockId: string
  readonly placeholder?: string
  readonly options: readonly { readonly label: string; readonly value: string }[]
}

/** A message as people see it, at the moment of asking. */
export interface FakeMessage {
  readonly channelId: string
  readonly ts: string
  readonly threadTs?: string
  readonly authorId: string
  /** Posted by the app under test. */
  readonly byBot: boolean
  /** When it took effect, in milliseconds since the epoch. */
  readonly at: number
  readonly editedAt?: number
  /** `text` as it was sent: the notification where there are blocks. */
  readonly fallback: string
  readonly blocks: readonly JsonObject[]
  readonly metadata?: JsonObject
  /** Every text there is to read, in order, a line each, escapes undone. */
  readonly text: string
  readonly buttons: readonly FakeButton[]
  readonly selects: readonly FakeSelect[]
  /** Whom it notifies: `channel`, `here`, `everyone`, user and user group ids. */
  readonly pings: readonly string[]
  /** Addresses alive in its texts, buttons apart. */
  readonly links: readonly FakeLink[]
  readonly files: readonly { readonly name: string; readonly title: string; readonly text: string }[]
  readonly ephemeralTo?: string
  readonly broadcast: boolean
  readonly unfurls: { readonly links: boolean; readonly media: boolean }
}

/** A modal or home tab as people see it. */
export interface FakeView {
  readonly id: string
  readonly hash: string
  readonly kind: 'modal' | 'home'
  readonly userId: string
  readonly callbackId: string
  readonly privateMetadata: string
  readonly title: string
  readonly submit?: string
  readonly blocks: readonly JsonObject[]
  readonly text: string
  readonly open: boolean
  readonly buttons: readonly FakeButton[]
  readonly selects: readonly FakeSelect[]
}

/** What became of something sent to the app. */
export type Outcome =
  | { readonly kind: 'acknowledged'; readonly afterMs: number; readonly payload: unknown }
  /** Not within three seconds: people read "operation_timeout" (interactivity/implementing-slash-commands). */
  | { readonly kind: 'operation_timeout' }
  /** Answered by something else than 200, or not at all. */
  | { readonly kind: 'dispatch_failed'; readonly status: number | undefined }

export interface FakeInteraction {
  /** What was sent, as the app reads it. */
  readonly payload: JsonObject
  readonly triggerId: string
  readonly responseUrl: string | undefined
  /** Waits for what becomes of it. */
  outcome(): Promise<Outcome>
  /** Waits for the acknowledgement and gives its delay; throws where there is none in time. */
  acknowledged(): Promise<number>
  /** Waits until it was answered with this many messages, in the acknowledgement or at its response_url. */
  replies(count?: number): Promise<readonly FakeMessage[]>
  /** Waits for the first of them. */
  reply(): Promise<FakeMessage>
  /** Waits for the modal that its trigger_id opened. */
  modal(): Promise<FakeView>
  /** Waits for the answer of an external menu. */
  choices(): Promise<readonly { readonly label: string; readonly value: string }[]>
  /** Waits for the errors that a view_submission was answered with, by block_id. */
  errors(): Promise<Readonly<Record<string, string>>>
}

export interface Where {
  readonly user: FakeUser
  readonly channel: FakeChannel
}

/** One thing sent to the app, however. */
export interface Delivery {
  readonly at: number
  readonly transport: 'socket' | 'http'
  readonly kind: 'events_api' | 'slash_commands' | 'interactive'
  readonly payload: JsonObject
  /** 0 at first; 1 to 3 for what comes again. */
  readonly attempt: number
  acknowledgedAfterMs?: number
  acknowledgement?: unknown
  status?: number
}

/** One call as it came, and what became of it. */
export interface LoggedCall {
  readonly at: number
  /** The method's name, `response_url`, or what else was asked for. */
  readonly method: string
  readonly teamId: string | undefined
  readonly args: JsonObject
  /** What was answered; undefined while it is under way, and where nothing was answered at all. */
  status?: number
  ok?: boolean
  error?: string
  readonly faults: string[]
}
