import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { readSettings } from '../../src/config.ts'
import { harvestSource } from '../../src/jobs/harvest.ts'
import type { Source } from '../../src/sources/source.ts'
import { type Club, openClub } from './toy/club.ts'
import { parseList, pressSource } from './toy/press-source.ts'

// The page "A source" of CONTRIBUTING.md as a program: one paper's trip from the toy source to the toy platform.

const known = { doi: '10.1000/one', title: 'Looms', abstract: 'On looms.', by: ['Ada Lovelace'], on: '2025-09-01' }
const news = { doi: '10.1000/two', title: 'Engines', abstract: 'On engines.', by: ['Ada Lovelace'], on: '2025-09-09' }

let club: Club
let source: Source
let published: readonly unknown[]

beforeEach(async () => {
  club = await openClub()
  published = [known]
  const { clock, random, log } = club.app.house
  const spacing = { read: async () => undefined, write: async () => {} }
  const fetch = async () => Response.json(published)
  const settings = readSettings(pressSource.settings, { PRESS_URL: 'http://127.0.0.1/list.json' })
  source = pressSource.create(settings, { clock, random, log, spacing, fetch, userAgent: 'paperboy' })
})
afterEach(() => club.close())

async function round() {
  const { house, rounds } = club.app
  const signal = new AbortController().signal
  const harvested = await harvestSource(source, house.catalog, {
    signal,
    log: house.log,
    memory: await house.memoryOf(source),
  })
  await rounds.match()
  await rounds.decide()
  await rounds.send(signal)
  return harvested
}

const posts = async () =>
  Promise.all((await club.platform.files(club.channel)).map((file) => club.platform.read(club.channel, file)))

describe('a source that is one folder', () => {
  it('brings what is new to whoever follows its author, once', async () => {
    await round()
    await club.ask('subscribe author:"Ada Lovelace"')
    await club.ask('settings schedule=immediate', 'manager')
    published = [known, news]
    expect(await round()).toMatchObject({ harvested: 1, new: 1, failures: 0 })
    await round()
    const [post, ...more] = await posts()
    expect(post).toContain('Engines')
    expect(post).not.toContain('Looms')
    expect(more).toEqual([])
    expect(await club.ask('why 10.1000/two')).toContain('Ada Lovelace')
  })

  it('makes what it knew from the start searchable, and never news', async () => {
    await round()
    expect(await club.ask('search looms')).toContain('Looms')
    expect(await posts()).toEqual([])
  })

  it('that answers with something broken is counted as failed, and takes nothing with it', async () => {
    await round()
    published = [known, { doi: '10.1000/three' }]
    expect(await round()).toMatchObject({ harvested: 0, failures: 1 })
    expect(await club.ask('search looms')).toContain('Looms')
  })

  it('has a parser for `parse --source`, which takes all of an answer or nothing', () => {
    expect(parseList(JSON.stringify([known])).map((paper) => paper.id)).toEqual(['doi:10.1000/one'])
    expect(() => parseList('[{"doi":')).toThrow('The list is broken')
  })

  it('says to doctor what it needs', () => {
    expect(pressSource.check(readSettings(pressSource.settings, {}))).toMatchObject([{ ok: false }])
  })
})
