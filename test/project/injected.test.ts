import { expect, it } from 'vitest'
import { projectFiles } from './files.ts'

/** `path: line` of the lines of code, comments apart, that have the pattern. */
function codeWith(pattern: RegExp, except: readonly string[]): readonly string[] {
  return projectFiles(['src', 'commands'])
    .filter(({ path }) => path.endsWith('.ts') && !except.includes(path))
    .flatMap(({ path, text }) =>
      text
        .split('\n')
        .map((line) => line.trim())
        .filter((line) => !/^(?:\/\/|\/?\*)/.test(line) && pattern.test(line))
        .map((line) => `${path}: ${line}`),
    )
}

it('only clock.ts reads the time and sets timers', () => {
  const time =
    /\bDate\.now\(|\bnew Date\(\)|\bset(?:Timeout|Interval)\(|\bperformance\.now\(|node:timers|AbortSignal\.timeout\(/
  expect(codeWith(time, ['src/clock.ts'])).toEqual([])
})

it('only random.ts makes chance', () => {
  const chance = /\bMath\.random\(|\brandomBytes\(|\brandomUUID\(|\bgetRandomValues\(/
  expect(codeWith(chance, ['src/random.ts'])).toEqual([])
})

it('only config.ts reads the environment', () => {
  expect(codeWith(/\bprocess\.env\b/, ['src/config.ts'])).toEqual([])
})
