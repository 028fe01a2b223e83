import type { ServerResponse } from 'node:http'
import type { Announcement } from '../../../src/cli/replay/event.ts'
import { createReplay, type Replay, type ReplayRequest } from '../../../src/cli/replay/replay.ts'
import { type ReplayServer, serveAnswers, writeAnswer } from '../../../src/cli/replay/serve.ts'
import type { Clock } from '../../../src/clock.ts'
import { createFaults, type FaultSwitches } from './faults.ts'
import { fetchFrom } from './fetch.ts'
import { createRequestLog, type LoggedRequest } from './request-log.ts'
import { createSpoiler, doorOf, type SpoiledAnswer } from './spoil.ts'

export interface FakeArxivOptions {
  readonly events: readonly Announcement[]
  readonly clock: Pick<Clock, 'now' | 'sleep'>
  readonly oaiPageSize?: number
}

export interface FakeArxiv {
  readonly replay: Replay
  readonly faults: FaultSwitches
  readonly requests: readonly LoggedRequest[]
  /** In process, for simulated clocks. */
  readonly fetch: typeof fetch
  /** Over HTTP on loopback; close it. */
  serve(): Promise<ReplayServer>
  /** Throws when two requests started less than `ms` apart by the clock, or two were under way at once. */
  assertSpacing(ms: number): void
}

/** arXiv with faults that can be switched at any time and combined, and a log of what it was asked. */
export function createFakeArxiv({ events, clock, oaiPageSize }: FakeArxivOptions): FakeArxiv {
  const now = () => clock.now()
  const replay = createReplay({ events, now, ...(oaiPageSize === undefined ? {} : { oaiPageSize }) })
  const faults = createFaults(now)
  const log = createRequestLog(now)
  const spoiled = createSpoiler(replay, faults)

  const answer = async (request: ReplayRequest, signal?: AbortSignal): Promise<SpoiledAnswer> => {
    const slow = faults.befalls('slow', doorOf(request.url))
    if (slow) await clock.sleep(slow.ms, signal)
    return spoiled(request)
  }

  return {
    replay,
    faults,
    requests: log.requests,
    assertSpacing: log.assertSpacing,
    fetch: fetchFrom(async (request, signal) => {
      const done = log.begin(request)
      return answer(request, signal).finally(done)
    }),
    serve: () =>
      serveAnswers(
        async (request, response) => {
          const done = log.begin(request)
          response.once('finish', done).once('close', done)
          send(response, await answer(request))
        },
        { host: '127.0.0.1', port: 0 },
      ),
  }
}

function send(response: ServerResponse, answer: SpoiledAnswer): void {
  if (answer.sent === undefined) {
    writeAnswer(response, answer)
    return
  }
  response.writeHead(answer.status, { ...answer.headers, 'content-length': String(Buffer.byteLength(answer.body)) })
  response.write(answer.body.slice(0, answer.sent), () => response.destroy())
}
