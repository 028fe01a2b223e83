import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { ChannelId } from '../../../src/message/channel.ts'
import { createDiscord } from '../../../src/platforms/discord/connection.ts'
import { aPart } from '../../conformance/platform.ts'
import { openMemoryStore } from '../../support/memory-store.ts'
import { SimulatedClock } from '../../support/simulated-clock.ts'
import { answer, CHANNEL, GUILD, openStub, type Stub } from './stub.ts'

const channel = `discord:${GUILD}/${CHANNEL}` as ChannelId
const { signal } = new AbortController()

describe('a part of unknown outcome', () => {
  let stub: Stub
  const discord = (rendering: 'components' | 'embeds' = 'components') =>
    createDiscord(
      { apiUrl: stub.url, token: 'token', rendering, shards: 1 },
      { commands: [], store: openMemoryStore(), clock: new SimulatedClock(stub.now), fetch, log: () => {} },
    )
  const find = (since = stub.now - 60_000) => discord().find(channel, aPart('one'), since, signal)

  beforeEach(async () => {
    stub = await openStub()
  })
  afterEach(() => stub.close())

  it('can’t be looked for without the right to read the history, where Discord would show an empty list', async () => {
    stub.overwrites.push({ id: GUILD, type: 0, allow: '0', deny: String(1n << 16n) })
    expect(await find()).toEqual({ kind: 'cannot-look', why: 'Paperboy lacks Read Message History in the channel' })
    expect(stub.asked.some(({ path }) => path.endsWith('/messages'))).toBe(false)
  })

  it('is found behind hundreds of messages of others', async () => {
    const chat = (count: number) => {
      for (let n = 0; n < count; n++) {
        const id = String(BigInt(stub.now - 1_420_070_400_000) * 4_194_304n + BigInt(stub.messages.length + 1000))
        stub.messages.push({ id, channel: CHANNEL, author: { id: '5' }, body: {} })
      }
    }
    chat(250)
    expect(await find()).toEqual({ kind: 'absent' })
    stub.now += 1000
    const posted = await discord().post(channel, aPart('one'), signal)
    stub.now += 1000
    chat(150)
    expect(await find(stub.now - 60_000)).toEqual({
      kind: 'found',
      receipt: posted.kind === 'posted' && posted.receipt,
    })
  })

  it('is not taken from a message of somebody else that bears its key', async () => {
    await discord().post(channel, aPart('one'), signal)
    const [made] = stub.messages
    stub.messages.splice(0, 1, { id: made?.id ?? '', channel: CHANNEL, author: { id: '5' }, body: made?.body ?? {} })
    expect(await find()).toEqual({ kind: 'absent' })
  })

  it('is looked for again when looking failed', async () => {
    stub.guild.roles = []
    await stub.close()
    await expect(find()).rejects.toThrow()
    stub = await openStub()
  })

  it('is the earlier message when the request was made twice', async () => {
    const first = await discord().post(channel, aPart('one'), signal)
    expect(await discord().post(channel, aPart('one'), signal)).toEqual(first)
    expect(stub.messages).toHaveLength(1)
    expect(stub.messages[0]?.body).toMatchObject({ nonce: aPart('one').key, enforce_nonce: true })
  })

  it('stays open after a 500 or an answer that can’t be read', async () => {
    stub.fault = (response) => answer(response, 500, {})
    expect((await discord().post(channel, aPart('one'), signal)).kind).toBe('unknown')
    stub.fault = (response) => response.end('<html>')
    expect((await discord().post(channel, aPart('one'), signal)).kind).toBe('unknown')
  })

  it('is edited in the form in which it was posted, whatever the setting is by now', async () => {
    const posted = await discord('embeds').post(channel, aPart('one'), signal)
    if (posted.kind !== 'posted') throw new Error(posted.kind)
    await discord('components').edit(channel, posted.receipt, aPart('one', 'As it is'), signal)
    expect(stub.messages[0]?.body).toHaveProperty('embeds')
    expect(stub.messages[0]?.body).not.toHaveProperty('flags')
    expect(await find()).toEqual({ kind: 'found', receipt: posted.receipt })
  })

  it('goes to a person by a channel that is opened once', async () => {
    const platform = discord()
    const direct = 'discord:@500000000000000001' as ChannelId
    const posted = await platform.post(direct, aPart('one'), signal)
    await platform.post(direct, aPart('two'), signal)
    expect(posted).toMatchObject({ receipt: { url: expect.stringContaining('/channels/@me/300000000000000001/') } })
    expect(stub.asked.filter(({ path }) => path === '/users/@me/channels')).toHaveLength(1)
    expect((await platform.find(direct, aPart('one'), stub.now - 60_000, signal)).kind).toBe('found')
  })
})
