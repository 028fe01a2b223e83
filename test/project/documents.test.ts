import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { commands } from '../../commands/index.ts'
import { projectFiles, ROOT, rootFiles } from './files.ts'

const readme = readFileSync(join(ROOT, 'README.md'), 'utf8')
const documents = [...rootFiles(), ...projectFiles(['docs', 'data/demo'])].filter(({ path }) => path.endsWith('.md'))

describe('the README', () => {
  it('shows the two commands that a newcomer types, each on a line to be copied', () => {
    const lines = readme.split('\n')
    expect(lines).toContain('npm ci && npm run demo')
    expect(lines).toContain('npm ci && npm test')
  })

  it('shows a picture before it explains anything', () => {
    expect(readme.indexOf('![')).toBeGreaterThan(0)
    expect(readme.indexOf('![')).toBeLessThan(readme.indexOf('\n## '))
  })

  it('lists every command', () => {
    expect(commands.map(({ name }) => name).filter((name) => !readme.includes(`/papers ${name}`))).toEqual([])
  })

  it('thanks arXiv in the words that arXiv asks for', () => {
    expect(readme).toContain('Thank you to arXiv for use of its open access interoperability.')
  })
})

it.each(documents.map(({ path, text }) => [path, text]))('every link in %s leads somewhere', (path, text) => {
  const targets = [...text.matchAll(/\]\((?!https?:|mailto:|#)([^)#\s]+)/g)].map((match) => match[1] ?? '')
  expect(targets.filter((target) => !existsSync(join(ROOT, dirname(path), target)))).toEqual([])
})
