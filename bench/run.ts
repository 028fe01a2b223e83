import { spawnSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { availableParallelism, cpus, totalmem } from 'node:os'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import type { Figure } from './measure.ts'
import { benchmarks, table } from './table.ts'

// npm run bench [-- NAME …] [-- --write]: each bench in a process of its own, so that none runs in the heap that another left.

const all = [
  'parse',
  'harvest',
  'harvest-hours',
  'ingest',
  'search',
  'names',
  'match',
  'follow',
  'decide',
  'state',
  'restart',
  'commands',
  'posting',
  'servers',
  'process',
  'install',
]
const { values, positionals } = parseArgs({ options: { write: { type: 'boolean' } }, allowPositionals: true })
const unknown = positionals.find((name) => !all.includes(name))
if (unknown !== undefined || (values.write && positionals.length > 0)) {
  const reason = unknown === undefined ? '--write takes a run of all' : `There is no bench "${unknown}"`
  process.stderr.write(`${reason}. Usage: npm run bench [-- ${all.join(' ')}], or npm run bench -- --write\n`)
  process.exit(2)
}

const figures = (positionals.length > 0 ? positionals : all).flatMap(figuresOf)
process.stdout.write(`${table(figures)}\n`)
if (values.write) {
  const [cpu] = cpus()
  writeFileSync(
    new URL('../docs/BENCHMARKS.md', import.meta.url),
    benchmarks(figures, {
      day: new Date().toISOString().slice(0, 10),
      machine: `${availableParallelism()} cores (${cpu?.model.trim() || 'model unknown'}), ${Math.round(totalmem() / 2 ** 30)} GiB of memory, ${process.platform} ${process.arch}`,
      node: process.version,
    }),
  )
}

function figuresOf(name: string): readonly Figure[] {
  process.stderr.write(`${name} …\n`)
  const file = fileURLToPath(new URL(`${name}.ts`, import.meta.url))
  // A million subscriptions and a Map of them want more than the usual heap.
  const flags = ['--expose-gc', '--max-old-space-size=6000']
  const { status, stdout } = spawnSync(process.execPath, [...flags, file], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  if (status !== 0) throw new Error(`The bench ${name} failed.`)
  return stdout
    .split('\n')
    .filter((line) => line !== '')
    .map((line): Figure => JSON.parse(line))
}
