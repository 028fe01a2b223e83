import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { readableText } from '../../src/papers/latex.ts'

const recorded = new URL('../../../shared/data/arxiv-days/', import.meta.url)

test.skipIf(!existsSync(recorded))(
  'every title of a recorded autumn is readable (skipped without recorded days)',
  () => {
    const titles = new Set<string>()
    for (const file of readdirSync(recorded)) {
      for (const line of gunzipSync(readFileSync(new URL(file, recorded)))
        .toString()
        .split('\n')) {
        if (line !== '') titles.add((JSON.parse(line) as { title: string }).title)
      }
    }
    expect(titles.size).toBeGreaterThan(11_000)
    expect([...titles].map(readableText).filter((title) => /[\\${}^]|--|``/.test(title))).toEqual([])
  },
)
