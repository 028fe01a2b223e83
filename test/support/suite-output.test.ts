import { expect, test } from 'vitest'
import { secretsIn } from './suite-output.ts'

const token = 'xoxb-123456-0123456789abcdefghijkl'

test('a secret is found wherever it stands, also without its beginning', () => {
  expect(secretsIn(`{"url":"https://a.example/?token=${token}&x=1"}`, [token])).toEqual([token])
  expect(secretsIn(`…${token.slice(12)}`, [token])).toEqual([token])
})

test('what only begins as a secret does is none', () => {
  expect(secretsIn(`refused for ${token.slice(0, 20)}`, [token])).toEqual([])
  expect(secretsIn('', [token])).toEqual([])
})
