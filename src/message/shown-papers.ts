import { parsePaperId } from '../papers/identity.ts'
import type { PaperId } from '../papers/paper.ts'
import type { Action } from './action.ts'

/** What a paper of two lines bears, and what a full one does as well. */
const OPENS = 'details'
const ABOUT_A_PAPER: readonly string[] = ['why', OPENS]

/** Which papers a posted message shows, going by what can be pressed in it. */
export function papersShown(actions: readonly Action[]): readonly PaperId[] {
  const ids = actions.flatMap(({ name, args: [id = ''] }) =>
    ABOUT_A_PAPER.includes(name) ? (parsePaperId(id)?.id ?? []) : [],
  )
  return [...new Set(ids)]
}

/** Whether a posted message shows its papers in two lines each. */
export function isShownBrief(actions: readonly Action[]): boolean {
  return actions.some(({ name }) => name === OPENS)
}
