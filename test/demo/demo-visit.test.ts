import { expect, test } from 'vitest'
import { aTerminal } from '../support/terminal.ts'

test('the demo’s first digest says with whom somebody writes again, and asks about a name of many', async () => {
  const { exit, out } = await aTerminal().paperboy(['demo', '--once'])
  expect(exit).toBe(0)
  expect(out).toContainEqual(expect.stringContaining('Again with Arsha Nagrani'))
  expect(out).toContainEqual(expect.stringContaining('Is this your Peng Wang?'))
})
