import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { commands } from '../../commands/index.ts'
import { verbs } from '../../src/cli/index.ts'
import { ownVariables } from '../../src/config.ts'
import { platforms } from '../../src/platforms/index.ts'
import { sources } from '../../src/sources/index.ts'
import { projectFiles, ROOT, rootFiles } from './files.ts'

const readme = readFileSync(join(ROOT, 'README.md'), 'utf8')
const documents = [...rootFiles(), ...projectFiles(['docs', 'demo'])].filter(({ path }) => path.endsWith('.md'))

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

describe('docs/INTERFACE.md', () => {
  const text = readFileSync(join(ROOT, 'docs/INTERFACE.md'), 'utf8')

  it('has every verb that is not simply a command', () => {
    const isCommand = (name: string) => commands.some((command) => command.name === name)
    const missing = verbs.filter(({ name }) => !isCommand(name) && !new RegExp(`\`(?:paperboy )?${name}\\b`).test(text))
    expect(missing.map(({ name }) => name)).toEqual([])
  })

  it('has every setting', () => {
    const variables = [ownVariables, ...[...sources, ...platforms].map((each) => each.variables)].flat()
    expect(variables.map(({ name }) => name).filter((name) => !text.includes(`\`${name}\``))).toEqual([])
  })
})

it.each(documents.map(({ path, text }) => [path, text]))('every link in %s leads somewhere', (path, text) => {
  const targets = [...text.matchAll(/\]\((?!https?:|mailto:|#)([^)#\s]+)/g)].map((match) => match[1] ?? '')
  expect(targets.filter((target) => !existsSync(join(ROOT, dirname(path), target)))).toEqual([])
})
