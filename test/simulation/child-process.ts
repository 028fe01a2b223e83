import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { expect } from 'vitest'

/** The process has opened its files, or is gone. */
export async function opened(child: ChildProcess): Promise<void> {
  if (child.stdout === null) throw new Error('the process has no output')
  await Promise.race([once(child.stdout, 'data'), once(child, 'exit')])
}

/** How the process ended: by a signal, or by itself and well. */
export async function ended(child: ChildProcess): Promise<NodeJS.Signals | null> {
  if (child.exitCode === null && child.signalCode === null) await once(child, 'exit')
  if (child.signalCode === null) expect(child.exitCode).toBe(0)
  return child.signalCode
}
