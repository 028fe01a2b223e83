import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Command, defineCommand } from '../../commands/command.ts'
import { readLine, splitLine, typedOptions, usage } from '../../commands/grammar.ts'

const find = aCommand({
  name: 'find',
  options: [
    { name: 'limit', summary: 'How many', type: 'number' },
    { name: 'query', summary: 'What to find', type: 'text', rest: true, required: true },
    { name: 'author', summary: 'By whom', type: 'author', apart: true },
  ],
})

const digest = aCommand({
  name: 'digest',
  options: [
    {
      name: 'what',
      summary: 'Post or look',
      type: 'text',
      choices: [
        { value: 'now', label: 'Now' },
        { value: 'preview', label: 'Preview' },
      ],
    },
  ],
})

describe('a typed line', () => {
  it('gives its first word as the command and keeps the rest as typed', () => {
    expect(splitLine('  Search   "sparse  autoencoders" cat:cs.LG ')).toEqual({
      name: 'search',
      rest: '"sparse  autoencoders" cat:cs.LG',
    })
  })

  it('may begin with the command of the platform', () => {
    expect(splitLine('/papers search x').name).toBe('search')
    expect(splitLine('/papers').name).toBe('')
  })

  it('has its curly quotes made straight', () => {
    expect(splitLine('search “sparse autoencoders”').rest).toBe('"sparse autoencoders"')
  })

  it('keeps the lines of a pasted list', () => {
    expect(splitLine('subscribe Ada Lovelace\nAlan Turing').rest).toBe('Ada Lovelace\nAlan Turing')
  })

  it('gives named options wherever they stand, and the rest to the last one', () => {
    expect(readLine(find, 'sparse limit:5 features')).toEqual({
      kind: 'options',
      options: { limit: 5, query: 'sparse features' },
    })
  })

  it('leaves what is in quotes alone', () => {
    expect(readLine(find, '"the limit:5 of"')).toEqual({ kind: 'options', options: { query: '"the limit:5 of"' } })
  })

  it('leaves fields of the query in the query', () => {
    expect(readLine(find, 'sparse author:"Neel Nanda"')).toEqual({
      kind: 'options',
      options: { query: 'sparse author:"Neel Nanda"' },
    })
  })

  it('names what is missing', () => {
    expect(readLine(find, '')).toEqual({ kind: 'wrong', why: '/papers find needs what to find' })
  })

  it('names a value that is no number', () => {
    expect(readLine(find, 'x limit:many')).toEqual({ kind: 'wrong', why: '“many” is no whole number for “limit”' })
  })

  it('takes a choice by its place, and names what is no choice', () => {
    expect(readLine(digest, 'now')).toEqual({ kind: 'options', options: { what: 'now' } })
    expect(readLine(digest, 'tomorrow')).toEqual({ kind: 'wrong', why: '“tomorrow” is more than /papers digest takes' })
    expect(readLine(digest, '')).toEqual({ kind: 'options', options: {} })
  })

  it('is read to its end whatever it holds', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        const read = readLine(find, splitLine(text).rest)
        expect(['options', 'wrong']).toContain(read.kind)
      }),
    )
  })
})

describe('options typed apart', () => {
  it('are checked as typed ones are', () => {
    expect(typedOptions(find, { query: 'x', limit: 3, author: 'Ada' })).toEqual({
      kind: 'options',
      options: { query: 'x', limit: 3, author: 'Ada' },
    })
    expect(typedOptions(find, { query: 'x', colour: 'red' })).toEqual({
      kind: 'wrong',
      why: '/papers find has no option “colour”',
    })
  })
})

it('usage shows what has to be given and what may be', () => {
  expect(usage(find)).toBe('/papers find [limit:LIMIT] QUERY')
  expect(usage(digest)).toBe('/papers digest [now|preview]')
})

function aCommand(over: Pick<Command, 'name' | 'options'>): Command {
  return defineCommand({
    summary: 'A command',
    examples: [],
    rank: 'member',
    run: async () => ({ kind: 'choices', choices: [] }),
    ...over,
  })
}
