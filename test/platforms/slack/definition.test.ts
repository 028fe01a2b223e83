import { existsSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { commands } from '../../../commands/index.ts'
import { ConfigError, readSettings } from '../../../src/config.ts'
import type { CheckHouse, Finding } from '../../../src/delivery/platform.ts'
import type { ChannelId } from '../../../src/message/channel.ts'
import { slack } from '../../../src/platforms/slack/definition.ts'
import { SCOPES } from '../../../src/platforms/slack/manifest.ts'
import { systemRandom } from '../../../src/random.ts'
import { API, keptLog, slackStub, sleepingClock, throttle } from './stub.ts'

const BOT = 'xoxb-1-2-secret'
const APP = 'xapp-1-secret'
const read = (environment: Readonly<Record<string, string>>) => readSettings(slack.settings, environment)

test('without tokens there is no Slack', () => {
  expect(read({})).toEqual({ listens: false })
})

test('a bot token with an app token is Socket Mode, with a signing secret HTTP', () => {
  expect(read({ SLACK_BOT_TOKEN: BOT, SLACK_APP_TOKEN: APP }).connection).toEqual({
    apiUrl: 'https://slack.com/api/',
    botToken: BOT,
    appToken: APP,
  })
  expect(read({ SLACK_BOT_TOKEN: BOT, SLACK_SIGNING_SECRET: 'abc', PUBLIC_PORT: '8081' })).toMatchObject({
    listens: true,
    connection: { signingSecret: 'abc' },
  })
})

test.each<[string, Readonly<Record<string, string>>]>([
  ['needs SLACK_APP_TOKEN (Socket Mode, no public address) or SLACK_SIGNING_SECRET', { SLACK_BOT_TOKEN: BOT }],
  ['SLACK_APP_TOKEN is set without SLACK_BOT_TOKEN', { SLACK_APP_TOKEN: APP }],
  ['SLACK_SIGNING_SECRET is set without SLACK_BOT_TOKEN', { SLACK_SIGNING_SECRET: 'abc' }],
  ['SLACK_BOT_TOKEN has to begin with xoxb-', { SLACK_BOT_TOKEN: 'xoxp-1-secret', SLACK_APP_TOKEN: APP }],
  ['SLACK_APP_TOKEN has to begin with xapp-', { SLACK_BOT_TOKEN: BOT, SLACK_APP_TOKEN: 'xoxp-1-secret' }],
  [
    'SLACK_API_URL has to be https',
    { SLACK_BOT_TOKEN: BOT, SLACK_APP_TOKEN: APP, SLACK_API_URL: 'http://slack.example/api' },
  ],
  ['SLACK_API_URL is no address', { SLACK_BOT_TOKEN: BOT, SLACK_APP_TOKEN: APP, SLACK_API_URL: 'slack.com' }],
])('%s', (sentence, environment) => {
  const reading = () => read(environment)
  expect(reading).toThrow(ConfigError)
  expect(reading).toThrow(sentence)
  expect(reading).not.toThrow('secret')
})

test('tokens of any form are taken where the address is not Slack’s own', () => {
  const { connection } = read({
    SLACK_BOT_TOKEN: 'test',
    SLACK_APP_TOKEN: 'test',
    SLACK_API_URL: 'http://127.0.0.1:4003/api',
  })
  expect(connection?.apiUrl).toBe('http://127.0.0.1:4003/api/')
})

const manifestOf = (publicUrl?: string) =>
  JSON.parse(
    slack.words?.manifest?.print({ listens: false }, { commands, ...(publicUrl === undefined ? {} : { publicUrl }) }) ??
      '',
  )

test('the manifest has Socket Mode on, and no address', () => {
  const manifest = manifestOf()
  expect(manifest.settings.socket_mode_enabled).toBe(true)
  expect(JSON.stringify(manifest)).not.toContain('http')
  expect(manifest.features.slash_commands).toMatchObject([{ command: '/papers', should_escape: true }])
  expect(manifest.oauth_config.scopes.bot).toEqual(Object.keys(SCOPES))
})

test('with a public address the manifest leads all of Slack’s requests there', () => {
  const url = 'https://papers.example.org/slack/events'
  const { settings, features } = manifestOf('https://papers.example.org/')
  expect(settings).toMatchObject({
    socket_mode_enabled: false,
    event_subscriptions: { request_url: url },
    interactivity: { is_enabled: true, request_url: url, message_menu_options_url: url },
  })
  expect(features.slash_commands[0].url).toBe(url)
})

test('the manifest is within Slack’s lengths, and names every command', () => {
  const { display_information: shown, features } = manifestOf()
  expect(shown.name.length).toBeLessThanOrEqual(35)
  expect(shown.description.length).toBeLessThanOrEqual(140)
  expect(shown.long_description.length).toBeGreaterThanOrEqual(175)
  const [{ usage_hint: hint, description }] = features.slash_commands
  expect(hint.length).toBeLessThanOrEqual(1000)
  expect(description.length).toBeLessThanOrEqual(2000)
  for (const { name } of commands) expect(hint).toContain(name)
})

const schemaFile = new URL('../../../../shared/schemas/slack-app-manifest.schema.json', import.meta.url)

test.skipIf(!existsSync(schemaFile))('the manifest is valid by its published schema (skipped without it)', () => {
  const schema = JSON.parse(readFileSync(schemaFile, 'utf8'))
  for (const publicUrl of [undefined, 'https://papers.example.org'])
    expect(breaches(manifestOf(publicUrl), schema, schema.definitions, '')).toEqual([])
})

test('docs/SLACK.md explains every scope', () => {
  const text = readFileSync(new URL('../../../docs/SLACK.md', import.meta.url), 'utf8')
  expect(Object.keys(SCOPES).filter((scope) => !text.includes(`\`${scope}\``))).toEqual([])
})

function aCheck(channels: readonly string[] = [], settings: Readonly<Record<string, string>> = {}) {
  const clock = sleepingClock()
  const stub = slackStub(clock)
  const house: CheckHouse = {
    channels: channels as readonly ChannelId[],
    commands,
    clock,
    random: systemRandom,
    fetch: stub.fetch,
    log: keptLog().log,
  }
  const run = (): Promise<readonly Finding[]> =>
    slack.check?.(
      read({ SLACK_BOT_TOKEN: BOT, SLACK_APP_TOKEN: APP, SLACK_API_URL: API, ...settings }),
      house,
      new AbortController().signal,
    ) ?? Promise.reject(new Error('there is no check'))
  return { stub, run, house }
}

test('doctor says who we are, which scopes are missing, and how they are had', async () => {
  const { run } = aCheck()
  const [who, scopes, socket] = await run()
  expect(who).toEqual({ ok: true, text: 'Slack knows the bot as @paperboy of Team' })
  expect(scopes?.ok).toBe(false)
  expect(scopes?.text).toContain('channels:history (to see whether a post of unknown outcome arrived')
  expect(scopes?.text).not.toContain('chat:write')
  expect(scopes?.remedy).toContain('paperboy slack manifest')
  expect(socket).toEqual({ ok: true, text: 'Slack’s Socket Mode can be opened' })
})

test('doctor says that the manifest lacks the address of the public listener', async () => {
  const { house } = aCheck()
  const over = { SLACK_BOT_TOKEN: BOT, SLACK_SIGNING_SECRET: 'abc', SLACK_API_URL: API, PUBLIC_PORT: '8081' }
  const last = async (settings: Parameters<typeof read>[0]) =>
    (await slack.check?.(read(settings), house, new AbortController().signal))?.at(-1)
  expect(await last(over)).toMatchObject({ ok: false, remedy: expect.stringContaining('Set PUBLIC_URL') })
  expect(await last({ ...over, PUBLIC_URL: 'https://papers.example.org' })).toMatchObject({ ok: true })
})

test.each([
  ['are swapped', { SLACK_BOT_TOKEN: 'xapp-1-b', SLACK_APP_TOKEN: 'xoxb-a' }],
  ['SLACK_BOT_TOKEN holds an app-level token', { SLACK_BOT_TOKEN: 'xapp-1-b', SLACK_SIGNING_SECRET: 'abc' }],
  ['SLACK_APP_TOKEN holds a bot token', { SLACK_BOT_TOKEN: 'xoxb-a', SLACK_APP_TOKEN: 'xoxb-a' }],
])('tokens in each other’s place %s, wherever Slack’s API is', (sentence, tokens) => {
  for (const SLACK_API_URL of [API, 'http://127.0.0.1:9/api/']) {
    expect(() => read({ ...tokens, SLACK_API_URL })).toThrow(sentence)
    expect(() => read({ ...tokens, SLACK_API_URL })).not.toThrow(/xoxb-a|xapp-1-b/)
  }
})

test('doctor says nothing of Slack where there is none', async () => {
  const { house } = aCheck()
  expect(await slack.check?.(read({}), house, new AbortController().signal)).toEqual([])
})

test.each<[string, string]>([
  ['auth.test', 'Slack does not accept SLACK_BOT_TOKEN (invalid_auth)'],
  ['apps.connections.open', 'Slack’s Socket Mode can’t be opened with SLACK_APP_TOKEN (invalid_auth)'],
])('doctor names the token that %s refuses', async (method, text) => {
  const { run, stub } = aCheck()
  stub.answer(method, { ok: false, error: 'invalid_auth' })
  const finding = (await run()).find((each) => each.text === text)
  expect(finding).toMatchObject({ ok: false })
  expect(finding?.remedy).toBeDefined()
})

test('doctor tells a network that is down from a token that is wrong', async () => {
  const { run, stub } = aCheck()
  stub.fault('auth.test', async () => {
    throw new TypeError('fetch failed', { cause: new Error('getaddrinfo ENOTFOUND slack.test') })
  })
  expect((await run())[0]?.text).toBe('Slack can’t be reached: fetch failed: getaddrinfo ENOTFOUND slack.test')
})

test('doctor says that nobody listens for Slack’s requests', async () => {
  const { house } = aCheck()
  const settings = read({ SLACK_BOT_TOKEN: BOT, SLACK_SIGNING_SECRET: 'abc', SLACK_API_URL: API })
  const findings = await slack.check?.(settings, house, new AbortController().signal)
  expect(findings?.at(-1)).toMatchObject({ ok: false, remedy: expect.stringContaining('PUBLIC_PORT') })
})

test('doctor looks at each channel, and says what to do', async () => {
  const { run, stub } = aCheck([
    'slack:T012/C1',
    'slack:T012/C2',
    'slack:T012/C3',
    'slack:T012/C4',
    'slack:T999/C5',
    'slack:T012/@U1',
    'slack:T012/C6',
  ])
  stub.methods.set('conversations.info', ({ channel = '' }) => {
    if (channel === 'C1') return { ok: true, channel: { id: channel, name: 'one', is_member: true } }
    if (channel === 'C2') return { ok: true, channel: { id: channel, name: 'two', is_member: false } }
    if (channel === 'C3')
      return { ok: true, channel: { id: channel, name: 'three', is_member: true, is_archived: true } }
    return { ok: false, error: 'channel_not_found' }
  })
  stub.fault('conversations.info', async () =>
    Response.json({ ok: true, channel: { id: 'C1', name: 'one', is_member: true } }),
  )
  const findings = (await run()).slice(3)
  expect(findings.map(({ ok, text, remedy }) => [ok, text, remedy])).toEqual([
    [true, '#one can be posted to', undefined],
    [false, 'The bot is not in #two', 'Type /invite @paperboy there.'],
    [false, '#three is archived', 'Unarchive it, or remove its subscriptions.'],
    [false, 'slack:T012/C4 is gone, or the bot is not in it (channel_not_found)', 'Type /invite @paperboy there.'],
    [false, 'slack:T999/C5 is of another workspace than the token', expect.any(String)],
    [true, 'slack:T012/@U1 can be written to', undefined],
    [false, 'slack:T012/C6 is gone, or the bot is not in it (channel_not_found)', 'Type /invite @paperboy there.'],
  ])
})

test('doctor does not take haste for a missing channel', async () => {
  const { run, stub } = aCheck(['slack:T012/C1'])
  stub.fault('conversations.info', throttle(7))
  expect((await run()).at(-1)).toEqual({ ok: false, text: 'Slack wants quiet', remedy: 'Ask again in 7 s.' })
})

interface Schema {
  readonly $ref?: string
  readonly type?: string
  readonly required?: readonly string[]
  readonly properties?: Readonly<Record<string, Schema>>
  readonly additionalProperties?: boolean
  readonly items?: Schema
  readonly minLength?: number
  readonly maxLength?: number
  readonly minItems?: number
  readonly maxItems?: number
  readonly uniqueItems?: boolean
  readonly pattern?: string
}

/** As much of JSON Schema as the manifest's has. */
function breaches(
  value: unknown,
  schema: Schema,
  definitions: Readonly<Record<string, Schema>>,
  path: string,
): readonly string[] {
  if (schema.$ref !== undefined) {
    const target = definitions[schema.$ref.replace('#/definitions/', '')]
    return target === undefined ? [`${path}: no ${schema.$ref}`] : breaches(value, target, definitions, path)
  }
  if (Array.isArray(value)) {
    if (schema.type !== 'array') return [`${path} is a list`]
    const wrong = value.length < (schema.minItems ?? 0) || value.length > (schema.maxItems ?? 1e9)
    const twice = schema.uniqueItems === true && new Set(value).size < value.length
    const { items } = schema
    return [
      ...(wrong || twice ? [`${path} has ${value.length} items`] : []),
      ...(items === undefined ? [] : value.flatMap((each, at) => breaches(each, items, definitions, `${path}[${at}]`))),
    ]
  }
  if (typeof value === 'object' && value !== null) {
    if (schema.type !== 'object') return [`${path} is an object`]
    const missing = (schema.required ?? []).filter((name) => !(name in value))
    return [
      ...missing.map((name) => `${path}.${name} is missing`),
      ...Object.entries(value).flatMap(([name, each]) => {
        const property = schema.properties?.[name]
        if (property !== undefined) return breaches(each, property, definitions, `${path}.${name}`)
        return schema.additionalProperties === false || schema.properties !== undefined
          ? [`${path}.${name} is not known`]
          : []
      }),
    ]
  }
  if (typeof value === 'string') {
    const { minLength = 0, maxLength = 1e9, pattern = '' } = schema
    const right =
      schema.type === 'string' &&
      value.length >= minLength &&
      value.length <= maxLength &&
      new RegExp(pattern).test(value)
    return right ? [] : [`${path} is ${value}`]
  }
  return schema.type === typeof value || (schema.type === 'integer' && Number.isInteger(value))
    ? []
    : [`${path} is ${String(value)}`]
}
