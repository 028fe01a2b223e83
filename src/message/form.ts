import type { Action } from './action.ts'

/** A modal: a few fields, and the action that gets their values. */
export interface Form {
  /** At most 24 characters, the narrowest title (Slack). */
  readonly title: string
  readonly submit: Action
  readonly fields: readonly Field[]
}

export type Field =
  | {
      readonly kind: 'text'
      readonly name: string
      readonly label: string
      readonly value?: string
      readonly hint?: string
      readonly optional?: boolean
      /** How many lines it shows; it takes more. Without, it takes one. */
      readonly lines?: number
      /** What it takes, where names of it can be offered while they are typed. */
      readonly takes?: 'time-zone'
      /** What may be written, each with what it means, where there is room to show them. */
      readonly examples?: readonly Choice[]
    }
  | {
      readonly kind: 'choice'
      readonly name: string
      readonly label: string
      readonly choices: readonly Choice[]
      readonly value?: string
    }
  /** Choices are asked for as the person types (`complete` question of `command` and `option`). */
  | {
      readonly kind: 'lookup'
      readonly name: string
      readonly label: string
      readonly command: string
      readonly option: string
      readonly optional?: boolean
    }

/** What is wrong with what stands in one field of a form, in a sentence. */
export interface FieldFault {
  readonly field: string
  readonly text: string
}

export interface Choice {
  readonly value: string
  readonly label: string
}
