import type { Clock } from '../../src/clock.ts'
import { systemClock } from '../../src/clock.ts'
import type { Handlers, Question } from '../../src/delivery/platform.ts'
import type { LogEvent } from '../../src/log.ts'
import type { ChannelId } from '../../src/message/channel.ts'
import type { Form } from '../../src/message/form.ts'
import type { Message } from '../../src/message/message.ts'
import { notice } from '../../src/message/message.ts'
import type { Reply } from '../../src/message/reply.ts'
import type { WebPlatform } from '../../src/platforms/web/connection.ts'
import { createWebPlatform } from '../../src/platforms/web/connection.ts'
import type { Console } from '../../src/platforms/web/console.ts'
import { createConsole } from '../../src/platforms/web/console.ts'
import type { ConsoleOptions } from '../../src/platforms/web/console-options.ts'
import { systemRandom } from '../../src/random.ts'
import {
  sampleAuthor,
  sampleFollowed,
  sampleFollowing,
  samplePapers,
  sampleSettings,
  sampleStatus,
} from './console-messages.ts'
import { openMemoryStore } from './memory-store.ts'
import { keepSecret } from './suite-output.ts'

export const CHANNEL = 'web:demo/papers' as ChannelId
export const TOKEN = keepSecret('test-token-of-the-console-0123456789abcdefghi')

export interface ConsoleWorld {
  readonly console: Console
  readonly web: WebPlatform
  readonly questions: Question[]
  readonly logged: LogEvent[]
  /** Posts a message to the channel as a part of its own. */
  post(key: string, message: Message): Promise<string>
  /** A request with the token; `path` after the host. */
  get(path: string, headers?: Record<string, string>): Promise<Response>
  send(path: string, body: unknown, headers?: Record<string, string>): Promise<Response>
}

/** The console over a store in memory, its questions answered with sample messages. */
export function consoleWorld(over: Partial<ConsoleOptions> = {}, clock: Clock = systemClock): ConsoleWorld {
  const logged: LogEvent[] = []
  const questions: Question[] = []
  const log = (event: LogEvent) => void logged.push(event)
  const random = systemRandom
  const web = createWebPlatform({ store: openMemoryStore(), clock, random })
  const handlers: Handlers = {
    ask: async (question, { progress }) => {
      questions.push(question)
      progress?.(privately(notice('info', 'Asking arXiv, about 3 s.')))
      return sampleReply(question)
    },
    on: async () => {},
  }
  const console = createConsole({
    web,
    handlers,
    clock,
    random,
    log,
    token: TOKEN,
    allowedHosts: ['127.0.0.1', 'localhost'],
    home: CHANNEL,
    health: async () => ({
      ok: true,
      body: { ok: true, completeThrough: '2026-11-23', sources: [], outbox: 0, parked: 0 },
    }),
    metrics: async () => 'paperboy_up 1\n',
    channels: async () => [
      { channel: CHANNEL, name: '#papers' },
      { channel: 'web:demo/interpretability' as ChannelId, name: '#interpretability' },
      { channel: 'slack:T012/C345' as ChannelId, name: '#reading-group' },
    ],
    services: [
      {
        title: 'Slack',
        guide: 'SLACK.md',
        set: [],
        missing: [['SLACK_BOT_TOKEN'], ['SLACK_APP_TOKEN', 'SLACK_SIGNING_SECRET']],
      },
      { title: 'Discord', guide: 'DISCORD.md', set: ['DISCORD_TOKEN'], missing: [] },
    ],
    ...over,
  })
  const request = (path: string, init: RequestInit) =>
    Promise.resolve(console.fetch(new Request(`http://127.0.0.1:8080${path}`, init)))
  const authorization = `Bearer ${TOKEN}`
  return {
    console,
    web,
    questions,
    logged,
    get: (path, headers = {}) => request(path, { headers: { authorization, ...headers } }),
    send: (path, body, headers = {}) =>
      request(path, {
        method: 'POST',
        headers: { authorization, 'content-type': 'application/json', ...headers },
        body: typeof body === 'string' ? body : JSON.stringify(body),
      }),
    async post(key, message) {
      const result = await web.post(CHANNEL, { key, message, papers: [] }, AbortSignal.timeout(1000))
      if (result.kind !== 'posted') throw new Error(`not posted: ${JSON.stringify(result)}`)
      return result.receipt.id
    },
  }
}

function privately(message: Message): Reply {
  return { kind: 'message', message, to: 'asker' }
}

const COMMANDS = ['search', 'author', 'subscribe', 'subscriptions', 'settings', 'status', 'why', 'help', 'cite']
const NAMES = ['Neel Nanda', 'Jared Kaplan', 'Joseph Bloom']

function sampleReply(question: Question): Reply {
  if (question.kind === 'complete') return sampleChoices(question.input)
  if (question.kind === 'form' && question.values.schedule?.startsWith('dayly')) {
    const faults = [
      { field: 'schedule', text: `“${question.values.schedule}” is not a schedule.` },
      ...(question.values.author === 'Nobody' ? [{ field: 'author', text: 'Nobody is nobody.' }] : []),
    ]
    const message = notice('warning', faults.map(({ text }) => text).join(' '))
    return { kind: 'message', to: 'asker', message, faults }
  }
  if (question.kind === 'form' && question.name === 'subscribe-form') {
    const what = question.values.what ?? ''
    if (what === 'cat:') return privately(notice('warning', '“cat:” names no category.'))
    const done = notice('success', `This channel now follows ${what}.`)
    return privately(
      what === 'Nobody' ? sampleUnknown : { ...done, nodes: [...done.nodes, ...sampleFollowed.nodes.slice(1)] },
    )
  }
  if (question.kind === 'form') return privately(notice('success', `Saved ${JSON.stringify(question.values)}.`))
  if (question.kind === 'action') {
    if (question.name === 'settings-form') return settingsForm
    if (question.name === 'author-page') return privately(sampleAuthor)
    return privately(
      notice('success', `Pressed ${question.name} ${question.args.join(' ')}`, 'Undo within 10 minutes.'),
    )
  }
  const text = question.input.form === 'text' ? question.input.text : question.input.command
  const [name = '', ...rest] = text.split(' ')
  switch (name) {
    case 'author':
      return rest.join(' ') === 'Nobody'
        ? privately(notice('info', 'The catalogue holds no paper by “Nobody”.'))
        : privately(sampleAuthor)
    case 'subscribe':
      return rest.length === 0 ? { kind: 'form', form: followForm } : privately(sampleFollowed)
    case 'subscriptions':
      return privately(sampleFollowing)
    case 'status':
      return privately(sampleStatus)
    case 'settings':
      return privately(sampleSettings)
    case 'cite':
      return {
        kind: 'file',
        name: 'arxiv-2501.18837.bib',
        type: 'application/x-bibtex',
        body: '@misc{sharma2025,\n}\n',
      }
    case 'announce':
      return { kind: 'message', to: 'channel', message: notice('success', 'Everyone can see this.') }
    case 'why':
    case 'search': {
      const papers = samplePapers.slice(0, name === 'why' ? 1 : 2)
      const nodes = papers.map((paper) => ({ kind: 'paper' as const, paper }))
      return privately({
        summary: `For ${text}`,
        nodes: [{ kind: 'heading', level: 1, text: `Papers for “${rest.join(' ')}”` }, ...nodes],
      })
    }
    default:
      return privately(notice('warning', `There is no command “${name}”.`, '/papers help lists them all.'))
  }
}

const sampleUnknown: Message = {
  summary: 'Nobody of that name is known.',
  nodes: [
    { kind: 'notice', tone: 'warning', text: 'Nobody of that name is known.' },
    { kind: 'buttons', buttons: [{ label: 'Follow it all the same', action: { name: 'follow-words', args: ['1'] } }] },
  ],
}

const followForm: Form = {
  title: 'Follow in this channel',
  submit: { name: 'subscribe-form', args: [] },
  fields: [{ kind: 'lookup', name: 'what', label: 'Author, category or query', command: 'subscribe', option: 'what' }],
}

const settingsForm: Reply = {
  kind: 'form',
  form: {
    title: 'Channel settings',
    submit: { name: 'settings-save', args: [] },
    fields: [
      {
        kind: 'text',
        name: 'schedule',
        label: 'Schedule',
        value: 'daily 09:00',
        hint: 'immediate, daily 09:00, cron 0 9 * * 1',
      },
      {
        kind: 'choice',
        name: 'cap',
        label: 'Papers in one digest',
        value: '20',
        choices: ['10', '20', '50'].map((value) => ({ value, label: value })),
      },
      { kind: 'lookup', name: 'author', label: 'Author', command: 'author', option: 'name' },
    ],
  },
}

function sampleChoices(input: Extract<Question, { kind: 'complete' }>['input']): Reply {
  const typed = input.form === 'text' ? input.text : input.value
  const [name = '', ...rest] = typed.split(' ')
  if (input.form === 'text' && rest.length === 0) {
    const known = COMMANDS.filter((command) => command.startsWith(name))
    return { kind: 'choices', choices: known.map((value) => ({ value, label: `${value} — what it does` })) }
  }
  const prefix = (input.form === 'text' ? rest.join(' ') : typed).toLowerCase()
  const names = NAMES.filter((each) => each.toLowerCase().startsWith(prefix))
  return {
    kind: 'choices',
    choices: names.map((each) => ({
      value: input.form === 'text' ? `${name} ${each}` : each,
      label: `${each} · 12 papers`,
    })),
  }
}
