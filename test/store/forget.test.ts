import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import type { ChannelId, TenantId } from '../../src/message/channel.ts'
import type { PaperId } from '../../src/papers/paper.ts'
import { forgetPerson } from '../../src/store/forget.ts'
import { channelKey, ledgerKey, seenKey } from '../../src/store/keys.ts'
import { openStore } from '../../src/store/sqlite.ts'
import { put, type Store } from '../../src/store/store.ts'

const tenant = 'slack:T0TEAM' as TenantId
const id = 'U0FORGETME'
const channel = `${tenant}/C0PAPERS` as ChannelId
const direct = `${tenant}/@${id}` as ChannelId
const paper = 'arxiv:2509.00001' as PaperId
const at = '2025-09-01T09:00:00.000Z'

let dir = ''
let store: Store
beforeEach(async () => {
  dir = mkdtempSync(join(tmpdir(), 'paperboy-forget-'))
  store = await openStore(join(dir, 'state.sqlite'))
})
afterEach(async () => {
  await store.close()
  rmSync(dir, { recursive: true })
})

const bytes = () => readdirSync(dir).map((name) => readFileSync(join(dir, name), 'latin1'))

async function fill(): Promise<void> {
  const by = { id, name: 'Ada Lovelace' }
  const record = {
    id: 's',
    channel,
    follows: { kind: 'category', category: 'cs.LG' },
    narrowing: {},
    since: { catalogId: 'c', seq: 0, announcedThrough: {} },
    by,
    at,
    muted: { by: by.name, from: at },
  } as const
  const undo = { action: 'unsubscribe', subscriptions: [record], until: at } as const
  await store.commit([
    put(store.channels, channelKey(direct), { channel: direct, tenant, name: 'Ada', addedAt: at }),
    put(store.subscriptions, channelKey(channel, 's'), { ...record, mentions: [by, { id: 'U0OTHER1', name: 'Bo' }] }),
    put(store.subscriptions, channelKey(direct, 's'), { ...record, channel: direct }),
    put(store.seen, seenKey(direct, paper), { state: 'muted', at, reasons: [] }),
    put(store.ledger, ledgerKey(channel, paper, '1'), { at, what: 'not-them', detail: 'Ada Lovelace: not Wei Wang' }),
    put(store.people, [tenant, id, 'list'], [paper]),
    put(store.actions, [tenant, 'a'], { args: ['forget', id], at }),
    put(store.audit, [tenant, '1'], { at, actor: id, channel, what: 'followed cs.LG' }),
    put(store.audit, [tenant, '2'], { at, actor: id, channel: direct, what: 'followed cs.LG' }),
    put(store.audit, [tenant, '3'], { at, actor: 'U0OTHER1', channel, what: 'removed cs.LG', undo }),
    put(store.audit, [tenant, '4'], { at, actor: 'U0OTHER1', channel, what: `moved 1 subscription to ${direct}` }),
    put(store.meta, ['subscriptions', direct], 2),
    put(store.meta, ['subscriptions'], `${direct} 2`),
    put(store.meta, ['burst', channel], { kind: 'answered', at, papers: 133, word: 'drop', by: by.name }),
  ])
}

it('after someone is forgotten no namespace and no byte of the files holds their id or name', async () => {
  await fill()
  expect(bytes().join('')).toContain(id)
  await forgetPerson(store, { tenant, id, name: 'Ada Lovelace', edition: 'anew' })
  expect(await store.purge()).toBe('purged')
  for (const text of bytes()) {
    expect(text).not.toContain(id)
    expect(text).not.toContain('Lovelace')
  }
  await store.close()
  expect(readdirSync(dir)).toEqual(['state.sqlite'])
  expect(bytes().join('')).not.toContain(id)
  store = await openStore(join(dir, 'state.sqlite'))
})

it('what others did and have stays when someone is forgotten, and what is followed counts as changed', async () => {
  await fill()
  await forgetPerson(store, { tenant, id, name: 'Ada Lovelace', edition: 'anew' })
  expect(await store.subscriptions.get(channelKey(channel, 's'))).toMatchObject({
    by: { id: '', name: 'someone who was forgotten' },
    mentions: [{ id: 'U0OTHER1', name: 'Bo' }],
  })
  const audit = await store.scan(store.audit, [tenant], { limit: 9 })
  expect(audit.map(({ value }) => [value.actor, value.what, value.undo?.action])).toEqual([
    ['', 'followed cs.LG', undefined],
    ['U0OTHER1', 'removed cs.LG', 'unsubscribe'],
    ['U0OTHER1', 'moved 1 subscription to someone who was forgotten', undefined],
  ])
  expect(await store.meta.get(['subscriptions'])).toBe('anew')
})
