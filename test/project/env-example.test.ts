import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { exampleFile } from '../../scripts/env-example.ts'
import { ROOT } from './files.ts'

it('.env.example names every variable that is read; after a change: npm run env-example', () => {
  expect(readFileSync(join(ROOT, '.env.example'), 'utf8')).toBe(exampleFile())
})
