import { spawnSync } from 'node:child_process'
import { copyFileSync, cpSync, existsSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { bytesOf, inFolder } from './folder.ts'
import { digits, type Figure, inMB, report, timed } from './measure.ts'

// What an install costs: the clone's dependencies without those for development, and the package from its tarball in an empty folder.
// The bare library here is no library at all: the size of what our own code adds to its dependencies.

const root = fileURLToPath(new URL('..', import.meta.url))
const manifests = ['package.json', 'package-lock.json', '.npmrc']
const sources = ['bin', 'commands', 'demo', 'docs', 'scripts', 'src']
const documents = ['CHANGELOG.md', 'LICENSE', 'README.md', '.env.example', 'tsconfig.json', 'tsconfig.build.json']

report([
  await inFolder((folder) => fromClone(folder, [], 'npm ci --omit=dev', 'with the Node that old machines get')),
  await inFolder((folder) => fromClone(folder, ['--omit=optional'], 'npm ci --omit=dev --omit=optional', 'without it')),
  await inFolder(fromPackage),
])

async function fromClone(folder: string, more: readonly string[], name: string, note: string): Promise<Figure> {
  for (const file of manifests) if (existsSync(join(root, file))) copyFileSync(join(root, file), join(folder, file))
  const taken = await timed(() => npm(folder, ['ci', '--omit=dev', ...more]))
  return {
    name: `install: \`${name}\``,
    ours: `${inMB(bytesOf(join(folder, 'node_modules')))}, ${digits(taken / 1000)} s`,
    note: `${note}; one run, the npm cache as it is`,
  }
}

async function fromPackage(folder: string): Promise<Figure> {
  const tree = join(folder, 'tree')
  for (const name of [...sources, ...documents, ...manifests])
    if (existsSync(join(root, name))) cpSync(join(root, name), join(tree, name), { recursive: true })
  symlinkSync(join(root, 'node_modules'), join(tree, 'node_modules'))
  const tarball = join(tree, run(process.execPath, tree, ['scripts/build.ts']).trim())
  const home = join(folder, 'home')
  mkdirSync(home)
  writeFileSync(join(home, 'package.json'), '{}')
  const taken = await timed(() => npm(home, ['install', '--no-audit', '--no-fund', tarball]))
  const whole = bytesOf(join(home, 'node_modules'))
  const own = bytesOf(join(home, 'node_modules/paperboy'))
  return {
    name: 'install: the package’s tarball',
    ours: `${inMB(whole)}, ${digits(taken / 1000)} s`,
    bare: `${inMB(whole - own)}`,
    ratio: digits(whole / (whole - own)),
    note: `tarball ${inMB(bytesOf(tarball))}; bare: its dependencies alone; one run, the npm cache as it is`,
  }
}

function npm(folder: string, args: readonly string[]): string {
  return run('npm', folder, args)
}

function run(command: string, cwd: string, args: readonly string[]): string {
  const { status, stdout, stderr, error } = spawnSync(command, args, {
    cwd,
    encoding: 'utf8',
    shell: process.platform === 'win32',
  })
  if (status !== 0) throw new Error(`${command} ${args.join(' ')} failed: ${error?.message ?? stderr}`)
  return stdout
}
