/** What Discord is sent, as far as we use it (docs.discord.com, components reference and message resource). */

export interface TextDisplay {
  readonly type: 10
  readonly content: string
}

export interface Button {
  readonly type: 2
  readonly style: 1 | 2 | 4
  readonly label: string
  readonly custom_id: string
  readonly disabled?: true
}

export interface Select {
  readonly type: 3
  readonly custom_id: string
  readonly placeholder: string
  readonly options: readonly { readonly label: string; readonly value: string; readonly description?: string }[]
}

export interface Row {
  readonly type: 1
  readonly components: readonly (Button | Select)[]
}

export interface Section {
  readonly type: 9
  readonly components: readonly TextDisplay[]
  readonly accessory: Button
}

export interface Separator {
  readonly type: 14
  readonly divider: boolean
  readonly spacing: 1
}

export type Block = TextDisplay | Row | Section | Separator

export interface Container {
  readonly type: 17
  readonly accent_color: number
  readonly components: readonly Block[]
}

export interface Embed {
  readonly author?: { readonly name: string }
  readonly title?: string
  readonly url?: string
  readonly description?: string
  readonly color: number
}

/** Without it a message of a bot pings everybody whom its text mentions. */
export const NO_MENTIONS = { parse: [] } as const

/** Nothing in the text calls anybody but these people, who asked for it. */
export interface AllowedMentions {
  readonly parse: readonly []
  readonly users?: readonly string[]
}

export type Payload =
  | {
      readonly flags: number
      readonly components: readonly (Container | TextDisplay | Row)[]
      readonly allowed_mentions: AllowedMentions
    }
  | {
      readonly content?: string
      readonly embeds: readonly Embed[]
      readonly components: readonly Row[]
      readonly allowed_mentions: AllowedMentions
    }

export type Rendering = 'components' | 'embeds'

/** IS_COMPONENTS_V2: it can't be taken from a message again, and leaves no place for content and embeds. */
export const COMPONENTS_V2 = 1 << 15
export const EPHEMERAL = 1 << 6
