import {
  ActionRowBuilder,
  ButtonBuilder,
  ButtonStyle,
  Client,
  Events,
  GatewayIntentBits,
  MessageFlags,
  ModalBuilder,
  SlashCommandBuilder,
  TextDisplayBuilder,
  TextInputBuilder,
  TextInputStyle,
} from 'discord.js'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createFakeDiscord } from './fake.ts'
import type { FakeChannel, FakeDiscord, FakeGuild, FakeUser } from './fake-types.ts'

let discord: FakeDiscord
let client: Client
let guild: FakeGuild
let channel: FakeChannel
let ada: FakeUser

const PAPERS = new SlashCommandBuilder()
  .setName('papers')
  .setDescription('Papers of the people you follow')
  .addSubcommand((search) =>
    search
      .setName('search')
      .setDescription('Searches papers')
      .addStringOption((query) =>
        query.setName('query').setDescription('Words').setRequired(true).setAutocomplete(true),
      )
      .addIntegerOption((days) => days.setName('days').setDescription('Back').setMinValue(1).setMaxValue(90)),
  )

async function logIn(): Promise<Client> {
  const made = new Client({
    intents: [GatewayIntentBits.Guilds],
    allowedMentions: { parse: [] },
    rest: { api: discord.url, retries: 0 },
    shards: 'auto',
  })
  made.on('error', (error) => {
    throw error
  })
  const ready = new Promise((resolve) => made.once(Events.ClientReady, resolve))
  await made.login(discord.token)
  await ready
  return made
}

const happens = (of: Client, event: string) =>
  new Promise<unknown>((resolve) => {
    of.once(event, (first: unknown) => resolve(first))
  })

beforeEach(async () => {
  discord = await createFakeDiscord()
  guild = discord.addGuild({ name: 'Optics' })
  channel = discord.addChannel(guild, { name: 'papers' })
  ada = discord.addUser({ name: 'ada', guild, permissions: ['MANAGE_GUILD'], locale: 'de' })
  client = await logIn()
})

afterEach(async () => {
  await client.destroy()
  await discord.close()
})

describe('discord.js on the fake', () => {
  it('logs in, learns of its guilds and channels, and asks for no more intents than it said (events/gateway, "Identify")', () => {
    expect(client.user?.id).toBe(discord.applicationId)
    expect(client.guilds.cache.get(guild.id)?.channels.cache.get(channel.id)?.name).toBe('papers')
    expect(client.guilds.cache.get(guild.id)?.members.me?.permissions.has('EmbedLinks')).toBe(true)
    expect(discord.gateway.identifies).toMatchObject([{ intents: 1, shard: [0, 1] }])
  })

  it('registers a command, is asked by it, defers in private, and edits its answer', async () => {
    await client.application?.commands.set([PAPERS.toJSON()])
    client.on(Events.InteractionCreate, async (interaction) => {
      if (!interaction.isChatInputCommand()) return
      await interaction.deferReply({ flags: MessageFlags.Ephemeral })
      const { options, locale, memberPermissions } = interaction
      await interaction.editReply({
        flags: MessageFlags.IsComponentsV2,
        components: [
          new TextDisplayBuilder({
            content: `${options.getSubcommand()} ${options.getString('query')} ${options.getInteger('days')} ${locale} ${memberPermissions?.has('ManageGuild')}`,
          }),
        ],
      })
      await interaction.followUp({ content: 'done' })
    })

    const asked = discord.command(
      'papers',
      { subcommand: 'search', options: { query: 'combs', days: 7 } },
      { user: ada, channel },
    )
    const reply = await asked.reply()
    const [followUp] = await asked.followedUp(1)

    expect(reply).toMatchObject({ text: 'search combs 7 de true', ephemeral: true, componentsV2: true })
    expect(asked).toMatchObject({ callbackType: 5, edits: [{ text: 'search combs 7 de true' }] })
    expect(asked.acknowledgedAfterMs).toBeLessThanOrEqual(3_000)
    expect(followUp).toMatchObject({ content: 'done', ephemeral: false })
    expect(discord.violations).toEqual([])
  })

  it('completes what is typed', async () => {
    await client.application?.commands.set([PAPERS.toJSON()])
    client.on(Events.InteractionCreate, async (interaction) => {
      if (!interaction.isAutocomplete()) return
      const typed = interaction.options.getFocused()
      await interaction.respond([{ name: `${typed} lasers`, value: `${typed}-1` }])
    })
    const typing = discord.complete(
      'papers',
      { subcommand: 'search', focused: 'query', options: { query: 'com' } },
      { user: ada, channel },
    )
    expect(await typing.choices()).toEqual([{ name: 'com lasers', value: 'com-1' }])
    expect(discord.violations).toEqual([])
  })

  it('posts with a nonce, has its button pressed, answers with a modal, and gets what was typed', async () => {
    client.on(Events.InteractionCreate, async (interaction) => {
      if (interaction.isButton()) {
        const input = new TextInputBuilder().setCustomId('name').setLabel('Name').setStyle(TextInputStyle.Short)
        await interaction.showModal(
          new ModalBuilder()
            .setCustomId('subscribe')
            .setTitle('Subscribe')
            .addComponents(new ActionRowBuilder<TextInputBuilder>().addComponents(input)),
        )
      } else if (interaction.isModalSubmit() && interaction.isFromMessage()) {
        await interaction.update({ content: `follows ${interaction.fields.getTextInputValue('name')}` })
      }
    })
    const button = new ButtonBuilder().setCustomId('follow 7').setLabel('Follow').setStyle(ButtonStyle.Primary)
    const posted = await client.channels.cache.get(channel.id)?.fetch()
    if (!posted?.isSendable()) throw new Error('no channel')
    await posted.send({
      content: 'A paper',
      components: [new ActionRowBuilder<ButtonBuilder>().addComponents(button)],
      nonce: 'n1',
      enforceNonce: true,
    })

    const [message] = discord.messages(channel)
    if (message === undefined) throw new Error('nothing posted')
    const pressed = discord.press(message, 'follow 7', ada)
    expect(await pressed.modal()).toMatchObject({ title: 'Subscribe' })
    const sent = discord.submitModal(pressed, { name: 'Emmy Noether' })
    expect(await sent.reply()).toMatchObject({ id: message.id, content: 'follows Emmy Noether' })
    expect(discord.violations).toEqual([])
  })

  it('sends a file', async () => {
    const room = await client.channels.fetch(channel.id)
    if (!room?.isSendable()) throw new Error('no channel')
    await room.send({ files: [{ attachment: Buffer.from('@article{x}'), name: 'papers.bib' }] })
    expect(discord.messages(channel)).toMatchObject([{ files: [{ name: 'papers.bib', text: '@article{x}' }] }])
    expect(discord.violations).toEqual([])
  })

  it('takes its session up again after the connection dropped, and gets what it missed (events/gateway, "Resuming")', async () => {
    discord.gateway.drop()
    discord.renameChannel(channel, 'preprints')
    await happens(client, Events.ChannelUpdate)
    expect(discord.gateway.resumes).toBe(1)
    expect(discord.gateway.identifies).toHaveLength(1)
  })

  it('identifies anew when its session is over (events/gateway-events, "Invalid Session")', async () => {
    const again = happens(client, Events.ShardReady)
    discord.gateway.invalidateSessions({ resumable: false })
    await again
    expect(discord.gateway.identifies).toHaveLength(2)
  })

  it('reconnects when asked to (events/gateway-events, "Reconnect")', async () => {
    const resumed = happens(client, Events.ShardResume)
    discord.gateway.askToReconnect()
    await resumed
    expect(discord.gateway.resumes).toBe(1)
  })

  it('tells being kicked and invited again from an outage (events/gateway-events, "Guild Delete")', async () => {
    const away = happens(client, Events.GuildUnavailable)
    discord.outage(guild)
    await away
    const back = happens(client, Events.GuildAvailable)
    discord.outageOver(guild)
    await back

    const left = happens(client, Events.GuildDelete)
    discord.kick(guild)
    await left
    const joined = happens(client, Events.GuildCreate)
    discord.invite(guild)
    await joined
    expect(client.guilds.cache.has(guild.id)).toBe(true)
  })

  it('hears of channels deleted and of permissions changed', async () => {
    const other = discord.addChannel(guild, { name: 'other' })
    await happens(client, Events.ChannelCreate)
    const gone = happens(client, Events.ChannelDelete)
    discord.deleteChannel(other)
    expect(await gone).toMatchObject({ id: other.id })

    const role = happens(client, Events.GuildRoleUpdate)
    discord.setRolePermissions(guild, 'bot', [])
    await role
    const changed = happens(client, Events.ChannelUpdate)
    discord.setPermissions(channel, { of: 'everyone', deny: ['SEND_MESSAGES'] })
    await changed
    const room = client.guilds.cache.get(guild.id)?.channels.cache.get(channel.id)
    const me = client.guilds.cache.get(guild.id)?.members.me
    expect(me && room?.permissionsFor(me).has('SendMessages')).toBe(false)
  })

  it('gets what it may not view without its name, over the gateway (resources/channel, "Obfuscated Channels")', async () => {
    const hidden = happens(client, Events.ChannelUpdate)
    discord.setPermissions(channel, { of: 'bot', deny: ['VIEW_CHANNEL'] })
    await hidden
    expect(client.guilds.cache.get(guild.id)?.channels.cache.get(channel.id)?.name).not.toBe('papers')
  })

  it('splits guilds over shards by their ids (events/gateway, "Sharding")', async () => {
    await client.destroy()
    await discord.close()
    discord = await createFakeDiscord({ shards: 2 })
    for (let count = 0; count < 6; count++) discord.addGuild({ name: `Guild ${count}` })
    client = await logIn()
    expect(discord.gateway.identifies.map((each) => each.shard)).toEqual([
      [0, 2],
      [1, 2],
    ])
    expect(client.guilds.cache.size).toBe(6)
  })
})
