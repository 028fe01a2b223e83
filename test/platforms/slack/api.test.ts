import { expect, test } from 'vitest'
import { slackApi } from '../../../src/platforms/slack/api.ts'
import { SimulatedClock } from '../../support/simulated-clock.ts'

/** Slack's first answer asks for a minute of quiet. */
function hasty() {
  const clock = new SimulatedClock('2025-09-10T12:00:00Z')
  const asked: string[] = []
  const call = slackApi({
    apiUrl: 'https://slack.test/api/',
    token: 'xoxb-1',
    clock,
    fetch: async (input) => {
      asked.push(String(input))
      if (asked.length === 1) return new Response(null, { status: 429, headers: { 'retry-after': '60' } })
      return Response.json({ ok: true })
    },
  })
  return { clock, call, asked }
}

test('a method is not asked again before the wait is over that Slack asked for', async () => {
  const { clock, call, asked } = hasty()
  const look = () => call('conversations.history', { channel: 'C1' })
  expect(await look()).toEqual({ kind: 'throttled', retryAfterMs: 60_000 })
  await clock.advance(15_000)
  expect(await look()).toEqual({ kind: 'throttled', retryAfterMs: 45_000 })
  expect(asked).toHaveLength(1)
  await clock.advance(45_000)
  expect(await look()).toMatchObject({ kind: 'ok' })
})

test('the wait of one method, or of posting in one channel, holds up nothing else', async () => {
  const { call, asked } = hasty()
  await call('chat.postMessage', { channel: 'C1' })
  expect(await call('chat.postMessage', { channel: 'C1' })).toMatchObject({ kind: 'throttled' })
  expect(await call('chat.postMessage', { channel: 'C2' })).toMatchObject({ kind: 'ok' })
  expect(await call('auth.test')).toMatchObject({ kind: 'ok' })
  expect(asked).toHaveLength(3)
})
