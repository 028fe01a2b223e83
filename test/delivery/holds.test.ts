import { describe, expect, it } from 'vitest'
import { createHolds } from '../../src/delivery/holds.ts'
import type { PostResult } from '../../src/delivery/platform.ts'
import type { ChannelId } from '../../src/message/channel.ts'

const channel = 'slack:T1/C1' as ChannelId
const neighbour = 'slack:T1/C2' as ChannelId
const stranger = 'slack:T2/C1' as ChannelId
const elsewhere = 'discord:G/C' as ChannelId
const unknown: PostResult = { kind: 'unknown', cause: 'no answer' }
const fine: PostResult = { kind: 'posted', receipt: { id: '1' } }

describe('a hold', () => {
  for (const [scope, free] of [
    ['channel', [neighbour, stranger, elsewhere]],
    ['tenant', [stranger, elsewhere]],
    ['platform', [elsewhere]],
  ] as const) {
    it(`of a ${scope} leaves the rest alone`, () => {
      const holds = createHolds()
      holds.report(channel, { kind: 'throttled', retryAfterMs: 5000, scope }, 0)
      const all = [channel, neighbour, stranger, elsewhere]
      expect(all.filter((each) => holds.heldUntil(each, 4999) === undefined)).toEqual(free)
      expect(all.filter((each) => holds.heldUntil(each, 5000) === undefined)).toEqual(all)
    })
  }

  it('is a breath long when the platform asks for less, or for nonsense', () => {
    const holds = createHolds()
    holds.report(channel, { kind: 'throttled', retryAfterMs: -5, scope: 'channel' }, 0)
    expect(holds.heldUntil(channel, 0)).toBe(1000)
    holds.report(channel, { kind: 'throttled', retryAfterMs: Number.NaN, scope: 'channel' }, 0)
    expect(holds.heldUntil(channel, 0)).toBe(30_000)
  })
})

describe('a platform that stops answering', () => {
  const down = () => {
    const holds = createHolds()
    for (let each = 0; each < 5; each++) {
      holds.ask(channel, 0)
      holds.report(channel, unknown, 0)
    }
    return holds
  }

  it('is held after five failures in a row, and the others are not', () => {
    const holds = down()
    expect(holds.ask(stranger, 1)).toBe('held')
    expect(holds.ask(elsewhere, 1)).toBe('go')
    expect(holds.isDown(channel)).toBe(true)
  })

  it('is not held when it answers in between', () => {
    const holds = createHolds()
    for (const result of [unknown, unknown, unknown, unknown, fine, unknown, unknown]) {
      expect(holds.ask(channel, 0)).toBe('go')
      holds.report(channel, result, 0)
    }
    expect(holds.ask(channel, 0)).toBe('go')
  })

  it('is asked by one at a time once the pause is over', () => {
    const holds = down()
    expect(holds.ask(channel, 30_000)).toBe('go')
    expect(holds.ask(neighbour, 30_000)).toBe('held')
    holds.report(channel, fine, 30_000)
    expect(holds.ask(neighbour, 30_000)).toBe('go')
  })

  it('is left alone for longer each time, up to a quarter of an hour', () => {
    const holds = down()
    const pauses: number[] = []
    let now = 0
    for (let each = 0; each < 8; each++) {
      const until = holds.heldUntil(channel, now) ?? now
      pauses.push((until - now) / 1000)
      now = until
      expect(holds.ask(channel, now)).toBe('go')
      holds.report(channel, unknown, now)
    }
    expect(pauses).toEqual([30, 60, 120, 240, 480, 900, 900, 900])
  })

  it('may be asked by another when the one who might did not', () => {
    const holds = down()
    expect(holds.ask(channel, 30_000)).toBe('go')
    holds.forgo(channel)
    expect(holds.ask(neighbour, 30_000)).toBe('go')
  })
})
