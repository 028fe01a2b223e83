import { walkComponents } from './component-walk.ts'
import type { FakeButton, FakeMessage, FakeSelect } from './fake-types.ts'
import { isObject, type JsonObject, listOf, objectOf, textOf } from './json-value.ts'
import { COMPONENT, FLAGS } from './rules.ts'
import type { Message, World } from './world.ts'

/** A message as it is at this moment, with what is read and used in it laid out. */
export function viewMessage(world: World, message: Message): FakeMessage {
  const placed = walkComponents(message.components).map(({ component }) => component)
  const text = [message.content, ...message.embeds.flatMap(embedTexts), ...placed.flatMap(componentTexts)]
    .filter((each) => each !== '')
    .join('\n')
  return {
    id: message.id,
    channelId: message.channelId,
    authorId: message.authorId,
    byBot: message.authorId === world.botId,
    at: message.at,
    ...(message.editedAt === undefined ? {} : { editedAt: message.editedAt }),
    content: message.content,
    embeds: message.embeds.filter(isObject),
    components: message.components.filter(isObject),
    flags: message.flags,
    text,
    buttons: placed.filter((each) => each.type === COMPONENT.button).map(button),
    selects: placed.filter((each) => each.type === COMPONENT.stringSelect).map(select),
    files: message.files.map((file) => ({ name: file.name, text: file.body })),
    ephemeral: message.ephemeralTo !== undefined,
    componentsV2: (message.flags & FLAGS.componentsV2) !== 0,
    loading: (message.flags & FLAGS.loading) !== 0,
    pings: pings(message, placed),
    ...(message.nonce === undefined ? {} : { nonce: message.nonce }),
  }
}

/** resources/message, "Allowed Mentions Object": content and text displays are parsed, embeds are not; what is left out allows everything in a message and users only in an interaction's. */
function pings(message: Message, placed: readonly JsonObject[]): readonly string[] {
  const shown = placed.filter((each) => each.type === COMPONENT.text).map((each) => textOf(each.content) ?? '')
  const text = [message.content, ...shown].join('\n')
  const allowed = message.allowedMentions
  const unless = message.interactionId === undefined ? ['everyone', 'users', 'roles'] : ['users']
  const parse = allowed === undefined ? unless : listOf(allowed.parse)
  const through = (kind: string, id: string) => parse.includes(kind) || listOf(allowed?.[kind]).includes(id)
  return [
    ...(/@(?:everyone|here)/.test(text) && parse.includes('everyone') ? ['everyone'] : []),
    ...[...text.matchAll(/<@!?(\d+)>/g)].map(([, id = '']) => id).filter((id) => through('users', id)),
    ...[...text.matchAll(/<@&(\d+)>/g)].flatMap(([, id = '']) => (through('roles', id) ? [`&${id}`] : [])),
  ]
}

function button(component: JsonObject): FakeButton {
  return {
    label: textOf(component.label) ?? '',
    ...(typeof component.custom_id === 'string' ? { customId: component.custom_id } : {}),
    ...(typeof component.url === 'string' ? { url: component.url } : {}),
    disabled: component.disabled === true,
  }
}

function select(component: JsonObject): FakeSelect {
  return {
    customId: textOf(component.custom_id) ?? '',
    ...(typeof component.placeholder === 'string' ? { placeholder: component.placeholder } : {}),
    options: listOf(component.options)
      .map(objectOf)
      .map((option) => ({
        label: textOf(option.label) ?? '',
        value: textOf(option.value) ?? '',
        ...(typeof option.description === 'string' ? { description: option.description } : {}),
      })),
  }
}

function embedTexts(value: unknown): readonly string[] {
  const embed = objectOf(value)
  return [
    objectOf(embed.author).name,
    embed.title,
    embed.description,
    ...listOf(embed.fields).flatMap((field) => [objectOf(field).name, objectOf(field).value]),
    objectOf(embed.footer).text,
  ].flatMap((text) => textOf(text) ?? [])
}

function componentTexts(component: JsonObject): readonly string[] {
  return [component.content, component.label].flatMap((text) => textOf(text) ?? [])
}
