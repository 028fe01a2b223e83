import { parsePaperId } from '../papers/identity.ts'
import type { PaperId } from '../papers/paper.ts'
import type { Action } from './action.ts'

/** What a full paper of a digest and one of two lines bear, each for its own paper. */
const ABOUT_A_PAPER: readonly string[] = ['why', 'details']

/** Which papers a posted message shows, going by what can be pressed in it. */
export function papersShown(actions: readonly Action[]): readonly PaperId[] {
  const ids = actions.flatMap(({ name, args: [id = ''] }) =>
    ABOUT_A_PAPER.includes(name) ? (parsePaperId(id)?.id ?? []) : [],
  )
  return [...new Set(ids)]
}
