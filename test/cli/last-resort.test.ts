import { EventEmitter } from 'node:events'
import { expect, test } from 'vitest'
import { lastResort } from '../../src/cli/last-resort.ts'
import type { LogEvent } from '../../src/log.ts'

function anErrorAt(...places: readonly string[]): Error {
  const error = new TypeError('Cannot read properties of undefined')
  error.stack = [`TypeError: ${error.message}`, ...places.map((place) => `    at read (${place}:3:7)`)].join('\n')
  return error
}

function watched() {
  const source = new EventEmitter()
  const events: LogEvent[] = []
  const failures: unknown[] = []
  const stop = lastResort(
    source,
    (event) => events.push(event),
    (error) => failures.push(error),
  )
  return { source, events, failures, stop }
}

test.each(['uncaughtException', 'unhandledRejection'])(
  'an %s out of a platform’s library is logged, and stops nothing',
  (kind) => {
    const { source, events, failures } = watched()
    const error = anErrorAt('node:internal/process/task_queues', '/app/node_modules/@slack/socket-mode/dist/client.js')
    source.emit(kind, error)
    expect(events).toEqual([{ event: 'platform.library.failed', error }])
    expect(failures).toEqual([])
  },
)

test.each([
  ['of our own', anErrorAt('file:///app/src/delivery/courier.ts', '/app/node_modules/ws/lib/websocket.js')],
  ['without a place', 'gone'],
])('an error %s stops the program in order', (_, error) => {
  const { source, events, failures } = watched()
  source.emit('uncaughtException', error)
  expect(events).toEqual([{ event: 'process.failed', error }])
  expect(failures).toEqual([error])
})

test('nothing is heard once the program has stopped', () => {
  const { source, failures, stop } = watched()
  stop()
  source.emit('unhandledRejection', new Error('late'))
  expect(failures).toEqual([])
})
