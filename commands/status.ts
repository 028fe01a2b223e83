import { dayForPeople } from '../src/digest/paper-view.ts'
import type { MessageNode } from '../src/message/message.ts'
import type { Reply } from '../src/message/reply.ts'
import { type SourceStatus, titleOf } from '../src/sources/source.ts'
import { type Context, defineCommand } from './command.ts'
import { daysTable, fillingText, withDays } from './completeness.ts'
import { privately } from './replies.ts'
import { count, placeWords } from './words.ts'

export const status = defineCommand({
  name: 'status',
  summary: 'How complete the sources are, and what is waiting',
  examples: ['status', 'status days'],
  rank: 'member',
  options: [
    {
      name: 'what',
      summary: 'Whether to see each day’s count',
      type: 'text',
      choices: [{ value: 'days', label: 'Each day’s count' }],
    },
  ],
  async run(context, { what }) {
    if (what === 'days') return calendar(context)
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
      ...sources.flatMap(({ sets }) => sets.flatMap(troubledSet)),
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
          ...sources.flatMap(({ reach }) =>
            reach === undefined || reach.isDone
              ? []
              : [
                  {
                    cells: [
                      `Filled back to ${dayForPeople(reach.back ?? 'no day yet')}, of ${dayForPeople(reach.since)}`,
                      fillingText(reach, context.clock.now(), stats.bytes),
                    ],
                  },
                ],
          ),
          {
            cells: [
              `Waiting for ${placeWords(context.channel).whose.toLowerCase()} next digest`,
              count(waiting.length, 'paper'),
            ],
          },
          { cells: ['On their way here', count(open.length - parked, 'message')] },
          { cells: ['Parked here, until someone says what to do', count(parked, 'message')] },
        ],
      },
      ...(sources.some(({ days = [] }) => days.length > 0)
        ? [
            {
              kind: 'buttons' as const,
              buttons: [{ label: 'Each day’s count', action: { name: 'status-days', args: [] } }],
            },
          ]
        : []),
    ]
    const titles = new Map(context.sources.map((source) => [source.name, titleOf(source)]))
    const through = sources
      .map(({ name, completeThrough }) => `${titles.get(name) ?? name} ${completeThrough ?? 'not complete yet'}`)
      .join(', ')
    return privately({ summary: `Complete through: ${through}`, nodes })
  },
  actions: { 'status-days': { rank: 'member', run: calendar } },
})

/** Of each source, what became of each evening's numbers. */
async function calendar(context: Context): Promise<Reply> {
  const sources = await context.sourceStatus()
  const titles = new Map(context.sources.map((source) => [source.name, titleOf(source)]))
  const nodes = sources.flatMap(({ name, days = [], detail }): readonly MessageNode[] => [
    { kind: 'heading', level: 1, text: `What ${titles.get(name) ?? name} announced, evening by evening` },
    { kind: 'line', quiet: true, spans: [{ text: withDays(detail) }] },
    days.length === 0 ? { kind: 'notice', tone: 'info', text: 'No evening was counted yet.' } : daysTable(days),
  ])
  return privately({ summary: 'What was announced, evening by evening', nodes })
}

function troubledSet({ set, state, detail }: SourceStatus['sets'][number]): readonly MessageNode[] {
  if ((state !== 'stalled' && state !== 'failed') || detail === undefined) return []
  return [{ kind: 'line', quiet: true, spans: [{ text: `${set}: ${withDays(detail)}` }] }]
}
