import { describe, expect, it } from 'vitest'
import { parseImport, printExport } from '../../src/following/follow-text.ts'
import { aPaper } from '../support/builders.ts'
import { anAuthor, demo, slack } from '../support/following.ts'

const read = (...lines: readonly object[]) => {
  const parsed = parseImport(lines.map((line) => JSON.stringify(line)).join('\n'))
  if (parsed.kind === 'error') throw new Error(parsed.message)
  return parsed.subscriptions
}
const wrong = (text: string) => {
  const parsed = parseImport(text)
  return parsed.kind === 'error' ? parsed.message : 'nothing wrong'
}

describe('a subscriptions file', () => {
  it('is read line by line, empty ones apart', () => {
    const text = [
      '{"channel":"web:demo/papers","follows":{"kind":"author","profile":{"name":"Yang Liu","ids":{"orcid":"0000-0001"},"papers":["2409.00001v2"],"not":["arxiv:2409.00002"],"coauthors":{"Mirella Lapata":3}}}}',
      '',
      '{"channel":"slack:T1/C1","follows":{"kind":"category","category":"cs.CL"},"narrowing":{"without":["survey"]}}',
      '{"channel":"slack:T1/C1","follows":{"kind":"query","query":"title:sparse"}}\r',
    ].join('\n')
    expect(parseImport(text)).toMatchObject({
      kind: 'subscriptions',
      subscriptions: [
        {
          channel: demo,
          follows: anAuthor('Yang Liu', {
            ids: { orcid: '0000-0001' },
            papers: ['arxiv:2409.00001'],
            not: ['arxiv:2409.00002'],
            coauthors: { 'Mirella Lapata': 3 },
          }),
          asRead: { kind: 'author', profile: { name: 'Yang Liu', papers: ['2409.00001v2'] } },
        },
        { channel: slack, follows: { kind: 'category', category: 'cs.CL' }, narrowing: { without: ['survey'] } },
        { channel: slack, follows: { kind: 'query', query: 'title:sparse' }, narrowing: {}, learnFrom: [] },
      ],
    })
  })

  it('teaches the profile from whole papers', () => {
    const papers = [
      aPaper({
        id: 'arxiv:2409.00001',
        authors: [{ name: 'Yang Liu' }, { name: 'Mirella Lapata' }],
        categories: ['cs.CL'],
      }),
      aPaper({
        id: 'arxiv:2409.00002',
        authors: [{ name: 'Mirella Lapata' }, { name: 'Yang Liu' }],
        categories: ['cs.CL', 'cs.LG'],
      }),
    ]
    const [line] = read({
      channel: demo,
      follows: {
        kind: 'author',
        profile: {
          name: 'Yang Liu',
          papers: ['arxiv:2409.00003', ...papers],
          coauthors: { 'Mirella Lapata': 1, 'Li Dong': 2 },
        },
      },
    })
    expect(line?.follows).toMatchObject({
      profile: {
        papers: ['arxiv:2409.00003', 'arxiv:2409.00001', 'arxiv:2409.00002'],
        coauthors: { 'Mirella Lapata': 2, 'Li Dong': 2 },
        categories: { 'cs.CL': 2, 'cs.LG': 1 },
      },
    })
    expect(line?.learnFrom).toEqual(papers)
  })

  it('is printed so that it reads the same again', () => {
    const lines = [
      {
        channel: demo,
        follows: anAuthor('Yang Liu', { variants: ['Y. Liu'], papers: ['arxiv:2409.00001'], coauthors: { 'A B': 1 } }),
        narrowing: { only: ['cs.CL'], position: 'last' as const },
      },
      { channel: slack, follows: { kind: 'query' as const, query: 'title:"sparse autoencoder"' }, narrowing: {} },
    ]
    const parsed = parseImport(lines.map(printExport).join('\n'))
    expect(parsed).toMatchObject({ kind: 'subscriptions', subscriptions: lines })
    expect(printExport({ channel: slack, follows: anAuthor('Yang Liu'), narrowing: {} })).toBe(
      '{"channel":"slack:T1/C1","follows":{"kind":"author","profile":{"name":"Yang Liu"}}}',
    )
  })

  it('says which line and field is wrong', () => {
    const good = '{"channel":"web:demo/papers","follows":{"kind":"category","category":"cs.CL"}}'
    expect(wrong(`${good}\n{"channel"`)).toMatch(/^line 2 .*it is no JSON/)
    expect(wrong(`${good}\n\n{"channel":"nowhere","follows":{"kind":"category","category":"cs.CL"}}`)).toMatch(
      /^line 3 .*“channel” is no channel: “nowhere”/,
    )
    expect(wrong('{"channel":"web:demo/papers","follows":{"kind":"author","profile":{}}}')).toMatch(
      /^line 1 .*“follows”, “profile”, “name” is missing; a text is expected/,
    )
    expect(
      wrong(
        '{"channel":"web:demo/papers","follows":{"kind":"author","profile":{"name":"Yang Liu","papers":["arxiv:1","what"]}}}',
      ),
    ).toMatch(/^line 1 .*“papers”, entry \d names no paper/)
    expect(
      wrong(
        '{"channel":"web:demo/papers","follows":{"kind":"author","profile":{"name":"Yang Liu","papers":[{"id":"2409.00001","title":"A"}]}}}',
      ),
    ).toMatch(/^line 1 .*“papers”, entry 1, “authors” is missing/)
    expect(wrong('{"channel":"web:demo/papers","follows":{"kind":"query","query":"(open"}}')).toMatch(
      /^line 1 .*“query” is no query: /,
    )
    expect(wrong('{"channel":"web:demo/papers","follows":{"kind":"person"}}')).toMatch(
      /^line 1 .*“kind” is none of author, query, category/,
    )
    expect(wrong('3')).toMatch(/^line 1 .*a number where an object is expected/)
  })
})
