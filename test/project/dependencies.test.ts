import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { z } from 'zod'
import { ROOT } from './files.ts'

const versions = z.record(z.string(), z.string())
const manifest = z
  .object({ dependencies: versions, devDependencies: versions, optionalDependencies: versions })
  .parse(JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')))
const lockText = readFileSync(join(ROOT, 'package-lock.json'), 'utf8')
const locked = z
  .object({
    packages: z.record(
      z.string(),
      z.object({ version: z.string(), integrity: z.string().optional(), hasInstallScript: z.boolean().optional() }),
    ),
  })
  .parse(JSON.parse(lockText))

it('every dependency is one exact version', () => {
  const all = { ...manifest.dependencies, ...manifest.devDependencies, ...manifest.optionalDependencies }
  expect(Object.entries(all).filter(([, version]) => !/^\d+\.\d+\.\d+$/.test(version))).toEqual([])
})

it('the lock file vouches for every package by its hash, and names no place to get it from', () => {
  expect(lockText).not.toContain('"resolved"')
  const unvouched = Object.entries(locked.packages).filter(([path, { integrity }]) => path !== '' && !integrity)
  expect(unvouched.map(([path]) => path)).toEqual([])
})

it('no package runs a script when it is installed on Linux or Windows', () => {
  const scripted = Object.entries(locked.packages).filter(([, { hasInstallScript }]) => hasInstallScript)
  expect(scripted.map(([path]) => path).filter((path) => path !== 'node_modules/fsevents')).toEqual([])
})
