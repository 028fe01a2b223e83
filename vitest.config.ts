import { defineConfig } from 'vitest/config'
import { secretsAreKept } from './test/support/suite-output.ts'

const report: ['json', { outputFile: string }] = ['json', { outputFile: '.vitest/report.json' }]

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    testTimeout: 20_000,
    maxWorkers: 2,
    // CI counts from the report; people read the lines.
    reporters: ['default', secretsAreKept, ...(process.env.CI ? [report] : [])],
  },
})
