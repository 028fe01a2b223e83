import { dayForPeople } from '../src/digest/paper-view.ts'
import type { MessageNode } from '../src/message/message.ts'
import { titleOf } from '../src/sources/source.ts'
import { defineCommand } from './command.ts'
import { privately } from './replies.ts'
import { count } from './words.ts'

export const status = defineCommand({
  name: 'status',
  summary: 'How complete the sources are, and what is waiting',
  examples: ['status'],
  rank: 'member',
  options: [],
  async run(context) {
    const sources = await context.sourceStatus()
    const troubles = await context.machineTroubles()
    const stats = await context.catalog.stats()
    const waiting = await context.store.scan(context.store.pending, [context.channel], { limit: 1000 })
    const open = await context.store.scan(context.store.outbox, [context.channel], { limit: 1000 })
    const parked = open.filter((entry) => entry.value.state === 'parked').length
    const nodes: readonly MessageNode[] = [
      { kind: 'heading', level: 1, text: 'Status' },
      ...troubles.map((text) => ({ kind: 'notice' as const, tone: 'error' as const, text })),
      ...sources.map((source) => ({
        kind: 'notice' as const,
        tone: source.state === 'failed' || source.state === 'stalled' ? ('warning' as const) : ('success' as const),
        text: withDays(source.detail),
      })),
      {
        kind: 'table',
        columns: ['What', 'How many'],
        rows: [
          {
            cells: [
              'Papers in the catalogue',
              stats.papers === 0
                ? '0'
                : `${stats.papers}, ${dayForPeople(stats.oldest ?? '')} to ${dayForPeople(stats.newest ?? '')}`,
            ],
          },
          { cells: ['Waiting for this channel’s next digest', count(waiting.length, 'paper')] },
          { cells: ['On their way here', count(open.length - parked, 'message')] },
          { cells: ['Parked here, until someone says what to do', count(parked, 'message')] },
        ],
      },
    ]
    const titles = new Map(context.sources.map((source) => [source.name, titleOf(source)]))
    const through = sources
      .map(({ name, completeThrough }) => `${titles.get(name) ?? name} ${completeThrough ?? 'not complete yet'}`)
      .join(', ')
    return privately({ summary: `Complete through: ${through}`, nodes })
  },
})

/** Days in a source's sentence, as people write them. */
function withDays(sentence: string): string {
  return sentence.replace(/\b\d{4}-\d{2}-\d{2}\b/g, dayForPeople)
}
