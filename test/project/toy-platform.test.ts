import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { exampleEnvironment, readSettings } from '../../src/config.ts'
import type { ChannelId } from '../../src/message/channel.ts'
import { aPart, describePlatform } from '../conformance/platform.ts'
import { SimulatedClock } from '../support/simulated-clock.ts'
import { FolderPlatform, folderPlatform } from './toy/folder-platform.ts'

// The page "A platform" of CONTRIBUTING.md as a program.

const folders: string[] = []
afterAll(() => Promise.all(folders.map((folder) => rm(folder, { recursive: true, force: true }))))

describePlatform('folder', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'paperboy-folder-'))
  folders.push(folder)
  const clock = new SimulatedClock('2025-09-01T09:00:00Z')
  const platform = new FolderPlatform(folder, { clock })
  const channel = 'folder:club/papers' as ChannelId
  return {
    platform,
    channel,
    otherChannel: 'folder:club/other' as ChannelId,
    now: () => clock.now(),
    posted: async (where) =>
      Promise.all(
        (await platform.files(where)).map(async (file) => ({
          key: file.split(' ')[2]?.replace(/\.txt$/, '') ?? '',
          text: await platform.read(where, file),
        })),
      ),
    ask: (text) => platform.typed(channel, text),
  }
})

describe('the definition of a platform', () => {
  it('is read by the configuration: without its settings there is no such platform', () => {
    expect(readSettings(folderPlatform.settings, {})).toEqual({})
    expect(readSettings(folderPlatform.settings, { FOLDER_PATH: '/srv/papers' })).toEqual({
      FOLDER_PATH: '/srv/papers',
    })
  })

  it('brings its variables into .env.example', () => {
    const text = exampleEnvironment([{ title: 'Platform: folder', variables: folderPlatform.variables }])
    expect(text).toContain('# FOLDER_PATH=')
  })

  it('shows a message as it would be sent, for the verb render', () => {
    expect(folderPlatform.render(aPart('one', 'Sparse features').message)).toEqual([expect.stringContaining('Sparse')])
  })
})
