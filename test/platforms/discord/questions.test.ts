import {
  ApplicationCommandAutocompleteCallbackRequestSchema,
  CreateMessageInteractionCallbackRequestSchema,
  IncomingWebhookUpdateRequestPartialSchema,
  ModalInteractionCallbackRequestSchema,
  UpdateMessageInteractionCallbackRequestSchema,
} from 'discord-api-spec/zod'
import { expect, test } from 'vitest'
import type { Handlers, Question } from '../../../src/delivery/platform.ts'
import type { Form } from '../../../src/message/form.ts'
import { notice } from '../../../src/message/message.ts'
import type { Reply } from '../../../src/message/reply.ts'
import { createApi } from '../../../src/platforms/discord/api.ts'
import { answerInteraction } from '../../../src/platforms/discord/questions.ts'
import { sampleAuthor } from '../../support/console-messages.ts'
import { openMemoryStore } from '../../support/memory-store.ts'
import { SimulatedClock } from '../../support/simulated-clock.ts'
import { broken, customIds, markedTexts } from './limits.ts'

const MEMBER = '0'
const MANAGE_CHANNELS = String(1n << 4n)

const base = (over: object) => ({
  id: '400000000000000001',
  token: 'tok',
  application_id: '9',
  guild_id: '100000000000000001',
  channel_id: '200000000000000001',
  locale: 'en-GB',
  member: { user: { id: '5', username: 'ada', global_name: 'Ada' }, permissions: MEMBER },
  ...over,
})
const command = (name: string, options: readonly object[] = [], over: object = {}) =>
  base({ type: 2, data: { name: 'papers', options: [{ name, type: 1, options }] }, ...over })
const press = (customId: string, over: object = {}) =>
  base({ type: 3, data: { custom_id: customId, component_type: 2 }, message: { flags: 32_768 }, ...over })

interface Sent {
  readonly method: string
  readonly path: string
  readonly body: { readonly type?: number; readonly data?: Readonly<Record<string, unknown>> } & Readonly<
    Record<string, unknown>
  >
}

const say = (text: string): Reply => ({ kind: 'message', to: 'asker', message: notice('info', text) })

function desk(
  ask: (question: Question, options: Parameters<Handlers['ask']>[1], clock: SimulatedClock) => Promise<Reply>,
) {
  const clock = new SimulatedClock('2026-11-24T09:00:00Z')
  const store = openMemoryStore()
  const sent: Sent[] = []
  const events: unknown[] = []
  const questions: Question[] = []
  const api = createApi({
    apiUrl: 'https://discord.com/api',
    token: 'secret',
    clock,
    fetch: async (url, init) => {
      const headers = new Headers(init?.headers)
      expect(headers.has('authorization')).toBe(false)
      const text = init?.body instanceof FormData ? init.body.get('payload_json') : init?.body
      sent.push({
        method: init?.method ?? '',
        path: String(url).replace(/^.*\/v10/, ''),
        body: JSON.parse(String(text)),
      })
      return String(url).endsWith('/callback') ? new Response(null, { status: 204 }) : new Response('{"id":"1"}')
    },
  })
  const handlers: Handlers = {
    ask: (question, options) => {
      questions.push(question)
      return ask(question, options, clock)
    },
    on: async () => undefined,
  }
  const house = {
    api,
    commands: [],
    store,
    clock,
    handlers,
    rendering: 'components' as const,
    log: (event: unknown) => void events.push(event),
  }
  const ask1 = (body: unknown) => clock.run(answerInteraction(house, body, new AbortController().signal))
  return { sent, events, questions, ask: ask1 }
}

test('a command comes with its options, and from whom and where', async () => {
  const { ask, questions, sent } = desk(async () => say('Found'))
  await ask(command('search', [{ name: 'query', type: 3, value: 'sparse' }]))
  expect(questions).toEqual([
    {
      kind: 'command',
      actor: {
        platform: 'discord',
        tenant: 'discord:100000000000000001',
        id: '5',
        name: 'Ada',
        rank: 'member',
        locale: 'en-GB',
      },
      channel: 'discord:100000000000000001/200000000000000001',
      input: { form: 'options', command: 'search', options: { query: 'sparse' } },
    },
  ])
  expect(sent).toHaveLength(1)
  expect(sent[0]?.path).toBe('/interactions/400000000000000001/tok/callback')
  expect(CreateMessageInteractionCallbackRequestSchema.safeParse(sent[0]?.body).success).toBe(true)
  expect(sent[0]?.body.data).toMatchObject({ flags: 32_768 | 64, allowed_mentions: { parse: [] } })
})

test.each([
  [
    { member: { user: { id: '5', username: 'ada' }, permissions: MANAGE_CHANNELS } },
    'manager',
    'discord:100000000000000001',
  ],
  [{ member: { user: { id: '5', username: 'ada' }, permissions: MEMBER } }, 'member', 'discord:100000000000000001'],
  [{ guild_id: undefined, member: undefined, user: { id: '5', username: 'ada' } }, 'manager', 'discord:@5'],
])('who may what is Discord’s word: %j', async (over, rank, tenant) => {
  const { ask, questions } = desk(async () => say('Yes'))
  await ask(command('status', [], over))
  expect(questions[0]?.actor).toMatchObject({ rank, tenant })
})

test('an answer that takes its time is promised first, and what is said meanwhile is shown', async () => {
  const { ask, sent } = desk(async (_question, { progress }, clock) => {
    await clock.sleep(5000)
    progress?.(say('Asking arXiv, about 4 s.'))
    await clock.sleep(4000)
    return say('Here it is')
  })
  await ask(command('search', [{ name: 'query', type: 3, value: 'x' }]))
  expect(sent.map(({ method, path, body }) => `${method} ${path} ${body.type ?? ''}`)).toEqual([
    'POST /interactions/400000000000000001/tok/callback 5',
    'PATCH /webhooks/9/tok/messages/@original ',
    'PATCH /webhooks/9/tok/messages/@original ',
  ])
  expect(sent[0]?.body.data).toEqual({ flags: 64 })
  for (const { body } of sent.slice(1))
    expect(IncomingWebhookUpdateRequestPartialSchema.safeParse(body).success).toBe(true)
  expect(markedTexts(sent[2]?.body).join()).toContain('Here it is')
})

test('a button says what its id says, the part’s key and its number apart', async () => {
  const { ask, questions } = desk(async () => say('Because'))
  await ask(press('why arxiv%3A2509.00001#2@abcdefghijklmnopqrstuv'))
  expect(questions[0]).toMatchObject({ kind: 'action', name: 'why', args: ['arxiv:2509.00001'] })
})

test('a menu does what the chosen option says', async () => {
  const { ask, questions } = desk(async () => say('Gone'))
  await ask(press('pick#2', { data: { custom_id: 'pick#2', component_type: 3, values: ['unfollow s7'] } }))
  expect(questions[0]).toMatchObject({ kind: 'action', name: 'unfollow', args: ['s7'] })
})

test('a page is turned in the private message in which it stands, and never in one of all', async () => {
  const { ask, sent } = desk(async () => ({ kind: 'message', to: 'asker', message: sampleAuthor }))
  await ask(press('author-page 1 Ada#p', { message: { flags: 32_768 | 64 } }))
  await ask(press('author-page 1 Ada#p', { message: { flags: 32_768 } }))
  expect(sent.map(({ body }) => body.type)).toEqual([7, 4])
  expect(UpdateMessageInteractionCallbackRequestSchema.safeParse(sent[0]?.body).success).toBe(true)
})

const form: Form = {
  title: 'Channel settings',
  submit: { name: 'settings-save', args: [] },
  fields: [
    { kind: 'text', name: 'schedule', label: 'Schedule', value: 'daily 09:00', hint: 'immediate, daily 09:00' },
    {
      kind: 'choice',
      name: 'mode',
      label: 'Mode',
      choices: [
        { value: 'a', label: 'A' },
        { value: 'b', label: 'B' },
      ],
      value: 'b',
    },
    { kind: 'lookup', name: 'who', label: 'Author', command: 'subscribe', option: 'what' },
  ],
}

test('a form is a modal, and what is sent with it comes by its fields’ names', async () => {
  const { ask, sent, questions } = desk(async ({ kind }) => (kind === 'action' ? { kind: 'form', form } : say('Saved')))
  await ask(press('settings-form'))
  expect(sent[0]?.body.type).toBe(9)
  expect(ModalInteractionCallbackRequestSchema.safeParse(sent[0]?.body).success).toBe(true)
  const components = [
    { type: 18, component: { type: 4, custom_id: 'schedule', value: 'immediate' } },
    { type: 18, component: { type: 3, custom_id: 'mode', values: ['a'] } },
    { type: 1, components: [{ type: 4, custom_id: 'who', value: 'Ada' }] },
  ]
  await ask(base({ type: 5, data: { custom_id: 'settings-save', components } }))
  expect(questions[1]).toMatchObject({
    kind: 'form',
    name: 'settings-save',
    values: { schedule: 'immediate', mode: 'a', who: 'Ada' },
  })
  expect(sent[1]?.body.type).toBe(4)
})

test('a form that comes too late to be shown is behind a button', async () => {
  const { ask, sent } = desk(async (_question, _options, clock) => {
    await clock.sleep(1000)
    return { kind: 'form', form }
  })
  await ask(press('settings-form'))
  expect(sent.map(({ body }) => body.type)).toEqual([5, undefined])
  const [open = ''] = customIds(sent[1]?.body)
  await ask(press(open))
  expect(sent[2]?.body).toMatchObject({ type: 9, data: { title: 'Channel settings', custom_id: 'settings-save' } })
})

test('what was typed into a form is kept when it can’t be taken', async () => {
  const faults = [{ field: 'schedule', text: '“whenever” is not a schedule.' }]
  const fields = form.fields.map((field) => (field.name === 'schedule' ? { ...field, value: 'whenever' } : field))
  const wrong: Reply = {
    kind: 'message',
    to: 'asker',
    message: notice('warning', '“whenever” is not a schedule.'),
    faults,
    again: { ...form, fields },
  }
  const { ask, sent } = desk(async () => wrong)
  const components = [{ type: 18, component: { type: 4, custom_id: 'schedule', value: 'whenever' } }]
  await ask(base({ type: 5, data: { custom_id: 'settings-save', components } }))
  expect(markedTexts(sent[0]?.body.data).join()).toContain('not a schedule')
  const [back = ''] = customIds(sent[0]?.body.data)
  await ask(press(back))
  expect(sent[1]?.body.type).toBe(9)
  expect(ModalInteractionCallbackRequestSchema.safeParse(sent[1]?.body).success).toBe(true)
  expect(JSON.stringify(sent[1]?.body)).toContain('"value":"whenever"')
})

test.each([
  ['0', 'View Channel, Send Messages, Read Message History'],
  [String(1n << 10n), 'Send Messages, Read Message History'],
  [String((1n << 10n) | (1n << 11n)), 'Read Message History'],
])('who follows where Paperboy lacks permissions hears of it, with the remedy: %s', async (permissions, names) => {
  const { ask, sent } = desk(async () => say('This channel now follows Ada.'))
  await ask(command('subscribe', [], { app_permissions: permissions, channel: { type: 0 } }))
  await ask(press('follow-name Ada', { app_permissions: permissions, channel: { type: 0 } }))
  for (const { body } of sent) {
    expect(markedTexts(body.data).join()).toContain(`Paperboy lacks ${names} in this channel`)
    expect(markedTexts(body.data).join()).toContain('now follows Ada')
    expect(markedTexts(body.data).join()).toContain('Edit Channel, Permissions')
  }
  await ask(command('status', [], { app_permissions: permissions, channel: { type: 0 } }))
  expect(markedTexts(sent[2]?.body.data).join()).not.toContain('lacks')
})

test.each([String((1n << 10n) | (1n << 11n) | (1n << 16n)), String(1n << 3n)])(
  'who follows where Paperboy may post and look hears nothing of permissions: %s',
  async (permissions) => {
    const { ask, sent } = desk(async () => say('This channel now follows Ada.'))
    await ask(command('subscribe', [], { app_permissions: permissions, channel: { type: 0 } }))
    expect(markedTexts(sent[0]?.body.data).join()).not.toContain('lacks')
  },
)

test('an answer is shared as it stands, with the name of who shared it', async () => {
  const { ask, sent } = desk(async () => ({ kind: 'message', to: 'asker', message: sampleAuthor }))
  await ask(command('author', [{ name: 'name', type: 3, value: 'Jared Kaplan' }]))
  const data = sent[0]?.body.data ?? {}
  expect(customIds(data)).toContain('discord-share')
  const member = { user: { id: '6', username: 'eve', global_name: '**Eve** @everyone' }, permissions: MEMBER }
  await ask(press('discord-share', { member, message: { flags: 32_768 | 64, components: data.components } }))
  const shared = sent[1]?.body
  expect(shared?.type).toBe(4)
  expect(shared?.data?.flags).toBe(32_768)
  expect(broken(shared?.data)).toEqual([])
  expect(customIds(shared?.data)).not.toContain('discord-share')
  expect(markedTexts(shared?.data).at(-1)).toBe('-# Shared by \\*\\*Eve\\*\\* @\u200beveryone')
})

test('what only tells the asker something can’t be shared', async () => {
  const { ask, sent } = desk(async () => say('Nothing is waiting.'))
  await ask(command('digest'))
  expect(customIds(sent[0]?.body.data)).toEqual([])
})

test('a long answer goes on in further private messages', async () => {
  const message = {
    summary: '',
    nodes: [...sampleAuthor.nodes, ...sampleAuthor.nodes, ...sampleAuthor.nodes, ...sampleAuthor.nodes],
  }
  const { ask, sent } = desk(async () => ({ kind: 'message', to: 'asker', message }))
  await ask(command('author', [{ name: 'name', type: 3, value: 'x' }]))
  expect(sent.length).toBeGreaterThan(1)
  for (const { path, body } of sent.slice(1)) {
    expect(path).toBe('/webhooks/9/tok')
    expect(body.flags).toBe(32_768 | 64)
  }
})

test('an answer for all that was promised in private is posted after it', async () => {
  const { ask, sent } = desk(async (_question, _options, clock) => {
    await clock.sleep(1000)
    return { kind: 'message', to: 'channel', message: notice('success', 'For all') }
  })
  await ask(command('digest'))
  expect(sent.map(({ method, body }) => `${method} ${body.flags ?? ''}`)).toEqual([
    'POST ',
    'PATCH 32768',
    'POST 32768',
  ])
})

test('a citation is a file for the asker', async () => {
  const { ask, sent } = desk(async () => ({
    kind: 'file',
    name: 'a.bib',
    type: 'application/x-bibtex',
    body: '@misc{a}',
  }))
  await ask(command('cite', [{ name: 'paper', type: 3, value: 'x' }]))
  expect(sent[0]?.body).toMatchObject({ type: 4, data: { flags: 64, attachments: [{ id: '0', filename: 'a.bib' }] } })
})

test('what is typed is completed at once, within Discord’s limits', async () => {
  const choices = Array.from({ length: 40 }, (_, at) => ({
    value: at === 3 ? 'x'.repeat(101) : `v${at}`,
    label: `Label ${at} `.repeat(20),
  }))
  const { ask, sent, questions } = desk(async () => ({ kind: 'choices', choices }))
  const options = [{ name: 'what', type: 3, value: 'Nee', focused: true }]
  await ask(base({ type: 4, data: { name: 'papers', options: [{ name: 'subscribe', type: 1, options }] } }))
  expect(questions[0]).toMatchObject({
    kind: 'complete',
    input: { form: 'option', command: 'subscribe', option: 'what', value: 'Nee' },
  })
  expect(ApplicationCommandAutocompleteCallbackRequestSchema.safeParse(sent[0]?.body).success).toBe(true)
  expect(sent[0]?.body.data?.choices).toHaveLength(25)
})

test('what is completed too slowly is nothing, in time', async () => {
  const { ask, sent } = desk(async (_question, _options, clock) => {
    await clock.sleep(10_000)
    return { kind: 'choices', choices: [] }
  })
  const options = [{ name: 'what', type: 3, value: 'Nee', focused: true }]
  await ask(base({ type: 4, data: { name: 'papers', options: [{ name: 'subscribe', type: 1, options }] } }))
  expect(sent[0]?.body).toEqual({ type: 8, data: { choices: [] } })
})

test.each([[[{ name: 'what', type: 3, value: 'Nee' }]], [[]]])(
  'where nothing is being typed, nothing is offered: %j',
  async (options) => {
    const { ask, sent, questions } = desk(async () => say('No'))
    await ask(base({ type: 4, data: { name: 'papers', options: [{ name: 'subscribe', type: 1, options }] } }))
    await ask(base({ type: 4, data: { name: 'papers' } }))
    expect(questions).toEqual([])
    expect(sent.map(({ body }) => body)).toEqual([
      { type: 8, data: { choices: [] } },
      { type: 8, data: { choices: [] } },
    ])
  },
)

test.each([
  [undefined, null, null, 'the whole of it'],
  [{ id: '7', type: 1 }, '7', 1, 'token'],
  [base({ type: 99 }), '400000000000000001', 99, 'type: 99 is no question'],
  [base({ member: undefined, type: 2 }), '400000000000000001', 2, 'neither member nor user'],
  [base({ channel_id: undefined, type: 2 }), '400000000000000001', 2, 'channel_id'],
])('of what can’t be answered the log has id, type and reason: %j', async (body, id, type, why) => {
  const { ask, events } = desk(async () => say('No'))
  await ask(body)
  expect(events).toEqual([{ event: 'discord.unreadable', id, type, why: expect.stringContaining(why) }])
})

test('an id that is none of ours is told so, and nobody is asked', async () => {
  const { ask, sent, questions } = desk(async () => say('No'))
  await ask(press('<@everyone>'))
  expect(questions).toEqual([])
  expect(JSON.stringify(sent[0]?.body)).toContain('no longer works')
})

test.each([undefined, {}, { type: 1 }, base({ type: 99 })])('what is no question is passed over: %j', async (body) => {
  const { ask, sent } = desk(async () => say('No'))
  await ask(body)
  expect(sent).toEqual([])
})
