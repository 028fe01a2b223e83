import type { FakeMessage } from './fake-types.ts'
import type { JsonObject } from './json-value.ts'

/** interactions/receiving-and-responding, "Interaction Type". */
export const INTERACTION = { command: 2, component: 3, autocomplete: 4, modal: 5 } as const
export type InteractionType = (typeof INTERACTION)[keyof typeof INTERACTION]

/** One interaction, from the moment it was sent to the app. */
export interface Interaction {
  readonly id: string
  readonly token: string
  readonly type: InteractionType
  readonly askerId: string
  readonly channelId: string
  readonly at: number
  /** The message whose button or select was used, or whose modal was sent. */
  readonly sourceId: string | undefined
  acknowledgedAt: number | undefined
  callbackType: number | undefined
  originalId: string | undefined
  readonly followUpIds: string[]
  /** What the original looked like after each edit. */
  readonly edits: FakeMessage[]
  choices: readonly JsonObject[] | undefined
  modal: JsonObject | undefined
}

export interface InteractionBook {
  add(interaction: Interaction): void
  byToken(token: string): Interaction | undefined
  /** Wakes who waits for something to become of an interaction. */
  changed(): void
  /** Calls back after each change; returns how to stop. */
  watch(listener: () => void): () => void
}

export function createInteractionBook(): InteractionBook {
  const interactions = new Map<string, Interaction>()
  const listeners = new Set<() => void>()
  return {
    add: (interaction) => void interactions.set(interaction.token, interaction),
    byToken: (token) => interactions.get(token),
    changed: () => {
      for (const listener of [...listeners]) listener()
    },
    watch: (listener) => {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
  }
}
