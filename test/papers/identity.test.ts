import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { arxivId, arxivNumberOf, canonicalPaperId, doiId, parsePaperId } from '../../src/papers/identity.ts'

describe('what people and sources write names one paper', () => {
  test.each([
    ['2409.00001', 'arxiv:2409.00001', undefined],
    ['2409.00001v2', 'arxiv:2409.00001', 2],
    [' 2409.00001v12 ', 'arxiv:2409.00001', 12],
    ['0704.0001', 'arxiv:0704.0001', undefined],
    ['2501.10000', 'arxiv:2501.10000', undefined],
    ['arXiv:2409.00001', 'arxiv:2409.00001', undefined],
    ['arXiv: 2409.00001v3', 'arxiv:2409.00001', 3],
    ['arXiv:2409.00001v1 [cs.CL]', 'arxiv:2409.00001', 1],
    ['arxiv:quant-ph/0201082v1', 'arxiv:quant-ph/0201082', 1],
    ['math.GT/0309136', 'arxiv:math/0309136', undefined],
    ['cond-mat.mes-hall/0409120', 'arxiv:cond-mat/0409120', undefined],
    ['cond-mat/0409120', 'arxiv:cond-mat/0409120', undefined],
    ['http://arxiv.org/abs/2409.00001v1', 'arxiv:2409.00001', 1],
    ['https://arxiv.org/abs/hep-th/9901001', 'arxiv:hep-th/9901001', undefined],
    ['https://arxiv.org/pdf/2409.00001v2.pdf', 'arxiv:2409.00001', 2],
    ['https://arxiv.org/pdf/2409.00001', 'arxiv:2409.00001', undefined],
    ['https://arxiv.org/html/2409.00001v1#S3', 'arxiv:2409.00001', 1],
    ['https://www.arxiv.org/abs/2409.00001?context=cs', 'arxiv:2409.00001', undefined],
    ['arxiv.org/abs/2409.00001/', 'arxiv:2409.00001', undefined],
    ['oai:arXiv.org:0804.2273', 'arxiv:0804.2273', undefined],
    ['oai:arXiv.org:2203.01250v3', 'arxiv:2203.01250', 3],
    ['oai:arXiv.org:hep-th/9711200', 'arxiv:hep-th/9711200', undefined],
    ['doi:10.1000/XYZ', 'doi:10.1000/xyz', undefined],
    ['10.1103/PhysRevB.83.155440', 'doi:10.1103/physrevb.83.155440', undefined],
    ['https://doi.org/10.1000/xyz', 'doi:10.1000/xyz', undefined],
    ['https://dx.doi.org/10.1002/(SICI)1097%3C1::X', 'doi:10.1002/(sici)1097<1::x', undefined],
    ['10.48550/arXiv.2409.00001', 'arxiv:2409.00001', undefined],
    ['https://doi.org/10.48550/ARXIV.MATH/0309136', 'arxiv:math/0309136', undefined],
    ['S2:abcDEF', 's2:abcDEF', undefined],
    ['openalex:W123', 'openalex:W123', undefined],
  ])('%s', (text, id, version) => {
    expect(parsePaperId(text)).toEqual(version === undefined ? { id } : { id, version })
  })

  test.each([
    '',
    ' ',
    '2409.1',
    '2409.000001',
    '2413.00001',
    'v2',
    '24090.0001',
    'see 2409.00001',
    '2409.00001 and 2409.00002',
    '2409.00001v0',
    'https://evil.example/arxiv.org/abs/2409.00001',
    'https://arxiv.org.evil.example/abs/2409.00001',
    'https://arxiv.org/a/kaplan_j_1',
    'javascript:alert(1)',
    'arxiv:',
    'arxiv:abc',
    'doi:abc',
    '10.1000/a b',
    'math/03091',
    'scheme:with space',
    'x:\u0000',
  ])('%j names none', (text) => {
    expect(parsePaperId(text)).toBeUndefined()
  })

  test('a canonical id names itself', () => {
    const month = fc.integer({ min: 1, max: 12 }).map((n) => String(n).padStart(2, '0'))
    const year = fc.integer({ min: 7, max: 60 }).map((n) => String(n).padStart(2, '0'))
    fc.assert(
      fc.property(
        year,
        month,
        fc.integer({ min: 1, max: 99_999 }),
        fc.integer({ min: 1, max: 40 }),
        (y, m, n, version) => {
          const id = `arxiv:${y}${m}.${String(n).padStart(5, '0')}`
          expect(parsePaperId(`${id}v${version}`)).toEqual({ id, version })
          expect(canonicalPaperId(id)).toBe(id)
        },
      ),
    )
  })

  test('any text is answered without an exception', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary', maxLength: 600 }), (text) => void parsePaperId(text)))
  })
})

test('ids of a given kind are made or refused with a reason', () => {
  expect(arxivId('2409.00001v2')).toBe('arxiv:2409.00001')
  expect(doiId('10.1000/ABC')).toBe('doi:10.1000/abc')
  expect(doiId('10.48550/arXiv.2409.00001')).toBe('arxiv:2409.00001')
  expect(() => arxivId('10.1000/abc')).toThrow(/not an arXiv identifier/)
  expect(() => doiId('2409.00001')).toThrow(/not a DOI/)
})

test('marks of arXiv ids sort in the order of announcement', () => {
  const announced = [
    '0704.0001',
    '1412.0001',
    '1412.8770',
    '1501.00001',
    '1501.02999',
    '2409.00001',
    '2501.10000',
    '2501.10001',
  ]
  const marks = announced.map((id) => arxivNumberOf(arxivId(id)) ?? '')
  expect(marks).toEqual([...marks].sort())
  expect(new Set(marks).size).toBe(announced.length)
  expect(arxivNumberOf(arxivId('1412.8770'))).toBe('1412.08770')
  expect(arxivNumberOf(arxivId('hep-th/9901001'))).toBeUndefined()
  expect(arxivNumberOf(doiId('10.1000/abc'))).toBeUndefined()
})
