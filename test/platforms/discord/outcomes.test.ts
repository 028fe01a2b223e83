import { expect, test } from 'vitest'
import { outcomeOf } from '../../../src/platforms/discord/outcomes.ts'

test.each([
  [404, 10003, 'channel-gone', 'never'],
  [404, 10004, 'channel-gone', 'invited'],
  [404, 10008, 'message-gone', 'never'],
  [403, 50001, 'not-in-channel', 'permitted'],
  [403, 50013, 'forbidden', 'permitted'],
  [400, 50083, 'archived', 'permitted'],
  [400, 50035, 'invalid', 'plainer'],
  [413, 40005, 'too-big', 'plainer'],
  [401, 0, 'unauthorized', 'permitted'],
  [403, 0, 'forbidden', 'permitted'],
  [404, 0, 'channel-gone', 'invited'],
  [400, 99_999, 'invalid', 'plainer'],
])('%i with code %i is refused as %s until %s', (status, code, reason, until) => {
  const outcome = outcomeOf({ kind: 'error', status, code, message: 'Words of Discord' })
  expect(outcome).toMatchObject({ kind: 'refused', reason, until })
  expect(outcome.kind === 'refused' && outcome.detail).toContain('Words of Discord')
})

test('an edit of an old message that Discord has no time for is made later', () => {
  expect(outcomeOf({ kind: 'error', status: 429, code: 30046, message: '' })).toMatchObject({ kind: 'throttled' })
})

test('what was not answered may have been done', () => {
  expect(outcomeOf({ kind: 'failed', cause: 'reset' })).toEqual({ kind: 'unknown', cause: 'reset' })
})
