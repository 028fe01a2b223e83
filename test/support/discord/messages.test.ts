import { MessageResponseSchema } from 'discord-api-spec/zod'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { SimulatedClock } from '../simulated-clock.ts'
import { askApi } from './bare-client.ts'
import { createFakeDiscord } from './fake.ts'
import type { FakeChannel, FakeDiscord, FakeGuild, FakeUser } from './fake-types.ts'
import { listOf, objectOf, textOf } from './json-value.ts'

const QUIET = { allowed_mentions: { parse: [] } }
let clock: SimulatedClock
let discord: FakeDiscord
let guild: FakeGuild
let channel: FakeChannel
let ada: FakeUser

beforeEach(async () => {
  clock = new SimulatedClock('2026-11-24T12:00:00Z')
  discord = await createFakeDiscord({ clock })
  guild = discord.addGuild()
  channel = discord.addChannel(guild)
  ada = discord.addUser({ name: 'ada', guild })
})
afterEach(() => discord.close())

const post = (body: object, to = channel) => askApi(discord, 'POST', `/channels/${to.id}/messages`, body)
const list = (query = '') => askApi(discord, 'GET', `/channels/${channel.id}/messages${query}`)
const idOf = (body: unknown) => textOf(objectOf(body).id) ?? ''

describe('nonce (resources/message, "Create Message")', () => {
  const nonced = { content: 'one', nonce: 'n', enforce_nonce: true, ...QUIET }

  it('gives the earlier message for the same nonce, enforced, within two minutes', async () => {
    const first = await post(nonced)
    await clock.advance(119_000)
    const second = await post({ ...nonced, content: 'two' })
    expect(idOf(second.body)).toBe(idOf(first.body))
    expect(discord.messages(channel)).toMatchObject([{ content: 'one', nonce: 'n' }])
  })

  it('is forgotten after two minutes', async () => {
    await post(nonced)
    await clock.advance(120_001)
    await post(nonced)
    expect(discord.messages(channel)).toHaveLength(2)
  })

  it('prevents nothing without enforce_nonce, which is noted', async () => {
    await post({ content: 'one', nonce: 'n', ...QUIET })
    await post({ content: 'one', nonce: 'n', ...QUIET })
    expect(discord.messages(channel)).toHaveLength(2)
    expect(discord.violations).toMatchObject([{ rule: 'nonce-not-enforced' }, { rule: 'nonce-not-enforced' }])
  })

  it('is never read back', async () => {
    const { body } = await post(nonced)
    const read = await askApi(discord, 'GET', `/channels/${channel.id}/messages/${idOf(body)}`)
    expect(read.body).not.toHaveProperty('nonce')
    expect(listOf((await list()).body)[0]).not.toHaveProperty('nonce')
  })

  it('has at most 25 characters', async () => {
    expect(await post({ ...nonced, nonce: 'n'.repeat(26) })).toMatchObject({ status: 400, body: { code: 50035 } })
  })
})

describe('history (resources/message, "Get Channel Messages")', () => {
  it('is an empty 200 without READ_MESSAGE_HISTORY', async () => {
    await post({ content: 'one', ...QUIET })
    discord.setPermissions(channel, { of: 'bot', deny: ['READ_MESSAGE_HISTORY'] })
    expect(await list()).toMatchObject({ status: 200, body: [] })
  })

  it('comes newest first, 50 unless told, and by before and after', async () => {
    const said = Array.from({ length: 60 }, (_, at) => discord.say(channel, ada, `message ${at}`))
    const ids = (answer: { readonly body: unknown }) => listOf(answer.body).map(idOf)
    expect(ids(await list())).toEqual(
      said
        .slice(10)
        .map((each) => each.id)
        .toReversed(),
    )
    expect(ids(await list(`?limit=2&before=${said[5]?.id}`))).toEqual([said[4]?.id, said[3]?.id])
    // Of what follows, the next ones: also newest first.
    expect(ids(await list(`?limit=2&after=${said[5]?.id}`))).toEqual([said[7]?.id, said[6]?.id])
    expect(await list('?limit=101')).toMatchObject({ status: 400, body: { code: 50035 } })
  })

  it('shows what others wrote without its content, lacking the MESSAGE_CONTENT intent (events/gateway)', async () => {
    discord.say(channel, ada, 'hello')
    expect((await list()).body).toMatchObject([{ author: { id: ada.id }, content: '' }])
  })

  it('does not show what was deleted', async () => {
    const said = discord.say(channel, ada, 'hello')
    discord.deleteMessage(said)
    expect((await list()).body).toEqual([])
  })

  it('has the shape of the published schema', async () => {
    const { body } = await post({ content: 'one', embeds: [{ title: 'T', description: 'D' }], ...QUIET })
    const withZ: unknown = JSON.parse(JSON.stringify(body).replaceAll('+00:00', 'Z'))
    expect(MessageResponseSchema.safeParse(withZ).error?.issues ?? []).toEqual([])
  })
})

describe('permissions (topics/permissions)', () => {
  const message = { content: 'one', ...QUIET }

  it('answers 50001 without VIEW_CHANNEL, whatever else is given', async () => {
    discord.setPermissions(channel, { of: 'bot', deny: ['VIEW_CHANNEL'], allow: ['SEND_MESSAGES'] })
    expect(await post(message)).toMatchObject({ status: 403, body: { code: 50001 } })
    expect(await list()).toMatchObject({ status: 403, body: { code: 50001 } })
  })

  it('answers 50013 without SEND_MESSAGES', async () => {
    discord.setPermissions(channel, { of: 'everyone', deny: ['SEND_MESSAGES'] })
    expect(await post(message)).toMatchObject({ status: 403, body: { code: 50013 } })
  })

  it("lets a member's overwrite win over everyone's", async () => {
    discord.setPermissions(channel, { of: 'everyone', deny: ['SEND_MESSAGES'] })
    discord.setPermissions(channel, { of: 'bot', allow: ['SEND_MESSAGES'] })
    expect(await post(message)).toMatchObject({ status: 200 })
  })

  it('drops embeds without EMBED_LINKS, and refuses what has nothing else to say (#2601)', async () => {
    discord.setPermissions(channel, { of: 'bot', deny: ['EMBED_LINKS'] })
    const embeds = [{ description: 'a paper' }]
    expect(await post({ ...message, embeds })).toMatchObject({ status: 200, body: { content: 'one', embeds: [] } })
    expect(await post({ embeds, ...QUIET })).toMatchObject({ status: 403, body: { code: 50013 } })
  })

  it('counts SEND_MESSAGES_IN_THREADS in threads, and not SEND_MESSAGES ("Inherited Permissions")', async () => {
    const thread = discord.addChannel(guild, { type: 'thread', name: 'more', parent: channel })
    discord.setPermissions(channel, { of: 'everyone', deny: ['SEND_MESSAGES'] })
    expect(await post(message, thread)).toMatchObject({ status: 200 })
    discord.setPermissions(channel, { of: 'bot', deny: ['SEND_MESSAGES_IN_THREADS'] })
    expect(await post(message, thread)).toMatchObject({ status: 403, body: { code: 50013 } })
  })
})

describe('places (topics/opcodes-and-status-codes, "JSON Error Codes")', () => {
  const message = { content: 'one', ...QUIET }

  it('answers 10003 for channels that are gone and 50001 where the bot was kicked', async () => {
    const other = discord.addChannel(guild)
    discord.deleteChannel(other)
    expect(await post(message, other)).toMatchObject({ status: 404, body: { code: 10003 } })
    discord.kick(guild)
    expect(await post(message)).toMatchObject({ status: 403, body: { code: 50001 } })
  })

  it('refuses messages in a forum itself, and posts there with a name and, where one is needed, a tag', async () => {
    const forum = discord.addChannel(guild, { type: 'forum', requireTag: true })
    expect(await post(message, forum)).toMatchObject({ status: 400, body: { code: 50008 } })
    const start = (body: object) => askApi(discord, 'POST', `/channels/${forum.id}/threads`, body)
    expect(await start({ name: 'Monday', message })).toMatchObject({ status: 400, body: { code: 40067 } })
    expect(await start({ name: 'Monday', message, applied_tags: ['1'] })).toMatchObject({
      status: 201,
      body: { message: { content: 'one' } },
    })
  })

  it('opens archived threads again by a message, unless they are locked (topics/threads)', async () => {
    const thread = discord.addChannel(guild, { type: 'thread', parent: channel })
    discord.archiveThread(thread)
    expect(await post(message, thread)).toMatchObject({ status: 200 })
    discord.archiveThread(thread, { locked: true })
    expect(await post(message, thread)).toMatchObject({ status: 400, body: { code: 50083 } })
  })

  it('starts a thread from a message, with the id of the message, once', async () => {
    const { body } = await post(message)
    const start = () =>
      askApi(discord, 'POST', `/channels/${channel.id}/messages/${idOf(body)}/threads`, { name: 'The rest' })
    discord.setRolePermissions(guild, 'bot', ['VIEW_CHANNEL', 'CREATE_PUBLIC_THREADS'])
    expect(await start()).toMatchObject({ status: 201, body: { id: idOf(body), parent_id: channel.id } })
    expect(await start()).toMatchObject({ status: 400, body: { code: 160004 } })
  })

  it('writes to people who take direct messages, and 50007 to others', async () => {
    const shy = discord.addUser({ name: 'shy', dms: false })
    const open = (user: FakeUser) => askApi(discord, 'POST', '/users/@me/channels', { recipient_id: user.id })
    const dm = idOf((await open(ada)).body)
    expect(idOf((await open(ada)).body)).toBe(dm)
    expect(await askApi(discord, 'POST', `/channels/${dm}/messages`, message)).toMatchObject({ status: 200 })
    expect(discord.messages(discord.directMessages(ada))).toHaveLength(1)
    const closed = idOf((await open(shy)).body)
    expect(await askApi(discord, 'POST', `/channels/${closed}/messages`, message)).toMatchObject({
      status: 403,
      body: { code: 50007 },
    })
  })
})

describe('edits and deletions (resources/message, "Edit Message")', () => {
  const edit = (id: string, body: object) => askApi(discord, 'PATCH', `/channels/${channel.id}/messages/${id}`, body)

  it("changes what the body names, of the bot's own messages only", async () => {
    const id = idOf((await post({ content: 'one', embeds: [{ description: 'D' }], ...QUIET })).body)
    expect(await edit(id, { content: 'two', ...QUIET })).toMatchObject({
      status: 200,
      body: { content: 'two', embeds: [{ description: 'D' }] },
    })
    const said = discord.say(channel, ada, 'mine')
    expect(await edit(said.id, { content: 'x', ...QUIET })).toMatchObject({ status: 403, body: { code: 50005 } })
  })

  it('answers 10008 for what is gone', async () => {
    const id = idOf((await post({ content: 'one', ...QUIET })).body)
    await askApi(discord, 'DELETE', `/channels/${channel.id}/messages/${id}`)
    expect(await edit(id, { content: 'x', ...QUIET })).toMatchObject({ status: 404, body: { code: 10008 } })
  })

  it('counts edits of messages older than an hour: 429 with 30046 (#4413)', async () => {
    const id = idOf((await post({ content: 'one', ...QUIET })).body)
    await clock.advance(60 * 60_000 + 1)
    const answers: number[] = []
    for (let count = 0; count < 31; count++) {
      answers.push((await edit(id, { content: `edit ${count}`, ...QUIET })).status)
      await clock.advance(1_000)
    }
    expect(answers).toEqual([...Array.from({ length: 30 }, () => 200), 429])
    await clock.advance(5_000)
    expect(await edit(id, { content: 'x', ...QUIET })).toMatchObject({ body: { code: 30046, global: false } })
  })

  it('keeps IS_COMPONENTS_V2 once it is on (components/reference)', async () => {
    const text = [{ type: 10, content: 'one' }]
    const id = idOf((await post({ flags: 1 << 15, components: text, ...QUIET })).body)
    expect(await edit(id, { content: 'legacy', ...QUIET })).toMatchObject({ status: 400, body: { code: 50035 } })
    expect(await edit(id, { components: [{ type: 10, content: 'two' }], ...QUIET })).toMatchObject({
      status: 200,
      body: { flags: 1 << 15, components: [{ content: 'two' }] },
    })
  })
})

describe('what is sent', () => {
  it('is refused as a tree of places (reference, "Error Messages")', async () => {
    expect(await post({ content: 'x'.repeat(2_001), ...QUIET })).toMatchObject({
      status: 400,
      body: { code: 50035, errors: { content: { _errors: [{ code: 'BASE_TYPE_MAX_LENGTH' }] } } },
    })
    expect(discord.violations).toMatchObject([{ route: 'POST /channels/:channel/messages', rule: 'content' }])
  })

  it('is refused when it is empty: 50006', async () => {
    expect(await post(QUIET)).toMatchObject({ status: 400, body: { code: 50006 } })
  })

  it('is held against the published schema too', async () => {
    expect(await post({ content: 'one', tts: 'yes', ...QUIET })).toMatchObject({ status: 400, body: { code: 50035 } })
    expect(discord.violations).toMatchObject([{ rule: 'spec', path: ['tts'] }])
  })

  it('breaks the servers down beyond 10,170 bytes of displayed text (#8554)', async () => {
    const components = [{ type: 10, content: '字'.repeat(3_387) }]
    expect(await post({ flags: 1 << 15, components, ...QUIET })).toMatchObject({ status: 500 })
    expect(discord.messages(channel)).toEqual([])
  })

  it('is taken without allowed_mentions, pings, and is noted (resources/message, "Allowed Mentions Object")', async () => {
    await post({ content: `@everyone <@${ada.id}>` })
    await post({ content: `@everyone <@${ada.id}>`, ...QUIET })
    expect(discord.messages(channel)).toMatchObject([{ pings: ['everyone', ada.id] }, { pings: [] }])
    expect(discord.violations).toMatchObject([{ rule: 'allowed-mentions' }])
  })

  it('goes to a route of Discord or is noted', async () => {
    expect(await askApi(discord, 'GET', '/nowhere')).toMatchObject({ status: 404 })
    expect(discord.violations).toMatchObject([{ rule: 'route' }])
  })

  it('needs the token: 401', async () => {
    expect(await askApi(discord, 'GET', '/users/@me', undefined, 'wrong')).toMatchObject({ status: 401 })
  })
})
