import type { Random } from '../../src/random.ts'
import type { FaultSwitches } from '../support/arxiv/faults.ts'
import { pick } from './papers.ts'

/** Switches one of arXiv's faults on for a few requests, and says which. */
export function anyFault(faults: FaultSwitches, random: Random): string {
  const door = pick(['oai', 'feed', 'any'] as const, random)
  const upTo = (most: number) => Math.floor(random.next() * most)
  const scope = { ...(door === 'any' ? {} : { door }), times: 1 + upTo(9) }
  const kinds = {
    rateLimited: () => faults.on('rateLimited', { ...scope, retryAfter: String(upTo(900)) }),
    unavailable: () => faults.on('unavailable', { ...scope, retryAfter: upTo(900) }),
    forbidden: () => faults.on('forbidden', { ...scope, times: 1 }),
    htmlPage: () => faults.on('htmlPage', scope),
    truncated: () => faults.on('truncated', { ...scope, keep: random.next() }),
    dropped: () => faults.on('dropped', { ...scope, keep: random.next() }),
    slow: () => faults.on('slow', { ...scope, ms: upTo(200_000) }),
    pinnedEmpty: () => faults.on('pinnedEmpty', {}),
    expiredToken: () => faults.on('expiredToken', scope),
    staleFeed: () => faults.on('staleFeed', { times: scope.times, category: 'cs.AI' }),
    numericReferences: () => faults.on('numericReferences', scope),
  }
  const name = pick(Object.keys(kinds) as (keyof typeof kinds)[], random)
  kinds[name]()
  return `${name} ${JSON.stringify(scope)}`
}
