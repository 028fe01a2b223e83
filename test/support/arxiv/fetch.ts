import type { Replay, ReplayRequest } from '../../../src/cli/replay/replay.ts'
import type { SpoiledAnswer } from './spoil.ts'

/** A `fetch` that a replay answers in process: no socket, so a simulated clock can stand still meanwhile. */
export function replayFetch(replay: Pick<Replay, 'answer'>): typeof fetch {
  return fetchFrom(async (request) => replay.answer(request))
}

/** A `fetch` answered by `respond`; whatever host is asked, the path decides. */
export function fetchFrom(
  respond: (request: ReplayRequest, signal: AbortSignal) => Promise<SpoiledAnswer>,
): typeof fetch {
  return async (input, init) => {
    const request = new Request(input, init)
    request.signal.throwIfAborted()
    const url = new URL(request.url)
    const form = request.body === null ? '' : await request.text()
    for (const [name, value] of new URLSearchParams(form)) url.searchParams.append(name, value)
    const asked = { method: request.method, url, headers: Object.fromEntries(request.headers) }
    const answer = await respond(asked, request.signal)
    request.signal.throwIfAborted()
    return new Response(answer.status === 304 ? null : bodyOf(answer), {
      status: answer.status,
      headers: answer.headers,
    })
  }
}

function bodyOf(answer: SpoiledAnswer): string | ReadableStream<Uint8Array> {
  const { sent } = answer
  if (sent === undefined) return answer.body
  let begun = false
  return new ReadableStream({
    pull(controller) {
      if (begun) return controller.error(new TypeError('terminated'))
      begun = true
      controller.enqueue(new TextEncoder().encode(answer.body.slice(0, sent)))
    },
  })
}
