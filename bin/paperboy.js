#!/usr/bin/env node
// Plain JavaScript that any Node can read: it finds a Node that can run the program, or says what is needed.
import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import { fileURLToPath } from 'node:url'

const NEEDED = 24
const LAUNCHER = 'PAPERBOY_LAUNCHER'
const major = Number(process.versions.node.split('.')[0])

if (major >= NEEDED) {
  endWithLauncher()
  // What was compiled once is kept beside the packages: later starts need half the time and a fifth less memory.
  const { enableCompileCache, flushCompileCache } = await import('node:module')
  enableCompileCache(fileURLToPath(new URL('../node_modules/.cache/paperboy', import.meta.url)))
  const source = new URL('../src/main.ts', import.meta.url)
  const { main } = await import(existsSync(source) ? source.href : new URL('../src/main.js', import.meta.url).href)
  flushCompileCache()
  await main(process.argv.slice(2))
} else {
  const bundled = bundledNode()
  if (bundled === undefined) {
    process.stderr.write(
      `paperboy needs Node ${NEEDED} or newer; this is ${process.version}. Install it from https://nodejs.org and run the command again.\n`,
    )
    process.exit(1)
  }
  const child = spawn(bundled, [fileURLToPath(import.meta.url), ...process.argv.slice(2)], {
    stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
    env: { ...process.env, [LAUNCHER]: String(process.pid) },
  })
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal))
  child.on('exit', (code) => process.exit(code ?? 1))
}

/** A launcher that is killed can't pass it on: the end of the channel to it says so, and nothing is posted without it. */
function endWithLauncher() {
  const launcher = process.env[LAUNCHER]
  delete process.env[LAUNCHER]
  if (launcher === undefined || process.channel === undefined) return
  if (launcher !== String(process.ppid)) process.exit(1)
  process.on('disconnect', () => process.kill(process.pid, 'SIGKILL'))
  // Alone it must not keep the process.
  process.channel.unref()
}

/** The Node that came along as an optional dependency, where the platform has one. */
function bundledNode() {
  const require = createRequire(import.meta.url)
  const platform = process.platform === 'win32' ? 'win' : process.platform
  try {
    const path = require.resolve(`node-${platform}-${process.arch}/bin/node${platform === 'win' ? '.exe' : ''}`)
    return existsSync(path) ? path : undefined
  } catch {
    return undefined
  }
}
