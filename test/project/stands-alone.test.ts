import { describe, expect, it } from 'vitest'
import { type ProjectFile, projectFiles, rootFiles } from './files.ts'

const everything = [...rootFiles(), ...projectFiles()]

/** `path:line` of each line that has the pattern. */
function linesWith(pattern: RegExp, files: readonly ProjectFile[]): readonly string[] {
  return files.flatMap(({ path, text }) =>
    text.split('\n').flatMap((line, at) => (pattern.test(line) ? [`${path}:${at + 1}: ${line.trim()}`] : [])),
  )
}

describe('the project stands alone', () => {
  it('names no package registry: whoever installs it has set up their own', () => {
    const registries = /\b(?:registry\.[a-z]+\.(?:org|com)|npm\.pkg\.github|deb\.debian|(?:security|ftp)\.debian\.org)/
    expect(linesWith(registries, everything)).toEqual([])
  })

  it('names no path of the machine on which it was written', () => {
    const here = new RegExp(`(?<![\\w.])/${'(?:work|root|home)'}/[a-z]|/tmp/(?:brief|bash)`)
    expect(linesWith(here, everything)).toEqual([])
  })

  it('reads nothing beside its own folder, recorded data for some tests apart', () => {
    const program = everything.filter(({ path }) => !path.startsWith('test/') && !path.startsWith('bench/'))
    expect(linesWith(/\.\.\/shared\b/, program)).toEqual([])
  })

  it('leaves nothing marked as to be done', () => {
    expect(linesWith(new RegExp(`\\b(?:${['TO', 'DO'].join('')}|${['FIX', 'ME'].join('')})\\b`), everything)).toEqual(
      [],
    )
  })
})
