import type { Action } from '../../message/action.ts'
import { ACTION_BYTES, decodeAction, encodeAction } from '../../message/action.ts'

/** What a component's custom id says: the action, and, for the driver alone, the part's key and how it is answered. */
export interface CustomId {
  readonly action: Action
  /** The key of the posted part in which it stands. */
  readonly key?: string
  /** A page turner: the private message in which it was pressed is replaced. */
  readonly turns: boolean
}

/**
 * The ids of one message's components: each action's own line, with `#2` behind it where it would stand twice, for Discord
 * refuses equal ids. The first with room for it also bears the part's key, by which the message is found again; neither
 * `#` nor `@` can be in an encoded action. Undefined where there is none of at most 100 bytes.
 */
export interface MessageIds {
  of(action: Action, options?: { readonly turns?: boolean }): string | undefined
  /** The id of a component that does nothing but bear the key; undefined when the key is borne already. */
  bearer(): string | undefined
}

export function messageIds(key: string | undefined): MessageIds {
  const used = new Set<string>()
  let waiting = key
  return {
    of(action, { turns = false } = {}) {
      const encoded = encodeAction(action)
      if (encoded === undefined) return undefined
      const mark = turns ? 'p' : ''
      let id = mark === '' ? encoded : `${encoded}#${mark}`
      for (let n = 2; used.has(id); n++) id = `${encoded}#${mark}${n}`
      if (id.length > ACTION_BYTES) return undefined
      used.add(id)
      if (waiting === undefined || id.length + 1 + waiting.length > ACTION_BYTES) return id
      const bearing = `${id}@${waiting}`
      waiting = undefined
      return bearing
    },
    bearer() {
      if (waiting === undefined) return undefined
      const id = `part@${waiting}`
      waiting = undefined
      return id
    },
  }
}

/** Reads a custom id; undefined when it is none of ours. */
export function readCustomId(text: string): CustomId | undefined {
  const { line = '', mark, key } = CUSTOM_ID.exec(text)?.groups ?? {}
  const action = decodeAction(line)
  if (action === undefined) return undefined
  return { action, turns: mark?.startsWith('p') ?? false, ...(key === undefined ? {} : { key }) }
}

/** Whether one of a message's components bears the key. `components` as Discord gives them, of whatever form. */
export function bearsKey(components: unknown, key: string): boolean {
  return customIdsIn(components).some((id) => CUSTOM_ID.exec(id)?.groups?.key === key)
}

/** The ids of all components of a message, in their order. */
export function customIdsIn(components: unknown): readonly string[] {
  if (Array.isArray(components)) return components.flatMap(customIdsIn)
  if (typeof components !== 'object' || components === null) return []
  return [
    ...('custom_id' in components && typeof components.custom_id === 'string' ? [components.custom_id] : []),
    ...('components' in components ? customIdsIn(components.components) : []),
    ...('accessory' in components ? customIdsIn(components.accessory) : []),
  ]
}

/** The values of all options of a message's menus, which are actions. */
export function choicesIn(components: unknown): readonly string[] {
  if (Array.isArray(components)) return components.flatMap(choicesIn)
  if (typeof components !== 'object' || components === null) return []
  return [
    ...('value' in components && typeof components.value === 'string' ? [components.value] : []),
    ...('components' in components ? choicesIn(components.components) : []),
    ...('options' in components ? choicesIn(components.options) : []),
  ]
}

const CUSTOM_ID = /^(?<line>[^#@]*)(?:#(?<mark>p?\d*))?(?:@(?<key>[\w-]{22}))?$/
