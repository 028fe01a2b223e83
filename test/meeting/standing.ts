import type { App } from '../../src/app.ts'
import type { ChannelId } from '../../src/message/channel.ts'
import type { PaperId } from '../../src/papers/paper.ts'
import { seenKey } from '../../src/store/keys.ts'
import type { LedgerStep } from '../../src/store/records.ts'
import { entriesOf } from '../../src/store/store.ts'

/** A posted message: what a receipt names it by, what is read in it, and all that was sent of it. */
export interface Standing {
  readonly id: string
  readonly text: string
  readonly sent: string
}

/** The titles of the second and third day. */
export const titles = [
  'Counting Lanterns',
  'Predicting Looms',
  ...Array.from({ length: 8 }, (_, at) => `Zeppelin ${at + 1}`),
]

/** The papers that do not stand in the channel exactly once. */
export function notOnce(posts: readonly Standing[]): readonly string[] {
  return titles.flatMap((title) => {
    const times = posts.filter(({ text }) => new RegExp(`${title}\\b`).test(text)).length
    return times === 1 ? [] : [`${title}: ${times}`]
  })
}

/** Where the ledger and what is seen say otherwise than the channel; empty when they agree. */
export async function disagreements(
  { house: { store } }: App,
  channel: ChannelId,
  posts: readonly Standing[],
): Promise<readonly string[]> {
  const steps = new Map<string, LedgerStep['what'][]>()
  for await (const { key, value } of entriesOf(store, store.ledger, [channel]))
    steps.set(key[1] ?? '', [...(steps.get(key[1] ?? '') ?? []), value.what])
  const wrong: string[] = []
  for await (const { key, value } of entriesOf(store, store.seen, [channel])) {
    if (value.state === 'baseline') continue
    const what = steps.get(key[1] ?? '') ?? []
    const receipt = value.state === 'posted' ? value.receipt.id : ''
    const message = value.state === 'posted' ? posts.find(({ id }) => receipt.startsWith(id)) : undefined
    const number = (key[1] ?? '').replace('arxiv:', '')
    if (value.state !== 'posted') wrong.push(`${key[1]} is ${value.state}`)
    else if (message === undefined) wrong.push(`${key[1]}: no message ${receipt}`)
    else if (!message.sent.includes(number)) wrong.push(`${key[1]} is not in its message`)
    if (what.filter((each) => each === 'posted').length !== 1) wrong.push(`${key[1]}: ${what.join(', ')}`)
  }
  for (const id of ['2509.00201', '2509.00308'])
    if ((await store.seen.get(seenKey(channel, `arxiv:${id}` as PaperId))) === undefined)
      wrong.push(`${id} is not seen`)
  return wrong
}
