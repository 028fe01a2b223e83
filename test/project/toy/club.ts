import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type App, createApp } from '../../../src/app.ts'
import { readConfig } from '../../../src/config.ts'
import type { Rank } from '../../../src/delivery/platform.ts'
import type { ChannelId, TenantId } from '../../../src/message/channel.ts'
import { renderText } from '../../../src/platforms/text/render.ts'
import { seededRandom } from '../../support/seeded-random.ts'
import { SimulatedClock } from '../../support/simulated-clock.ts'
import { FolderPlatform, folderPlatform } from './folder-platform.ts'

export interface Club {
  readonly app: App
  readonly clock: SimulatedClock
  readonly platform: FolderPlatform
  readonly channel: ChannelId
  ask(text: string, rank?: Rank): Promise<string>
  close(): Promise<void>
}

/** The whole program with the toy platform, in a folder of its own and with nobody to ask on the network. */
export async function openClub(): Promise<Club> {
  const folder = await mkdtemp(join(tmpdir(), 'paperboy-club-'))
  const clock = new SimulatedClock('2025-09-09T12:00:00Z')
  const environment = { DATA_DIR: join(folder, 'data'), FOLDER_PATH: join(folder, 'channels') }
  const fetch = async () => new Response('There is no network here', { status: 403 })
  const world = { config: readConfig(environment, false), clock, random: seededRandom(1), fetch, log: () => {} }
  const app = await createApp(world, { platforms: [folderPlatform] })
  const [platform] = app.platforms
  if (!(platform instanceof FolderPlatform)) throw new Error('the toy platform was not made')
  const channel = 'folder:club/papers' as ChannelId
  await platform.start(app.handlers)
  await app.handlers.on({ kind: 'bot-added', channel, name: '#papers' })
  return {
    app,
    clock,
    platform,
    channel,
    ask: async (text, rank = 'member') => {
      const actor = { platform: 'folder', tenant: 'folder:club' as TenantId, id: 'ada', name: 'Ada', rank }
      const question = { kind: 'command', actor, channel, input: { form: 'text', text } } as const
      const reply = await app.handlers.ask(question, { signal: new AbortController().signal })
      return reply.kind === 'message' ? renderText(reply.message) : JSON.stringify(reply)
    },
    close: async () => {
      await platform.stop()
      await app.close()
      await rm(folder, { recursive: true, force: true })
    },
  }
}
