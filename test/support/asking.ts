import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type App, createApp } from '../../src/app.ts'
import { readConfig } from '../../src/config.ts'
import type { Actor, Rank } from '../../src/delivery/platform.ts'
import type { ChannelId, TenantId } from '../../src/message/channel.ts'
import type { Message, MessageNode } from '../../src/message/message.ts'
import type { Reply } from '../../src/message/reply.ts'
import type { Paper } from '../../src/papers/paper.ts'
import { renderText } from '../../src/platforms/text/render.ts'
import { systemRandom } from '../../src/random.ts'
import { SimulatedClock } from './simulated-clock.ts'

export const papersChannel = 'web:demo/papers' as ChannelId

export interface Asked {
  readonly app: App
  readonly clock: SimulatedClock
  /** Asks as typed in a channel; the reply must be a message. */
  say(text: string, who?: Partial<Actor>, channel?: ChannelId): Promise<Message>
  ask(text: string, who?: Partial<Actor>, channel?: ChannelId): Promise<Reply>
  /** Presses the button of that label in a message. */
  press(message: Message, label: string, who?: Partial<Actor>, channel?: ChannelId): Promise<Message>
  learn(...papers: readonly Paper[]): Promise<void>
  /** arXiv announces the papers, and they are matched. */
  announce(...papers: readonly Paper[]): Promise<void>
  /** What is due is decided and sent. */
  deliver(): Promise<void>
  close(): Promise<void>
}

/** The whole program without a network, to be asked things. */
export async function asking(start = '2025-09-10T12:00:00Z'): Promise<Asked> {
  const clock = new SimulatedClock(start)
  const config = readConfig({ DATA_DIR: mkdtempSync(join(tmpdir(), 'paperboy-asking-')) }, false)
  const offline: typeof fetch = async () => {
    throw new TypeError('fetch failed')
  }
  const app = await createApp({ config, clock, random: systemRandom, fetch: offline, log: () => {} })
  const signal = new AbortController().signal
  const ask = (text: string, who: Partial<Actor> = {}, channel = papersChannel) =>
    clock.run(
      app.handlers.ask({ kind: 'command', actor: actor(who), channel, input: { form: 'text', text } }, { signal }),
    )
  return {
    app,
    clock,
    ask,
    say: async (text, who, channel) => messageOf(await ask(text, who, channel)),
    press: async (message, label, who = {}, channel = papersChannel) => {
      const button = buttonsOf(message).find((each) => each.label === label)
      if (button === undefined) throw new Error(`no button “${label}” in: ${textOf(message)}`)
      return messageOf(
        await clock.run(app.handlers.ask({ kind: 'action', actor: actor(who), channel, ...button.action }, { signal })),
      )
    },
    learn: async (...papers) => {
      await app.services.catalog.upsert(
        'test',
        papers.map((paper) => ({ paper, origin: 'history', rank: 1 })),
      )
    },
    announce: async (...papers) => {
      await app.services.catalog.upsert(
        'arxiv',
        papers.map((paper) => ({ paper, origin: 'announced', rank: 2 })),
      )
      await clock.run(app.rounds.match())
    },
    deliver: async () => {
      await clock.run(app.rounds.decide())
      await clock.run(app.rounds.send(signal))
    },
    close: app.close,
  }
}

export function textOf(message: Message): string {
  return renderText(message)
}

/** Who asks; by default Ada, a member of the web's tenant. */
export function actor(over: Partial<Actor> = {}): Actor {
  return { platform: 'web', tenant: 'web' as TenantId, id: 'ada', name: 'Ada', rank: 'member' as Rank, ...over }
}

function messageOf(reply: Reply): Message {
  if (reply.kind !== 'message') throw new Error(`the reply is a ${reply.kind}`)
  return reply.message
}

function buttonsOf(message: Message) {
  return message.nodes.flatMap((node: MessageNode) => {
    if (node.kind === 'buttons' || node.kind === 'question') return node.buttons
    if (node.kind === 'paper') return node.paper.buttons
    if (node.kind === 'table') return node.rows.flatMap((row) => (row.button === undefined ? [] : [row.button]))
    if (node.kind !== 'pager') return []
    return [
      ...(node.previous === undefined ? [] : [{ label: 'Previous', action: node.previous }]),
      ...(node.next === undefined ? [] : [{ label: 'Next', action: node.next }]),
    ]
  })
}
