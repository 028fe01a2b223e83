import { expect, test } from 'vitest'
import { parseApi } from '../../../src/sources/arxiv/api.ts'
import { parseOaiPapers } from '../../../src/sources/arxiv/oai.ts'
import { parseRss } from '../../../src/sources/arxiv/rss.ts'
import { documentDecoder, documentText } from '../../../src/sources/document-text.ts'
import { fixture } from './fixture.ts'

const api = fixture('api.xml')

test('a document is decoded as it declares, or by its byte order mark', () => {
  const document = (encoding: string) => `<?xml version="1.0" encoding="${encoding}"?><a>Fañé</a>`
  expect(documentText(Buffer.from(document('UTF-8')), 'It')).toContain('Fañé')
  expect(documentText(Buffer.from(document('ISO-8859-1'), 'latin1'), 'It')).toContain('Fañé')
  expect(documentText(Buffer.from(`\ufeff${document('UTF-16')}`, 'utf16le'), 'It')).toContain('Fañé')
  expect(documentText(Buffer.from(`\ufeff${document('UTF-16')}`, 'utf16le').swap16(), 'It')).toContain('Fañé')
  expect(documentText(Buffer.from('<a>Fañé</a>'), 'It')).toBe('<a>Fañé</a>')
})

test('what the server says of the charset goes before the declaration, however it comes in', () => {
  const bytes = Buffer.from('<?xml version="1.0" encoding="UTF-8"?><a>Fañé</a>', 'latin1')
  const decoder = documentDecoder('It', 'application/xml; charset="iso-8859-1"')
  expect([...bytes].map((byte) => decoder.write(Uint8Array.of(byte))).join('') + decoder.end()).toContain('Fañé')
})

test('bytes that the encoding does not have, and encodings that nobody knows, are refused', () => {
  expect(() => documentText(Buffer.from('<a>Fañé</a>', 'latin1'), 'It')).toThrow('It is not UTF-8 text')
  const unknown = '<?xml version="1.0" encoding="EBCDIC-7"?><a/>'
  expect(() => documentText(Buffer.from(unknown), 'It')).toThrow('“EBCDIC-7”, which can’t be read')
})

test('a reference to what is no character is left out, and the paper stays whole', () => {
  const [paper] = parseApi(api.replace('How many', 'How&#0; &#x1;man&#xD800;y&#99999999;&#xFFFF;'))
  expect(paper?.title).toBe('How many samples tell two coins apart?')
})

test('a name whose bytes were taken for characters is itself again', () => {
  const [paper] = parseApi(
    api.replace('Ankit Pensia', 'Anke WeiÃ\u009f').replace('How many', 'RamÃ\u00adrez: How many'),
  )
  expect(paper?.authors[0]?.name).toBe('Anke Weiß')
  expect(paper?.title).toMatch(/^Ramírez/)
})

test('a paper titled “Error” is a paper', () => {
  expect(parseApi(api.replace('Languages for quantum machines', 'Error'))[1]).toMatchObject({
    id: 'arxiv:quant-ph/0201082',
    title: 'Error',
  })
})

test('what stands behind the end is named as that', () => {
  const oai = fixture('oai-list.xml').trimEnd()
  for (const behind of ['\njunk', '\n<b/>', 'x', ' & '])
    expect(() => parseOaiPapers(oai + behind)).toThrow(/goes on after its end|no single root/)
  expect(() => parseOaiPapers(`${oai}\njunk`)).not.toThrow(/cut short/)
})

test('elements with a prefix are refused in plain words', () => {
  const prefixed = api.replace(/<(\/?)(?=\w+[\s>])/g, '<$1a:')
  expect(() => parseApi(prefixed)).toThrow('with the prefix “a:”')
})

test('of several DOIs in one field the first is the paper’s and the others are known', () => {
  const doisOf = (text: string) => parseApi(api.replace('10.1000/coins.3', text))[0]?.aliases
  expect(doisOf('10.1000/coins.3 10.1000/Errata.4')).toEqual(['doi:10.1000/coins.3', 'doi:10.1000/errata.4'])
  expect(doisOf('10.1000/coins.3; 10.1000/coins.3')).toEqual(['doi:10.1000/coins.3'])
  expect(doisOf('doi:10.1000/a,https://doi.org/10.1000/b')).toEqual(['doi:10.1000/a', 'doi:10.1000/b'])
  expect(doisOf('10.1002/(SICI)1097(19980815)17:15&lt;1661::AID-968&gt;3.0.CO;2-2')).toEqual([
    'doi:10.1002/(sici)1097(19980815)17:15<1661::aid-968>3.0.co;2-2',
  ])
  expect(doisOf('in press')).toEqual([])
})

test('a feed invents no day for what it announces again', () => {
  const feed = fixture('feed.rss.xml')
  const [fresh, replaced] = parseRss(feed)
  expect(fresh).toMatchObject({ published: '2025-09-03', updated: '2025-09-03' })
  expect(replaced).toMatchObject({ published: '', updated: '2025-09-03' })
  const crossed = parseRss(feed.replaceAll('replace-cross', 'cross'))[1]
  expect(crossed).toMatchObject({ published: '', updated: '', announced: '2025-09-03' })
})
