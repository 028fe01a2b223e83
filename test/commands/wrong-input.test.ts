import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type Asked, asking, textOf } from '../support/asking.ts'
import { aPaper } from '../support/builders.ts'

const boss = { id: 'boss', name: 'Boss', rank: 'manager' as const }
let house: Asked

beforeEach(async () => {
  house = await asking()
})

afterEach(() => house.close())

/** Without the breaks of the lines. */
const said = (...reply: Parameters<typeof textOf>) => textOf(...reply).replace(/\s+/g, ' ')

describe('what can’t be read', () => {
  it('is answered with an example that fits what is wrong', async () => {
    const examples = [
      ['settings timezone=Atlantis', 'settings timezone=Europe/Berlin'],
      ['settings cap=many', 'settings cap=20'],
      ['settings schedule=never', 'settings schedule="daily 09:00"'],
      ['settings timezone=Atlantis cap=many', 'settings timezone=Europe/Berlin cap=20'],
      ['search since:yesterday', 'search "sparse autoencoders" since:2025-01'],
      ['search "open', 'search "sparse autoencoders" author:"Neel Nanda"'],
    ] as const
    for (const [wrong, example] of examples)
      expect(said(await house.say(wrong, boss))).toContain(`For example: /papers ${example}`)
  })

  it('after subscribe is answered with the line that was typed, mended', async () => {
    const mended = [
      ['cat:cs.LGG', 'cat:cs.LG'],
      ['cat:nonsense', 'cat:cs.LG'],
      ['title:"sparse autoencoder', 'title:"sparse autoencoder"'],
      ['author:"Ada Lovelace" position:middle', 'author:"Ada Lovelace" position:first'],
      ['author:"Ada Lovelace" only:first', 'author:"Ada Lovelace" position:first'],
      ['Ada Lovelace only:cs.XX -survey', 'Ada Lovelace only:cs.LG -survey'],
      ['cat:cs.CL position:first', 'cat:cs.CL'],
      ['tilings OR', 'tilings'],
      ['author:', 'author:"Jared Kaplan"'],
    ] as const
    for (const [typed, example] of mended) {
      const answer = said(await house.say(`subscribe ${typed}`))
      expect([typed, answer.slice(answer.indexOf('For example')).trim()]).toEqual([
        typed,
        `For example: /papers subscribe ${example}`,
      ])
    }
  })

  it('as words of which nothing is known is shown written as a person', async () => {
    await house.learn(aPaper({ authors: [{ name: 'Ada Lovelace' }] }))
    expect(said(await house.say('subscribe quilted tilings'))).toContain('author:"quilted tilings"')
  })

  it('as an address says that it can’t be followed, and what can', async () => {
    for (const verb of ['search', 'subscribe'])
      expect(said(await house.say(`${verb} https://evil.example/x`))).toMatch(
        /“https:\/\/evil\.example\/x” can't be searched for or followed\. What can: words, author:/,
      )
  })

  it('takes a name whose last quote was forgotten', async () => {
    await house.learn(aPaper({ authors: [{ name: 'Ada Lovelace' }] }))
    expect(textOf(await house.say('author "Ada Lovelace'))).toMatch(/^Ada Lovelace\n/)
    expect(textOf(await house.say('author "Nobody Known'))).not.toContain('"')
  })
})
