import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type CitationFormat, cite } from '../../src/papers/citation.ts'
import { aPaper } from '../support/builders.ts'

const forecasting = aPaper({
  id: 'arxiv:2502.16797',
  title: 'Forecasting Rare Language Model Behaviors',
  abstract: 'How rare is rare?\nWe forecast it.',
  authors: [
    { name: 'Jared Kaplan' },
    { name: 'Laurens van der Maaten' },
    { name: 'Kwang-Sung Kim', given: 'Kwang-Sung', family: 'Kim' },
  ],
  published: '2025-02-24T01:02:03Z',
})

describe('BibTeX', () => {
  test('a preprint has its eprint fields and names that BibTeX can take apart', () => {
    expect(cite([forecasting], 'bibtex')).toBe(`@misc{kaplan2025forecasting,
  title = {Forecasting Rare Language Model Behaviors},
  author = {Kaplan, Jared and van der Maaten, Laurens and Kim, Kwang-Sung},
  year = {2025},
  eprint = {2502.16797},
  archivePrefix = {arXiv},
  primaryClass = {cs.LG},
  url = {https://arxiv.org/abs/2502.16797}
}
`)
  })

  test('what TeX reads otherwise is escaped, capitals that carry meaning are kept', () => {
    const title = '100% of BERT & GPT_2 cost $5 #1 in x^2 ~ {a} \\b'
    expect(cite([aPaper({ title })], 'bibtex')).toContain(
      'title = {100\\% of {BERT} \\& {GPT\\_2} cost \\$5 \\#1 in x\\textasciicircum{}2 \\textasciitilde{} \\{a\\} \\textbackslash{}b}',
    )
    expect(cite([aPaper({ title: 'On the geometry of Hilbert spaces' })], 'bibtex')).toContain(
      '{On the geometry of {Hilbert} spaces}',
    )
    expect(cite([aPaper({ title: 'open } brace' })], 'bibtex')).toContain('{open \\textbraceright{} brace}')
  })

  test('a published paper is an article with its DOI; a collaboration stays whole', () => {
    const paper = aPaper({
      authors: [{ name: 'ATLAS Collaboration' }, { name: 'John H. Clippinger, Jr.' }],
      journalRef: 'Phys. Lett. B 716 (2012) 1-29',
      links: { abstract: 'https://arxiv.org/abs/2509.00001', doi: 'https://doi.org/10.1016/j.physletb_2012' },
    })
    const entry = cite([paper], 'bibtex')
    expect(entry).toContain('@article{')
    expect(entry).toContain('author = {{ATLAS Collaboration} and Clippinger, Jr., John H.}')
    expect(entry).toContain('journal = {Phys. Lett. B 716 (2012) 1-29}')
    expect(entry).toContain('doi = {10.1016/j.physletb_2012}')
  })

  test('keys are unique and the same each time, a paper is cited once', () => {
    const ids = ['arxiv:2509.00001', 'arxiv:2509.00002', 'arxiv:2509.00003', 'arxiv:2509.00001']
    const text = cite(
      ids.map((id) => aPaper({ id, authors: [{ name: 'Łukasz Müller' }], title: 'On the Sparse features' })),
      'bibtex',
    )
    expect([...text.matchAll(/@misc\{(.*),/g)].map(([, key]) => key)).toEqual([
      'muller2025sparse',
      'muller2025sparsea',
      'muller2025sparseb',
    ])
  })

  test('braces match whatever the title and the names', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (title, name) => {
        let depth = 0
        for (const character of cite([aPaper({ title, authors: [{ name }] })], 'bibtex')) {
          if (character === '{') depth++
          if (character === '}') depth--
          expect(depth).toBeGreaterThanOrEqual(0)
        }
        expect(depth).toBe(0)
      }),
    )
  })
})

test('RIS has a field a line, without line breaks inside', () => {
  expect(cite([forecasting], 'ris').split('\r\n')).toEqual([
    'TY  - UNPB',
    'ID  - kaplan2025forecasting',
    'TI  - Forecasting Rare Language Model Behaviors',
    'AU  - Kaplan, Jared',
    'AU  - van der Maaten, Laurens',
    'AU  - Kim, Kwang-Sung',
    'PY  - 2025',
    'DA  - 2025/02/24',
    'PB  - arXiv',
    'M1  - arXiv:2502.16797',
    'UR  - https://arxiv.org/abs/2502.16797',
    'KW  - cs.LG',
    'AB  - How rare is rare? We forecast it.',
    'ER  - ',
    '',
  ])
  expect(cite([aPaper({ title: 'A\nER  - \nTY  - JOUR' })], 'ris').match(/^ER {2}-/gm)).toHaveLength(1)
})

test('CSL JSON holds names in parts and the day', () => {
  expect(JSON.parse(cite([forecasting, aPaper({ authors: [{ name: 'DeepSeek-AI' }] })], 'csl-json'))).toMatchObject([
    {
      id: 'kaplan2025forecasting',
      type: 'article',
      author: [
        { family: 'Kaplan', given: 'Jared' },
        { family: 'van der Maaten', given: 'Laurens' },
        { family: 'Kim', given: 'Kwang-Sung' },
      ],
      issued: { 'date-parts': [[2025, 2, 24]] },
      number: 'arXiv:2502.16797',
    },
    { author: [{ literal: 'DeepSeek-AI' }] },
  ])
})

test('Markdown reads nothing of a title as markup', () => {
  expect(cite([forecasting], 'markdown')).toBe(
    '- Jared Kaplan, Laurens van der Maaten, Kwang-Sung Kim (2025). [Forecasting Rare Language Model Behaviors](https://arxiv.org/abs/2502.16797). arXiv:2502.16797.\n',
  )
  const paper = aPaper({
    title: '*A* [b](c) <img> `d` _e_',
    authors: [],
    links: { abstract: 'https://a.example/(x) y' },
  })
  expect(cite([paper], 'markdown')).toBe(
    '- (2025). [\\*A\\* \\[b\\](c) \\<img\\> \\`d\\` \\_e\\_](https://a.example/%28x%29%20y). arXiv:2509.00001.\n',
  )
})

test('APA names up to twenty authors, and the last of more', () => {
  expect(cite([forecasting], 'apa')).toBe(
    'Kaplan, J., van der Maaten, L., & Kim, K.-S. (2025). Forecasting Rare Language Model Behaviors. arXiv. https://arxiv.org/abs/2502.16797\n',
  )
  const many = Array.from({ length: 25 }, (_, n) => ({ name: `A Author${n + 1}` }))
  expect(cite([aPaper({ authors: many, title: 'Why?' })], 'apa')).toMatch(
    /Author19, A\., \. \. \. Author25, A\. \(2025\)\. Why\? arXiv\./,
  )
})

test('no papers are no citations', () => {
  for (const format of ['bibtex', 'ris', 'markdown', 'apa'] satisfies CitationFormat[])
    expect(cite([], format)).toBe('')
  expect(JSON.parse(cite([], 'csl-json'))).toEqual([])
})
