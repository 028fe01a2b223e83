import { createHmac, timingSafeEqual } from 'node:crypto'
import type { Clock } from '../../clock.ts'

/** Slack's own bound on how old a request may be (docs.slack.dev, verifying requests); held against the future, too. */
const FRESH_MS = 5 * 60_000

/**
 * Whether a request is Slack's, now, and for the first time: signed over its raw body, its moment within five minutes of
 * ours either way, and its signature not seen before. Bolt's own receivers ask for neither of the last two.
 */
export function createSignatureCheck(
  signingSecret: string,
  clock: Clock,
): (headers: Headers, body: Uint8Array) => boolean {
  const seen = new Map<string, number>()

  return (headers, body) => {
    const now = clock.now()
    const timestamp = headers.get('x-slack-request-timestamp') ?? ''
    const signature = headers.get('x-slack-signature') ?? ''
    if (!/^\d{1,12}$/.test(timestamp) || !/^v0=[0-9a-f]{64}$/.test(signature)) return false
    const at = Number(timestamp) * 1000
    if (Math.abs(now - at) > FRESH_MS) return false
    const expected = createHmac('sha256', signingSecret).update(`v0:${timestamp}:`).update(body).digest()
    if (!timingSafeEqual(expected, Buffer.from(signature.slice(3), 'hex'))) return false
    for (const [each, until] of seen) {
      if (until > now) break
      seen.delete(each)
    }
    if (seen.has(signature)) return false
    // Until no request with this moment is fresh any more.
    seen.set(signature, Math.max(at, now) + FRESH_MS)
    return true
  }
}
