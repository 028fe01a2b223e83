import { afterEach, beforeEach, expect, test } from 'vitest'
import type { Finding } from '../../../src/delivery/platform.ts'
import { run } from '../../../src/main.ts'
import type { PermissionName } from '../../support/discord/permissions.ts'
import { expectProper, following, type Team } from './team.ts'
import type { Meeting } from './world.ts'

let meeting: Meeting
let team: Team

/** A team has begun, and the program has stopped. */
beforeEach(async () => {
  ;({ meeting, team } = await following())
  await meeting.stop()
})
afterEach(async () => {
  expectProper(meeting)
  await meeting.dispose()
})

async function doctor(over: Readonly<Record<string, string>> = {}): Promise<readonly Finding[]> {
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

/** What is amiss with Discord; arXiv's last announcement lies long back for a clock that runs. */
const wrong = async (over?: Readonly<Record<string, string>>) =>
  (await doctor(over))
    .filter(({ ok, text }) => !ok && !text.startsWith('arxiv '))
    .map(({ text, remedy = '' }) => `${text} → ${remedy}`)

test('finds nothing amiss where all is well, and says what it looked at', async () => {
  expect(await wrong()).toEqual([])
  const texts = (await doctor()).map(({ text }) => text)
  for (const text of [
    'accepts DISCORD_TOKEN',
    '/papers is known',
    'the only intent needed is Guilds',
    'may post and look',
  ])
    expect(texts).toContainEqual(expect.stringContaining(text))
})

test('changes nothing on Discord', async () => {
  const before = meeting.discord.requests.length
  await doctor()
  const asked = meeting.discord.requests.slice(before)
  expect(asked.length).toBeGreaterThan(0)
  expect(asked.filter(({ method }) => method !== 'GET')).toEqual([])
})

const NAMES: readonly (readonly [PermissionName, string])[] = [
  ['SEND_MESSAGES', 'Send Messages'],
  ['EMBED_LINKS', 'Embed Links'],
  ['READ_MESSAGE_HISTORY', 'Read Message History'],
]

for (const [permission, name] of NAMES) {
  test(`names ${name} where an overwrite of the channel denies it to the bot, to its role or to everybody`, async () => {
    const { discord } = meeting
    discord.setPermissions(team.channel, { of: 'bot', deny: [permission] })
    expect(await wrong()).toEqual([
      expect.stringMatching(new RegExp(`lacks .*${name} in #papers.*overwrite.*the member`)),
    ])
    discord.setPermissions(team.channel, { of: 'bot' })
    discord.setPermissions(team.channel, { of: 'everyone', deny: [permission] })
    expect(await wrong()).toEqual([expect.stringMatching(new RegExp(`lacks .*${name}.*overwrite.*to @everyone`))])
  })

  test(`names ${name} where no role gives it`, async () => {
    const { discord } = meeting
    const all: readonly PermissionName[] = ['VIEW_CHANNEL', ...NAMES.map(([each]) => each)]
    for (const role of ['bot', 'everyone'] as const)
      discord.setRolePermissions(
        team.guild,
        role,
        all.filter((each) => each !== permission),
      )
    expect(await wrong()).toEqual([
      expect.stringMatching(new RegExp(`lacks .*${name} .*role .*Server Settings, Roles`)),
    ])
  })
}

test('says of a channel that it can’t see, of one that is gone and of a server that it left what to do', async () => {
  const { discord } = meeting
  discord.setPermissions(team.channel, { of: 'bot', deny: ['VIEW_CHANNEL'] })
  expect(await wrong()).toEqual([expect.stringMatching(/does not see .*View Channel/)])
  discord.setPermissions(team.channel, { of: 'bot' })
  discord.deleteChannel(team.channel)
  expect(await wrong()).toEqual([])
  expect(await doctor()).toContainEqual(
    expect.objectContaining({ ok: true, text: expect.stringContaining('was deleted') }),
  )
})

test('says of a server that the bot was removed from how it is invited again', async () => {
  meeting.discord.kick(team.guild)
  expect(await wrong()).toEqual([expect.stringMatching(/paperboy discord invite/)])
})

test('names a token that Discord does not accept, and an application that is not the token’s', async () => {
  expect(await wrong({ DISCORD_TOKEN: 'another' })).toEqual([expect.stringMatching(/DISCORD_TOKEN.*Reset Token/)])
  expect(await wrong({ DISCORD_APPLICATION_ID: '12345678' })).toEqual([
    expect.stringContaining(`Set DISCORD_APPLICATION_ID=${meeting.discord.applicationId}`),
  ])
})

test('the link that invites the bot asks for what doctor finds enough, and for no more', async () => {
  const out: string[] = []
  await run(['discord', 'invite'], {
    out: (line) => void out.push(line),
    say: () => {},
    stdin: async () => '',
    environment: { ...meeting.environment, DISCORD_APPLICATION_ID: meeting.discord.applicationId },
    terminal: false,
    signal: new AbortController().signal,
  })
  const link = new URL(out.find((line) => line.startsWith('https://')) ?? '')
  expect(link.searchParams.get('client_id')).toBe(meeting.discord.applicationId)
  expect(link.searchParams.get('scope')?.split(' ').toSorted()).toEqual(['applications.commands', 'bot'])
  const asked: readonly PermissionName[] = [
    'VIEW_CHANNEL',
    'SEND_MESSAGES',
    'SEND_MESSAGES_IN_THREADS',
    'EMBED_LINKS',
    'READ_MESSAGE_HISTORY',
  ]
  const bits = { VIEW_CHANNEL: 10n, SEND_MESSAGES: 11n, EMBED_LINKS: 14n, READ_MESSAGE_HISTORY: 16n, THREADS: 38n }
  const sum = Object.values(bits).reduce((all, bit) => all | (1n << bit), 0n)
  expect(BigInt(link.searchParams.get('permissions') ?? '0')).toBe(sum)
  meeting.discord.setRolePermissions(team.guild, 'everyone', [])
  meeting.discord.setRolePermissions(team.guild, 'bot', asked)
  expect(await wrong()).toEqual([])
})
