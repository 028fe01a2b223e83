import { ApplicationCommandUpdateRequestSchema } from 'discord-api-spec/zod'
import { expect, test } from 'vitest'
import { commands } from '../../../commands/index.ts'
import { createApi } from '../../../src/platforms/discord/api.ts'
import { commandsOf, registerCommands, sameCommands } from '../../../src/platforms/discord/registration.ts'
import { SimulatedClock } from '../../support/simulated-clock.ts'

const wanted = commandsOf(commands)

test('every command stands where those may see it who may use it', () => {
  const [papers, admin] = wanted
  const names = (command: typeof papers) => command?.options.map(({ name }) => name).sort()
  expect(names(papers)).toEqual(
    commands
      .filter(({ rank }) => rank === 'member')
      .map(({ name }) => name)
      .sort(),
  )
  expect(names(admin)).toEqual(['burst', 'move', 'mute', 'parked', 'pause', 'resume', 'settings', 'unmute'])
  expect(papers?.default_member_permissions).toBeNull()
  expect(admin?.default_member_permissions).toBe(16)
})

test('what is registered keeps Discord’s limits', () => {
  for (const command of wanted) {
    expect(ApplicationCommandUpdateRequestSchema.safeParse(command).success).toBe(true)
    const all = [command, ...command.options, ...command.options.flatMap(({ options = [] }) => options)]
    for (const { name, description } of all) {
      expect(name).toMatch(/^[-_\p{Ll}\p{N}]{1,32}$/u)
      expect(description.length).toBeGreaterThan(0)
      expect(description.length).toBeLessThanOrEqual(100)
    }
    for (const { options = [] } of command.options) {
      const required = options.map(({ required = false }) => required)
      expect(required).toEqual(required.toSorted((a, b) => Number(b) - Number(a)))
      for (const { autocomplete, choices } of options)
        expect(autocomplete === true && choices !== undefined).toBe(false)
    }
  }
})

test('Discord’s own additions and another order make no difference; another word does', () => {
  const told = wanted.toReversed().map((command, at) => ({
    ...command,
    id: `${at}`,
    version: '1',
    nsfw: false,
    dm_permission: true,
    name_localizations: null,
  }))
  expect(sameCommands(told, wanted)).toBe(true)
  expect(sameCommands(told.slice(1), wanted)).toBe(false)
  expect(
    sameCommands(
      told.map((command) => ({ ...command, description: 'Other words' })),
      wanted,
    ),
  ).toBe(false)
  expect(sameCommands({ message: 'no list' }, wanted)).toBe(false)
})

test('a second start writes nothing', async () => {
  let known: unknown = []
  const methods: string[] = []
  const api = createApi({
    apiUrl: 'https://discord.com/api',
    token: 'x',
    clock: new SimulatedClock(0),
    fetch: async (_url, init) => {
      methods.push(init?.method ?? '')
      if (init?.method === 'PUT') known = JSON.parse(String(init.body))
      return new Response(JSON.stringify(known))
    },
  })
  const { signal } = new AbortController()
  expect(await registerCommands(api, '1', commands, signal)).toBe('written')
  expect(await registerCommands(api, '1', commands, signal)).toBe('same')
  expect(methods).toEqual(['GET', 'PUT', 'GET'])
})
