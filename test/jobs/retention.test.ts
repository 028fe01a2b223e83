import { expect, it } from 'vitest'
import { ledgerOf } from '../../src/digest/ledger.ts'
import { tenantIsHere, tenantLeft } from '../../src/jobs/departures.ts'
import { retain } from '../../src/jobs/retention.ts'
import type { ChannelId, TenantId } from '../../src/message/channel.ts'
import type { PaperId } from '../../src/papers/paper.ts'
import { forgetPerson } from '../../src/store/forget.ts'
import { channelKey, ledgerKey, seenKey } from '../../src/store/keys.ts'
import type { Reason } from '../../src/store/records.ts'
import { put } from '../../src/store/store.ts'
import { aWorkshop, decideDigest } from '../support/delivery.ts'
import { MemoryPlatform } from '../support/memory-platform.ts'
import { type Memory, openMemoryStore } from '../support/memory-store.ts'
import { SimulatedClock } from '../support/simulated-clock.ts'

const DAY = 24 * 3_600_000
const channel = 'memory:team/papers' as ChannelId
const slot = '2025-09-01T09:00:00.000Z'
const paper = 'arxiv:2509.00001' as PaperId
const reason: Reason = {
  subscription: 's',
  label: 'Ada',
  kind: 'author',
  confidence: 'likely',
  evidence: ['the same co-authors'],
}

async function posted(memory: Memory = new Map()) {
  const clock = new SimulatedClock(slot)
  const store = openMemoryStore(memory)
  const workshop = aWorkshop(clock, new MemoryPlatform(clock), { store })
  await decideDigest(store, { channel, slot, parts: [[paper]] })
  await store.commit([
    put(store.seen, seenKey(channel, paper), {
      state: 'digested',
      digest: `${channel} ${slot} 1`,
      part: 1,
      at: slot,
      reasons: [reason],
    }),
    put(store.ledger, ledgerKey(channel, paper, '0'), { at: slot, what: 'matched', detail: 'Ada (likely)' }),
    put(store.audit, ['memory:team', '1'], { at: slot, actor: 'U1', channel, what: 'followed Ada' }),
  ])
  await workshop.deliver()
  const after = async (days: number) => {
    await clock.advance(days * DAY)
    await retain({ store, clock, log: () => {} })
  }
  return { ...workshop, clock, store, after, memory }
}

it('a year of steps stays, and then one that says what became of the paper and why', async () => {
  const { store, after } = await posted()
  await after(364)
  expect((await ledgerOf(store, channel, paper))?.steps.map(({ what }) => what)).toEqual([
    'matched',
    'sending',
    'posted',
  ])
  await after(2)
  const { state, steps } = (await ledgerOf(store, channel, paper)) ?? {}
  expect(state).toBe('posted')
  expect(steps).toMatchObject([{ what: 'posted', detail: 'Ada (likely)' }])
  expect(await store.scan(store.audit, [], { limit: 9 })).toEqual([])
})

it('what was posted stays seen for ever, in little space', async () => {
  const { store, after, memory } = await posted()
  await after(91)
  const seen = await store.seen.get(seenKey(channel, paper))
  expect(seen).toMatchObject({ state: 'posted', receipt: { id: 'm1' }, version: 1, reasons: [] })
  await after(300)
  const rows = ['seen', 'ledger'].flatMap((name) => [...(memory.get(name) ?? [])])
  expect(rows.reduce((sum, [key, value]) => sum + key.length + value.length, 0)).toBeLessThan(320)
})

it('a tenant that removed us is forgotten after 30 days, and its tokens at once', async () => {
  const { store, clock, after, memory } = await posted()
  const tenant = 'memory:team' as TenantId
  await store.installations.set([tenant], { token: 'x' })
  await store.meta.set(['burst', channel], { kind: 'over' })
  await clock.advance(DAY)
  await tenantLeft({ store, clock }, tenant)
  expect(await store.installations.get([tenant])).toBeUndefined()
  await after(29)
  expect(await store.seen.get(seenKey(channel, paper))).toBeDefined()
  await after(2)
  for (const namespace of [store.seen, store.parts, store.digests, store.ledger, store.postings, store.audit])
    expect(await store.scan<unknown>(namespace, [], { limit: 9 })).toEqual([])
  expect(await store.meta.get(['gone', tenant])).toBeUndefined()
  expect(JSON.stringify([...memory].map(([name, rows]) => [name, ...rows]))).not.toContain('memory')
})

it('a tenant that comes back within 30 days keeps everything', async () => {
  const { store, clock, after } = await posted()
  const tenant = 'memory:team' as TenantId
  await tenantLeft({ store, clock }, tenant)
  await after(20)
  await tenantIsHere(store, tenant)
  await after(40)
  expect(await store.seen.get(seenKey(channel, paper))).toBeDefined()
})

it('a tenant to which something could be posted since has not removed us', async () => {
  const { store, clock, after, deliver } = await posted()
  await tenantLeft({ store, clock }, 'memory:team' as TenantId)
  await clock.advance(DAY)
  await decideDigest(store, { channel, slot: '2025-09-02T09:00:00.000Z', parts: [['arxiv:2509.00002']] })
  await deliver()
  await after(31)
  expect(await store.seen.get(seenKey(channel, paper))).toBeDefined()
})

it('who asks to be forgotten leaves no name, what they set up for a channel stays, and their direct messages go', async () => {
  const { store } = await posted()
  const by = { id: 'U1', name: 'Ada Lovelace' }
  const direct = 'memory:team/@U1' as ChannelId
  const since = { catalogId: 'c', seq: 0, announcedThrough: {} }
  const record = {
    id: 's',
    channel,
    follows: { kind: 'category', category: 'cs.LG' },
    narrowing: {},
    since,
    by,
    at: slot,
  } as const
  await store.commit([
    put(store.subscriptions, channelKey(channel, 's'), record),
    put(store.subscriptions, channelKey(direct, 's'), { ...record, channel: direct }),
    put(store.seen, seenKey(direct, paper), { state: 'muted', at: slot, reasons: [] }),
    put(store.people, ['memory:team', 'U1', 'list'], ['arxiv:2509.00001']),
    put(store.people, ['memory:team', 'U2', 'list'], ['arxiv:2509.00001']),
    put(store.ledger, ledgerKey(channel, paper, '1'), {
      at: slot,
      what: 'not-them',
      detail: 'Ada Lovelace: not Wei Wang',
    }),
  ])
  await forgetPerson(store, { tenant: 'memory:team' as TenantId, id: 'U1', name: 'ada', edition: 'anew' })
  expect(await store.subscriptions.get(channelKey(channel, 's'))).toMatchObject({ id: 's', by: { id: '' } })
  expect(await store.subscriptions.get(channelKey(direct, 's'))).toBeUndefined()
  expect(await store.seen.get(seenKey(direct, paper))).toBeUndefined()
  expect((await store.scan(store.people, [], { limit: 9 })).map(({ key }) => key[1])).toEqual(['U2'])
  const kept = JSON.stringify([
    await store.scan(store.subscriptions, [], { limit: 9 }),
    await store.scan(store.audit, [], { limit: 9 }),
    await store.scan(store.ledger, [], { limit: 99 }),
  ])
  expect(kept).not.toContain('Lovelace')
  expect(kept).not.toContain('"U1"')
})
