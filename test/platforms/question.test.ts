import { expect, test } from 'vitest'
import { inManner } from '../../src/delivery/manner.ts'
import type { Message } from '../../src/message/message.ts'
import { renderMessage } from '../../src/platforms/discord/render.ts'
import { renderSlack } from '../../src/platforms/slack/render.ts'
import { renderText } from '../../src/platforms/text/render.ts'
import { renderHtml } from '../../src/platforms/web/render.ts'
import { actionsOf } from '../../src/platforms/web/render-reply.ts'
import { aPaperView, aQuestion } from '../support/console-messages.ts'
import { labels } from './discord/limits.ts'
import { readPayload } from './slack/payload-reader.ts'

const asking: Message = { summary: '2 questions', nodes: [aQuestion, aQuestion] }

test('a question shows what is asked of what, with its answers, on Slack', () => {
  const [payload, ...more] = renderSlack(asking).map(readPayload)
  expect(more).toEqual([])
  expect(payload?.broken).toEqual([])
  expect(payload?.text).toBe(
    'Is this your Wei Wang? Lamps at Night\nYes | No\nIs this your Wei Wang? Lamps at Night\nYes | No',
  )
})

test('a question stands beside its answers on Discord, and where all buttons are below, a number says whose they are', () => {
  const [components] = renderMessage(asking, { rendering: 'components' })
  expect(JSON.stringify(components)).toContain('Is this your Wei Wang? [**Lamps at Night**](<https://arxiv.org/abs')
  const paper = {
    kind: 'paper' as const,
    paper: aPaperView({ buttons: [{ label: 'Why?', action: { name: 'why', args: ['x'] } }] }),
  }
  const [embeds] = renderMessage({ ...asking, nodes: [paper, aQuestion] }, { rendering: 'embeds' })
  expect(JSON.stringify(embeds)).toContain('2 · Is this your Wei Wang?')
  expect(embeds === undefined ? [] : labels(embeds)).toEqual(['1 · Why?', '2 · Yes', '2 · No'])
})

test('a question has its answers on the web, and is a line in a terminal and in a plain post', () => {
  expect(renderHtml(asking)).toContain('Is this your Wei Wang? ')
  expect(actionsOf(asking).map(({ label }) => label)).toEqual(['Yes', 'No', 'Yes', 'No'])
  expect(renderText({ ...asking, nodes: [aQuestion] })).toBe(
    'Is this your Wei Wang? Lamps at Night <https://arxiv.org/abs/2509.00001>\n',
  )
  expect(inManner({ ...asking, nodes: [aQuestion] }, { plain: true }).nodes).toEqual([
    {
      kind: 'line',
      spans: [{ text: 'Is this your Wei Wang? Lamps at Night, https://arxiv.org/abs/2509.00001' }],
    },
  ])
})
