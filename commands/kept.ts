import { createHash } from 'node:crypto'
import { isoAt } from '../src/clock.ts'
import { type Action, encodeAction } from '../src/message/action.ts'
import { tenantKey } from '../src/store/keys.ts'
import type { Context } from './command.ts'

/** Marks an argument that is a key in the store. */
const KEPT = '@'

/** An action whose last argument may be of any length: what does not fit a button is kept in the store, the button bears its key. */
export async function actionKept(
  context: Context,
  name: string,
  args: readonly string[],
  text: string,
): Promise<Action> {
  const whole: Action = { name, args: [...args, text] }
  if (!text.startsWith(KEPT) && encodeAction(whole) !== undefined) return whole
  // By its content: asking the same again keeps nothing more.
  const key = createHash('sha256').update(text).digest('base64url').slice(0, 22)
  await context.store.actions.set(tenantKey(context.scope.tenant, key), {
    args: [text],
    at: isoAt(context.clock.now()),
  })
  return { name, args: [...args, `${KEPT}${key}`] }
}

/** The text that actionKept put away, read only within the tenant; undefined when it has been tidied away. */
export async function keptText(context: Context, args: readonly string[]): Promise<string | undefined> {
  const [text] = args
  if (text === undefined || !text.startsWith(KEPT)) return text
  return (await context.store.actions.get(tenantKey(context.scope.tenant, text.slice(KEPT.length))))?.args[0]
}
