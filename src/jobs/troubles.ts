import type { Log } from '../log.ts'

export interface TroubleHouse {
  /** What is wrong with the machine itself now, a sentence each. */
  troubles(): Promise<readonly { readonly key: string; readonly text: string }[]>
  /** To whoever runs the program; `isOver`: it is good news. */
  tell(text: string, isOver: boolean): Promise<void>
  readonly log: Log
}

/**
 * Tells an admin of each trouble of the machine once, and once more when it is over; what could not be told is told by the next
 * look. It is kept in memory, for what it tells of is that nothing can be kept. The function never rejects.
 */
export function createTroubleWatch({ troubles, tell, log }: TroubleHouse): () => Promise<void> {
  const told = new Map<string, boolean>()
  const isTold = (text: string, isOver: boolean) =>
    tell(text, isOver).then(
      () => true,
      () => false,
    )
  return async () => {
    try {
      const now = await troubles()
      for (const { key, text } of now) {
        if (!told.has(key)) log({ event: 'machine.trouble', trouble: key, detail: text })
        if (told.get(key) !== true) told.set(key, await isTold(text, false))
      }
      for (const key of told.keys()) {
        if (now.some((each) => each.key === key)) continue
        // Also where the trouble itself could not be told, for then it was that nothing could be written.
        if (await isTold(OVER[key] ?? `What was wrong (${key}) is over.`, true)) told.delete(key)
      }
    } catch (error) {
      log({ event: 'machine.unwatched', error })
    }
  }
}

const OVER: Readonly<Record<string, string>> = {
  clock: 'The machine’s clock is right again: what fell due meanwhile comes now.',
  disk: 'The data folder takes what is written again: what was held up meanwhile goes on.',
}
