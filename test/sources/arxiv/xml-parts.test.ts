import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { oaiReader, parseOai } from '../../../src/sources/arxiv/oai.ts'
import { textOf } from '../../../src/sources/arxiv/xml.ts'
import { XmlPartsReader } from '../../../src/sources/arxiv/xml-parts.ts'
import { fixture } from './fixture.ts'

/** What stands in each `<item>` of a `<list>`, which comes in pieces of that many letters. */
function itemsOf(body: string, size = body.length): readonly string[] {
  const reader = new XmlPartsReader({ what: 'The list', roots: ['list'], part: 'item', read: textOf })
  for (let at = 0; at < body.length; at += Math.max(1, size)) reader.write(body.slice(at, at + Math.max(1, size)))
  return reader.end().parts
}

test('a page that comes in in any pieces is the same page', () => {
  const body = fixture('oai-list.xml')
  fc.assert(
    fc.property(fc.array(fc.nat(body.length), { maxLength: 40 }), (cuts) => {
      const reader = oaiReader()
      let at = 0
      for (const cut of [...cuts.toSorted((a, b) => a - b), body.length]) {
        reader.write(body.slice(at, cut))
        at = cut
      }
      expect(reader.end()).toEqual(parseOai(body))
    }),
    { numRuns: 60 },
  )
})

describe.each([1, 2, 7, 1_000])('in pieces of %i letters', (size) => {
  test.each([
    ['<list><item>a</item><item>b</item></list>', ['a', 'b']],
    ['<list><!-- <item>no</item> --><item>a</item></list>', ['a']],
    ['<list><item><![CDATA[</item><item>]]></item></list>', ['</item><item>']],
    ['<list><?note <item>?><item/><item >a</item ></list>', ['', 'a']],
    ['<list><item>a<item>b</item>c</item></list>', ['abc']],
    ['<list><items>a</items><item>b</item></list>', ['b']],
    ['<list></list>', []],
  ])('%s', (body, items) => {
    expect(itemsOf(body, size)).toEqual(items)
  })

  test.each([
    ['<list>\n<item>a</item>\n<item>b', 'is cut short: it ends in line 3'],
    ['<list>\n<item>a\n</item>\n', 'is cut short: it ends in line 3'],
    ['<list>\n<item>\na</item>\n<item><b></item></list>', 'is broken: in line 4 a tag closes what is not open'],
    ['<list>\n<item>\na</item>\n<item>b & c</item></list>', 'is broken: in line 4 stands a bare &'],
    ['<list><item>a</item></item></list>', 'is broken: in line 1 a tag closes what is not open'],
    ['<list><item><!DOCTYPE a></item></list>', '<!DOCTYPE>'],
    ['<other><item>a</item></other>', 'is a <other> document'],
    ['<list><b c="<item/>"/></list>', ''],
    ['<list><item>a</item></list><list/>', ''],
  ])('%s is not believed', (body, sentence) => {
    expect(() => itemsOf(body, size)).toThrow(expect.objectContaining({ name: 'SourceError', failure: 'unreadable' }))
    expect(() => itemsOf(body, size)).toThrow(sentence)
  })
})
