import { expect, test } from 'vitest'
import type { Handlers, PlatformEvent, Question } from '../../../src/delivery/platform.ts'
import type { Form } from '../../../src/message/form.ts'
import { notice } from '../../../src/message/message.ts'
import type { Reply } from '../../../src/message/reply.ts'
import { createSlack } from '../../../src/platforms/slack/connection.ts'
import { typedText } from '../../../src/platforms/slack/typed-text.ts'
import { openMemoryStore } from '../../support/memory-store.ts'
import { readPayload } from './payload-reader.ts'
import { API, commandBody, interactionBody, keptLog, SECRET, settle, signed, slackStub, sleepingClock } from './stub.ts'

const yes: Reply = { kind: 'message', to: 'asker', message: notice('info', 'Yes') }
const form: Form = {
  title: 'Channel settings',
  submit: { name: 'settings-save', args: [] },
  fields: [
    { kind: 'text', name: 'schedule', label: 'Schedule', value: 'daily 09:00', hint: 'immediate' },
    { kind: 'text', name: 'quiet', label: 'Quiet hours', optional: true },
    {
      kind: 'choice',
      name: 'cap',
      label: 'Cap',
      choices: [
        { value: '10', label: 'Ten' },
        { value: '', label: 'None' },
      ],
      value: '10',
    },
    { kind: 'lookup', name: 'author', label: 'Author', command: 'subscribe', option: 'what' },
  ],
}

async function aDesk(reply: Reply | Handlers['ask'] = yes, said?: Reply) {
  const clock = sleepingClock()
  const stub = slackStub(clock)
  const { log, events } = keptLog()
  const slack = createSlack(
    { apiUrl: API, botToken: 'xoxb-test', signingSecret: SECRET },
    { clock, fetch: stub.fetch, store: openMemoryStore(), log },
  )
  const questions: Question[] = []
  const happened: PlatformEvent[] = []
  const handlers: Handlers = {
    ask: async (question, options) => {
      questions.push(question)
      return typeof reply === 'function' ? reply(question, options) : reply
    },
    on: async (event) => {
      happened.push(event)
      return said?.kind === 'message' ? said.message : undefined
    },
  }
  await slack.start(handlers, new AbortController().signal)
  const send = async (body: string, type = 'application/x-www-form-urlencoded') => {
    clock.pass(1000)
    const response = await slack.inbound?.handle(signed(body, { at: clock.now(), type }))
    await settle()
    const text = (await response?.text()) ?? ''
    return text === '' ? undefined : JSON.parse(text)
  }
  const type = (text: string, over?: Readonly<Record<string, string>>) => send(commandBody(text, over))
  const press = (value: string, over: object = {}) =>
    send(
      interactionBody({
        type: 'block_actions',
        channel: { id: 'C345' },
        actions: [{ action_id: 'press-0', value }],
        ...over,
      }),
    )
  const happen = (event: object, over: object = {}) =>
    send(
      JSON.stringify({
        type: 'event_callback',
        team_id: 'T012',
        event_id: `Ev${Math.trunc(clock.now())}`,
        event,
        ...over,
      }),
      'application/json',
    )
  const answers = () => stub.responses.map(({ body }) => body)
  const lastText = () => readPayload(answers().at(-1)).text
  return { clock, stub, slack, questions, happened, events, send, type, press, happen, answers, lastText }
}

test('what is typed becomes a question in the name of the person, in the channel', async () => {
  const { type, questions } = await aDesk()
  await type('search title:diffusion')
  expect(questions).toEqual([
    {
      kind: 'command',
      channel: 'slack:T012/C345',
      input: { form: 'text', text: 'search title:diffusion' },
      actor: {
        platform: 'slack',
        tenant: 'slack:T012',
        id: 'U0ADA',
        name: 'ada',
        rank: 'member',
        timeZone: 'Europe/London',
      },
    },
  ])
})

test.each([
  ['author:\u201cJared Kaplan\u201d', 'author:"Jared Kaplan"'],
  ['AT&amp;T &lt;3', 'AT&T <3'],
  ['&amp;lt;', '&lt;'],
  ['in <#C012|general> by <@U012|ada>', 'in #general by @ada'],
  ['<@U012> <!here> <!subteam^S1|@team>', '@U012 @here @@team'],
  ['<https://arxiv.org/abs/2501.18837>', 'https://arxiv.org/abs/2501.18837'],
  ['<https://arxiv.org/abs/2501.18837|arxiv.org>', 'https://arxiv.org/abs/2501.18837'],
  ['<mailto:a@example.org|a@example.org>', 'a@example.org'],
  ['&lt;https://x.example&gt;', '<https://x.example>'],
  ['  O\u2019Brien ', "O'Brien"],
])('%s is read as %s', (typed, text) => {
  expect(typedText(typed)).toBe(text)
})

test('the answer is private, through the response_url', async () => {
  const { type, stub, lastText, answers } = await aDesk()
  await type('help')
  expect(stub.responses[0]?.url).toBe('https://hooks.slack.test/commands/1')
  expect(answers()[0]).toMatchObject({ response_type: 'ephemeral', replace_original: false, unfurl_links: false })
  expect(lastText()).toBe('Yes')
})

test('what is meant for all goes to the channel', async () => {
  const { type, answers } = await aDesk({ ...yes, to: 'channel' })
  await type('search x')
  expect(answers()[0]).toMatchObject({ response_type: 'in_channel' })
})

test.each([
  ['U0ADA', 'member'],
  ['U0ADMIN', 'manager'],
  ['U0CREATOR', 'manager'],
])('%s is a %s', async (user, rank) => {
  const { type, questions } = await aDesk()
  await type('settings', { user_id: user })
  expect(questions[0]?.actor.rank).toBe(rank)
})

test('everybody manages their own direct messages', async () => {
  const { type, questions } = await aDesk()
  await type('settings', { channel_id: 'D777', channel_name: 'directmessage' })
  expect(questions[0]).toMatchObject({ channel: 'slack:T012/@U0ADA', actor: { rank: 'manager' } })
})

test('who a person is, is asked once in five minutes', async () => {
  const { type, stub, clock } = await aDesk()
  const asked = () => stub.sent.filter(({ method }) => method === 'users.info').length
  await type('help')
  await type('help')
  expect(asked()).toBe(1)
  clock.pass(6 * 60_000)
  await type('help')
  expect(asked()).toBe(2)
})

test('while Slack does not tell who a person is, they are a member, and it is asked again', async () => {
  const { type, stub, questions } = await aDesk()
  stub.answer('users.info', { ok: false, error: 'internal_error' })
  await type('settings', { user_id: 'U0ADMIN' })
  await type('settings', { user_id: 'U0ADMIN' })
  expect(questions.map(({ actor }) => actor.rank)).toEqual(['member', 'manager'])
})

test('a workspace that is not ours gets a refusal, and nothing is asked', async () => {
  const { type, press, questions, lastText } = await aDesk()
  await type('subscriptions', { team_id: 'T999' })
  expect(lastText()).toContain('belongs to another workspace')
  await press('why arxiv:2509.00001', { team: { id: 'T999' } })
  expect(lastText()).toContain('belongs to another workspace')
  expect(questions).toEqual([])
})

test('a guest of another workspace can press nothing in a shared channel', async () => {
  const { press, stub, questions, lastText } = await aDesk()
  stub.methods.set('users.info', ({ user }) => ({ ok: true, user: { id: user, team_id: 'T999', is_admin: true } }))
  await press('why arxiv:2509.00001', { user: { id: 'U9', team_id: 'T999' } })
  expect(lastText()).toContain('guest of another workspace')
  stub.methods.set('users.info', () => ({ ok: false, error: 'internal_error' }))
  await press('why arxiv:2509.00001', { user: { id: 'U8', team_id: 'T999' } })
  expect(questions).toEqual([])
})

test('a button pressed becomes its action', async () => {
  const { press, questions, answers } = await aDesk()
  await press('not-them arxiv:2509.00001 sub1')
  expect(questions[0]).toMatchObject({
    kind: 'action',
    name: 'not-them',
    args: ['arxiv:2509.00001', 'sub1'],
    channel: 'slack:T012/C345',
  })
  expect(answers()[0]).toMatchObject({ replace_original: false })
})

test('a page turned in an answer that only the asker sees takes the place of the one before; nothing else does', async () => {
  const { press, answers } = await aDesk()
  const container = { is_ephemeral: true, channel_id: 'C345' }
  await press('search-page 2', { container, actions: [{ action_id: 'turn-7', value: 'search-page 2' }] })
  await press('why x', { container })
  expect(answers()).toMatchObject([{ replace_original: true }, { replace_original: false }])
})

test('a press within a thread is answered there', async () => {
  const { press, answers } = await aDesk()
  await press('why x', { container: { thread_ts: '17.5', channel_id: 'C345' } })
  expect(answers()[0]).toMatchObject({ thread_ts: '17.5' })
})

test('a word in between comes first, and only once', async () => {
  const { type, answers } = await aDesk(async (_question, { progress }) => {
    progress?.({ kind: 'message', to: 'asker', message: notice('info', 'Asking arXiv') })
    progress?.({ kind: 'message', to: 'asker', message: notice('info', 'Still asking') })
    await settle()
    return yes
  })
  await type('author x')
  await settle()
  expect(answers().map((body) => body.text)).toEqual(['Asking arXiv', 'Yes'])
})

test('a response_url is used at most five times', async () => {
  const nodes = Array.from({ length: 900 }, (_, at) => ({ kind: 'line' as const, spans: [{ text: `Line ${at}` }] }))
  const { type, stub, lastText } = await aDesk(async (_question, { progress }) => {
    progress?.(yes)
    return { kind: 'message', to: 'asker', message: { summary: 'Long', nodes } }
  })
  await type('subscriptions')
  await settle()
  expect(stub.responses).toHaveLength(5)
  expect(lastText()).toContain('There is more')
})

test('where the response_url is spent, the answer comes by the Web API, still private', async () => {
  const clock = sleepingClock()
  const stub = slackStub(clock)
  const slack = createSlack(
    { apiUrl: API, botToken: 'xoxb-test', signingSecret: SECRET },
    {
      clock,
      store: openMemoryStore(),
      log: () => {},
      fetch: (url, init) =>
        String(url).startsWith(API)
          ? stub.fetch(url, init)
          : Promise.resolve(new Response('used_url', { status: 404 })),
    },
  )
  await slack.start({ ask: async () => yes, on: async () => undefined }, new AbortController().signal)
  await slack.inbound?.handle(signed(commandBody('help'), { at: clock.now() }))
  await settle()
  expect(stub.sent.at(-1)).toMatchObject({ method: 'chat.postEphemeral', args: { channel: 'C345', user: 'U0ADA' } })
})

test('a form opens as a modal while its trigger lives', async () => {
  const { press, stub } = await aDesk({ kind: 'form', form })
  await press('settings-form')
  const [opened] = stub.sent.filter(({ method }) => method === 'views.open')
  expect(opened?.args.trigger_id).toBe('1.2.3')
  expect(JSON.parse(opened?.args.view ?? '')).toEqual({
    type: 'modal',
    callback_id: 'paperboy-form',
    private_metadata: JSON.stringify({
      conversation: 'C345',
      responseUrl: 'https://hooks.slack.test/actions/1',
      submit: 'settings-save',
    }),
    title: { type: 'plain_text', text: 'Channel settings', emoji: false },
    submit: { type: 'plain_text', text: 'Send', emoji: false },
    close: { type: 'plain_text', text: 'Cancel', emoji: false },
    blocks: [
      {
        type: 'input',
        block_id: 'schedule',
        label: { type: 'plain_text', text: 'Schedule', emoji: false },
        optional: false,
        element: { type: 'plain_text_input', action_id: 'value', initial_value: 'daily 09:00' },
        hint: { type: 'plain_text', text: 'immediate', emoji: false },
      },
      {
        type: 'input',
        block_id: 'quiet',
        label: { type: 'plain_text', text: 'Quiet hours', emoji: false },
        optional: true,
        element: { type: 'plain_text_input', action_id: 'value' },
      },
      {
        type: 'input',
        block_id: 'cap',
        label: { type: 'plain_text', text: 'Cap', emoji: false },
        element: {
          type: 'static_select',
          action_id: 'value',
          options: [
            { text: { type: 'plain_text', text: 'Ten', emoji: false }, value: '10' },
            { text: { type: 'plain_text', text: 'None', emoji: false }, value: ' ' },
          ],
          initial_option: { text: { type: 'plain_text', text: 'Ten', emoji: false }, value: '10' },
        },
      },
      {
        type: 'input',
        block_id: 'author',
        label: { type: 'plain_text', text: 'Author', emoji: false },
        element: { type: 'external_select', action_id: 'lookup subscribe what', min_query_length: 2 },
      },
    ],
  })
})

test('a form that comes too late, or that Slack will not open, is offered as a button that asks again', async () => {
  const desk = await aDesk(async () => {
    desk.clock.pass(2600)
    return { kind: 'form', form }
  })
  await desk.type('settings edit')
  expect(desk.stub.sent.some(({ method }) => method === 'views.open')).toBe(false)
  expect(desk.lastText()).toContain('Open the form')
  expect(JSON.stringify(desk.answers().at(-1))).toContain('"value":"/papers settings edit"')
  await desk.press('/papers settings edit')
  expect(desk.questions.at(-1)).toMatchObject({ kind: 'command', input: { form: 'text', text: 'settings edit' } })

  const other = await aDesk({ kind: 'form', form })
  other.stub.answer('views.open', { ok: false, error: 'expired_trigger_id' })
  await other.press('settings-form')
  expect(JSON.stringify(other.answers().at(-1))).toContain('"value":"settings-form"')
})

const submitted = (values: object) =>
  interactionBody({
    type: 'view_submission',
    response_url: undefined,
    view: {
      type: 'modal',
      callback_id: 'paperboy-form',
      private_metadata: JSON.stringify({
        conversation: 'C345',
        responseUrl: 'https://hooks.slack.test/actions/1',
        submit: 'settings-save x',
      }),
      state: { values },
    },
  })

test('a form sent becomes its action with the values, closes, and is answered in the channel', async () => {
  const { send, questions, stub, lastText } = await aDesk()
  const acknowledged = await send(
    submitted({
      schedule: { value: { type: 'plain_text_input', value: 'daily 08:00' } },
      quiet: { value: { type: 'plain_text_input', value: null } },
      cap: { value: { type: 'static_select', selected_option: { value: ' ' } } },
      author: { 'lookup subscribe what': { type: 'external_select', selected_option: { value: 'Ada Lovelace' } } },
    }),
  )
  expect(acknowledged).toBeUndefined()
  expect(questions[0]).toMatchObject({
    kind: 'form',
    name: 'settings-save',
    args: ['x'],
    values: { schedule: 'daily 08:00', quiet: '', cap: '', author: 'Ada Lovelace' },
    channel: 'slack:T012/C345',
  })
  expect(stub.responses[0]?.url).toBe('https://hooks.slack.test/actions/1')
  expect(lastText()).toBe('Yes')
})

test('what is wrong in a form is said below its field, and the form stays open', async () => {
  const reply: Reply = { kind: 'message', to: 'asker', message: notice('warning', '“never” is no quiet time') }
  const { send, answers } = await aDesk(reply)
  const values = { schedule: { value: { value: 'x' } }, quiet: { value: { value: 'never' } } }
  expect(await send(submitted(values))).toEqual({
    response_action: 'errors',
    errors: { quiet: '“never” is no quiet time' },
  })
  expect(answers()).toEqual([])
})

test('all that is wrong in a form is said, each below its field', async () => {
  const faults = [
    { field: 'timezone', text: 'No such zone' },
    { field: 'cap', text: 'No number' },
    { field: 'colour', text: 'No such setting' },
  ]
  const message = notice('warning', 'No such zone. No number.')
  const { send } = await aDesk({ kind: 'message', to: 'asker', message, faults })
  const values = {
    schedule: { value: { value: 'x' } },
    timezone: { value: { value: 'y' } },
    cap: { value: { value: 'z' } },
  }
  expect(await send(submitted(values))).toEqual({
    response_action: 'errors',
    errors: { timezone: 'No such zone', cap: 'No number' },
  })
})

test('a form that leads to another one changes into it', async () => {
  const { send } = await aDesk({ kind: 'form', form })
  expect(await send(submitted({}))).toMatchObject({
    response_action: 'update',
    view: { title: { text: 'Channel settings' } },
  })
})

test('what is typed into a lookup is completed, and offered as it stands', async () => {
  const { send, questions } = await aDesk({
    kind: 'choices',
    choices: [
      { value: 'Ada Lovelace', label: 'Ada Lovelace (3)' },
      { value: 'x'.repeat(200), label: 'Too long' },
    ],
  })
  const body = interactionBody({
    type: 'block_suggestion',
    action_id: 'lookup subscribe what',
    block_id: 'author',
    value: 'Ada &amp; L',
    view: { type: 'modal', private_metadata: JSON.stringify({ conversation: 'C345', submit: 'x' }) },
  })
  const plain = (text: string) => ({ type: 'plain_text', text, emoji: false })
  expect(await send(body)).toEqual({
    options: [
      { text: plain('Ada Lovelace (3)'), value: 'Ada Lovelace' },
      { text: plain('As typed: Ada & L'), value: 'Ada & L' },
    ],
  })
  expect(questions[0]).toMatchObject({
    kind: 'complete',
    input: { form: 'option', command: 'subscribe', option: 'what', value: 'Ada & L' },
  })
})

test('a file comes as code to copy from, all of it', async () => {
  const body = Array.from({ length: 400 }, (_, at) => `@article{key${at}, title = {*Bold* <!here>}}`).join('\n')
  const { type, answers } = await aDesk({ kind: 'file', name: 'papers.bib', type: 'application/x-bibtex', body })
  await type('cite')
  await settle()
  const code = answers()
    .map(({ blocks }) => JSON.stringify(blocks))
    .join('')
  for (const at of [0, 199, 399]) expect(code).toContain(`key${at},`)
  expect(code).toContain('rich_text_preformatted')
})

test('in a public channel that it is not in, the bot joins when somebody subscribes', async () => {
  const { type, stub, lastText } = await aDesk()
  stub.methods.set('conversations.info', () => ({ ok: true, channel: { id: 'C345', is_member: false } }))
  await type('subscribe Ada Lovelace')
  expect(stub.sent.at(-1)).toMatchObject({ method: 'conversations.join', args: { channel: 'C345' } })
  expect(lastText()).toBe('Yes')
})

test('in a private channel it says how it is invited', async () => {
  const { type, stub, lastText } = await aDesk()
  stub.methods.set('conversations.info', () => ({ ok: false, error: 'channel_not_found' }))
  await type('subscribe Ada Lovelace')
  expect(lastText()).toContain('Type /invite @paperboy here.')
  await type('search Ada Lovelace')
  expect(lastText()).toBe('Yes')
})

test('when a command fails, the asker is told', async () => {
  const { type, lastText } = await aDesk(() => Promise.reject(new Error('broken')))
  await type('help')
  expect(lastText()).toContain('That did not work.')
})

test('the bot says hello in a channel that it is invited to', async () => {
  const { happen, happened, stub } = await aDesk(yes, {
    kind: 'message',
    to: 'channel',
    message: notice('info', 'Hello'),
  })
  await happen({ type: 'member_joined_channel', user: 'U0BOT', channel: 'C345', inviter: 'U0ADMIN' })
  expect(happened).toEqual([
    {
      kind: 'bot-added',
      channel: 'slack:T012/C345',
      name: 'papers',
      by: {
        platform: 'slack',
        tenant: 'slack:T012',
        id: 'U0ADMIN',
        name: 'ada',
        rank: 'manager',
        timeZone: 'Europe/London',
      },
    },
  ])
  expect(stub.messagesIn('C345').map(({ text }) => text)).toEqual(['Hello'])
})

test.each<[object, PlatformEvent[]]>([
  [{ type: 'member_joined_channel', user: 'U0ADA', channel: 'C345' }, []],
  [{ type: 'member_left_channel', user: 'U0BOT', channel: 'C345' }, [{ kind: 'bot-removed', channel: at('C345') }]],
  [{ type: 'member_left_channel', user: 'U0ADA', channel: 'C345' }, []],
  [{ type: 'channel_left', channel: 'C345' }, [{ kind: 'bot-removed', channel: at('C345') }]],
  [{ type: 'group_left', channel: 'G345' }, [{ kind: 'bot-removed', channel: at('G345') }]],
  [{ type: 'channel_archive', channel: 'C345', user: 'U1' }, [{ kind: 'bot-removed', channel: at('C345') }]],
  [{ type: 'channel_deleted', channel: 'C345' }, [{ kind: 'channel-gone', channel: at('C345') }]],
  [{ type: 'channel_unarchive', channel: 'C345', user: 'U1' }, [{ kind: 'permissions-changed', channel: at('C345') }]],
  [
    { type: 'channel_rename', channel: { id: 'C345', name: 'reading', created: 1 } },
    [{ kind: 'channel-renamed', channel: at('C345'), name: 'reading' }],
  ],
  [{ type: 'app_uninstalled' }, [{ kind: 'tenant-gone', tenant: tenant() }]],
  [{ type: 'tokens_revoked', tokens: { bot: ['U0BOT'] } }, [{ kind: 'tenant-gone', tenant: tenant() }]],
  [{ type: 'tokens_revoked', tokens: { oauth: ['U1'] } }, []],
])('%j', async (event, events) => {
  const { happen, happened } = await aDesk()
  await happen(event)
  expect(happened).toEqual(events)
})

test('what happens in another workspace is not ours', async () => {
  const { happen, happened } = await aDesk()
  await happen({ type: 'channel_left', channel: 'C345' }, { team_id: 'T999' })
  await happen({ type: 'channel_left', channel: 'C345' }, { authorizations: [{ team_id: 'T999' }] })
  await happen({ type: 'app_uninstalled' }, { team_id: 'T999' })
  expect(happened).toEqual([])
})

test('no secret of a payload is logged', async () => {
  const { type, press, events } = await aDesk(() => Promise.reject(new Error('broken')))
  await type('help')
  await press('why x')
  expect(JSON.stringify(events)).not.toMatch(/hooks\.slack\.test|1\.2\.3|xoxb-/)
})

function at(channel: string) {
  return `slack:T012/${channel}` as Extract<PlatformEvent, { kind: 'bot-removed' }>['channel']
}

function tenant() {
  return 'slack:T012' as Extract<PlatformEvent, { kind: 'tenant-gone' }>['tenant']
}
