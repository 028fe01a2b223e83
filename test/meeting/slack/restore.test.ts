import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { restoreInto } from '../../../src/cli/restore.ts'
import { isoAt } from '../../../src/clock.ts'
import { ledgerLines } from '../../../src/digest/ledger.ts'
import { writeBackup } from '../../../src/store/backup.ts'
import { expectProper, following } from './team.ts'
import type { Meeting } from './world.ts'

let meeting: Meeting
let folder: string

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'paperboy-backup-'))
})

afterEach(async () => {
  expectProper(meeting)
  await meeting.dispose()
  rmSync(folder, { recursive: true })
})

const titles = ['Counting Lanterns', 'Predicting Looms', ...Array.from({ length: 8 }, (_, at) => `Zeppelin ${at + 1}`)]

test('what was posted between a backup and its restore stands there once', async () => {
  const { meeting: opened, team } = await following()
  meeting = opened
  const times = (title: string) =>
    meeting.posts(team.channel).reduce((sum, { text }) => sum + text.split(title).length - 1, 0)
  await meeting.goTo('2025-09-09T18:00:00Z')
  await meeting.round()
  const file = join(folder, 'kept')
  await writeBackup(join(meeting.folder, 'state.sqlite'), file, isoAt(meeting.clock.now()))
  await meeting.goTo('2025-09-10T18:00:00Z')
  await meeting.round()
  expect(titles.map(times)).toEqual(titles.map(() => 1))
  await meeting.stop()
  await restoreInto(meeting.folder, file, { at: isoAt(meeting.clock.now()), settleMs: 90_000 })
  rmSync(file)
  await meeting.start()
  await meeting.round()
  await meeting.goTo('2025-09-10T18:10:00Z')
  await meeting.round()
  await meeting.goTo('2025-09-12T18:00:00Z')
  await meeting.round()
  await meeting.round()
  expect([...titles, 'The Last Lantern'].map(times)).toEqual([...titles, 'The Last Lantern'].map(() => 1))
  const states: string[] = []
  for await (const { state, receipt } of ledgerLines(meeting.app.house.store)) {
    if (state === 'muted') continue
    states.push(state)
    expect(receipt?.url).toContain('http')
  }
  expect(states).toEqual([...titles, 'The Last Lantern'].map(() => 'posted'))
})
