import { afterEach, beforeEach, expect, test } from 'vitest'
import { commands } from '../../../commands/index.ts'
import { readSettings } from '../../../src/config.ts'
import type { ChannelId } from '../../../src/message/channel.ts'
import { checkDiscord } from '../../../src/platforms/discord/check.ts'
import { discord } from '../../../src/platforms/discord/definition.ts'
import { commandsOf } from '../../../src/platforms/discord/registration.ts'
import { systemRandom } from '../../../src/random.ts'
import { SimulatedClock } from '../../support/simulated-clock.ts'
import { APPLICATION, CHANNEL, GUILD, openStub, type Stub } from './stub.ts'

let stub: Stub
beforeEach(async () => {
  stub = await openStub()
})
afterEach(() => stub.close())

const { signal } = new AbortController()
const channels = [`discord:${GUILD}/${CHANNEL}` as ChannelId]

function check(over: Record<string, string> = {}) {
  const settings = readSettings(discord.settings, { DISCORD_TOKEN: 'token', DISCORD_API_URL: stub.url, ...over })
  const house = { channels, commands, clock: new SimulatedClock(stub.now), random: systemRandom, fetch, log: () => {} }
  return checkDiscord(settings, house, signal)
}

test('a bot that is set up lacks nothing but what it does not need', async () => {
  stub.guild.roles.splice(0, 1, {
    id: GUILD,
    name: '@everyone',
    permissions: String((1n << 10n) | (1n << 11n) | (1n << 14n) | (1n << 16n)),
  })
  stub.commands = [...commandsOf(commands)]
  const findings = await check({ DISCORD_APPLICATION_ID: APPLICATION })
  expect(findings.filter(({ ok }) => !ok)).toEqual([])
  expect(findings.map(({ text }) => text)).toContain('/papers is known to Discord')
})

test('a permission that is missing is named, with the overwrite that denies it', async () => {
  stub.overwrites.push({ id: GUILD, type: 0, allow: '0', deny: String((1n << 11n) | (1n << 16n)) })
  const finding = (await check()).find(({ ok }) => !ok)
  expect(finding?.text).toContain('lacks Send Messages, Embed Links, Read Message History in #papers')
  expect(finding?.remedy).toContain('An overwrite of the channel denies it to @everyone')
})

test('a token of another application is told', async () => {
  const finding = (await check({ DISCORD_APPLICATION_ID: '12345678' })).find(({ text }) => text.includes('12345678'))
  expect(finding).toMatchObject({ ok: false, remedy: expect.stringContaining(APPLICATION) })
})

test('a Discord that can’t be reached is told, once', async () => {
  const findings = await check({ DISCORD_API_URL: 'http://127.0.0.1:9/api' })
  expect(findings).toEqual([expect.objectContaining({ ok: false, text: expect.stringContaining('can’t be asked') })])
})

test.each([
  [{ DISCORD_TOKEN: 'to ken' }, 'has spaces'],
  [{ DISCORD_APPLICATION_ID: 'abc' }, 'has to be a number'],
  [{ DISCORD_API_URL: 'https://discord.com/api/v10' }, 'without the version'],
  [{ DISCORD_API_URL: 'http://discord.com/api' }, 'has to be https'],
  [{ DISCORD_RENDERING: 'fancy' }, 'neither components nor embeds'],
  [{ SHARDS: '0' }, 'neither auto nor a number'],
])('a setting that can’t be used says why: %j', (environment, why) => {
  expect(() => readSettings(discord.settings, environment)).toThrow(why)
})

test('without a token there is no Discord, and nothing to check', async () => {
  const settings = readSettings(discord.settings, {})
  const house = { channels, commands, clock: new SimulatedClock(0), random: systemRandom, fetch, log: () => {} }
  expect(await discord.check?.(settings, house, signal)).toEqual([])
})
