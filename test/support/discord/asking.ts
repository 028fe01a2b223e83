import type { CommandRegister, RegisteredCommand } from './command-routes.ts'
import { walkComponents } from './component-walk.ts'
import type { CommandInput, CompleteInput, FakeMessage, FakeUser, Where } from './fake-types.ts'
import { INTERACTION, type Interaction, type InteractionType } from './interaction-book.ts'
import { listOf, numberOf, objectOf, textOf } from './json-value.ts'
import { allowed, filledRow } from './modal-filling.ts'
import { nestedOptions } from './option-filling.ts'
import { channelPayload, memberPayload, messagePayload, type Payload, userPayload } from './payloads.ts'
import { ALL_PERMISSIONS, allows } from './permissions.ts'
import type { Servers } from './servers.ts'
import type { Channel, Message } from './world.ts'

/** What people do in Discord's client. Each throws where the client would not let them, naming what is missing. */
export interface Asking {
  command(name: string, input: CommandInput, where: Where): Interaction
  complete(name: string, input: CompleteInput, where: Where): Interaction
  use(message: FakeMessage, customId: string, user: FakeUser, values?: readonly string[]): Interaction
  submit(interaction: Interaction, values: Readonly<Record<string, string | readonly string[]>>): Interaction
}

export function createAsking(servers: Servers, register: CommandRegister, token: () => string): Asking {
  const { world } = servers

  /** Sends INTERACTION_CREATE (interactions/receiving-and-responding, "Interaction Object") and notes when. */
  const send = (
    type: InteractionType,
    data: Payload,
    user: FakeUser,
    channel: Channel,
    message: Message | undefined,
  ): Interaction => {
    const interaction: Interaction = {
      id: world.snowflake(),
      token: token(),
      type,
      askerId: user.id,
      channelId: channel.id,
      at: world.now(),
      sourceId: message?.id,
      acknowledgedAt: undefined,
      callbackType: undefined,
      originalId: undefined,
      followUpIds: [],
      edits: [],
      choices: undefined,
      modal: undefined,
    }
    servers.interactions.add(interaction)
    const payload = {
      id: interaction.id,
      application_id: world.botId,
      type,
      data,
      token: interaction.token,
      version: 1,
      ...placePayload(servers, user, channel),
      ...(message === undefined ? {} : { message: messagePayload(world, message) }),
      entitlements: [],
      attachment_size_limit: 10_485_760,
    }
    if (!servers.gateway.dispatch('INTERACTION_CREATE', payload, channel.guildId)) {
      throw new Error('no session of the bot receives interactions: is it logged in?')
    }
    return interaction
  }

  const ask = (type: InteractionType, name: string, input: CommandInput, where: Where, focused?: string) => {
    const channel = channelOf(servers, where.channel.id)
    const command = register.find(name, channel.guildId)
    if (command === undefined) throw new Error(`/${name} is not registered`)
    mayUse(servers, command, where.user, channel)
    const resolved: Record<string, Payload> = {}
    const options = nestedOptions(servers, command, input, focused, resolved)
    const data = {
      id: command.id,
      name: command.name,
      type: 1,
      ...(typeof command.guild_id === 'string' ? { guild_id: command.guild_id } : {}),
      ...(options.length === 0 ? {} : { options }),
      ...(Object.keys(resolved).length === 0 ? {} : { resolved }),
    }
    return send(type, data, where.user, channel, undefined)
  }

  return {
    command: (name, input, where) => ask(INTERACTION.command, name, input, where),
    complete: (name, input, where) => ask(INTERACTION.autocomplete, name, input, where, input.focused),

    use(seen, customId, user, values) {
      const channel = channelOf(servers, seen.channelId)
      const message = world.messageIn(channel, seen.id)
      if (message === undefined) throw new Error('the message is gone')
      if (message.ephemeralTo !== undefined && message.ephemeralTo !== user.id) {
        throw new Error(`${user.name} does not see this message`)
      }
      const component = walkComponents(message.components)
        .map((each) => each.component)
        .find((each) => each.custom_id === customId)
      if (component === undefined) throw new Error(`nothing in the message has the custom id ${customId}`)
      if (component.disabled === true) throw new Error(`${customId} is disabled`)
      if (values !== undefined) allowed(component, values)
      const data = {
        custom_id: customId,
        component_type: component.type,
        ...(values === undefined ? {} : { values }),
        id: numberOf(component.id) ?? 1,
      }
      return send(INTERACTION.component, data, user, channel, message)
    },

    submit(answered, values) {
      const { modal } = answered
      const channel = channelOf(servers, answered.channelId)
      const user = world.users.get(answered.askerId)
      if (modal === undefined || user === undefined) throw new Error('the interaction was not answered with a modal')
      const components = listOf(modal.components).map((row, at) => filledRow(objectOf(row), values, at))
      const source = answered.sourceId === undefined ? undefined : world.messageIn(channel, answered.sourceId)
      return send(INTERACTION.modal, { custom_id: modal.custom_id, components }, user, channel, source)
    },
  }
}

/** Where and by whom it was asked: a member in guilds, a user in direct messages. */
function placePayload({ world }: Servers, { id }: FakeUser, channel: Channel): Payload {
  const user = world.users.get(id)
  const guild = world.guildOf(channel)
  const common = {
    channel_id: channel.id,
    channel: { ...channelPayload(world, channel), permissions: String(world.permissionsAt(channel, id)) },
    app_permissions: String(world.permissionsAt(channel, world.botId)),
    locale: user?.locale ?? 'en-US',
  }
  if (guild === undefined) {
    return {
      ...common,
      context: 1,
      authorizing_integration_owners: { '0': '0' },
      ...(user === undefined ? {} : { user: userPayload(user) }),
    }
  }
  return {
    ...common,
    context: 0,
    guild_id: guild.id,
    guild: { id: guild.id, locale: guild.locale, features: [] },
    guild_locale: guild.locale,
    authorizing_integration_owners: { '0': guild.id },
    member: { ...memberPayload(world, guild, id), permissions: String(world.permissionsAt(channel, id)) },
  }
}

function channelOf({ world }: Servers, id: string): Channel {
  const channel = world.channels.get(id)
  if (channel === undefined || channel.deleted) throw new Error('the channel is gone')
  return channel
}

/** interactions/application-commands, "Permissions" and "Interaction Contexts": the client shows only what a person may use where they are. */
function mayUse({ world }: Servers, command: RegisteredCommand, user: FakeUser, channel: Channel): void {
  const contexts = listOf(command.contexts)
  const context = channel.type === 'dm' ? 1 : 0
  if (contexts.length > 0 && !contexts.includes(context)) throw new Error(`/${command.name} is not offered here`)
  if (channel.type === 'dm') return
  const may = world.permissionsAt(channel, user.id)
  if (!allows(may, 'USE_APPLICATION_COMMANDS')) throw new Error(`${user.name} may not use commands here`)
  const needed = textOf(command.default_member_permissions)
  if (needed === undefined) return
  const bits = BigInt(needed)
  if (bits === 0n ? may !== ALL_PERMISSIONS : (may & bits) !== bits) {
    throw new Error(`${user.name} may not use /${command.name}`)
  }
}
