import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { aPaper } from '../support/builders.ts'
import { aTerminal } from '../support/terminal.ts'

const ada = aPaper({
  id: 'arxiv:2509.00001',
  title: 'On engines',
  authors: [{ name: 'Ada Lovelace' }, { name: 'Alan Turing' }],
})
const alan = aPaper({
  id: 'arxiv:2509.00002',
  title: 'On machines',
  authors: [{ name: 'Alan Turing' }],
  updated: '2025-09-02',
})
const lines = (...values: readonly unknown[]) => values.map((value) => JSON.stringify(value)).join('\n')
const read = (out: readonly string[]) => out.map((line) => JSON.parse(line))

describe('paperboy', () => {
  it('lists its verbs, and names one that does not exist', async () => {
    const { paperboy } = aTerminal()
    expect((await paperboy(['--help'])).out.join('\n')).toContain('poll')
    expect(await paperboy(['frobnicate'])).toMatchObject({ exit: 2, said: expect.stringContaining('“frobnicate”') })
    expect(await paperboy(['poll', '--help'])).toMatchObject({
      exit: 0,
      out: [expect.stringContaining('poll --once'), '', expect.any(String)],
    })
  })

  it('says how a verb is used when it is used wrongly', async () => {
    const { paperboy } = aTerminal()
    const wrong = await paperboy(['poll'])
    expect(wrong.exit).toBe(2)
    expect(wrong.said).toContain('Usage: paperboy poll --once')
    expect((await paperboy(['poll', '--once', '--colour'])).said).toContain('--colour')
    expect((await paperboy(['poll', '--once', '--since', 'yesterday'])).said).toContain('“yesterday” is no day')
  })

  it('names a setting that can’t be used', async () => {
    const { paperboy } = aTerminal({ CONSOLE_PORT: 'many' })
    expect(await paperboy(['doctor'])).toMatchObject({
      exit: 1,
      out: [expect.stringContaining('CONSOLE_PORT'), expect.any(String)],
    })
    expect(await aTerminal({ DATABASE_URL: 'postgres://x' }).paperboy(['poll', '--once'])).toMatchObject({
      exit: 1,
      said: expect.stringContaining('DATABASE_URL'),
    })
  })

  it('says that there is nothing yet, where nothing was kept', async () => {
    expect(await aTerminal().paperboy(['search', 'x'])).toMatchObject({
      exit: 1,
      out: [],
      said: expect.stringContaining('paperboy start'),
    })
  })

  it('names a data folder that is none', async () => {
    const { paperboy, dataDir } = aTerminal()
    mkdirSync(join(dataDir, '..'), { recursive: true })
    writeFileSync(dataDir, 'a file')
    expect(await paperboy(['poll', '--once'])).toMatchObject({ exit: 1, said: expect.stringContaining(dataDir) })
  })
})

describe('imported papers', () => {
  it('are found, and come again as they were', async () => {
    const { paperboy } = aTerminal()
    expect(await paperboy(['import', '-'], lines(ada, alan))).toMatchObject({
      exit: 0,
      out: ['{"imported":{"papers":2,"subscriptions":0}}'],
    })
    const [found] = read((await paperboy(['search', 'engines'])).out)
    expect(found).toMatchObject({ id: ada.id, title: ada.title, score: expect.any(Number) })
    expect((await paperboy(['import', '-'], JSON.stringify(found))).exit).toBe(0)
  })

  it('make an author’s page: newest revision first, collaborators counted', async () => {
    const { paperboy } = aTerminal()
    await paperboy(['import', '-'], lines(ada, alan))
    const [page] = read((await paperboy(['author', 'Alan', 'Turing'])).out)
    expect(page.papers.map((paper: { id: string }) => paper.id)).toEqual([alan.id, ada.id])
    expect(page.profile).toMatchObject({ name: 'Alan Turing', coauthors: { 'Ada Lovelace': 1 } })
    expect(page.profile).not.toHaveProperty('displayName')
    expect(page.collaborators).toEqual([{ name: 'Ada Lovelace', papers: 1 }])
    expect(await paperboy(['author', 'Grace Hopper'])).toMatchObject({
      exit: 1,
      said: expect.stringContaining('Grace Hopper'),
    })
  })

  it('keep the order of a page that tells no dates', async () => {
    const { paperboy } = aTerminal()
    const page = {
      author: 'Lovelace, Ada',
      papers: ['2402.00001', '2403.00001', '2312.00001', '2401.00001'].map((id) => ({
        id,
        title: `Paper ${id}`,
        authors: ['Ada Lovelace'],
        primaryCategory: null,
        source: 'An index',
      })),
    }
    expect((await paperboy(['import', '-'], JSON.stringify(page, undefined, 1))).out).toEqual([
      '{"imported":{"papers":4,"subscriptions":0}}',
    ])
    const [shown] = read((await paperboy(['author', 'Ada Lovelace'])).out)
    expect(shown.papers.map((paper: { id: string }) => paper.id.slice(6))).toEqual([
      '2402.00001',
      '2403.00001',
      '2312.00001',
      '2401.00001',
    ])
    expect(shown.papers[0]).toMatchObject({ venue: 'An index', published: '2024-02' })
  })

  it('are taken all or not at all, and the line that is wrong is named', async () => {
    const { paperboy } = aTerminal()
    const wrong = await paperboy(['import', '-'], lines(ada, { ...alan, id: 'no id' }))
    expect(wrong).toMatchObject({ exit: 1, said: expect.stringMatching(/line 2.*no id/) })
    expect((await paperboy(['import', '-'], `${JSON.stringify(ada)}\n{"id":`)).said).toContain('line 2')
    expect(await paperboy(['import', '-'])).toMatchObject({ exit: 1, said: expect.stringContaining('empty') })
  })

  it('have their texts cleaned and their links checked, whoever made the file', async () => {
    const { paperboy } = aTerminal()
    await paperboy(['import', '-'], JSON.stringify({ ...ada, title: 'On \u202Eengines\u202C\u0007' }))
    expect(read((await paperboy(['search', 'engines'])).out)[0].title).toBe('On engines')
    const script = await paperboy(
      ['import', '-'],
      JSON.stringify({ ...ada, links: { abstract: 'javascript:alert(1)' } }),
    )
    expect(script).toMatchObject({
      exit: 1,
      said: expect.stringContaining('“links”, “abstract” is no address on the web'),
    })
  })
})

describe('subscriptions', () => {
  const list = lines(
    { channel: 'web:demo/papers', follows: { kind: 'author', profile: { name: 'Ada Lovelace' } } },
    { channel: 'web:demo/papers', follows: { kind: 'category', category: 'cs.CL' } },
  )

  it('are imported once, however often, and exported as they can be imported', async () => {
    const { paperboy } = aTerminal()
    expect((await paperboy(['import', '-'], list)).out).toEqual(['{"imported":{"papers":0,"subscriptions":2}}'])
    expect((await paperboy(['import', '-'], list)).out).toEqual(['{"imported":{"papers":0,"subscriptions":0}}'])
    const exported = (await paperboy(['export'])).out
    expect(exported).toHaveLength(2)
    expect((await aTerminal().paperboy(['import', '-'], exported.join('\n'))).out).toEqual([
      '{"imported":{"papers":0,"subscriptions":2}}',
    ])
    expect((await paperboy(['export', '--channel', 'web:demo/other'])).out).toEqual([])
  })

  it('are made and ended one by one, though no source answers', async () => {
    const { paperboy } = aTerminal()
    const made = await paperboy(['subscribe', 'author:Ada Lovelace'])
    expect(made.exit).toBe(0)
    expect(read(made.out)).toMatchObject([
      { channel: 'web:demo/papers', follows: { kind: 'author', profile: { name: 'Ada Lovelace' } } },
    ])
    const again = await paperboy(['subscribe', 'author:Ada Lovelace'])
    expect(again).toMatchObject({ exit: 0, out: made.out, said: expect.stringContaining('already') })
    expect((await paperboy(['subscribe', '--channel', 'web:demo/papers', 'cat:cs.CL'])).exit).toBe(0)
    expect((await paperboy(['unsubscribe', 'Ada Lovelace'])).exit).toBe(0)
    expect(await paperboy(['unsubscribe', 'Ada Lovelace'])).toMatchObject({
      exit: 1,
      said: expect.stringContaining('Ada Lovelace'),
    })
    expect((await paperboy(['export'])).out).toHaveLength(1)
  }, 30_000)

  it('in a channel of a service that is not set up say that nothing can be posted there', async () => {
    const { paperboy } = aTerminal()
    expect(await paperboy(['subscribe', '--channel', 'slack:T1/C1', 'cat:cs.CL'])).toMatchObject({
      exit: 0,
      out: [expect.stringContaining('slack:T1/C1')],
      said: 'Nothing can be posted in slack:T1/C1 until Slack is set up.',
    })
  })

  it('are as many as the lines or entries of a list', async () => {
    const { paperboy } = aTerminal()
    await paperboy(['import', '-'], lines(aPaper({ id: 'arxiv:2509.00003', authors: [{ name: 'Ada Lovelace' }] })))
    const made = await paperboy(['subscribe', 'Ada Lovelace\nGrace Hopper'])
    expect(made.said).toContain('No paper of “Grace Hopper” is known yet')
    expect(made.said).not.toContain('No paper of “Ada')
    expect(read(made.out)).toMatchObject(
      ['Ada Lovelace', 'Grace Hopper'].map((name) => ({ follows: { profile: { name } } })),
    )
    const mixed = await paperboy(['subscribe', 'cat:cs.XX; cat:cs.CL'])
    expect(mixed).toMatchObject({ exit: 1, said: expect.stringContaining('cs.XX') })
    expect(mixed.out).toHaveLength(1)
  }, 30_000)

  it('ask who is meant where several people write alike', async () => {
    const { paperboy } = aTerminal()
    await paperboy(
      ['import', '-'],
      lines(
        aPaper({ id: 'arxiv:2509.00003', authors: [{ name: 'Ann Smith' }] }),
        aPaper({ id: 'arxiv:2509.00004', authors: [{ name: 'Alice Smith' }] }),
      ),
    )
    const several = await paperboy(['subscribe', 'author:"A. Smith"'])
    expect(several.exit).toBe(1)
    expect(
      read(several.out)
        .map((each) => each.candidate)
        .toSorted(),
    ).toEqual(['Alice Smith', 'Ann Smith'])
    const [first] = read(several.out)
    expect(first).toMatchObject({ person: 1, papers: 1, coauthors: [], latest: [expect.any(String)] })
    const chosen = await paperboy(['subscribe', 'author:"A. Smith"', '--person', '1'])
    expect(read(chosen.out)).toMatchObject([{ follows: { profile: { name: first?.candidate } } }])
    expect(await paperboy(['subscribe', 'author:"A. Smith"', '--person', '3'])).toMatchObject({ exit: 1 })
    expect(await paperboy(['subscribe', 'author:"A. Smith"', '--person', 'x'])).toMatchObject({ exit: 2 })
    const other = await paperboy(['subscribe', 'author:"A. Smith"', '--person', '2509.00003'])
    expect(other.out.join('') + other.said).toContain('Ann Smith')
    expect((await paperboy(['subscribe', 'author:"A. Smith"', '--all'])).exit).toBe(0)
  }, 30_000)

  it('are proposed out of a BibTeX file, and made once that is confirmed', async () => {
    const { paperboy, dataDir } = aTerminal()
    const file = join(dataDir, '..', 'read.bib')
    writeFileSync(
      file,
      '% mine\n@misc{a,\n author={Ada Lovelace}}\n@misc{b,\n author={Lovelace, Ada and Alan Turing}}\n',
    )
    const proposed = await paperboy(['propose', file])
    expect(read(proposed.out)).toEqual([{ follow: 'author:"Ada Lovelace"', why: 'in 2 of 2 works' }])
    expect((await paperboy(['export'])).out).toHaveLength(0)
    expect((await paperboy(['propose', file, '--yes'])).exit).toBe(0)
    expect((await paperboy(['export'])).out).toHaveLength(1)
    expect(await paperboy(['propose', join(dataDir, 'none.bib')])).toMatchObject({ exit: 1 })
  }, 30_000)

  it('are matched without a data folder, and a part of a name is no match', async () => {
    const { paperboy, dataDir } = aTerminal()
    const folder = join(dataDir, '..')
    writeFileSync(
      join(folder, 's.ndjson'),
      lines(
        { channel: 'slack:T1/C1', follows: { kind: 'author', profile: { name: 'Alan Turing' } } },
        { channel: 'slack:T1/C1', follows: { kind: 'author', profile: { name: 'Alan Turin' } } },
      ),
    )
    writeFileSync(join(folder, 'p.ndjson'), lines(ada))
    const matched = await paperboy([
      'match',
      '--subscriptions',
      join(folder, 's.ndjson'),
      '--papers',
      join(folder, 'p.ndjson'),
    ])
    expect(read(matched.out)).toEqual([
      {
        paper: ada.id,
        channel: 'slack:T1/C1',
        follows: { kind: 'author', profile: { name: 'Alan Turing' } },
        author: 'Alan Turing',
        position: 1,
        confidence: 'likely',
        evidence: ['same name (Alan Turing)'],
      },
    ])
  })
})

describe('settings', () => {
  it('are shown with the next three times, and changed all or none', async () => {
    const { paperboy } = aTerminal()
    const first = await paperboy(['settings'])
    expect(first.said).toContain('web:demo/papers posts as soon as papers are found.')
    const [shown] = read(first.out)
    expect(shown).toMatchObject({
      schedule: 'immediate',
      posting: 'as soon as papers are found',
      quiet: null,
      cap: 20,
      updates: 'off',
      next: [expect.any(String), expect.any(String), expect.any(String)],
    })
    const [changed] = read(
      (await paperboy(['settings', '--channel', 'web:demo/papers', 'schedule=daily 09:00', 'timezone=Europe/Berlin']))
        .out,
    )
    expect(changed).not.toHaveProperty('posting')
    expect(changed.next[0]).toMatch(/T09:00:00\+0[12]:00$/)
    expect(await paperboy(['settings', 'cap=5', 'timezone=Mars'])).toMatchObject({
      exit: 1,
      said: expect.stringContaining('Mars'),
    })
    expect(read((await paperboy(['settings'])).out)[0].cap).toBe(20)
  })
})

describe('other verbs', () => {
  it('render papers as a platform gets them', async () => {
    const { paperboy } = aTerminal()
    const [web] = read((await paperboy(['render', '--platform', 'web', '-'], lines(ada, alan))).out)
    expect(web).toEqual([{ html: expect.stringContaining('On engines'), text: expect.stringContaining('On machines') }])
    expect((await paperboy(['render', '--platform', 'fax', '-'], '')).exit).toBe(2)
  })

  it('render a platform’s other look, by its name and by the variable that the bot reads', async () => {
    const of = async (platform: string, environment = {}) =>
      await aTerminal(environment).paperboy(['render', '--platform', platform, '-'], lines(ada))
    for (const { out } of [await of('discord-embeds'), await of('discord', { DISCORD_RENDERING: 'embeds' })])
      expect(read(out)[0]).toMatchObject([{ embeds: expect.any(Array) }])
    for (const { out } of [await of('discord'), await of('discord', { DISCORD_RENDERING: 'components' })])
      expect(read(out)[0]).toMatchObject([{ flags: expect.any(Number), components: expect.any(Array) }])
    const wrong = await of('discord', { DISCORD_RENDERING: 'embed' })
    expect(wrong).toMatchObject({ exit: 1, said: 'DISCORD_RENDERING is neither components nor embeds.' })
    expect((await aTerminal().paperboy(['render', '--help'])).out.join()).toContain('discord|discord-embeds')
  })

  it('compare and take apart names', async () => {
    const { paperboy } = aTerminal()
    expect((await paperboy(['names', 'compare', 'J. Kaplan', 'Jared Kaplan'])).out).toEqual([
      '{"relation":"compatible"}',
    ])
    expect((await paperboy(['names', 'compare'], 'Jared Kaplan\tJames Kaplan\n')).out).toEqual([
      '{"relation":"different"}',
    ])
    expect((await paperboy(['names', 'parse'], 'van der Maaten, Laurens\n')).out).toEqual([
      '{"given":"Laurens","family":"van der Maaten"}',
    ])
    expect((await paperboy(['names', 'compare'], 'only one\n')).exit).toBe(2)
  })

  it('parse an answer whole or not at all', async () => {
    const { paperboy } = aTerminal()
    expect(await paperboy(['parse', '--source', 'arxiv-oai', '-'], 'Rate exceeded.')).toMatchObject({
      exit: 1,
      out: [],
      said: expect.any(String),
    })
    expect((await paperboy(['parse', '--source', 'gopher', '-'], '')).exit).toBe(2)
  })

  it('give citations', async () => {
    const { paperboy } = aTerminal()
    expect((await paperboy(['cite', '--format', 'bibtex', '-'], lines(ada))).out.join('\n')).toContain('Lovelace, Ada')
  })

  it('answer commands as in a channel', async () => {
    const { paperboy } = aTerminal()
    await paperboy(['import', '-'], lines(ada))
    expect((await paperboy(['why', '2509.00001'])).out.join('\n')).toContain('On engines')
    expect((await paperboy(['help'])).out.join('\n')).toContain('/papers subscribe')
  })

  it('tell of the status, and how a poll without network ended', async () => {
    const { paperboy } = aTerminal()
    await paperboy(['import', '-'], lines(ada))
    expect(read((await paperboy(['status'])).out)[0]).toMatchObject({
      completeThrough: null,
      catalog: { papers: 1 },
      queue: 0,
      parked: 0,
    })
  })
})
