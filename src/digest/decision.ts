import { isoAt } from '../clock.ts'
import { seenChange } from '../following/waiting.ts'
import type { ChannelId } from '../message/channel.ts'
import type { PaperId } from '../papers/paper.ts'
import { type Random, ulid } from '../random.ts'
import { digestKey, ledgerKey, partKey, seenKey } from '../store/keys.ts'
import type { DigestItem, DigestRecord, LedgerStep, Manner, PartRecord, Seen } from '../store/records.ts'
import { type Operation, put, putIf, putIfAbsent, remove, type Store } from '../store/store.ts'
import { partTag } from './digest-id.ts'
import type { Waiting } from './waiting-papers.ts'

/** Where a decision is written, and when (`now`: epoch ms). */
export interface Page {
  readonly store: Store
  readonly channel: ChannelId
  readonly now: number
  readonly random: Random
}

/** What waits no longer, what nobody follows any more, and what is muted go out of what waits. */
export function setAside(page: Page, { settled, unfollowed, silenced }: Waiting): readonly Operation[] {
  const { store, channel } = page
  return [
    ...settled.flatMap(({ paper, seen }) => [
      // Only while it is so: what was put back to wait meanwhile must keep its place.
      ...(seen === undefined ? [] : [putIf<Seen>(store.seen, seenKey(channel, paper), seen, seen)]),
      leave(page, paper),
    ]),
    ...unfollowed.flatMap(({ paper, seen }) => mute(page, paper, seen, 'nobody here follows it any more')),
    ...silenced.flatMap(({ paper, seen, label }) => silence(page, paper, seen, `${label} is muted here`)),
  ]
}

/** Nobody is given these papers: somebody said so. */
export function dropped(
  page: Page,
  items: readonly DigestItem[],
  { seen }: Waiting,
  detail: string,
): readonly Operation[] {
  return items.flatMap(({ paper }) => {
    const before = seen.get(paper)
    return before === undefined ? [] : silence(page, paper, before, detail)
  })
}

/** A digest with its parts, and what is seen of its papers; `overCap` says in words why the rest is only listed. */
export function digestWritten(
  page: Page,
  digest: DigestRecord,
  waiting: Waiting,
  { manner, overCap }: { readonly manner?: Manner; readonly overCap: string },
): readonly Operation[] {
  const { store, channel } = page
  const at = isoAt(page.now)
  const give = ({ paper, reasons }: DigestItem, state: DigestedState, what: LedgerStep['what'], detail: string) => [
    putIf<Seen>(store.seen, seenKey(channel, paper), waiting.seen.get(paper), { ...state, at, reasons }),
    leave(page, paper),
    step(page, paper, what, detail),
  ]
  const id = digest.id
  return [
    ...partsOf(digest, manner === undefined ? {} : { manner }).flatMap((part) => [
      putIfAbsent(store.parts, partKey(part), part),
      putIfAbsent(store.outbox, partKey(part), { state: part.state.kind }),
      ...(digest.parts[part.part - 1] ?? []).flatMap((item) =>
        give(
          item,
          { state: 'digested', digest: id, part: part.part },
          'digested',
          `${id}, part ${part.part} of ${part.of}`,
        ),
      ),
    ]),
    ...digest.listed.flatMap((item) => give(item, { state: 'listed', digest: id }, 'listed', `${id}, ${overCap}`)),
    putIfAbsent(store.digests, digestKey(digest), digest),
  ]
}

/** People are asked about these, in the digest or in the list of questions. */
export function asked(
  page: Page,
  digest: DigestRecord,
  questions: readonly DigestItem[],
  { seen }: Waiting,
): readonly Operation[] {
  const shown = new Set(digest.questions?.map((item) => item.paper))
  return questions.flatMap(({ paper, reasons }) => {
    const after: Seen = { state: 'asked', askedIn: digest.id, at: isoAt(page.now), reasons }
    const where = shown.has(paper) ? digest.id : `${digest.id}, in the list of questions`
    return [...seenChange(page.store, page.channel, paper, seen.get(paper), after), step(page, paper, 'asked', where)]
  })
}

type DigestedState =
  | { readonly state: 'digested'; readonly digest: string; readonly part: number }
  | { readonly state: 'listed'; readonly digest: string }

function mute(page: Page, paper: PaperId, seen: Seen, detail: string): readonly Operation[] {
  const after: Seen = { state: 'muted', at: isoAt(page.now), reasons: seen.reasons }
  return [...seenChange(page.store, page.channel, paper, seen, after), step(page, paper, 'muted', detail)]
}

function silence(page: Page, paper: PaperId, seen: Seen, detail: string): readonly Operation[] {
  const after: Seen = { state: 'muted', why: 'silenced', at: isoAt(page.now), reasons: seen.reasons }
  return [...seenChange(page.store, page.channel, paper, seen, after), step(page, paper, 'muted', detail)]
}

function leave({ store, channel }: Page, paper: PaperId): Operation {
  return remove(store.pending, seenKey(channel, paper))
}

function step({ store, channel, now, random }: Page, paper: PaperId, what: LedgerStep['what'], detail: string) {
  return put(store.ledger, ledgerKey(channel, paper, ulid(now, random)), { at: isoAt(now), what, detail })
}

function partsOf(digest: DigestRecord, course: { readonly manner?: Manner }): readonly PartRecord[] {
  const { id, channel, slot, n, parts } = digest
  return parts.map((items, at) => ({
    digest: id,
    channel,
    slot,
    n,
    part: at + 1,
    of: parts.length,
    key: partTag(id, at + 1),
    papers: items.map((item) => item.paper),
    state: { kind: 'ready', attempt: 1, ...course },
  }))
}
