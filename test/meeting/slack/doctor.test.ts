import { afterEach, beforeEach, expect, test } from 'vitest'
import type { Finding } from '../../../src/delivery/platform.ts'
import { run } from '../../../src/main.ts'
import { SCOPES } from '../../../src/platforms/slack/manifest.ts'
import { expectProper, following, type Team } from './team.ts'
import type { Meeting } from './world.ts'

let meeting: Meeting
let team: Team

/** A team has begun, and the program has stopped. */
beforeEach(async () => {
  ;({ meeting, team } = await following())
  meeting.slack.setScopes(meeting.home, Object.keys(SCOPES))
  await meeting.stop()
})
afterEach(async () => {
  expectProper(meeting)
  await meeting.dispose()
})

async function doctor(over: Readonly<Record<string, string | undefined>> = {}): Promise<readonly Finding[]> {
  const out: string[] = []
  await run(['doctor', '--json'], {
    out: (line) => void out.push(line),
    say: () => {},
    stdin: async () => '',
    environment: { ...meeting.environment, LOG_LEVEL: 'silent', ...over },
    terminal: false,
    signal: new AbortController().signal,
  })
  return JSON.parse(out.join('\n')).findings
}

/** What is amiss with Slack; arXiv's last announcement lies long back for a clock that runs. */
const wrong = async (over?: Readonly<Record<string, string | undefined>>) =>
  (await doctor(over))
    .filter(({ ok, text }) => !ok && !text.startsWith('arxiv '))
    .map(({ text, remedy = '' }) => `${text} → ${remedy}`)

test('finds nothing amiss where all is well, and says what it looked at', async () => {
  expect(await wrong()).toEqual([])
  const texts = (await doctor()).map(({ text }) => text)
  for (const text of [
    'knows the bot as @paperboy of Optics',
    'every scope',
    'Socket Mode can be opened',
    '#papers can be posted to',
  ])
    expect(texts).toContainEqual(expect.stringContaining(text))
})

test('changes nothing on Slack', async () => {
  const before = meeting.slack.calls.length
  await doctor()
  const methods = new Set(meeting.slack.calls.slice(before).map(({ method }) => method))
  expect([...methods].toSorted()).toEqual(['apps.connections.open', 'auth.test', 'conversations.info'])
})

test.each(Object.keys(SCOPES))('names the scope %s where the token lacks it, with what it is for', async (scope) => {
  meeting.slack.setScopes(
    meeting.home,
    Object.keys(SCOPES).filter((each) => each !== scope),
  )
  const [first, ...more] = await wrong()
  expect(first).toContain(`lacks ${scope} (to ${SCOPES[scope]}) → Paste what \`paperboy slack manifest\` prints`)
  expect(more.every((each) => each.includes('missing_scope'))).toBe(true)
})

test('says of a token that Slack does not accept, or no longer, where the right one is', async () => {
  expect(await wrong({ SLACK_BOT_TOKEN: 'xoxb-another' })).toEqual([
    expect.stringMatching(/SLACK_BOT_TOKEN \(invalid_auth\) → Copy the Bot User OAuth Token/),
  ])
  void meeting.slack.revokeToken(meeting.home)
  expect(await wrong()).toEqual([expect.stringContaining('token_revoked')])
})

test('says of an app token that opens no socket how one is made', async () => {
  expect(await wrong({ SLACK_APP_TOKEN: 'xapp-another' })).toEqual([
    expect.stringMatching(/Socket Mode can’t be opened .*connections:write/),
  ])
})

test('says that signed requests need a listener', async () => {
  const over = { SLACK_APP_TOKEN: undefined, SLACK_SIGNING_SECRET: meeting.slack.app.signingSecret }
  expect(await wrong(over)).toEqual([expect.stringMatching(/PUBLIC_PORT is not → Set PUBLIC_PORT and PUBLIC_URL/)])
  const listening = { ...over, PUBLIC_PORT: '0' }
  expect(await wrong(listening)).toEqual([expect.stringMatching(/PUBLIC_URL is not → Set PUBLIC_URL/)])
  expect(await wrong({ ...listening, PUBLIC_URL: 'https://papers.example.org' })).toEqual([])
})

test('says of a channel that the bot is not in, of an archived and of a deleted one what to do', async () => {
  const { slack } = meeting
  void slack.kick(team.channel, team.boss)
  expect(await wrong()).toEqual([expect.stringMatching(/not in #papers → Type \/invite @paperboy there/)])
  void slack.invite(team.channel, team.boss)
  void slack.archive(team.channel, team.boss)
  expect(await wrong()).toEqual([expect.stringMatching(/#papers is archived → Unarchive it/)])
  void slack.deleteChannel(team.channel, team.boss)
  expect(await wrong()).toEqual([expect.stringMatching(/gone, or the bot is not in it \(channel_not_found\)/)])
})

test('says of Slack that is away, and of Slack that wants quiet, that it is so', async () => {
  meeting.slack.faults.on('dropped', {})
  expect(await wrong()).toEqual([expect.stringMatching(/can’t be reached.* → Look at the network/)])
  meeting.slack.faults.allOff()
  meeting.slack.faults.on('rateLimited', { retryAfterMs: 12_000 })
  expect(await wrong()).toEqual([expect.stringContaining('Ask again in 12 s')])
  meeting.slack.faults.allOff()
})

test('the manifest asks for what doctor finds enough, and for no more', async () => {
  const out: string[] = []
  await run(['slack', 'manifest'], {
    out: (line) => void out.push(line),
    say: () => {},
    stdin: async () => '',
    environment: meeting.environment,
    terminal: false,
    signal: new AbortController().signal,
  })
  const manifest = JSON.parse(out.join('\n'))
  meeting.slack.setScopes(meeting.home, manifest.oauth_config.scopes.bot)
  expect(await wrong()).toEqual([])
  expect(manifest.settings.socket_mode_enabled).toBe(true)
})

test('all that the program does is allowed by the scopes of its manifest', async () => {
  await meeting.start()
  await meeting.goTo('2025-09-09T18:00:00Z')
  meeting.slack.faults.on('replyLost', { methods: ['chat.postMessage'], times: 1 })
  await meeting.round()
  await team.ask('cite 2509.00103')
  await team.ask('why 2509.00103')
  expect(meeting.posts(team.channel)).toHaveLength(1)
  expect(meeting.slack.calls.filter(({ error }) => error === 'missing_scope')).toEqual([])
})
