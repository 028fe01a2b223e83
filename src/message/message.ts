import type { PaperId } from '../papers/paper.ts'
import type { Action } from './action.ts'

/** What we say, whatever the platform. All text is plain Unicode: a renderer escapes it once, and nothing in it can format, link or mention. */
export interface Message {
  /** What a notification or a screen reader says in place of the nodes. */
  readonly summary: string
  readonly nodes: readonly MessageNode[]
}

export type MessageNode =
  | { readonly kind: 'heading'; readonly text: string; readonly level: 1 | 2 }
  | { readonly kind: 'line'; readonly spans: readonly Span[]; readonly quiet?: boolean }
  /** With `more` it is one of many: at most two lines and a note, and what lies behind them is a press away, or what `more` opens. */
  | { readonly kind: 'paper'; readonly paper: PaperView; readonly more?: Button }
  /** Calls people who asked for it, and nobody else. */
  | { readonly kind: 'mention'; readonly people: readonly MentionedPerson[]; readonly text: string }
  | { readonly kind: 'people'; readonly title: string; readonly people: readonly PersonView[] }
  | { readonly kind: 'table'; readonly columns: readonly string[]; readonly rows: readonly TableRow[] }
  | { readonly kind: 'notice'; readonly tone: Tone; readonly text: string; readonly next?: string }
  | { readonly kind: 'pager'; readonly shown: string; readonly previous?: Action; readonly next?: Action }
  /** One short line that somebody here has to answer: what is asked, of what, and the answers. */
  | { readonly kind: 'question'; readonly asks: string; readonly about: Span; readonly buttons: readonly Button[] }
  | { readonly kind: 'buttons'; readonly buttons: readonly Button[] }
  | { readonly kind: 'divider' }

export type Tone = 'info' | 'success' | 'warning' | 'error'

/** A run of text. `url` is one of ours or of a paper's own links, never one found in a text. */
export interface Span {
  readonly text: string
  readonly style?: 'strong' | 'code'
  readonly url?: string
}

export interface PaperView {
  readonly id: PaperId
  readonly version?: number
  readonly title: string
  /** Shortened around the followed authors, who are strong. */
  readonly byline: readonly Span[]
  /** For people, e.g. `12 Sep 2025`. */
  readonly date: string
  readonly venue: string
  readonly category?: string
  /** Cut at a sentence. */
  readonly abstract?: string
  /** The abstract uncut, where `abstract` is cut: for a platform that can unfold it. */
  readonly wholeAbstract?: string
  readonly links: readonly Link[]
  /** Why it is here, one short sentence each. */
  readonly reasons: readonly string[]
  /** Collaborators worth knowing, one line. */
  readonly collaborators?: string
  /** What became of it since: `v2, 3 March: title changed`. */
  readonly note?: string
  readonly withdrawn?: boolean
  readonly buttons: readonly Button[]
}

export interface Link {
  readonly label: string
  readonly url: string
}

export interface Button {
  readonly label: string
  readonly action: Action
  readonly style?: 'primary' | 'danger'
  /** It works once and for so long after it was shown, in milliseconds; `used` is what it says afterwards. Only some platforms can show that. */
  readonly once?: { readonly used: string; readonly forMs: number }
}

export interface PersonView {
  readonly name: string
  readonly papers: number
  /** Opens the person's page. */
  readonly action?: Action
}

export interface MentionedPerson {
  /** As the platform knows them. */
  readonly id: string
  readonly name: string
}

export interface TableRow {
  readonly cells: readonly string[]
  /** What the first cell leads to, where a platform's tables can: a person's page. */
  readonly opens?: Action
  readonly button?: Button
}

/** A message of nothing but a notice: what most answers that are not papers come to. */
export function notice(tone: Tone, text: string, next?: string): Message {
  return { summary: text, nodes: [{ kind: 'notice', tone, text, ...(next === undefined ? {} : { next }) }] }
}
