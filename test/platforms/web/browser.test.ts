import { existsSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type BrowserContext, chromium, type Page } from 'playwright-core'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { systemClock } from '../../../src/clock.ts'
import { notice } from '../../../src/message/message.ts'
import { type Listener, listenConsole } from '../../../src/platforms/web/listen.ts'
import { sampleDigest } from '../../support/console-messages.ts'
import { type ConsoleWorld, consoleWorld, TOKEN } from '../../support/console-world.ts'
import { hostileCorpus } from '../../support/hostile-corpus.ts'

const CHROMIUM = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find((path) =>
  existsSync(path),
)
const ARGUMENTS = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

/** Whether what has the focus shows it, itself or by the frame around it. */
const VISIBLE_FOCUS = `[document.activeElement, document.activeElement.closest('form')].some((each) => {
  if (each === null) return false
  const { outlineStyle, outlineWidth } = getComputedStyle(each)
  return outlineStyle !== 'none' && Number.parseFloat(outlineWidth) >= 1
})`

/** Texts with less than 4.5 to 1 to their ground (WCAG 2.2, 1.4.3), as the canvas of the browser reads colours. */
const FAINT_TEXT = `(() => {
  const paint = document.createElement('canvas').getContext('2d', { willReadFrequently: true })
  const over = (layers) => {
    paint.clearRect(0, 0, 1, 1)
    for (const colour of layers) {
      paint.fillStyle = colour
      paint.fillRect(0, 0, 1, 1)
    }
    return [...paint.getImageData(0, 0, 1, 1).data].slice(0, 3)
  }
  const light = (rgb) => {
    const [r, g, b] = rgb.map((part) => part / 255).map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4))
    return 0.2126 * r + 0.7152 * g + 0.0722 * b
  }
  const faint = []
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
  while (walker.nextNode()) {
    const element = walker.currentNode.parentElement
    if (walker.currentNode.data.trim() === '' || !element.checkVisibility() || element.closest('template, [aria-disabled=true], :disabled') !== null) continue
    const grounds = []
    for (let each = element; each !== null; each = each.parentElement) grounds.unshift(getComputedStyle(each).backgroundColor)
    const ground = over(['white', ...grounds])
    const ink = over(['white', ...grounds, getComputedStyle(element).color])
    const [dark, bright] = [light(ground), light(ink)].sort((a, b) => a - b)
    const contrast = (bright + 0.05) / (dark + 0.05)
    if (contrast < 4.5) faint.push(walker.currentNode.data.trim().slice(0, 40) + ' ' + contrast.toFixed(2))
  }
  return faint
})()`

if (CHROMIUM === undefined) console.log('The console in a browser: skipped, no Chromium is installed.')

describe.skipIf(CHROMIUM === undefined)('the console in a browser', () => {
  let profile = ''
  let world: ConsoleWorld
  let listener: Listener
  let context: BrowserContext
  let page: Page
  const complaints: string[] = []

  beforeAll(async () => {
    world = consoleWorld()
    listener = await listenConsole(world.console, { host: '127.0.0.1', port: 0, clock: systemClock })
    await world.post('first', sampleDigest)
    profile = await mkdtemp(join(tmpdir(), 'paperboy-chromium-'))
    context = await chromium.launchPersistentContext(profile, {
      executablePath: CHROMIUM ?? '',
      args: ARGUMENTS,
      viewport: { width: 1280, height: 800 },
    })
    page = context.pages()[0] ?? (await context.newPage())
    page.setDefaultTimeout(8000)
    page.on('pageerror', (error) => complaints.push(error.message))
    page.on('console', (said) => said.type() === 'error' && complaints.push(said.text()))
    await page.goto(`${listener.url}${world.console.loginPath()}`)
    await page.waitForURL(`${listener.url}/`)
  }, 60_000)

  afterAll(async () => {
    await context.close()
    await world.web.stop()
    await listener.close()
    await rm(profile, { recursive: true, force: true })
  })

  beforeEach(async () => {
    complaints.length = 0
    await page.goto(`${listener.url}/`)
  })

  test('a command is found and sent by keyboard alone, and answered in private', async () => {
    await page.locator('body').press('/')
    await page.keyboard.type('aut')
    await page.getByRole('option', { name: /^author/ }).waitFor()
    await page.keyboard.press('ArrowDown')
    const line = page.getByRole('combobox')
    expect(await line.getAttribute('aria-activedescendant')).toBe('choice-0')
    await page.keyboard.press('Enter')
    expect(await line.inputValue()).toBe('author ')
    await page.keyboard.type('ne')
    await page.getByRole('option', { name: /Neel Nanda/ }).waitFor()
    await page.keyboard.press('Tab')
    expect(await line.inputValue()).toBe('author Neel Nanda')
    await page.keyboard.press('Enter')
    const answer = page.locator('#log > .private').last()
    await answer.getByText('Only you can see this').waitFor()
    await answer.getByRole('heading', { name: 'Collaborating authors' }).waitFor()
    expect(await page.locator('.echo code').last().textContent()).toBe('/papers author Neel Nanda')
    expect(complaints).toEqual([])
  })

  test('a list that is pasted stays a list, an entry for each line', async () => {
    const line = page.getByRole('combobox')
    const paste = (text: string) =>
      page.evaluate(`(() => {
        const clipboardData = new DataTransfer()
        clipboardData.setData('text/plain', ${JSON.stringify(text)})
        const event = new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true })
        return document.getElementById('line').dispatchEvent(event)
      })()`)
    await line.fill('subscribe ')
    await paste('Mrinank Sharma,\r\n\nDeep Ganguli\narxiv:2509.07908\n')
    expect(await line.inputValue()).toBe('subscribe Mrinank Sharma; Deep Ganguli; arxiv:2509.07908')
    await line.fill('search ')
    expect(await paste('sparse\ncoding')).toBe(true)
  })

  test('Escape closes the suggestions and keeps what was typed', async () => {
    await page.getByRole('combobox').pressSequentially('se')
    await page.getByRole('listbox').waitFor()
    await page.keyboard.press('Escape')
    expect(await page.getByRole('listbox').isVisible()).toBe(false)
    expect(await page.getByRole('combobox').inputValue()).toBe('se')
  })

  test('a button of a paper answers beside it, and is dismissed', async () => {
    const paper = page.locator('.paper').first()
    await paper.getByRole('button', { name: 'Why' }).click()
    const answer = paper.locator('.private')
    await answer.getByText('Pressed why arxiv:2501.18837').waitFor()
    await answer.getByRole('button', { name: 'Dismiss' }).click()
    expect(await answer.count()).toBe(0)
  })

  test('a form is filled in and sent', async () => {
    await page.getByRole('combobox').fill('settings')
    await page.keyboard.press('Enter')
    await page.getByRole('button', { name: 'Change' }).click()
    await page.getByLabel('Author').fill('Ada')
    await page.getByLabel('Papers in one digest').selectOption('50')
    await page.locator('form.form').getByRole('button', { name: 'Send' }).click()
    await page.locator('#log').getByText('"cap":"50"').waitFor()
    expect(complaints).toEqual([])
  })

  test('what was typed into a form stays until it can be taken, and all that is wrong stands at its field', async () => {
    await page.getByRole('combobox').fill('settings')
    await page.keyboard.press('Enter')
    await page.getByRole('button', { name: 'Change' }).click()
    const schedule = page.getByLabel('Schedule')
    await schedule.fill('dayly 9')
    await page.getByLabel('Author').fill('Nobody')
    await page.locator('form.form').getByRole('button', { name: 'Send' }).click()
    await page.locator('.field', { has: schedule }).getByText('is not a schedule').waitFor()
    expect(await schedule.inputValue()).toBe('dayly 9')
    const author = page.getByLabel('Author')
    expect(await author.inputValue()).toBe('Nobody')
    expect(await page.locator('.field', { has: author }).locator('.fault').textContent()).toBe('Nobody is nobody.')
    expect(await author.getAttribute('aria-invalid')).toBe('true')
    expect(await schedule.evaluate((field) => [field.matches(':focus'), field.getAttribute('aria-invalid')])).toEqual([
      true,
      'true',
    ])
    expect(await page.locator('#announcer').textContent()).toContain('is not a schedule. Nobody is nobody.')
    await schedule.fill('daily 09:00')
    await page.locator('form.form').getByRole('button', { name: 'Send' }).click()
    await page.locator('#log').getByText('"schedule":"daily 09:00"').waitFor()
    expect(await page.locator('form.form').count()).toBe(0)
    expect(complaints).toEqual([])
  })

  test('a line that is no command comes back to be mended', async () => {
    const line = page.getByRole('combobox')
    await line.fill('serch tilings')
    await page.keyboard.press('Enter')
    await page.locator('#log').getByText('There is no command “serch”').waitFor()
    await expect.poll(() => line.inputValue()).toBe('serch tilings')
    await page.keyboard.type('help')
    expect(await line.inputValue()).toBe('help')
  })

  test('an undo button is used once, and is gone when its time is over', async () => {
    await page.clock.install()
    await page.goto(`${listener.url}/`)
    for (const times of [1, 2]) {
      await page.getByRole('combobox').fill('subscribe Ada')
      await page.keyboard.press('Enter')
      await expect.poll(() => page.getByRole('button', { name: 'Undo' }).count()).toBe(times)
    }
    await page.getByRole('button', { name: 'Undo' }).first().click()
    const undone = page.getByRole('button', { name: 'Undone' })
    await undone.waitFor()
    const asked = world.questions.length
    await undone.click({ force: true })
    expect(world.questions).toHaveLength(asked)
    await page.clock.fastForward(600_000)
    await expect.poll(() => page.getByRole('button', { name: 'Undo', exact: true }).count()).toBe(0)
    await page.clock.resume()
  })

  test('a day that becomes complete is shown at once, on every page', async () => {
    for (const [path, through, evening] of [
      ['/', '2026-11-24', 'Tuesday evening, 24 Nov'],
      ['/following', '2026-11-25', 'Wednesday evening, 25 Nov'],
    ] as const) {
      await page.goto(`${listener.url}${path}`)
      await expect.poll(() => world.web.events.heard).toBe(true)
      world.web.events.tell(undefined, { kind: 'complete', through })
      await page.getByRole('link', { name: `Complete through the announcement of ${evening}` }).waitFor()
    }
  })

  test('the whole of an abstract takes the place of the short one', async () => {
    const paper = page.locator('.paper').first()
    expect(await paper.locator('.abstract:visible').allTextContents()).toEqual([expect.stringMatching(/is not\.$/)])
    await paper.locator('summary').focus()
    await page.keyboard.press('Enter')
    expect(await paper.locator('.abstract:visible').allTextContents()).toEqual([expect.stringMatching(/inference\.$/)])
    await paper.getByText('Shorter').click()
    expect(await paper.locator('.abstract:visible').count()).toBe(1)
  })

  test('everything that can be pressed has a name and is reached in its order by keyboard, and shows that it is', async () => {
    for (const path of ['/', '/authors/Jared%20Kaplan', '/following', '/status', '/setup', '/docs/SLACK.md']) {
      await page.goto(`${listener.url}${path}`)
      const nameless = await page
        .locator('a[href]:visible, button:visible, input:visible, select:visible')
        .evaluateAll((all) =>
          all
            .filter((each) => {
              const { labels } = each as unknown as { labels?: readonly unknown[] }
              const named = each.getAttribute('aria-label') ?? each.textContent ?? ''
              return named.trim() === '' && (labels?.length ?? 0) === 0
            })
            .map((each) => each.outerHTML),
        )
      expect([path, nameless]).toEqual([path, []])
    }
    await page.goto(`${listener.url}/following`)
    const reached: string[] = []
    for (let step = 0; step < 12; step++) {
      await page.keyboard.press('Tab')
      reached.push(String(await page.evaluate('document.activeElement.textContent.trim().slice(0, 20)')))
      expect(await page.evaluate(VISIBLE_FOCUS)).toBe(true)
    }
    expect(reached.filter((text) => text !== '').slice(0, 7)).toEqual([
      'Skip to the papers',
      'Paperboy',
      '#papers',
      '#interpretability',
      'Following',
      'Status',
      'Set-up',
    ])
  })

  test('text stands out from its ground by 4.5 to 1, by day and by night', async () => {
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme })
      for (const path of ['/', '/authors/Jared%20Kaplan', '/following', '/status', '/setup']) {
        await page.goto(`${listener.url}${path}`)
        expect([colorScheme, path, await page.evaluate(FAINT_TEXT)]).toEqual([colorScheme, path, []])
      }
    }
    await page.emulateMedia({ colorScheme: null })
    expect(complaints).toEqual([])
  })

  test('a new post appears by itself, is announced, and an edit takes its place', async () => {
    const key = await world.post('live', notice('info', 'Fresh from the press'))
    await page.locator(`#m-${key}`).getByText('Fresh from the press').waitFor()
    await expect.poll(() => page.locator('#announcer').textContent()).toBe('Fresh from the press')
    const part = { key: 'live', message: notice('info', 'Second edition'), papers: [] }
    await world.web.edit(
      'web:demo/papers' as Parameters<typeof world.web.edit>[0],
      { id: key },
      part,
      AbortSignal.timeout(5000),
    )
    await page.locator(`#m-${key}`).getByText('Second edition').waitFor()
    expect(await page.locator('#log').getByText('Fresh from the press').count()).toBe(0)
  })

  test('on a page, another author takes the place of the first, and a button is answered above', async () => {
    await page.goto(`${listener.url}/authors/Jared%20Kaplan`)
    await page.getByRole('button', { name: /Ethan Perez/ }).click()
    await expect
      .poll(() => world.questions.some((asked) => asked.kind === 'action' && asked.args[1] === 'Ethan Perez'))
      .toBe(true)
    await page.goto(`${listener.url}/following`)
    await page.getByRole('button', { name: 'Unfollow' }).first().click()
    await page.locator('.flash').getByText('Pressed unfollow s0').waitFor()
  })

  test('on the page of what is followed more is followed, one after another, by keyboard alone', async () => {
    await page.goto(`${listener.url}/following`)
    const line = page.getByLabel('Author, category or query')
    await line.focus()
    await page.keyboard.type('cat:')
    await page.keyboard.press('Enter')
    await page.locator('.one-line .fault').getByText('names no category').waitFor()
    await line.fill('Nobody')
    await page.keyboard.press('Enter')
    const answer = page.locator('.one-line + .private')
    await answer.getByRole('button', { name: 'Follow it all the same' }).waitFor()
    expect(await line.inputValue()).toBe('Nobody')
    await line.fill('Neel Nanda')
    await page.keyboard.press('Enter')
    await answer.getByText('This channel now follows Neel Nanda.').waitFor()
    await answer.getByRole('button', { name: 'Undo' }).waitFor()
    expect(await answer.count()).toBe(1)
    expect(await line.inputValue()).toBe('')
    expect(await page.locator('.fault').count()).toBe(0)
    expect(complaints).toEqual([])
  })

  test('nothing in a paper runs, loads or leads away', async () => {
    const requests: string[] = []
    const heard = (request: { url(): string }) => requests.push(request.url())
    page.on('request', heard)
    const text = hostileCorpus.map((each) => each.text).join(' ')
    const key = await world.post('hostile', notice('error', text, text))
    await page.locator(`#m-${key}`).waitFor()
    await page.reload()
    await page.locator(`#m-${key}`).waitFor()
    page.off('request', heard)
    expect(requests.filter((url) => !url.startsWith(listener.url))).toEqual([])
    expect(await page.locator(`#m-${key} .body :is(a, img, script, b, style)`).count()).toBe(0)
    expect(complaints).toEqual([])
  })

  test('on a phone nothing is wider than the screen, and what is touched is large enough', async () => {
    await page.setViewportSize({ width: 390, height: 844 })
    for (const path of ['/', '/authors/Jared%20Kaplan', '/following', '/status', '/setup']) {
      await page.goto(`${listener.url}${path}`)
      expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(390)
      const heights = await page
        .locator('.button:visible, .places a:visible, .chip:visible, .person:visible')
        .evaluateAll((all) => all.map((each) => each.getBoundingClientRect().height))
      expect(Math.min(...heights)).toBeGreaterThanOrEqual(44)
    }
    await page.setViewportSize({ width: 1280, height: 800 })
  })

  test('what was posted can be read without a script', async () => {
    const plain = await context
      .browser()
      ?.newContext({ javaScriptEnabled: false, extraHTTPHeaders: { authorization: `Bearer ${TOKEN}` } })
    const reader = await plain?.newPage()
    await reader?.goto(`${listener.url}/`)
    expect(await reader?.getByRole('link', { name: /Constitutional Classifiers/ }).isVisible()).toBe(true)
    await plain?.close()
  })
})
