import { metadataOpens } from '../../src/cli/replay/eastern.ts'
import type { Announcement } from '../../src/cli/replay/event.ts'
import { isoAt } from '../../src/clock.ts'
import type { PaperId } from '../../src/papers/paper.ts'
import { matchedKey } from '../../src/store/keys.ts'
import { deliveriesOf, disagreements } from './deliveries.ts'
import type { Reckoning } from './reckoning.ts'
import type { SimulatedWorld } from './world.ts'

/** What must never be, whatever happens; one sentence for each breach. */
export async function breaches(world: SimulatedWorld, { allowed }: Reckoning): Promise<readonly string[]> {
  const found = await deliveriesOf(world.app, world.chat)
  const wrong: string[] = []
  for (const [pair, { posted, listed }] of found) {
    if (posted + listed > 1) wrong.push(`${pair} came twice: posted ${posted} times, listed ${listed} times`)
    if (!allowed.has(pair)) wrong.push(`${pair} came though it is no news of anyone followed`)
  }
  wrong.push(...(await disagreements(world.app, found)))
  for (const { event, ...fields } of world.events) {
    if (FAILURES.has(event)) wrong.push(`${event}: ${JSON.stringify(fields)} ${String(fields.error ?? '')}`)
  }
  world.arxiv.assertSpacing(3000)
  return wrong
}

/** What the program says of its completeness and does not keep. `late`: ids that OAI-PMH itself left out. */
export async function unkept(
  { app }: SimulatedWorld,
  announced: readonly Announcement[],
  late: ReadonlySet<string>,
): Promise<readonly string[]> {
  const { store, catalog } = app.house
  const matched = await store.matched.get(matchedKey)
  if (matched?.catalogId === catalog.id && matched.seq > (await catalog.lastSeq()))
    return [`matched through ${matched.seq}, which the log does not have`]
  const { completeThrough } = await app.status()
  if (completeThrough === null) return []
  const told = announced.filter((event) => eveningOf(event) <= completeThrough && !late.has(event.id))
  const papers = await catalog.getMany(told.map(({ id }) => `arxiv:${id}` as PaperId))
  return told.flatMap((event, at) =>
    papers[at] === undefined
      ? [`${event.id} of the evening of ${eveningOf(event)} is not known, though all is, through ${completeThrough}`]
      : [],
  )
}

/** What is due and was given nowhere. */
export async function missing({ app, clock, chat }: SimulatedWorld, { due }: Reckoning): Promise<readonly string[]> {
  const found = await deliveriesOf(app, chat)
  return [...due].flatMap(([pair, shownAt]) =>
    shownAt < clock.now() && !found.has(pair) ? [`${pair} is missing, shown by arXiv at ${isoAt(shownAt)}`] : [],
  )
}

/** Posted and listed, in all channels. */
export async function totals({
  app,
  chat,
}: SimulatedWorld): Promise<{ readonly posted: number; readonly listed: number }> {
  const total = { posted: 0, listed: 0 }
  for (const { posted, listed } of (await deliveriesOf(app, chat)).values()) {
    total.posted += posted
    total.listed += listed
  }
  return total
}

/** The US Eastern day on whose evening a listing is announced: it shows at 22:30, which is UTC's next day. */
function eveningOf({ announced = '' }: Announcement): string {
  return isoAt(metadataOpens(announced) - 6 * 3_600_000).slice(0, 10)
}

/** What a living process never has reason to say, however arXiv behaves. */
export const FAILURES: ReadonlySet<string> = new Set([
  'job.failed',
  'courier.failed',
  'courier.channel-failed',
  'digest.failed',
  'edit.failed',
  'edit.unwritable',
  'channel.failed',
  'match.paper-missing',
  'subscription.profile-missing',
  'subscription.unreadable',
  'source.record-unreadable',
  'source.cursor-unknown',
  'part.parked',
])
