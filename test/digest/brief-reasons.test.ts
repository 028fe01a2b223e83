import { describe, expect, it } from 'vitest'
import { composeDigest, digestMessage } from '../../src/digest/compose.ts'
import { paperView } from '../../src/digest/paper-view.ts'
import type { ChannelId } from '../../src/message/channel.ts'
import { renderSlack } from '../../src/platforms/slack/render.ts'
import { aPaper } from '../support/builders.ts'
import { aReason } from '../support/following.ts'

const names = ['Konstantinos Papadopoulos', 'Bartholomew Featherstonehaugh', 'Maximiliana Wolkenstein', 'Li Na']
const paper = aPaper({
  authors: names.map((name) => ({ name })),
  categories: ['cond-mat.mes-hall'],
  published: '2025-09-28',
})
const byName = (label: string, position: number) =>
  aReason({ subscription: label, label, position, confidence: 'likely', evidence: ['the name'] })
const view = (...reasons: Parameters<typeof paperView>[1]['reasons'] & object) =>
  paperView(paper, { reasons, abstractLength: 0, brief: true })
const lineOf = ({ byline, category, date, reasons }: ReturnType<typeof view>) =>
  [byline.map(({ text }) => text).join(''), category, date, ...reasons].join(' · ')

describe('the second line of a paper in a digest of many', () => {
  it('names two followed authors together', () => {
    const short = aPaper({ authors: [{ name: 'Li Na' }, { name: 'Wei Wu' }] })
    const reasons = [byName('Li Na', 0), byName('Wei Wu', 1)]
    expect(paperView(short, { reasons, abstractLength: 0, brief: true }).reasons).toEqual([
      'By Li Na, Wei Wu (by name)',
    ])
  })

  it('says with whom one author writes again where there is room', () => {
    const reason = { ...byName('Li Na', 0), evidence: ['with Wei Wu', 'with Xu Li'] }
    expect(paperView(aPaper(), { reasons: [reason], abstractLength: 0, brief: true }).reasons).toEqual([
      'By Li Na, again with Wei Wu +1',
    ])
  })

  it('has at most 100 columns, however long names are and however many are followed', () => {
    const [first = '', second = '', third = ''] = names
    for (const shown of [
      view(byName(first, 0), byName(second, 1)),
      view(byName(first, 0), { ...byName(second, 1), confidence: 'certain' }),
      view(byName(second, 1), byName(third, 2), aReason({ kind: 'category', label: 'cond-mat.mes-hall' })),
    ])
      expect(lineOf(shown).length, lineOf(shown)).toBeLessThanOrEqual(100)
  })
})

it('a digest that only lists has a title and says whose papers they are', () => {
  const slot = '2025-09-12T09:00:00.000Z'
  const papers = Array.from({ length: 133 }, (_, at) => aPaper({ id: `arxiv:2509.${String(at).padStart(5, '0')}` }))
  const items = papers.map(({ id }) => ({ paper: id, reasons: [byName('Li Na', 0)] }))
  const channel = 'slack:T/C' as ChannelId
  const plan = { channel, slot, n: 1, decidedAt: slot, items, papers, settings: { cap: 0 }, papersPerPart: 10 }
  const text = JSON.stringify(renderSlack(digestMessage(composeDigest(plan), 1, papers, { timezone: 'UTC' })))
  expect(text).toContain('133 new papers · Friday 12 September 2025')
  expect(text).toContain('133 papers for Li Na, in a list')
  expect(text).not.toContain('limit')
})
