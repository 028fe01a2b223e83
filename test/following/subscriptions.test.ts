import { describe, expect, it } from 'vitest'
import type { Follows } from '../../src/following/subscription.ts'
import type { NewSubscription } from '../../src/following/subscriptions.ts'
import {
  addSubscription,
  allSubscriptions,
  followsLabel,
  listSubscriptions,
  removeSubscriptions,
  restoreSubscriptions,
  sameFollows,
  updateProfile,
} from '../../src/following/subscriptions.ts'
import type { ChannelId, TenantId } from '../../src/message/channel.ts'
import { scopeOf } from '../../src/store/scope.ts'
import { anAuthor, aProfile, aReason, slack, theBeginning } from '../support/following.ts'
import { openMemoryStore } from '../support/memory-store.ts'

const ours = scopeOf({ tenant: 'slack:T1' as TenantId })
const theirs = scopeOf({ tenant: 'slack:T2' as TenantId })
const theirChannel = 'slack:T2/C1' as ChannelId

const asked = (id: string, follows: Follows = anAuthor('Jared Kaplan'), channel = slack): NewSubscription => ({
  id,
  channel,
  follows,
  narrowing: {},
  since: theBeginning,
  by: { id: 'U1', name: 'Ada' },
  at: '2025-09-01T10:00:00.000Z',
})

const listed = async (store: ReturnType<typeof openMemoryStore>) =>
  (await listSubscriptions(store, ours, slack)).map((each) => followsLabel(each.follows, each.record.narrowing))

describe('a channel', () => {
  it('lists what it follows, oldest first, with the profiles', async () => {
    const store = openMemoryStore()
    await addSubscription(store, ours, asked('1'))
    await addSubscription(store, ours, {
      ...asked('2', { kind: 'category', category: 'cs.CL' }),
      narrowing: { without: ['survey'] },
    })
    await addSubscription(store, ours, asked('3', { kind: 'query', query: 'sparse autoencoder' }))
    expect(await listed(store)).toEqual([
      'Jared Kaplan',
      'cs.CL Computation and Language (without survey)',
      'sparse autoencoder',
    ])
  })

  it('follows one thing once, however often and fast it is asked', async () => {
    const store = openMemoryStore()
    const outcomes = await Promise.all(['1', '2', '3'].map((id) => addSubscription(store, ours, asked(id))))
    expect(outcomes.map((each) => each.kind).sort()).toEqual(['added', 'already', 'already'])
    expect(new Set(outcomes.map((each) => each.subscription.id)).size).toBe(1)
    expect(await listed(store)).toEqual(['Jared Kaplan'])
  })

  it('has everything back after an undo, corrections too', async () => {
    const store = openMemoryStore()
    await addSubscription(store, ours, asked('1'))
    await updateProfile(store, ours, '1', (profile) => ({ ...profile, variants: ['J. Kaplan'] }))
    const gone = await removeSubscriptions(store, ours, slack, ['1', 'none such'])
    expect(gone.map((record) => record.id)).toEqual(['1'])
    expect(await listed(store)).toEqual([])
    expect(await restoreSubscriptions(store, ours, gone)).toEqual(gone)
    expect((await listSubscriptions(store, ours, slack))[0]?.follows).toEqual(
      anAuthor('Jared Kaplan', { variants: ['J. Kaplan'] }),
    )
    expect(await restoreSubscriptions(store, ours, gone)).toEqual([])
  })

  it('has the papers back, too, that a digest left out before the undo', async () => {
    const store = openMemoryStore()
    await addSubscription(store, ours, asked('1'))
    const gone = await removeSubscriptions(store, ours, slack, ['1'])
    const at = '2025-09-12T09:00:00.000Z'
    await store.seen.set([slack, 'arxiv:1'], { state: 'muted', at, reasons: [aReason({ subscription: '1' })] })
    await store.seen.set([slack, 'arxiv:2'], { state: 'muted', at, reasons: [aReason({ subscription: '2' })] })
    await restoreSubscriptions(store, ours, gone)
    expect((await store.seen.get([slack, 'arxiv:1']))?.state).toBe('pending')
    expect(await store.pending.get([slack, 'arxiv:1'])).toEqual({ at })
    expect((await store.seen.get([slack, 'arxiv:2']))?.state).toBe('muted')
  })

  it('does not follow twice what was followed anew before the undo', async () => {
    const store = openMemoryStore()
    await addSubscription(store, ours, asked('1'))
    const gone = await removeSubscriptions(store, ours, slack, ['1'])
    await addSubscription(store, ours, asked('2'))
    expect(await restoreSubscriptions(store, ours, gone)).toEqual([])
    expect(await listed(store)).toEqual(['Jared Kaplan'])
  })
})

describe('a tenant', () => {
  it("never reads or changes another's", async () => {
    const store = openMemoryStore()
    await addSubscription(store, theirs, asked('1', anAuthor('Yang Liu'), theirChannel))
    expect(() => addSubscription(store, ours, asked('2', anAuthor('Yang Liu'), theirChannel))).toThrow(
      /belongs to slack:T2/,
    )
    expect(() => removeSubscriptions(store, ours, theirChannel, ['1'])).toThrow(/belongs to/)
    await expect(listSubscriptions(store, ours, theirChannel)).rejects.toThrow(/belongs to/)
    const [record] = (await listSubscriptions(store, theirs, theirChannel)).map((each) => each.record)
    await expect(restoreSubscriptions(store, ours, record === undefined ? [] : [record])).rejects.toThrow(/belongs to/)
    expect(await updateProfile(store, ours, '1', () => aProfile({ displayName: 'stolen' }))).toBeUndefined()
    expect((await listSubscriptions(store, theirs, theirChannel))[0]?.follows).toEqual(anAuthor('Yang Liu'))
  })

  it("corrects its own profile of a person and nobody else's", async () => {
    const store = openMemoryStore()
    await addSubscription(store, ours, asked('1'))
    await addSubscription(store, theirs, asked('1', anAuthor('Jared Kaplan'), theirChannel))
    await updateProfile(store, ours, '1', (profile) => ({ ...profile, variants: ['J. Kaplan'] }))
    expect((await listSubscriptions(store, theirs, theirChannel))[0]?.follows).toEqual(anAuthor('Jared Kaplan'))
  })
})

describe('all subscriptions', () => {
  it('come with their profiles, page after page, and a damaged one keeps none of the others away', async () => {
    const store = openMemoryStore()
    for (let n = 0; n < 1050; n++) {
      const id = String(n).padStart(4, '0')
      const follows =
        n % 2 === 0
          ? ({ kind: 'category', category: 'cs.CL' } as const)
          : ({ kind: 'author', profile: `P${id}` } as const)
      await store.subscriptions.set(['slack:T1', slack, id], {
        ...asked(id),
        follows,
      })
      if (n % 2 === 1 && n !== 7)
        await store.profiles.set(['slack:T1', `P${id}`], aProfile({ displayName: `Author ${id}` }))
    }
    const events: unknown[] = []
    const found: string[] = []
    for await (const each of allSubscriptions(store, (event) => events.push(event)))
      found.push(followsLabel(each.follows, {}))
    expect(found.length).toBe(1049)
    expect(found[1]).toBe('Author 0001')
    expect(found.at(-1)).toBe('Author 1049')
    expect(events).toEqual([{ event: 'subscription.profile-missing', subscription: '0007' }])
  })
})

describe('the same thing', () => {
  it('is told by ids and papers where names alone are not enough', () => {
    const liu = (over: Parameters<typeof aProfile>[0] = {}) => anAuthor('Yang Liu', over)
    expect(sameFollows(liu(), anAuthor('yang  liu'))).toBe(true)
    expect(sameFollows(liu({ papers: ['arxiv:1'] }), liu({ papers: ['arxiv:2'] }))).toBe(false)
    expect(sameFollows(liu({ papers: ['arxiv:1', 'arxiv:2'] }), liu({ papers: ['arxiv:2'] }))).toBe(true)
    expect(sameFollows(liu({ ids: { orcid: '1' } }), anAuthor('Y. Liu', { ids: { orcid: '1' } }))).toBe(true)
    expect(sameFollows(liu({ ids: { orcid: '1' } }), liu({ ids: { orcid: '2' } }))).toBe(false)
    expect(sameFollows({ kind: 'query', query: 'a  b' }, { kind: 'query', query: 'A b' })).toBe(true)
    expect(sameFollows({ kind: 'category', category: 'cs.CL' }, { kind: 'query', query: 'cs.CL' })).toBe(false)
  })
})
