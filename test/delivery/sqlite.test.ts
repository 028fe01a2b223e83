import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import type { ChannelId } from '../../src/message/channel.ts'
import { openStore } from '../../src/store/sqlite.ts'
import { aWorkshop, decideDigest, ledgerOf } from '../support/delivery.ts'
import { MemoryPlatform } from '../support/memory-platform.ts'
import { SimulatedClock } from '../support/simulated-clock.ts'

const channel = 'memory:team/papers' as ChannelId
const slot = '2025-09-01T09:00:00.000Z'
let folder: string

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'courier-'))
})

afterEach(() => rm(folder, { recursive: true }))

it('a part that was being sent when the process ended is found, with the state on disk', async () => {
  const clock = new SimulatedClock(slot)
  const platform = new MemoryPlatform(clock)
  const file = join(folder, 'state.sqlite')
  const first = await openStore(file)
  await decideDigest(first, { channel, slot, parts: [['a', 'b'], ['c']] })
  platform.postFaults.push({ kind: 'deaf' })
  const before = aWorkshop(clock, platform, { store: first })
  void before.courier.sendDue(new AbortController().signal)
  await clock.advance(1000)
  expect(await before.states()).toEqual(['sending', 'ready'])
  await first.close()

  const second = await openStore(file)
  const after = aWorkshop(clock, platform, { store: second })
  await after.restart()
  await after.deliverFor(5 * 60_000)
  expect(platform.standing(channel).map(({ text }) => text)).toEqual(['a, b', 'c'])
  expect(await after.states()).toEqual(['posted', 'posted'])
  expect(await ledgerOf(second, channel, 'b')).toEqual(['sending', 'unknown', 'posted'])
  await second.close()
})
