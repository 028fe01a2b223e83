import { expect, test } from 'vitest'
import { createApi, routeOf } from '../../../src/platforms/discord/api.ts'
import { createPace } from '../../../src/platforms/discord/pace.ts'
import { SimulatedClock } from '../../support/simulated-clock.ts'

const signal = new AbortController().signal

test('a bucket that is used up is left alone until it is full again', () => {
  const clock = new SimulatedClock(0)
  const pace = createPace(clock)
  const route = routeOf('POST', '/channels/200000000000000001/messages')
  const other = routeOf('POST', '/channels/200000000000000002/messages')
  expect(pace.ask(route).waitMs).toBe(0)
  pace.learn(
    route,
    200,
    new Headers({ 'x-ratelimit-bucket': 'b', 'x-ratelimit-remaining': '0', 'x-ratelimit-reset-after': '4.5' }),
  )
  expect(pace.ask(route)).toEqual({ waitMs: 4500, scope: 'channel' })
  expect(pace.ask(other).waitMs).toBe(0)
})

test('routes of one bucket share it, each channel for itself', () => {
  const pace = createPace(new SimulatedClock(0))
  const headers = (remaining: string) =>
    new Headers({ 'x-ratelimit-bucket': 'shared', 'x-ratelimit-remaining': remaining, 'x-ratelimit-reset-after': '2' })
  const post = routeOf('POST', '/channels/200000000000000001/messages')
  const edit = routeOf('PATCH', '/channels/200000000000000001/messages/300000000000000001')
  pace.learn(edit, 200, headers('3'))
  pace.learn(post, 200, headers('0'))
  expect(pace.ask(edit).waitMs).toBe(2000)
})

test('no more than fifty requests go out in a second, interactions apart', async () => {
  const clock = new SimulatedClock(0)
  const times: number[] = []
  const api = createApi({
    apiUrl: 'https://discord.com/api',
    token: 'x',
    clock,
    fetch: async () => {
      times.push(clock.now())
      return new Response('{}')
    },
  })
  const channel = (n: number) => `/channels/2000000000000${10_000 + n}/messages`
  const all = Array.from({ length: 120 }, (_, n) =>
    api.request('POST', channel(n), { signal, body: {}, patienceMs: 10_000 }),
  )
  await clock.run(Promise.all(all))
  for (const from of times) expect(times.filter((at) => at >= from && at < from + 1000).length).toBeLessThanOrEqual(50)
  expect(times).toHaveLength(120)
  expect(times.at(-1)).toBeLessThan(2100)
  const before = times.length
  const pressed = Array.from({ length: 200 }, (_, n) =>
    api.request('POST', `/interactions/${4000000 + n}/token/callback`, { signal, body: {}, anonymous: true }),
  )
  await Promise.all(pressed)
  expect(times.length - before).toBe(200)
})

test('a 429 is not asked about again before its time, and says whose it is', async () => {
  const clock = new SimulatedClock(0)
  let asked = 0
  const limited = (headers: Record<string, string>) =>
    createApi({
      apiUrl: 'https://discord.com/api',
      token: 'x',
      clock,
      fetch: async () => {
        asked++
        return new Response('{}', { status: 429, headers })
      },
    })
  const path = '/channels/200000000000000001/messages'
  const own = limited({ 'retry-after': '7', 'x-ratelimit-scope': 'user', 'x-ratelimit-bucket': 'b' })
  for (let time = 0; time < 3; time++)
    expect(await own.request('POST', path, { signal, body: {} })).toEqual({
      kind: 'throttled',
      retryAfterMs: 7000,
      scope: 'channel',
    })
  expect(asked).toBe(1)
  const all = limited({ 'retry-after': '3', 'x-ratelimit-global': 'true', 'x-ratelimit-scope': 'global' })
  expect(await all.request('POST', path, { signal, body: {} })).toMatchObject({ kind: 'throttled', scope: 'platform' })
  const cloudflare = limited({ 'retry-after': '60' })
  expect(await cloudflare.request('GET', path, { signal })).toMatchObject({ retryAfterMs: 60_000, scope: 'platform' })
})

test('an address is not asked to death: after thousands of refusals requests stop for a while', () => {
  const clock = new SimulatedClock(0)
  const pace = createPace(clock)
  const route = routeOf('GET', '/channels/200000000000000001')
  for (let time = 0; time < 5000; time++) pace.learn(route, 403, new Headers())
  expect(pace.ask(route)).toMatchObject({ scope: 'platform', waitMs: 600_000 })
})
