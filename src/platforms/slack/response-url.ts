import type { Clock } from '../../clock.ts'
import type { Log } from '../../log.ts'

interface ResponseHouse {
  readonly clock: Clock
  readonly log: Log
  readonly fetch: typeof fetch
}

/** `refused` when it certainly was not taken; `lost` when that can't be told, for a second answer is no better. */
export type Sent = 'sent' | 'refused' | 'lost'

const SEND_MS = 10_000
/** Where a refusal for haste does not say how long. */
const RETRY_MS = 1000

/** Posts to a response_url once; never rejects, ends after 10 s. */
export async function respond(
  { clock, log, fetch: ask }: ResponseHouse,
  url: string,
  body: Readonly<Record<string, unknown>>,
): Promise<Sent | { readonly retryAfterMs: number }> {
  try {
    const response = await ask(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json; charset=utf-8' },
      body: JSON.stringify(body),
      redirect: 'error',
      signal: clock.timeout(SEND_MS),
    })
    const error = errorIn(await response.text())
    if (response.status === 429) return { retryAfterMs: Number(response.headers.get('retry-after')) * 1000 || RETRY_MS }
    if (response.ok && error === undefined) return 'sent'
    log({ event: 'slack.answer.refused', status: response.status, ...(error === undefined ? {} : { answer: error }) })
    return response.status < 500 ? 'refused' : 'lost'
  } catch (error) {
    log({ event: 'slack.answer.failed', error })
    return 'lost'
  }
}

/** `ok` is all that Slack says to what it took; a refusal is JSON, and may come with status 200. */
function errorIn(text: string): string | undefined {
  if (!/"ok"\s*:\s*false/.test(text)) return undefined
  return /"error"\s*:\s*"(\w{1,60})"/.exec(text)?.[1] ?? 'unknown'
}
