import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { SimulatedClock } from '../simulated-clock.ts'
import { askApi, type BareGateway, identify } from './bare-client.ts'
import { createFakeDiscord } from './fake.ts'
import type { FakeChannel, FakeDiscord, FakeGuild, FakeInteraction, FakeUser } from './fake-types.ts'

const QUIET = { allowed_mentions: { parse: [] } }
const EPHEMERAL = 1 << 6
const V2 = 1 << 15

let clock: SimulatedClock
let discord: FakeDiscord
let gateway: BareGateway
let guild: FakeGuild
let channel: FakeChannel
let ada: FakeUser

const PAPERS = {
  name: 'papers',
  description: 'Papers',
  options: [
    {
      type: 1,
      name: 'search',
      description: 'Searches',
      options: [
        { type: 3, name: 'query', description: 'Words', required: true, autocomplete: true },
        { type: 4, name: 'days', description: 'Back', min_value: 1, max_value: 90 },
        { type: 3, name: 'order', description: 'Order', choices: [{ name: 'Newest', value: 'new' }] },
        { type: 7, name: 'where', description: 'Channel' },
        { type: 5, name: 'share', description: 'For all' },
      ],
    },
  ],
}

beforeEach(async () => {
  clock = new SimulatedClock('2026-11-24T12:00:00Z')
  discord = await createFakeDiscord({ clock })
  guild = discord.addGuild()
  channel = discord.addChannel(guild)
  ada = discord.addUser({ name: 'ada', guild, locale: 'de' })
  await askApi(discord, 'PUT', `/applications/${discord.applicationId}/commands`, [PAPERS])
  gateway = await identify(discord)
})
afterEach(async () => {
  gateway.close()
  await discord.close()
})

const search = (options: object = { query: 'combs' }): FakeInteraction =>
  discord.command('papers', { subcommand: 'search', options: { ...options } }, { user: ada, channel })
const callback = ({ id, token }: FakeInteraction, body: object, query = '') =>
  askApi(discord, 'POST', `/interactions/${id}/${token}/callback${query}`, body)
const webhook = (method: string, { token }: FakeInteraction, rest: string, body?: object) =>
  askApi(discord, method, `/webhooks/${discord.applicationId}/${token}${rest}`, body)
const message = (content: string, more: object = {}) => ({ type: 4, data: { content, ...QUIET, ...more } })

describe('what is asked (interactions/receiving-and-responding, "Interaction Object")', () => {
  it('comes with typed options under their subcommand, the member with permissions, and the locale', async () => {
    search({ query: 'combs', days: 7, share: true, where: channel })
    const { d } = await gateway.next('INTERACTION_CREATE')
    expect(d).toMatchObject({
      type: 2,
      guild_id: guild.id,
      channel_id: channel.id,
      locale: 'de',
      context: 0,
      member: { user: { id: ada.id }, permissions: expect.stringMatching(/^\d+$/) },
      data: {
        name: 'papers',
        resolved: { channels: { [channel.id]: { id: channel.id } } },
        options: [
          {
            type: 1,
            name: 'search',
            options: [
              { name: 'query', type: 3, value: 'combs' },
              { name: 'days', type: 4, value: 7 },
              { name: 'where', type: 7, value: channel.id },
              { name: 'share', type: 5, value: true },
            ],
          },
        ],
      },
    })
  })

  it('comes from a user, not a member, in direct messages, to the first shard', async () => {
    discord.command(
      'papers',
      { subcommand: 'search', options: { query: 'q' } },
      { user: ada, channel: discord.directMessages(ada) },
    )
    const { d } = await gateway.next('INTERACTION_CREATE')
    expect(d).toMatchObject({ user: { id: ada.id }, context: 1 })
    expect(d).not.toHaveProperty('guild_id')
  })

  it("is refused where Discord's client would not send it (interactions/application-commands)", () => {
    expect(() => search({})).toThrow('option query is required')
    expect(() => search({ query: 'q', days: 91 })).toThrow('option days does not take 91')
    expect(() => search({ query: 'q', days: 'x' })).toThrow('option days does not take "x"')
    expect(() => search({ query: 'q', order: 'old' })).toThrow('option order does not take "old"')
    expect(() => search({ query: 'q', strange: 1 })).toThrow('there is no option strange')
    expect(() => discord.command('nothing', {}, { user: ada, channel })).toThrow('/nothing is not registered')
    discord.setPermissions(channel, { of: 'everyone', deny: ['USE_APPLICATION_COMMANDS'] })
    expect(() => search()).toThrow('may not use commands here')
  })

  it('is not offered to members who lack default_member_permissions', async () => {
    const admin = { name: 'papers-admin', description: 'Manages', default_member_permissions: String(1 << 5) }
    await askApi(discord, 'POST', `/applications/${discord.applicationId}/guilds/${guild.id}/commands`, admin)
    const boss = discord.addUser({ name: 'boss', guild, permissions: ['MANAGE_GUILD'] })
    expect(() => discord.command('papers-admin', {}, { user: ada, channel })).toThrow('ada may not use /papers-admin')
    discord.command('papers-admin', {}, { user: boss, channel })
  })
})

describe('the answer ("Interaction Callback")', () => {
  it('is a message, 204, or the message itself with with_response', async () => {
    const asked = search()
    expect((await callback(asked, message('found'))).status).toBe(204)
    expect(await asked.reply()).toMatchObject({ content: 'found', ephemeral: false })
    expect(discord.messages(channel)).toHaveLength(1)
    expect(await callback(search(), message('found', { flags: EPHEMERAL }), '?with_response=true')).toMatchObject({
      status: 200,
      body: {
        interaction: { response_message_ephemeral: true, response_message_loading: false },
        resource: { type: 4, message: { content: 'found' } },
      },
    })
  })

  it('needs no token of the bot', async () => {
    const { id, token } = search()
    const answer = await askApi(discord, 'POST', `/interactions/${id}/${token}/callback`, message('found'), 'none')
    expect(answer.status).toBe(204)
  })

  it('comes within three seconds, or the interaction is unknown: 10062', async () => {
    const [inTime, late] = [search(), search()]
    await clock.advance(3_000)
    expect((await callback(inTime, message('x'))).status).toBe(204)
    expect(inTime.acknowledgedAfterMs).toBe(3_000)
    await clock.advance(1)
    expect(await callback(late, message('x'))).toMatchObject({ status: 404, body: { code: 10062 } })
    expect(late.acknowledgedAfterMs).toBeUndefined()
    expect(await webhook('POST', late, '', { content: 'x', ...QUIET })).toMatchObject({ status: 404 })
  })

  it('comes once: 40060', async () => {
    const asked = search()
    await callback(asked, { type: 5 })
    expect(await callback(asked, message('x'))).toMatchObject({ status: 400, body: { code: 40060 } })
  })

  it('is of a type that goes with what was asked', async () => {
    const typing = discord.complete('papers', { subcommand: 'search', focused: 'query' }, { user: ada, channel })
    for (const type of [4, 5, 9]) expect((await callback(typing, { type, data: {} })).status).toBe(400)
    expect((await callback(search(), { type: 8, data: { choices: [] } })).status).toBe(400)
    expect((await callback(search(), { type: 6 })).status).toBe(400)
    expect(discord.violations.map((each) => each.rule)).toEqual(Array(5).fill('callback-type'))
    expect((await callback(typing, { type: 8, data: { choices: [{ name: 'A', value: 'a' }] } })).status).toBe(204)
    expect(await typing.choices()).toEqual([{ name: 'A', value: 'a' }])
  })

  it('has at most 25 choices of 100 characters ("Autocomplete")', async () => {
    const typing = discord.complete('papers', { subcommand: 'search', focused: 'query' }, { user: ada, channel })
    const choices = Array.from({ length: 26 }, (_, at) => ({ name: `${at}`, value: `${at}` }))
    expect((await callback(typing, { type: 8, data: { choices } })).status).toBe(400)
    const long = [{ name: 'x'.repeat(101), value: 'x' }]
    expect((await callback(typing, { type: 8, data: { choices: long } })).status).toBe(400)
  })

  it('is held against schema and limits like a message', async () => {
    const asked = search()
    expect((await callback(asked, message('x'.repeat(2_001)))).status).toBe(400)
    expect((await callback(asked, message('short'))).status).toBe(204)
  })

  it('defers with no flag but EPHEMERAL', async () => {
    await callback(search(), { type: 5, data: { flags: V2 } })
    expect(discord.violations).toMatchObject([{ rule: 'defer-flags' }])
  })
})

describe('afterwards ("Followup Messages")', () => {
  it('whether only the asker sees it is fixed by the defer (#2735)', async () => {
    const asked = search()
    await callback(asked, { type: 5, data: { flags: EPHEMERAL } })
    await webhook('PATCH', asked, '/messages/@original', { content: 'found', ...QUIET })
    expect(await asked.reply()).toMatchObject({ content: 'found', ephemeral: true })
    const open = search()
    await callback(open, { type: 5 })
    await webhook('PATCH', open, '/messages/@original', { content: 'found', flags: EPHEMERAL, ...QUIET })
    expect(await open.reply()).toMatchObject({ ephemeral: false })
    expect(discord.violations).toMatchObject([{ rule: 'ephemeral-fixed' }])
  })

  it('the first follow-up of a defer takes the place of the original', async () => {
    const asked = search()
    await callback(asked, { type: 5, data: { flags: EPHEMERAL } })
    await webhook('POST', asked, '', { content: 'one', ...QUIET })
    await webhook('POST', asked, '', { content: 'two', ...QUIET })
    expect(await asked.reply()).toMatchObject({ content: 'one', ephemeral: true })
    expect(asked.followUps).toMatchObject([{ content: 'two', ephemeral: false }])
  })

  it('works for fifteen minutes, then 50027', async () => {
    const asked = search()
    await callback(asked, { type: 5 })
    await clock.advance(15 * 60_000)
    expect((await webhook('PATCH', asked, '/messages/@original', { content: 'x', ...QUIET })).status).toBe(200)
    await clock.advance(1)
    expect(await webhook('PATCH', asked, '/messages/@original', { content: 'y', ...QUIET })).toMatchObject({
      status: 401,
      body: { code: 50027 },
    })
  })

  it('what one person sees is not among the messages of the channel (#3090)', async () => {
    const asked = search()
    await callback(asked, message('secret', { flags: EPHEMERAL }))
    const reply = await asked.reply()
    expect(discord.messages(channel)).toEqual([])
    expect((await askApi(discord, 'GET', `/channels/${channel.id}/messages`)).body).toEqual([])
    const edit = askApi(discord, 'PATCH', `/channels/${channel.id}/messages/${reply.id}`, { content: 'x', ...QUIET })
    expect(await edit).toMatchObject({ status: 404, body: { code: 10008 } })
    expect((await webhook('GET', asked, '/messages/@original')).body).toMatchObject({ content: 'secret' })
    expect((await webhook('DELETE', asked, '/messages/@original')).status).toBe(204)
    expect((await webhook('GET', asked, '/messages/@original')).status).toBe(404)
  })
})

describe('buttons, selects and modals', () => {
  const ROW = (...components: object[]) => ({ type: 1, components })
  const BUTTON = { type: 2, style: 1, custom_id: 'follow 7', label: 'Follow' }
  const SELECT = {
    type: 3,
    custom_id: 'who',
    options: [
      { label: 'Ada', value: '1' },
      { label: 'Emmy', value: '2' },
    ],
  }

  async function posted(components: object[], more: object = {}) {
    await askApi(discord, 'POST', `/channels/${channel.id}/messages`, { content: 'm', components, ...QUIET, ...more })
    const last = discord.messages(channel).at(-1)
    if (last === undefined) throw new Error('nothing posted')
    return last
  }

  it('a button brings its custom id and the message, and updates it', async () => {
    const pressed = discord.press(await posted([ROW(BUTTON)]), 'follow 7', ada)
    const { d } = await gateway.next('INTERACTION_CREATE')
    expect(d).toMatchObject({ type: 3, data: { custom_id: 'follow 7', component_type: 2 }, message: { content: 'm' } })
    await callback(pressed, { type: 7, data: { content: 'followed', components: [], ...QUIET } })
    expect(await pressed.reply()).toMatchObject({ content: 'followed' })
    expect(discord.messages(channel)).toMatchObject([{ content: 'followed', buttons: [] }])
  })

  it('a deferred update leaves the message, which is then the original', async () => {
    const pressed = discord.press(await posted([ROW(BUTTON)]), 'follow 7', ada)
    await callback(pressed, { type: 6 })
    await webhook('PATCH', pressed, '/messages/@original', { content: 'done', ...QUIET })
    expect(await pressed.reply()).toMatchObject({ content: 'done' })
    await webhook('POST', pressed, '', { content: 'for you', flags: EPHEMERAL, ...QUIET })
    expect(pressed.followUps).toMatchObject([{ content: 'for you', ephemeral: true }])
  })

  it('a button in a section is one too', async () => {
    const section = { type: 9, components: [{ type: 10, content: 'paper' }], accessory: BUTTON }
    const message = await posted([section], { content: undefined, flags: V2 })
    discord.press(message, 'follow 7', ada)
    expect((await gateway.next('INTERACTION_CREATE')).d).toMatchObject({ data: { custom_id: 'follow 7' } })
  })

  it('a select brings values, of those it offers', async () => {
    const message = await posted([ROW(SELECT)])
    expect(() => discord.select(message, 'who', ['3'], ada)).toThrow('no option 3')
    expect(() => discord.select(message, 'who', ['1', '2'], ada)).toThrow('1 to 1 values')
    discord.select(message, 'who', ['2'], ada)
    expect((await gateway.next('INTERACTION_CREATE')).d).toMatchObject({ data: { component_type: 3, values: ['2'] } })
  })

  it('cannot be used when disabled, gone, or not seen', async () => {
    const message = await posted([ROW({ ...BUTTON, disabled: true })])
    expect(() => discord.press(message, 'follow 7', ada)).toThrow('disabled')
    expect(() => discord.press(message, 'other', ada)).toThrow('other')
    discord.deleteMessage(message)
    expect(() => discord.press(message, 'follow 7', ada)).toThrow('gone')
  })

  it('a modal brings back what was filled in, from rows and from labels, and is no answer to a modal', async () => {
    const asked = search()
    const input = { type: 4, custom_id: 'name', style: 1, required: true, max_length: 40 }
    const data = {
      custom_id: 'subscribe',
      title: 'Subscribe',
      components: [
        ROW({ ...input, label: 'Name' }),
        { type: 18, label: 'Note', component: { ...input, custom_id: 'note', required: false, value: 'hi' } },
        { type: 18, label: 'Who', component: SELECT },
      ],
    }
    expect((await callback(asked, { type: 9, data })).status).toBe(204)
    expect(() => discord.submitModal(asked, { who: '1' })).toThrow('field name is required')
    const sent = discord.submitModal(asked, { name: 'Emmy', who: ['2'] })
    await gateway.next('INTERACTION_CREATE')
    expect((await gateway.next('INTERACTION_CREATE')).d).toMatchObject({
      type: 5,
      data: {
        custom_id: 'subscribe',
        components: [
          { type: 1, components: [{ type: 4, custom_id: 'name', value: 'Emmy' }] },
          { type: 18, component: { type: 4, custom_id: 'note', value: 'hi' } },
          { type: 18, component: { type: 3, custom_id: 'who', values: ['2'] } },
        ],
      },
    })
    expect((await callback(sent, { type: 9, data })).status).toBe(400)
  })
})
