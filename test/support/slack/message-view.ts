import { isObject, type JsonObject, listOf, textOf } from '../discord/json-value.ts'
import { elementsOf } from './block-limits.ts'
import type { FakeButton, FakeMessage, FakeSelect, FakeView } from './fake-types.ts'
import { readLiveText } from './live-text.ts'
import type { Message, View, World } from './world.ts'

/** A message as people see it now. */
export function viewMessage(world: World, message: Message): FakeMessage {
  const live = readLiveText(message.text, message.blocks)
  return {
    channelId: message.channelId,
    ts: message.ts,
    ...(message.threadTs === undefined ? {} : { threadTs: message.threadTs }),
    authorId: message.author,
    byBot: message.appId === world.app.id,
    at: message.at,
    ...(message.editedAt === undefined ? {} : { editedAt: message.editedAt }),
    fallback: message.text,
    blocks: message.blocks,
    ...(message.metadata === undefined ? {} : { metadata: message.metadata }),
    text: live.text,
    ...controls(message.blocks),
    pings: live.pings,
    links: live.links,
    files: message.files.map(({ name, title, text }) => ({ name, title, text })),
    ...(message.ephemeralTo === undefined ? {} : { ephemeralTo: message.ephemeralTo }),
    broadcast: message.broadcast,
    unfurls: message.unfurls,
  }
}

/** A view as people see it now. */
export function viewOfView(view: View): FakeView {
  const blocks = listOf(view.payload.blocks).filter(isObject)
  const submit = labelOf(view.payload.submit)
  return {
    id: view.id,
    hash: view.hash,
    kind: view.kind,
    userId: view.userId,
    callbackId: textOf(view.payload.callback_id) ?? '',
    privateMetadata: textOf(view.payload.private_metadata) ?? '',
    title: labelOf(view.payload.title),
    ...(submit === '' ? {} : { submit }),
    blocks,
    text: readLiveText('', blocks).text,
    open: view.open,
    ...controls(blocks),
  }
}

interface Placed {
  readonly element: JsonObject
  readonly blockId: string
}

/** The elements of a list of blocks, with the block_id of each. */
export function placedElements(blocks: readonly JsonObject[]): readonly Placed[] {
  return blocks.flatMap((block) =>
    elementsOf(block).map((element) => ({ element, blockId: textOf(block.block_id) ?? '' })),
  )
}

function controls(blocks: readonly JsonObject[]): Pick<FakeMessage, 'buttons' | 'selects'> {
  const placed = placedElements(blocks)
  return {
    buttons: placed.filter(({ element }) => element.type === 'button').map(viewButton),
    selects: placed.filter(({ element }) => /_select$|overflow/.test(String(element.type))).map(viewSelect),
  }
}

function viewButton({ element, blockId }: Placed): FakeButton {
  const [value, url, style] = [textOf(element.value), textOf(element.url), textOf(element.style)]
  return {
    label: labelOf(element.text),
    actionId: textOf(element.action_id) ?? '',
    blockId,
    ...(value === undefined ? {} : { value }),
    ...(url === undefined ? {} : { url }),
    ...(style === undefined ? {} : { style }),
  }
}

function viewSelect({ element, blockId }: Placed): FakeSelect {
  const placeholder = labelOf(element.placeholder)
  return {
    kind: String(element.type),
    actionId: textOf(element.action_id) ?? '',
    blockId,
    ...(placeholder === '' ? {} : { placeholder }),
    options: optionsOf(element).map((option) => ({ label: labelOf(option.text), value: textOf(option.value) ?? '' })),
  }
}

/** The options of a menu, its groups' too. */
export function optionsOf(menu: JsonObject): readonly JsonObject[] {
  const groups = listOf(menu.option_groups).filter(isObject)
  return [...listOf(menu.options), ...groups.flatMap((group) => listOf(group.options))].filter(isObject)
}

export function labelOf(value: unknown): string {
  return isObject(value) ? (textOf(value.text) ?? '') : ''
}

/** Blocks get ids where they have none; so do elements (types, "Block": "a `block_id` will be generated"). */
export function withIds(world: World, blocks: readonly JsonObject[]): readonly JsonObject[] {
  const named = (value: unknown) =>
    isObject(value) && value.type !== 'image' ? { ...value, action_id: value.action_id ?? world.secret(3) } : value
  return blocks.map((block) => ({
    ...block,
    block_id: block.block_id ?? world.secret(3),
    ...(block.type === 'actions' ? { elements: listOf(block.elements).map(named) } : {}),
    ...(block.accessory === undefined ? {} : { accessory: named(block.accessory) }),
    ...(block.element === undefined ? {} : { element: named(block.element) }),
  }))
}
