import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { restoreInto } from '../../src/cli/restore.ts'
import { isoAt } from '../../src/clock.ts'
import { writeBackup } from '../../src/store/backup.ts'
import type { Following } from './reckoning.ts'
import type { SimulatedWorld } from './world.ts'

/** What a test's own list says at the moment of a backup. */
interface Kept {
  readonly file: string
  readonly followings: readonly Following[]
  readonly confirmed: ReadonlyMap<string, number>
}

/** Backups of a world, with what was followed when they were made. */
export class Backups {
  readonly #folder = mkdtempSync(join(tmpdir(), 'paperboy-backups-'))
  readonly #kept: Kept[] = []

  async make(world: SimulatedWorld, followings: readonly Following[], confirmed: Map<string, number>): Promise<void> {
    const file = join(this.#folder, String(this.#kept.length))
    await writeBackup(join(world.folder, 'state.sqlite'), file, isoAt(world.clock.now()))
    this.#kept.push({ file, followings: followings.map((each) => ({ ...each })), confirmed: new Map(confirmed) })
  }

  /**
   * Restores the last backup but `back`, while no process runs; both lists are as they were then. What was followed since is
   * followed no more, though what it brought may stand in the channels.
   */
  async restore(
    world: SimulatedWorld,
    back: number,
    followings: Following[],
    confirmed: Map<string, number>,
  ): Promise<boolean> {
    const kept = this.#kept.at(-1 - back)
    if (kept === undefined) return false
    const now = world.clock.now()
    await restoreInto(world.folder, kept.file, { at: isoAt(now), settleMs: 90_000 })
    const since = followings.slice(kept.followings.length).map((each) => ({ ...each, until: each.until ?? now }))
    followings.splice(0, followings.length, ...kept.followings.map((each) => ({ ...each })), ...since)
    confirmed.clear()
    for (const [pair, at] of kept.confirmed) confirmed.set(pair, at)
    return true
  }

  dispose(): void {
    rmSync(this.#folder, { recursive: true })
  }
}
