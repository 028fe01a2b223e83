import { isoAt } from '../src/clock.ts'
import { followsLabel } from '../src/following/subscriptions.ts'
import { seenChange } from '../src/following/waiting.ts'
import type { Button } from '../src/message/message.ts'
import type { Paper } from '../src/papers/paper.ts'
import { positionOf } from '../src/people/profile.ts'
import { ulid } from '../src/random.ts'
import { ledgerKey, seenKey } from '../src/store/keys.ts'
import type { Reason, SubscriptionRecord } from '../src/store/records.ts'
import { type Operation, put } from '../src/store/store.ts'
import { noted } from './audit.ts'
import type { ActionHandler, Context } from './command.ts'
import { tell } from './replies.ts'
import { listedById } from './unsubscribe.ts'
import { count } from './words.ts'

const CHOICES = [3, 10]
const TRIES = 5

/** Whoever has begun to follow an author may have the latest papers posted that they were shown, or some more; without a press none is. */
export function latestButtons(record: SubscriptionRecord, known: number): readonly Button[] {
  if (record.follows.kind !== 'author') return []
  return CHOICES.filter((_, at) => known > (CHOICES[at - 1] ?? 0)).map((most) => ({
    label: `Post the last ${Math.min(most, known)}`,
    action: { name: 'post-latest', args: [record.id, String(most)] },
  }))
}

/** Lets the author's latest papers wait for the next digest; those that the channel has seen otherwise stay as they are. */
export const postLatest: ActionHandler = {
  rank: 'member',
  async run(context, [id = '', asked = '']) {
    const most = CHOICES.find((each) => String(each) === asked)
    const [found] = await listedById(context, id)
    if (most === undefined || found?.follows.kind !== 'author')
      return tell('warning', 'That is no longer followed here.', '/papers subscriptions lists what is.')
    const { profile } = found.follows
    const papers = (await context.catalog.getMany(profile.papers)).filter((paper) => paper !== undefined)
    const latest = papers.toSorted((a, b) => b.published.localeCompare(a.published)).slice(0, most)
    const label = followsLabel(found.follows, found.record.narrowing)
    const given = await give(context, latest, (paper) => {
      const position = positionOf(profile.displayName, paper)
      const place = position < 0 ? {} : { position, author: paper.authors[position]?.name ?? label }
      return { subscription: id, label, kind: 'author', confidence: 'certain', evidence: ['asked for'], ...place }
    })
    if (given === 0) return tell('info', 'They are here already, or on their way.')
    await noted(context, `posts the latest ${given} of ${label}`)
    return tell('success', `${count(given, 'paper')} of ${label} will come with the next digest.`)
  },
}

async function give(
  { store, channel, clock, random }: Context,
  papers: readonly Paper[],
  reasonFor: (paper: Paper) => Reason,
): Promise<number> {
  for (let attempt = 0; attempt < TRIES; attempt++) {
    const at = isoAt(clock.now())
    const known = await store.seen.getMany(papers.map((paper) => seenKey(channel, paper.id)))
    const wanted = papers.flatMap((paper, place) => {
      const before = known[place]
      return before === undefined || before.state === 'baseline' ? [{ paper, before }] : []
    })
    const operations: readonly Operation[] = wanted.flatMap(({ paper, before }) => [
      ...seenChange(store, channel, paper.id, before, { state: 'pending', at, reasons: [reasonFor(paper)] }),
      put(store.ledger, ledgerKey(channel, paper.id, ulid(clock.now(), random)), {
        at,
        what: 'matched',
        detail: `asked for with the subscription to ${reasonFor(paper).label}`,
      }),
    ])
    if (wanted.length === 0 || (await store.commit(operations)) === 'committed') return wanted.length
  }
  throw new Error(`what ${channel} has seen was changed by others ${TRIES} times in a row; try again`)
}
