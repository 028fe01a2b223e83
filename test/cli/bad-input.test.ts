import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { aPaper } from '../support/builders.ts'
import { aTerminal } from '../support/terminal.ts'

const paper = aPaper()
const whole = `<?xml version="1.0" encoding="UTF-8"?>
<feed xmlns="http://www.w3.org/2005/Atom" xmlns:opensearch="http://a9.com/-/spec/opensearch/1.1/">
<opensearch:totalResults>0</opensearch:totalResults>
</feed>`

/** Words of the libraries that read for us, which say nothing to whoever made the file. */
const JARGON = /invalid|zod|discriminator|undefined|, received|parse error|\bat \//i

describe('an answer that is parsed', () => {
  it.each([
    ['cut short', whole.slice(0, 180), /is cut short: it ends in line \d/],
    ['with tags crossed', whole.replace('</feed>', '</fed>'), /is broken: in line 4 a tag closes what is not open/],
    ['with a bare &', whole.replace('>0<', '>a & b<'), /is broken: in line 3 stands a bare &/],
    ['that is none', 'Rate exceeded.', /is the notice "Rate exceeded\."/],
  ])('%s is refused in plain words, with the line and the way out', async (_, body, sentence) => {
    const { exit, out, said } = await aTerminal().paperboy(['parse', '--source', 'arxiv-api', '-'], body)
    expect({ exit, out }).toEqual({ exit: 1, out: [] })
    expect(said).toMatch(sentence)
    expect(said).toMatch(/^-: .*Nothing was printed\. Give a whole answer/)
    expect(said).not.toMatch(JARGON)
  })

  it('of another kind is told the --source that reads it', async () => {
    const { said } = await aTerminal().paperboy(['parse', '--source', 'arxiv-oai', '-'], whole)
    expect(said).toContain('It can be read with --source arxiv-api.')
  })
})

describe('an import', () => {
  const line = (value: unknown) => JSON.stringify(value)
  const follows = (rest: object) => line({ channel: 'web:demo/papers', follows: rest })
  it.each([
    [line({ ...paper, authors: 'Ada' }), 'line 1, is no paper: “authors” is a text where a list is expected'],
    [line({ ...paper, authors: [{ name: 'Ada' }, {}] }), '“authors”, entry 2, “name” is missing; a text is expected'],
    [line({ ...paper, version: '1' }), '“version” is a text where a number is expected'],
    [line({ ...paper, title: undefined, id: 5 }), 'line 1 is no subscription: “channel” is missing'],
    [`${line(paper)}\n{"id":`, 'line 2, is no JSON: one JSON object a line is expected'],
    [line([paper]), 'line 1, is a list: one JSON object a line is expected'],
    [JSON.stringify([paper], undefined, 1), 'holds one JSON value over several lines'],
    ['5', 'line 1, is no object'],
    [follows({ kind: 'autor' }), 'line 1 is no subscription: “follows”, “kind” is none of author, query, category'],
    [follows({ kind: 'author' }), '“follows”, “profile” is missing; an object is expected'],
    [follows({ kind: 'author', profile: { name: 'A', coauthors: ['B'] } }), '“coauthors” is a list where an object is'],
    [
      line({ author: 'A', papers: [{ id: '2409.00001' }] }),
      'is no author’s page: “papers”, entry 1, “title” is missing',
    ],
  ])('of %s says where the fault is and what is expected', async (body, sentence) => {
    const { exit, out, said } = await aTerminal().paperboy(['import', '-'], body)
    expect({ exit, out }).toEqual({ exit: 1, out: [] })
    expect(said).toContain(sentence)
    expect(said).toContain('Nothing was taken.')
    expect(said).toMatch(/^standard input/)
    expect(said).not.toMatch(JARGON)
  })
})

describe('a data folder with a damaged file', () => {
  const readers = [
    ['status'],
    ['export'],
    ['ledger'],
    ['search', 'x'],
    ['author', 'Ada Lovelace'],
    ['complete', 'author', 'A'],
  ]
  it.each([...readers, ['backup', 'copy'], ['why', '2509.06870'], ['settings'], ['doctor']])(
    'is never taken for an empty one by %s',
    async (...args) => {
      const { dataDir, paperboy } = aTerminal()
      mkdirSync(dataDir)
      const file = join(dataDir, 'state.sqlite')
      writeFileSync(file, Buffer.alloc(5000, 0xa7))
      const { exit, out, said } = await paperboy(args)
      expect(exit).toBe(1)
      expect(out.join() + said).toContain(`${file} can't be used: what is in it was not written by Paperboy`)
      expect(readFileSync(file)).toEqual(Buffer.alloc(5000, 0xa7))
    },
  )

  it('is named in our words, and in SQLite’s as well only where LOG_LEVEL is debug', async () => {
    const { dataDir, paperboy } = aTerminal()
    mkdirSync(dataDir)
    writeFileSync(join(dataDir, 'state.sqlite'), Buffer.alloc(5000, 0xa7))
    expect((await paperboy(['status'])).said).not.toMatch(/not a database|malformed/)
    const debugging = aTerminal({ DATA_DIR: dataDir, LOG_LEVEL: 'debug' })
    expect((await debugging.paperboy(['status'])).said).toMatch(/Behind it: .*not a database/)
  })

  it('whose journal alone is left is not an empty one either', async () => {
    const { dataDir, paperboy } = aTerminal()
    mkdirSync(dataDir)
    writeFileSync(join(dataDir, 'state.sqlite-wal'), 'left')
    expect((await paperboy(['status'])).said).toContain('state.sqlite is missing while state.sqlite-wal')
  })

  it('without a catalogue is named as such, and doctor knows that it is built anew', async () => {
    const { dataDir, paperboy } = aTerminal()
    await paperboy(
      ['import', '-'],
      JSON.stringify({ channel: 'web:demo/papers', follows: { kind: 'category', category: 'cs.CL' } }),
    )
    for (const ending of ['', '-wal', '-shm']) rmSync(join(dataDir, `catalog.sqlite${ending}`), { force: true })
    expect((await paperboy(['status'])).said).toContain('There is no catalogue')
    expect((await paperboy(['doctor'])).out.join()).toContain('the next start builds it')
  })
})

describe('a parsed feed', () => {
  it('leaves a date out that it does not tell', async () => {
    const item = (type: string) =>
      `<item><title>On games</title><guid>oai:arXiv.org:2501.00001v3</guid><category>cs.GT</category><pubDate>Fri, 20 Nov 2026 00:00:00 -0500</pubDate><arxiv:announce_type>${type}</arxiv:announce_type><description>Games.</description></item>`
    const feed = `<rss xmlns:arxiv="http://arxiv.org/schemas/atom"><channel><title>cs.GT</title>${item('replace')}${item('cross')}</channel></rss>`
    const { out } = await aTerminal().paperboy(['parse', '--source', 'arxiv-rss', '-'], feed)
    const [replaced, crossed] = out.map((line) => JSON.parse(line))
    expect(replaced).not.toHaveProperty('published')
    expect(replaced.updated).toBe('2026-11-20')
    expect(crossed).not.toHaveProperty('updated')
    expect(crossed.announced).toBe('2026-11-20')
    expect((await aTerminal().paperboy(['import', '-'], out.join('\n'))).exit).toBe(0)
  })
})
