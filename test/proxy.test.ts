import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, expect, test } from 'vitest'
import { useProxy } from '../src/proxy.ts'

let closing: (() => unknown)[] = []
afterEach(async () => {
  for (const close of closing) await close()
  closing = []
})

test('with HTTPS_PROXY arXiv is asked through it', { timeout: 60_000 }, async () => {
  const proxy = createServer()
  const asked = new Promise<string>((resolve) => {
    proxy.on('connect', (request, socket) => {
      socket.end('HTTP/1.1 502 Bad Gateway\r\n\r\n')
      resolve(request.url ?? '')
    })
  })
  proxy.listen(0, '127.0.0.1')
  await once(proxy, 'listening')
  closing.push(() => proxy.close())
  const folder = mkdtempSync(join(tmpdir(), 'paperboy-proxy-'))
  closing.push(() => rmSync(folder, { recursive: true, force: true }))
  const { port } = proxy.address() as AddressInfo
  const child: ChildProcess = spawn(
    process.execPath,
    [fileURLToPath(new URL('../bin/paperboy.js', import.meta.url)), 'poll', '--once'],
    { stdio: 'ignore', cwd: folder, env: { DATA_DIR: folder, HTTPS_PROXY: `http://127.0.0.1:${port}` } },
  )
  closing.unshift(() => child.kill('SIGKILL'))
  expect(await asked).toBe('oaipmh.arxiv.org:443')
})

test('a proxy that is no address is named', () => {
  expect(() => useProxy({ https_proxy: 'proxy.example.org' })).toThrow('HTTPS_PROXY is no address')
  expect(() => useProxy({})).not.toThrow()
})
