import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { SimulatedClock } from '../simulated-clock.ts'
import { askApi } from './bare-client.ts'
import { createFakeDiscord } from './fake.ts'
import type { FakeDiscord, FakeGuild } from './fake-types.ts'
import { objectOf, textOf } from './json-value.ts'

const PAPERS = { name: 'papers', description: 'Papers' }

let clock: SimulatedClock
let discord: FakeDiscord
let guild: FakeGuild

beforeEach(async () => {
  clock = new SimulatedClock('2026-11-24T12:00:00Z')
  discord = await createFakeDiscord({ clock })
  guild = discord.addGuild()
  await askApi(discord, 'PUT', `/applications/${discord.applicationId}/commands`, [PAPERS])
})
afterEach(() => discord.close())

describe('commands (interactions/application-commands)', () => {
  const base = () => `/applications/${discord.applicationId}`
  const guildCommands = () => `${base()}/guilds/${guild.id}/commands`

  it('are replaced all at once, those left out are gone, ids of known names stay', async () => {
    const before = textOf(objectOf(discord.commands()[0]).id)
    await askApi(discord, 'PUT', `${base()}/commands`, [PAPERS, { name: 'other', description: 'O' }])
    expect(discord.commands()).toMatchObject([{ id: before, name: 'papers' }, { name: 'other' }])
    await askApi(discord, 'PUT', `${base()}/commands`, [])
    expect(discord.commands()).toEqual([])
  })

  it('are made one by one, changed and deleted', async () => {
    const made = await askApi(discord, 'POST', guildCommands(), { name: 'one', description: 'One' })
    expect(made).toMatchObject({ status: 201, body: { name: 'one', guild_id: guild.id, type: 1 } })
    const id = textOf(objectOf(made.body).id)
    const again = await askApi(discord, 'POST', guildCommands(), { name: 'one', description: 'Two' })
    expect(again).toMatchObject({ status: 200, body: { id, description: 'Two' } })
    const patched = await askApi(discord, 'PATCH', `${guildCommands()}/${id}`, { description: 'Three' })
    expect(patched.body).toMatchObject({ description: 'Three' })
    expect((await askApi(discord, 'DELETE', `${guildCommands()}/${id}`)).status).toBe(204)
    await clock.advance(20_000)
    expect((await askApi(discord, 'GET', guildCommands())).body).toEqual([])
  })

  it('are created 200 times a day and guild, known names not counted: 30034', async () => {
    const put = async (from: number, count: number) => {
      await clock.advance(20_000)
      const named = Array.from({ length: count }, (_, at) => ({ name: `c${from + at}`, description: 'C' }))
      return askApi(discord, 'PUT', guildCommands(), named)
    }
    expect((await put(0, 100)).status).toBe(200)
    expect((await put(0, 100)).status).toBe(200)
    expect((await put(100, 100)).status).toBe(200)
    expect(await put(200, 1)).toMatchObject({ status: 400, body: { code: 30034 } })
    await clock.advance(24 * 60 * 60_000)
    expect((await put(200, 1)).status).toBe(200)
  })
})
