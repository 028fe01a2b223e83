import { createHmac } from 'node:crypto'

/** `v0=` and the HMAC of version, timestamp and raw body (authentication/verifying-requests-from-slack). */
export function signatureOf(secret: string, timestamp: string, body: string): string {
  return `v0=${createHmac('sha256', secret).update(`v0:${timestamp}:${body}`).digest('hex')}`
}
