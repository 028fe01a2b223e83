import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    testTimeout: 20_000,
    maxWorkers: 2,
    // CI counts from the report; people read the lines.
    ...(process.env.CI ? { reporters: ['default', ['json', { outputFile: '.vitest/report.json' }]] } : {}),
  },
})
