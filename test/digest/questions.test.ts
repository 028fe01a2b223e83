import { describe, expect, it } from 'vitest'
import { composeDigest, digestMessage } from '../../src/digest/compose.ts'
import { questionNodes } from '../../src/digest/digest-questions.ts'
import type { PaperId } from '../../src/papers/paper.ts'
import type { DigestItem, Seen } from '../../src/store/records.ts'
import { aPaper } from '../support/builders.ts'
import { aReason, demo } from '../support/following.ts'
import { messageText } from '../support/message-text.ts'

const at = '2025-09-12T09:00:00.000Z'
const perhaps = aReason({ subscription: 'W', label: 'Wei Wang', author: 'W. Wang', confidence: 'possible' })
const ask = (n: number, reason = perhaps): DigestItem => ({ paper: `arxiv:${n}` as PaperId, reasons: [reason] })
const sure = (n: number): DigestItem => ({ paper: `arxiv:${n}` as PaperId, reasons: [aReason()] })

const plan = (items: readonly DigestItem[], questions: readonly DigestItem[], papersPerPart = 10) =>
  composeDigest({
    channel: demo,
    slot: at,
    n: 1,
    decidedAt: at,
    items,
    questions,
    papers: [],
    settings: { cap: 20 },
    papersPerPart,
  })

describe('the questions of a digest', () => {
  it('stand in its last part where there is room, and in one of their own where there is none', () => {
    expect(plan([sure(1), sure(2)], [ask(3)]).parts).toHaveLength(1)
    const full = plan([sure(1), sure(2)], [ask(3)], 2)
    expect(full.parts.map((part) => part.length)).toEqual([2, 0])
    expect(full.questions).toEqual([ask(3)])
    expect(messageText(digestMessage(full, 1, [], { timezone: 'UTC' }))).not.toContain('Wei Wang')
    expect(messageText(digestMessage(full, 2, [], { timezone: 'UTC' }))).toContain('Is this your Wei Wang?')
  })

  it('are a short message of their own where nothing else is new', () => {
    const message = digestMessage(plan([], [ask(1)]), 1, [aPaper({ id: 'arxiv:1', title: 'Lamps' })], {
      timezone: 'UTC',
    })
    expect(message.summary).toBe('1 question for Wei Wang, Friday 12 September 2025')
    expect(message.nodes).toHaveLength(3)
    expect(message.nodes[1]).toMatchObject({
      kind: 'question',
      asks: 'Is this your Wei Wang?',
      about: { text: 'Lamps', url: 'https://arxiv.org/abs/1' },
      buttons: [
        { label: 'Yes', action: { name: 'its-them', args: ['arxiv:1', 'W'] } },
        { label: 'No', action: { name: 'not-them', args: ['arxiv:1', 'W'] } },
      ],
    })
  })

  it('name the author as the byline does, with some who wrote with them and the day', () => {
    const names = ['A. First', 'W. Wang', 'B. Second', 'C. Third', 'D. Fourth']
    const paper = aPaper({ id: 'arxiv:1', authors: names.map((name) => ({ name })), published: '2025-09-11' })
    const { position: _, ...theirs } = perhaps
    const text = (authors: typeof paper.authors) =>
      messageText(digestMessage(plan([], [ask(1, theirs)]), 1, [{ ...paper, authors }], { timezone: 'UTC' }))
    expect(text(paper.authors)).toContain('W. Wang with A. First, B. Second, C. Third +1 · 11 Sep 2025')
    expect(text([{ name: 'W. Wang' }])).toContain('W. Wang · 11 Sep 2025')
  })

  it('are five at most, one about each person in turn, and the others are a button away', () => {
    const other = aReason({ subscription: 'L', label: 'Li Li', confidence: 'possible' })
    const digest = plan([], [...[1, 2, 3, 4, 5, 6].map((n) => ask(n)), ask(7, other)])
    expect(digest.questions).toHaveLength(5)
    expect(digest.questions?.map((item) => item.paper)).toContain('arxiv:7')
    expect(digest.moreQuestions).toBe(2)
    expect(messageText(digestMessage(digest, 1, [], { timezone: 'UTC' }))).toContain('2 more papers that may be theirs')
  })

  it('say what was answered once they are', () => {
    const text = (seen: Seen | undefined) =>
      messageText({
        summary: '',
        nodes: questionNodes([ask(1)], new Map(), new Map(seen ? [['arxiv:1' as PaperId, seen]] : [])),
      })
    const reasons = [perhaps]
    expect(text({ state: 'asked', at, reasons })).toContain('Yes No')
    expect(text({ state: 'refused', by: 'ada', why: 'not-theirs', at, reasons })).toBe('Wei Wang: no · arxiv:1')
    expect(text({ state: 'pending', at, reasons: [{ ...perhaps, confidence: 'certain' }] })).toBe(
      'Wei Wang: yes · arxiv:1',
    )
    expect(text({ state: 'pending', at, reasons: [aReason({ subscription: 'C', kind: 'category' })] })).toBe('')
  })
})
