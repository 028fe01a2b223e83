import { expect, test } from 'vitest'
import { renderers } from '../../../src/platforms/index.ts'
import { web } from '../../../src/platforms/web/definition.ts'
import { sampleDigest } from '../../support/console-messages.ts'

test('without any variable the console is on loopback, port 8080', () => {
  expect(web.settings.parse({})).toEqual({ host: '127.0.0.1', port: 8080 })
})

test('the variables are read, and an address loses its last slash', () => {
  const environment = {
    CONSOLE_HOST: '0.0.0.0',
    CONSOLE_PORT: '0',
    CONSOLE_TOKEN: 'a-token-of-ours-with-32-letters-',
    CONSOLE_ORIGIN: 'https://papers.example.org/',
  }
  expect(web.settings.parse(environment)).toEqual({
    host: '0.0.0.0',
    port: 0,
    token: 'a-token-of-ours-with-32-letters-',
    origin: 'https://papers.example.org',
  })
})

test.each([
  { CONSOLE_PORT: 'http' },
  { CONSOLE_PORT: '70000' },
  { CONSOLE_TOKEN: 'thirty-one-characters-are-few--' },
  { CONSOLE_TOKEN: 'two words here' },
])('%j is refused by name', (environment) => {
  const [name = ''] = Object.keys(environment)
  expect(web.settings.safeParse(environment).error?.issues[0]?.message).toContain(`${name} has to`)
})

test('a message is shown as HTML and as plain text', () => {
  expect(renderers.web?.render(sampleDigest)).toEqual([
    { html: expect.stringContaining('<article'), text: expect.stringContaining('3 new papers') },
  ])
  expect(renderers.text?.render(sampleDigest)).toEqual([expect.stringContaining('3 new papers')])
})
