import { describe, expect, it } from 'vitest'
import { collaboratorsOf } from '../../src/digest/paper-view.ts'
import { aPaper } from '../support/builders.ts'

const papers = (...bylines: readonly (readonly string[])[]) =>
  bylines.map((names, n) => aPaper({ id: `arxiv:${n}`, authors: names.map((name) => ({ name })) }))
const lines = (...bylines: readonly (readonly string[])[]) =>
  collaboratorsOf(papers(...bylines), 'Jared Kaplan').map(({ name, papers: count }) => `${count} ${name}`)

describe('collaborators', () => {
  it('are counted over papers, most first, then by family name, without the person', () => {
    expect(
      lines(
        ['Ethan Perez', 'Jared Kaplan', 'Amanda Askell'],
        ['Kaplan, Jared', 'Ethan Perez'],
        ['J. Kaplan', 'Sam Bowman'],
      ),
    ).toEqual(['2 Ethan Perez', '1 Amanda Askell', '1 Sam Bowman'])
  })

  it('are one person in all forms of their name', () => {
    expect(
      lines(['Sam Marks'], ['Samuel Marks'], ['Theodore R. Sumers'], ['Theodore Sumers'], ['Theodore Sumers']),
    ).toEqual(['3 Theodore Sumers', '2 Samuel Marks'])
  })

  it('are two where one byline has both, or an initial may be either', () => {
    expect(lines(['Yang Liu', 'Yuan Liu'], ['Y. Liu'])).toEqual(['1 Y. Liu', '1 Yang Liu', '1 Yuan Liu'])
    expect(lines(['Sam Marks', 'Samuel Marks'])).toEqual(['1 Sam Marks', '1 Samuel Marks'])
  })
})
