import { createServer } from 'node:http'
import { gzipSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { systemClock } from '../../src/clock.ts'
import type { Pause } from '../../src/sources/definition.ts'
import { createPoliteHttp, type PoliteHttpOptions, type Priority } from '../../src/sources/polite-http.ts'
import { retryAfterMs } from '../../src/sources/retry.ts'
import { SourceError } from '../../src/sources/source.ts'
import { SimulatedClock } from '../support/simulated-clock.ts'

const base = 'https://example.org/api'
const never = new AbortController().signal

/** A web of one answer after another; tells what was asked and when. */
function world(
  answers: (request: Request, nth: number) => Response | Promise<Response>,
  over: Partial<PoliteHttpOptions> = {},
) {
  const clock = new SimulatedClock('2026-03-02T12:00:00Z')
  const start = clock.now()
  const sent: { readonly path: string; readonly at: number; readonly headers: Headers }[] = []
  const written: number[] = []
  let last: number | undefined
  const http = createPoliteHttp({
    clock,
    random: { next: () => 1, bytes: (count) => new Uint8Array(count) },
    fetch: async (input, init) => {
      const request = new Request(input, init)
      const { pathname, search } = new URL(request.url)
      sent.push({ path: pathname + search, at: clock.now() - start, headers: request.headers })
      return answers(request, sent.length)
    },
    spacingMs: 3_000,
    spacing: {
      read: async () => last,
      write: async (at) => {
        last = at
        written.push(at - start)
      },
    },
    bases: [base],
    userAgent: 'paperboy/0 (mailto:ada@example.org)',
    maxBytes: 1_000,
    timeoutMs: 30_000,
    log: () => {},
    ...over,
  })
  const get = (path: string, priority: Priority = 'announcements', signal: AbortSignal = never) =>
    http.get(base + path, { priority, signal })
  return { clock, start, sent, written, http, get }
}

const failure = (task: Promise<unknown>) =>
  task.then(
    () => {
      throw new Error('expected a SourceError')
    },
    (error: unknown) => {
      if (error instanceof SourceError) return error
      throw error
    },
  )

describe('politeness', () => {
  test('three seconds lie between two requests, and one is over before the next begins', async () => {
    let underWay = 0
    const { clock, get, sent } = world(async () => {
      underWay += 1
      expect(underWay).toBe(1)
      await clock.sleep(5_000)
      underWay -= 1
      return new Response('ok')
    })
    await clock.run(Promise.all([get('/1'), get('/2'), get('/3')]))
    expect(sent.map((request) => request.at)).toEqual([0, 5_000, 10_000])
  })

  test('quick answers are three seconds apart', async () => {
    const { clock, get, sent } = world(() => new Response('ok'))
    await clock.run(Promise.all([get('/1'), get('/2'), get('/3')]))
    expect(sent.map((request) => request.at)).toEqual([0, 3_000, 6_000])
  })

  test('the pause holds over a restart, for its beginning is written down before the request', async () => {
    const last = Date.parse('2026-03-02T11:59:59Z')
    const written: number[] = []
    const { clock, get, sent } = world(
      () => {
        expect(written).toHaveLength(1)
        return new Response('ok')
      },
      { spacing: { read: async () => last, write: async (at) => void written.push(at) } },
    )
    await clock.run(get('/1'))
    expect(sent[0]?.at).toBe(2_000)
  })

  test('a clock that was set back holds nobody up for longer than a pause', async () => {
    const { clock, get, sent } = world(() => new Response('ok'), {
      spacing: { read: async () => Date.parse('2030-01-01T00:00:00Z'), write: async () => {} },
    })
    await clock.run(get('/1'))
    expect(sent[0]?.at).toBe(3_000)
  })

  test('nothing is sent when the moment can’t be written', async () => {
    const { clock, get, sent } = world(() => new Response('ok'), {
      spacing: { read: async () => undefined, write: () => Promise.reject(new Error('disk full')) },
    })
    await expect(clock.run(get('/1'))).rejects.toThrow('disk full')
    expect(sent).toEqual([])
  })

  test('an interactive request goes before all that waits, and waits for one pause only', async () => {
    const { clock, get, sent, http } = world(() => new Response('ok'))
    const background = [get('/b1', 'backfill'), get('/b2', 'history'), get('/b3', 'announcements')]
    await clock.advance(1_000)
    expect(http.wait()).toBe(2_000)
    await clock.run(Promise.all([...background, get('/person', 'interactive')]))
    expect(sent.map((request) => request.path)).toEqual(['/api/b3', '/api/person', '/api/b2', '/api/b1'])
    expect(sent[1]?.at).toBe(3_000)
  })

  test('what waits for long goes before what is newer', async () => {
    const { clock, get, sent } = world(async () => {
      await clock.sleep(25_000)
      return new Response('ok')
    })
    const old = get('/old', 'backfill')
    const older = get('/first', 'backfill')
    const newer: Promise<unknown>[] = []
    for (let n = 0; n < 12; n++) {
      newer.push(get(`/new${n}`, 'announcements'))
      await clock.advance(24_000)
    }
    await clock.run(Promise.all([old, older, ...newer]))
    const paths = sent.map((request) => request.path)
    expect(paths.indexOf('/api/first')).toBeLessThan(paths.length - 2)
  })

  test('the queue has an end', async () => {
    const { clock, get } = world(() => new Response('ok'))
    const all = Array.from({ length: 230 }, (_, n) => get(`/${n}`, 'backfill'))
    const settled = await clock.run(Promise.allSettled(all))
    expect(settled.filter((one) => one.status === 'rejected').length).toBeGreaterThan(20)
    expect(settled.filter((one) => one.status === 'fulfilled').length).toBeGreaterThanOrEqual(200)
  })
})

describe('failures', () => {
  test('what may pass is tried again, with longer and longer pauses', async () => {
    const { clock, get, sent } = world((_, nth) => (nth < 4 ? new Response('', { status: 500 }) : new Response('ok')))
    expect((await clock.run(get('/1'))).body).toBe('ok')
    expect(sent.map((request) => request.at)).toEqual([0, 6_000, 30_000, 126_000])
  })

  test('after four attempts it is an error that names the place', async () => {
    const { clock, get, sent } = world(() => {
      throw new TypeError('fetch failed', { cause: Object.assign(new Error('x'), { code: 'ECONNREFUSED' }) })
    })
    const error = await clock.run(failure(get('/1?secret=1')))
    expect(error.message).toBe("example.org/api/1 can't be reached: ECONNREFUSED")
    expect(error.failure).toBe('unreachable')
    expect(sent).toHaveLength(4)
  })

  test.each(['120', 'Mon, 02 Mar 2026 12:02:00 GMT'])('Retry-After %s is kept to, by everybody', async (header) => {
    const { clock, get, sent } = world((_, nth) =>
      nth === 1
        ? new Response('Rate exceeded.', { status: 429, headers: { 'retry-after': header } })
        : new Response('ok'),
    )
    await clock.run(Promise.all([get('/1'), get('/2')]))
    expect(sent.map((request) => request.at)).toEqual([0, 120_000, 123_000])
  })

  test('people are told how long arXiv is to be left alone, instead of waiting', async () => {
    const { clock, get, sent, http } = world((_, nth) =>
      nth === 1 ? new Response('', { status: 503, headers: { 'retry-after': '600' } }) : new Response('ok'),
    )
    const background = get('/1')
    const queued = failure(get('/person', 'interactive'))
    await clock.advance(100)
    expect(await queued).toMatchObject({ failure: 'throttled', retryAfterMs: 600_000 })
    expect(http.wait()).toBeGreaterThan(599_000)
    const late = await failure(get('/person', 'interactive'))
    expect(late.message).toContain('10 min')
    await clock.run(background)
    expect(sent).toHaveLength(2)
  })

  test('an interactive request is tried twice at most', async () => {
    const { clock, get, sent } = world(() => new Response('', { status: 502 }))
    await clock.run(failure(get('/1', 'interactive')))
    expect(sent).toHaveLength(2)
  })

  test('a pause longer than an hour is not waited for', async () => {
    const { clock, get, sent } = world(() => new Response('', { status: 429, headers: { 'retry-after': '7200' } }))
    expect(await clock.run(failure(get('/1')))).toMatchObject({ failure: 'throttled', retryAfterMs: 7_200_000 })
    expect(sent).toHaveLength(1)
  })

  test('after a 403 nothing is sent any more', async () => {
    const { clock, get, sent } = world(() => new Response('<html>Access Denied</html>', { status: 403 }))
    const waiting = [failure(get('/1')), failure(get('/2')), failure(get('/3', 'interactive'))]
    for (const error of await clock.run(Promise.all(waiting))) expect(error.failure).toBe('forbidden')
    await clock.advance(12 * 3_600_000)
    expect((await failure(get('/4'))).failure).toBe('forbidden')
    expect(sent).toHaveLength(1)
  })

  test('a 403 holds over a restart, and is given as the reason', async () => {
    let kept: Pause | undefined
    const spacing = {
      read: async () => undefined,
      write: async () => {},
      readPause: async () => kept,
      writePause: async (pause: Pause) => {
        kept = pause
      },
    }
    const first = world(() => new Response('denied', { status: 403 }), { spacing })
    await failure(first.clock.run(first.get('/1')))
    const next = world(() => new Response('ok'), { spacing })
    expect(await failure(next.clock.run(next.get('/1')))).toMatchObject({ failure: 'forbidden' })
    expect(next.sent).toEqual([])
    expect(next.http.pause()).toMatchObject({ kind: 'forbidden', reason: expect.stringContaining('403') })
    await next.clock.advance(25 * 3_600_000)
    expect(next.http.pause()).toBeUndefined()
    await next.clock.run(next.get('/1'))
    expect(next.sent).toHaveLength(1)
  })

  test('a host that has stopped answering is left alone, and one request sees whether it answers again', async () => {
    const { clock, get, sent } = world((_, nth) => new Response('', { status: nth < 7 ? 500 : 200 }))
    await failure(clock.run(get('/1')))
    expect(sent).toHaveLength(4)
    expect((await failure(clock.run(get('/2')))).message).toContain('has stopped answering')
    expect(sent).toHaveLength(4)
    for (const asked of [5, 6, 7]) {
      await clock.advance(3_600_000)
      await clock.run(get('/3')).catch(() => {})
      expect(sent).toHaveLength(asked)
    }
    await clock.run(get('/4'))
    expect(sent).toHaveLength(8)
  })

  test('other refusals are not repeated; a 400 comes back with what it says', async () => {
    const { clock, get, sent } = world((_, nth) => new Response('why', { status: nth === 1 ? 404 : 400 }))
    expect(await clock.run(failure(get('/1')))).toMatchObject({ failure: 'rejected' })
    expect(await clock.run(get('/2'))).toMatchObject({ status: 400, body: 'why' })
    expect(sent).toHaveLength(2)
  })

  test('an answer that trickles in for ever runs out of time', async () => {
    const { clock, get } = world(
      () => new Response(new ReadableStream({ start: (body) => body.enqueue(new Uint8Array(1)) })),
    )
    expect((await clock.run(failure(get('/1')))).message).toBe('example.org/api/1 did not answer within 30 s')
  })

  test('an answer that is too large or no text is refused', async () => {
    const { clock, get } = world((_, nth) => new Response(nth === 1 ? 'x'.repeat(2_000) : new Uint8Array([0xc3, 0x28])))
    expect((await clock.run(failure(get('/1')))).message).toContain('larger than')
    expect((await clock.run(failure(get('/2')))).message).toContain('not UTF-8')
  })

  test('giving up ends a request at once, waiting or under way', async () => {
    const { clock, get } = world(() => new Promise(() => {}))
    const first = new AbortController()
    const second = new AbortController()
    const both = [failure(get('/1', 'history', first.signal)), failure(get('/2', 'history', second.signal))]
    await clock.advance(10)
    first.abort()
    second.abort()
    for (const error of await Promise.all(both)) expect(error.failure).toBe('aborted')
    expect((await failure(get('/3', 'history', AbortSignal.abort()))).failure).toBe('aborted')
  })
})

describe('addresses', () => {
  test('redirects are followed within the bases, each at its own turn', async () => {
    const { clock, get, sent } = world((_, nth) =>
      nth === 1 ? new Response('', { status: 302, headers: { location: '/api/moved' } }) : new Response('ok'),
    )
    expect((await clock.run(get('/1'))).body).toBe('ok')
    expect(sent.map(({ path, at }) => [path, at])).toEqual([
      ['/api/1', 0],
      ['/api/moved', 3_000],
    ])
  })

  test.each(['https://evil.example/api', 'https://example.org/other', 'http://169.254.169.254/', 'file:///etc/passwd'])(
    'a redirect to %s is not followed',
    async (location) => {
      const { clock, get, sent } = world(() => new Response('', { status: 301, headers: { location } }))
      expect(await clock.run(failure(get('/1')))).toMatchObject({ failure: 'rejected' })
      expect(sent).toHaveLength(1)
    },
  )

  test('https of a base is within it; circles end', async () => {
    const upgrade = world(
      (request) =>
        request.url.startsWith('http:') ? Response.redirect('https://example.org/api/1') : new Response('ok'),
      {
        bases: ['http://example.org/api'],
      },
    )
    const answer = upgrade.http.get('http://example.org/api/1', { priority: 'repair', signal: never })
    expect((await upgrade.clock.run(answer)).body).toBe('ok')
    const circle = world((request) => Response.redirect(request.url))
    expect((await circle.clock.run(failure(circle.get('/1')))).message).toContain('redirects more than')
  })

  test('an address outside the bases is never asked', async () => {
    const { clock, http, sent } = world(() => new Response('ok'))
    await clock.run(failure(http.get('https://example.org/apiary', { priority: 'repair', signal: never })))
    expect(sent).toEqual([])
  })

  test('what is known already is not sent again', async () => {
    const { clock, http, sent } = world((request) =>
      request.headers.get('if-none-match') === '"a"'
        ? new Response(null, { status: 304 })
        : new Response('ok', { headers: { etag: '"a"' } }),
    )
    const options = { priority: 'announcements', signal: never } as const
    expect(await clock.run(http.get(base, options))).toEqual({ status: 200, body: 'ok', etag: '"a"' })
    expect(await clock.run(http.get(base, { ...options, etag: '"a"' }))).toMatchObject({ status: 304, body: '' })
    expect(sent[0]?.headers.get('user-agent')).toBe('paperboy/0 (mailto:ada@example.org)')
  })
})

test('the size limit counts what was unpacked', async () => {
  const server = createServer((_, response) => {
    response.setHeader('content-encoding', 'gzip')
    response.end(gzipSync(Buffer.alloc(1_000_000)))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  const url = `http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}/`
  try {
    const http = createPoliteHttp({
      clock: systemClock,
      random: { next: () => 0, bytes: (count) => new Uint8Array(count) },
      fetch,
      spacingMs: 1,
      spacing: { read: async () => undefined, write: async () => {} },
      bases: [url],
      userAgent: 'paperboy/0',
      maxBytes: 500_000,
      timeoutMs: 10_000,
      log: () => {},
    })
    expect((await failure(http.get(url, { priority: 'repair', signal: never }))).message).toContain('larger than')
  } finally {
    server.closeAllConnections()
    server.close()
  }
})

test.each([
  ['30', 30_000],
  ['Mon, 02 Mar 2026 12:01:00 GMT', 60_000],
  ['Mon, 02 Mar 2026 11:00:00 GMT', 0],
  ['soon', undefined],
  ['-5', undefined],
  ['12 days', undefined],
  [null, undefined],
])('Retry-After: %s', (header, expected) => {
  expect(retryAfterMs(header, Date.parse('2026-03-02T12:00:00Z'))).toBe(expected)
})

describe('patience with a pass', () => {
  const down = () => new Response('', { status: 500 })

  test('hosts that do not answer are given up within it, the ones that were not asked yet at once', async () => {
    const { clock, start, get, sent } = world(down, { patienceMs: 60_000 })
    expect((await clock.run(failure(get('/1')))).failure).toBe('unreachable')
    expect(clock.now() - start).toBeLessThan(60_000)
    await clock.advance(60_000)
    const before = sent.length
    expect((await clock.run(failure(get('/2')))).message).toContain('given up')
    expect(sent).toHaveLength(before)
  })

  test('the next pass tries again, and so does whoever asks in person', async () => {
    const { clock, get, http, sent } = world((_request, nth) => (nth < 4 ? down() : new Response('ok')), {
      patienceMs: 60_000,
    })
    await clock.run(failure(get('/1')))
    await clock.advance(60_000)
    http.begin()
    const before = sent.length
    await clock.run(get('/2'))
    expect(sent.length).toBe(before + 1)
  })

  test('a pause that arXiv asks for is not sat out where it is longer', async () => {
    const busy = () => new Response('', { status: 429, headers: { 'retry-after': '1800' } })
    const { clock, start, get } = world(busy, { patienceMs: 60_000 })
    expect((await clock.run(failure(get('/1')))).failure).toBe('throttled')
    expect((await clock.run(failure(get('/2')))).message).toContain('30 min')
    expect(clock.now() - start).toBeLessThan(60_000)
  })

  test('a pass that is answered in between may take as long as it needs', async () => {
    const { clock, get } = world((_request, nth) => (nth % 2 === 0 ? new Response('ok') : down()), {
      patienceMs: 30_000,
    })
    for (let page = 0; page < 20; page++) expect((await clock.run(get(`/${page}`))).body).toBe('ok')
  })
})
