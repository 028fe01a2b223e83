import type { Clock } from '../clock.ts'
import { SourceError } from './source.ts'

/** Hosts that have stopped answering are left alone for a while; then one request sees whether they answer again. */
export interface Breakers {
  /** Why a host is not asked now. */
  refusal(url: string): SourceError | undefined
  answered(url: string): void
  /** Counts a request that could not be answered; true when its host is left alone from now on, for `pauseMs`. */
  failed(url: string, error: SourceError, pauseMs: number): boolean
}

const failuresToOpen = 4
const longestPauseMs = 3_600_000

export function createBreakers(clock: Clock): Breakers {
  const hosts = new Map<string, { failures: number; until: number }>()
  return {
    refusal(url) {
      const { host } = new URL(url)
      const left = (hosts.get(host)?.until ?? 0) - clock.now()
      if (left <= 0) return undefined
      const minutes = Math.ceil(left / 60_000)
      return new SourceError('unreachable', `${host} has stopped answering; it is asked again in ${minutes} min`, {
        retryAfterMs: left,
      })
    },
    answered(url) {
      hosts.delete(new URL(url).host)
    },
    failed(url, error, pauseMs) {
      if (error.failure !== 'unreachable') return false
      const { host } = new URL(url)
      const failures = (hosts.get(host)?.failures ?? 0) + 1
      const isOpen = failures >= failuresToOpen
      hosts.set(host, { failures, until: isOpen ? clock.now() + Math.min(pauseMs, longestPauseMs) : 0 })
      return isOpen
    },
  }
}
