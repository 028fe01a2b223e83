import fc from 'fast-check'
import { expect, test } from 'vitest'
import { readFrame } from '../../../src/platforms/slack/envelope.ts'

test('nothing that comes over the socket makes the reader fail', () => {
  const word = fc.constantFrom('events_api', 'slash_commands', 'interactive', 'hello', 'disconnect', 'event_callback')
  const frame = fc.record(
    {
      type: fc.oneof(word, fc.jsonValue()),
      envelope_id: fc.oneof(fc.string(), fc.jsonValue()),
      payload: fc.oneof(fc.record({ type: word, event: fc.jsonValue(), command: fc.jsonValue() }), fc.jsonValue()),
      retry_attempt: fc.jsonValue(),
    },
    { requiredKeys: [] },
  )
  const data = fc.oneof(
    frame.map((each) => JSON.stringify(each)),
    fc.string(),
    fc.json(),
    fc.uint8Array(),
    fc.constant(undefined),
  )
  fc.assert(
    fc.property(data, (each) => {
      const read = readFrame(each)
      if (read.kind === 'dropped') expect(read.why).not.toBe('')
      if (read.kind === 'envelope') expect(read.envelope.id).not.toBe('')
    }),
  )
})

test('an event is read with how often it came', () => {
  const payload = { type: 'event_callback', event: { type: 'channel_left' } }
  const frame = { type: 'events_api', envelope_id: 'e1', retry_attempt: 2, retry_reason: 'timeout', payload }
  expect(readFrame(JSON.stringify(frame))).toEqual({
    kind: 'envelope',
    envelope: { id: 'e1', type: 'events_api', payload, retryNum: 2, retryReason: 'timeout' },
  })
})
