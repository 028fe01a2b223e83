import { type ChildProcess, spawn } from 'node:child_process'
import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { type Browser, chromium, type Page } from 'playwright-core'

// The README's pictures, taken of the real demo: `npm run pictures`. Needs a Chromium (CHROMIUM says where).

const root = fileURLToPath(new URL('..', import.meta.url))
const pictures = join(root, 'docs', 'pictures')
const desktop = { width: 1180, height: 860 }
const phone = { width: 390, height: 844 }

const dataDir = await mkdtemp(join(tmpdir(), 'paperboy-pictures-'))
const demo = spawn(process.execPath, ['bin/paperboy.js', 'demo'], {
  cwd: root,
  env: { ...process.env, DATA_DIR: dataDir, CONSOLE_PORT: '0' },
  stdio: ['ignore', 'pipe', 'inherit'],
})
let browser: Browser | undefined
try {
  const address = await readyAddress(demo)
  browser = await chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--disable-component-update'],
  })
  await mkdir(pictures, { recursive: true })

  const light = await signedIn(browser, address, { viewport: desktop, colorScheme: 'light' })
  await light.screenshot({ path: join(pictures, 'digest.png') })
  await type(light, 'author Jared Kaplan')
  await light.screenshot({ path: join(pictures, 'author.png') })

  const dark = await signedIn(browser, address, { viewport: phone, colorScheme: 'dark', deviceScaleFactor: 2 })
  await dark.screenshot({ path: join(pictures, 'phone.png') })
} finally {
  await browser?.close()
  const ended = demo.exitCode === null ? new Promise((resolve) => demo.once('exit', resolve)) : undefined
  demo.kill('SIGTERM')
  await ended
  await rm(dataDir, { recursive: true, force: true })
}

/** Where the demo answers, from the line that it prints once it does. */
async function readyAddress({ stdout }: ChildProcess): Promise<string> {
  if (stdout === null) throw new Error('the demo has no output')
  for await (const line of createInterface({ input: stdout })) {
    const told: unknown = line.startsWith('{') ? JSON.parse(line) : undefined
    if (typeof told === 'object' && told !== null && 'console' in told) return String(told.console)
  }
  throw new Error('the demo ended before it was ready')
}

/** A page of its own browser profile with a digest on it. */
async function signedIn(
  within: Browser,
  address: string,
  options: Parameters<Browser['newContext']>[0] & object,
): Promise<Page> {
  const page = await (await within.newContext(options)).newPage()
  await page.goto(`${address}/login`)
  await page.waitForSelector('#log article')
  await page.waitForTimeout(500)
  return page
}

/** Types a command as a visitor would, and waits for its answer. */
async function type(page: Page, command: string): Promise<void> {
  await page.fill('#line', command)
  await page.keyboard.press('Escape')
  await page.click('#composer button[type=submit]')
  await page.locator('#log article.private .body > *').last().waitFor()
  await page.waitForTimeout(500)
}
