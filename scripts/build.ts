import { spawnSync } from 'node:child_process'
import { cpSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { fileURLToPath } from 'node:url'

// Makes the package that `npm install` takes: JavaScript in the same folders as the source, and what it reads beside it.

const root = fileURLToPath(new URL('..', import.meta.url))
const dist = join(root, 'dist')

rmSync(dist, { recursive: true, force: true })
run('tsc', ['--project', 'tsconfig.build.json'])
for (const folder of ['src', 'commands']) copy(folder, (name) => !name.endsWith('.ts'))
copy('docs', (name) => name !== 'pictures')
for (const name of ['bin', 'demo', 'LICENSE', 'README.md', 'CHANGELOG.md', '.env.example']) copy(name, () => true)
writeFileSync(join(dist, 'package.json'), `${JSON.stringify(publishedManifest(), null, 2)}\n`)
const [tarball] = run('npm', ['pack', '--silent', '--ignore-scripts', '--pack-destination', dist, dist]).split('\n')
process.stdout.write(`${join('dist', basename(tarball ?? ''))}\n`)

/** What users' npm reads: no scripts, nothing for development, and no Node of its own. */
function publishedManifest() {
  const { name, version, description, license, type, bin, dependencies } = JSON.parse(
    readFileSync(join(root, 'package.json'), 'utf8'),
  )
  const files = ['bin', 'src', 'commands', 'demo', 'docs', 'CHANGELOG.md', '.env.example']
  return { name, version, description, license, type, bin, files, engines: { node: '>=24' }, dependencies }
}

function copy(name: string, wanted: (path: string) => boolean): void {
  cpSync(join(root, name), join(dist, name), {
    recursive: true,
    filter: (path) => wanted(basename(path)),
  })
}

/** The command's output; what it says beside that, and a compiler's errors, go to standard error. */
function run(command: string, args: readonly string[]): string {
  const { status, stdout, error } = spawnSync(command, args, {
    cwd: root,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
    shell: process.platform === 'win32',
  })
  if (status === 0) return stdout.trim()
  process.stderr.write(`${stdout ?? ''}\n${command} failed${error === undefined ? '' : `: ${error.message}`}\n`)
  process.exit(1)
}
