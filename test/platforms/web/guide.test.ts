import { expect, test } from 'vitest'
import { blocks } from '../../../src/platforms/web/guide.ts'

const shown = (text: string) => blocks(text.split('\n')).toString()

test('a page of the documentation is read with its headings, lists, tables and code', () => {
  expect(shown('# One\n\nTwo **three**\n*four* `five`')).toBe(
    '<h1>One</h1><p>Two <strong>three</strong> <em>four</em> <code>five</code></p>',
  )
  expect(shown('1. One\n\n   ```sh\n   a=1\n   ```\n2. Two')).toBe(
    '<ol><li><p>One</p><pre class="file" tabindex="0">a=1</pre></li><li><p>Two</p></li></ol>',
  )
  expect(shown('| a | b |\n|---|---|\n| `x\\|y` | z |')).toContain('<td><code>x|y</code></td><td>z</td>')
})

test('what it links is an address of the web or another page of the documentation, and nothing else', () => {
  expect(shown('[a](DELIVERY.md) [b](../README.md) [c](https://example.org/) <https://example.org/d>')).toBe(
    '<p><a href="/docs/DELIVERY.md">a</a> b <a href="https://example.org/" target="_blank" rel="noopener noreferrer">c</a> <a href="https://example.org/d" target="_blank" rel="noopener noreferrer">https://example.org/d</a></p>',
  )
  expect(shown('[x](javascript:alert) <b>')).toBe('<p>x &lt;b&gt;</p>')
})
