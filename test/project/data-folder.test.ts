import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { readConfig } from '../../src/config.ts'
import { projectFiles, ROOT } from './files.ts'

const folder = join(readConfig({}, false).dataDir)

it('the folder in which data are kept by default holds nothing of the project', () => {
  const ignored = readFileSync(join(ROOT, '.gitignore'), 'utf8').split('\n')
  expect(ignored).toContain(`/${folder}/`)
  expect(ignored.filter((line) => line.startsWith('!'))).toEqual([])
  expect(projectFiles().filter(({ path }) => path.startsWith(`${folder}/`))).toEqual([])
})
