/** Lower-case words joined by `-`; each name belongs to the command that defines it. */
export type ActionName = string

/** What a button, select or form does when it is used. Encoded it is at most 100 bytes, so that it fits a Discord custom id and survives restarts. */
export interface Action {
  readonly name: ActionName
  readonly args: readonly string[]
}

/** Discord's custom_id is the narrowest place an action has to fit (docs.discord.com, components reference). */
export const ACTION_BYTES = 100

/** The action as one line of ASCII, or undefined when it is longer than ACTION_BYTES: then keep its arguments in the store and pass the key. */
export function encodeAction(action: Action): string | undefined {
  const text = [action.name, ...action.args.map((arg) => encodeURIComponent(arg.toWellFormed()))].join(' ')
  return text.length <= ACTION_BYTES ? text : undefined
}

/** Reads what encodeAction wrote; undefined when it is none of ours. */
export function decodeAction(text: string): Action | undefined {
  if (!/^[a-z][a-z0-9-]*(?: [^\s]*)*$/.test(text) || text.length > ACTION_BYTES) return undefined
  const [name = '', ...args] = text.split(' ')
  try {
    return { name, args: args.map(decodeURIComponent) }
  } catch {
    return undefined
  }
}
