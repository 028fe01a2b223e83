import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { aPaper } from '../support/builders.ts'
import { aTerminal } from '../support/terminal.ts'

const lines = (...values: readonly object[]) => values.map((value) => JSON.stringify(value)).join('\n')

describe('names from standard input', () => {
  it('give a line for each line, an empty one too', async () => {
    const { paperboy } = aTerminal()
    expect((await paperboy(['names', 'parse'], 'Ada Lovelace\n\n  \r\nAlan Turing\n')).out).toEqual([
      '{"given":"Ada","family":"Lovelace"}',
      '{}',
      '{}',
      '{"given":"Alan","family":"Turing"}',
    ])
    expect((await paperboy(['names', 'compare'], 'A B\tA B\n\nA B\tC D')).out).toEqual([
      '{"relation":"same"}',
      '{}',
      '{"relation":"different"}',
    ])
    expect((await paperboy(['names', 'parse'], '')).out).toEqual([])
  })

  it('name the line that holds no two of them', async () => {
    const { exit, said } = await aTerminal().paperboy(['names', 'compare'], '\nA B')
    expect(exit).toBe(2)
    expect(said).toContain('line 2 is none')
  })
})

describe('a name that is none', () => {
  const long = 'A'.repeat(10_000)
  it.each([
    ['a paper', lines(aPaper(), { ...aPaper(), authors: [{ name: long }] }), 'line 2, is no paper: “authors”, entry 1'],
    ['a paper with bare names', lines({ ...aPaper(), authors: [long] }), 'line 1, is no paper: “authors”, entry 1'],
    [
      'a subscription',
      lines({ channel: 'web:demo/papers', follows: { kind: 'author', profile: { name: long } } }),
      'line 1 is no subscription',
    ],
  ])('is refused in %s, with its line', async (_, body, sentence) => {
    const { exit, said } = await aTerminal().paperboy(['import', '-'], body)
    expect(exit).toBe(1)
    expect(said).toContain(sentence)
    expect(said).toContain('longer than 500 characters')
  })
})

it('a match for nobody says that the list is empty', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'paperboy-match-'))
  const [nobody, papers] = [join(folder, 'nobody'), join(folder, 'papers')]
  writeFileSync(nobody, '\n')
  writeFileSync(papers, lines(aPaper()))
  const { exit, said } = await aTerminal().paperboy(['match', '--subscriptions', nobody, '--papers', papers])
  expect({ exit, said }).toEqual({ exit: 1, said: `${nobody} is empty: there is nobody to match for.` })
})

describe('what could not be done', () => {
  it.each([
    ['help', 'serch'],
    ['why', '9999.99999'],
  ])('%s %s ends with 1', async (...line) => {
    const { paperboy } = aTerminal()
    await paperboy(['import', '-'], lines(aPaper()))
    expect((await paperboy(line)).exit).toBe(1)
    expect((await paperboy(['help', 'search'])).exit).toBe(0)
  })

  it('names the schedule that is missing', async () => {
    const { exit, said } = await aTerminal().paperboy(['settings', 'schedule'])
    expect(exit).toBe(1)
    expect(said).toContain('A schedule is missing: write immediate')
  })
})

it('whoever follows an author is told at once that arXiv is asked, and for how long at most', async () => {
  const { paperboy } = aTerminal()
  const { said } = await paperboy(['subscribe', 'author:"Ada Lovelace"'])
  expect(said.split('\n')[0]).toMatch(/^Asking arXiv for earlier papers, about \d+ s and at most 20 s\.$/)
})

it('one person who may be meant is one', async () => {
  const { paperboy } = aTerminal()
  await paperboy(['import', '-'], lines(aPaper({ authors: [{ name: 'Jared Kaplan' }] })))
  const { exit, said } = await paperboy(['subscribe', 'Kaplan'])
  expect(exit).toBe(1)
  expect(said).toContain('One person may be “Kaplan”: follow them with --person 1')
})
