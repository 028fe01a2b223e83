import type { ReplayRequest } from '../../../src/cli/replay/replay.ts'

/** One request as it arrived, times by the fake's clock in epoch ms. */
export interface LoggedRequest {
  readonly at: number
  readonly method: string
  readonly host: string
  /** Path and query. */
  readonly path: string
  readonly headers: Readonly<Record<string, string>>
  /** How many others were under way when it arrived. */
  readonly besides: number
}

export interface RequestLog {
  readonly requests: readonly LoggedRequest[]
  /** Writes a request down; call the result once it is answered. */
  begin(request: ReplayRequest): () => void
  /** Throws when two requests started less than `ms` apart or one started while another was under way (info.arxiv.org/help/api/tou). */
  assertSpacing(ms: number): void
}

export function createRequestLog(now: () => number): RequestLog {
  const requests: LoggedRequest[] = []
  let underWay = 0
  return {
    requests,
    begin({ method, url, headers }) {
      requests.push({ at: now(), method, host: url.host, path: url.pathname + url.search, headers, besides: underWay })
      underWay += 1
      let open = true
      return () => {
        if (open) underWay -= 1
        open = false
      }
    },
    assertSpacing(ms) {
      for (const [index, request] of requests.entries()) {
        const before = requests[index - 1]
        if (request.besides > 0) throw new Error(`${request.path} was asked while ${before?.path} was under way`)
        const gap = before === undefined ? ms : request.at - before.at
        if (gap < ms)
          throw new Error(`${request.path} was asked ${gap} ms after ${before?.path}; at least ${ms} ms were due`)
      }
    },
  }
}
