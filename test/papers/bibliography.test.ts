import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isBibliography, parseBibliography } from '../../src/papers/bibliography.ts'

const authorsOf = (author: string) => parseBibliography(`@article{k, author = ${author}}`)[0]?.authors

describe('a bibliography', () => {
  it('is known by how it begins', () => {
    expect(isBibliography('% exported\n@article{a,')).toBe(true)
    expect(isBibliography('  @misc {a,')).toBe(true)
    expect(isBibliography('Ada Lovelace @ home')).toBe(false)
  })

  it('gives the authors of each work, whatever the order of their names', () => {
    expect(authorsOf('{Lovelace, Ada and Alan Turing and others}')).toEqual(['Ada Lovelace', 'Alan Turing'])
    expect(authorsOf('"van der Maaten, Laurens and King, Jr, Martin Luther"')).toEqual([
      'Laurens van der Maaten',
      'Martin Luther King Jr',
    ])
    expect(authorsOf('{{Barnes and Noble Group} and Ada Lovelace}')).toEqual(['Barnes and Noble Group', 'Ada Lovelace'])
    expect(authorsOf('{Ada\n   Lovelace   AND\n Alan~M. Turing}')).toEqual(['Ada Lovelace', 'Alan M. Turing'])
  })

  it('reads accents as LaTeX writes them', () => {
    expect(authorsOf('{M{\\"o}ller, J{\\o}rgen and {\\"O}zlem {\\c{C}}elik and Erd\\H{o}s, P\\\'al}')).toEqual([
      'Jørgen Möller',
      'Özlem Çelik',
      'Pál Erdős',
    ])
  })

  it('knows papers by arXiv identifier or DOI', () => {
    const entry = (fields: string) => parseBibliography(`@misc{k, author={A B}, ${fields}}`)[0]?.paper
    expect(entry('eprint = {2409.00001}, archivePrefix={arXiv}')).toBe('arxiv:2409.00001')
    expect(entry('journal = {arXiv preprint arXiv:2409.00001}')).toBe('arxiv:2409.00001')
    expect(entry('doi = "10.1000/182"')).toBe('doi:10.1000/182')
    expect(entry('url = {https://example.org}')).toBeUndefined()
  })

  it('keeps macros, joined values, comments and broken entries apart', () => {
    const text = `@comment{nothing}
@string{me = "Ada Lovelace"}
@article{one, year = 1843, author = me # { and Charles Babbage}, title = {{On} the {Engine}}}
@article{broken, author = {Nobody {Closes This}, title = {x}
@book(two, editor = "Alan Turing")`
    expect(parseBibliography(text)).toEqual([
      { authors: ['Ada Lovelace', 'Charles Babbage'], title: 'On the Engine' },
      { authors: [], title: '' },
      { authors: ['Alan Turing'], title: '' },
    ])
  })

  it('is read in one line as well, as chats paste it', () => {
    const text = '@misc{a, author={Ada Lovelace}, title={One} } @misc{b, author={Alan Turing}}'
    expect(parseBibliography(text).map(({ authors }) => authors)).toEqual([['Ada Lovelace'], ['Alan Turing']])
  })

  it('breaks at nothing', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => void parseBibliography(`@a{${text}\n@b{${text}}`)))
  })
})
