import type { Catalog } from './catalog/catalog.ts'
import type { Composed } from './delivery/house.ts'
import { inManner } from './delivery/manner.ts'
import { digestMessage, messageHash, questionsIn } from './digest/compose.ts'
import { digestReference } from './digest/digest-id.ts'
import { postedAs } from './digest/paper-note.ts'
import { settingsOf } from './digest/settings.ts'
import { channelParts } from './message/channel.ts'
import type { Message } from './message/message.ts'
import type { Paper } from './papers/paper.ts'
import { digestKey, postingKey, seenKey } from './store/keys.ts'
import type { Manner, PartRecord } from './store/records.ts'
import type { Store } from './store/store.ts'

interface ComposingHouse {
  readonly store: Store
  readonly catalog: Pick<Catalog, 'get' | 'getMany'>
}

/** A part as it is to be posted now: the assignment is frozen, the words are the catalogue's of this moment. */
export async function composePart(house: ComposingHouse, part: PartRecord, manner: Manner): Promise<Composed> {
  const { store, catalog } = house
  if (part.update !== undefined) {
    const line = updateLine(part, part.update, await catalog.get(part.update.paper))
    const message = inManner(line, manner)
    return { message, papers: [], hash: messageHash(message) }
  }
  const digest = await store.digests.get(digestKey(part))
  if (digest === undefined) throw new Error(`the digest ${part.digest} of part ${part.part} is not in the store`)
  const settings = await settingsOf(store, channelParts(part.channel).tenant, part.channel)
  const found = await catalog.getMany(part.papers)
  const asked = questionsIn(digest, part.part).map((item) => item.paper)
  const papers = [...found, ...(await catalog.getMany(asked))].filter((paper) => paper !== undefined)
  const seenNow = await store.seen.getMany(asked.map((paper) => seenKey(part.channel, paper)))
  const seen = new Map(asked.flatMap((paper, place) => (seenNow[place] ? [[paper, seenNow[place]]] : [])))
  const postings = await store.postings.getMany(part.papers.map((paper) => postingKey(paper, part.channel)))
  const previous = new Map(
    part.papers.flatMap((paper, place) => (postings[place] === undefined ? [] : [[paper, postings[place]]])),
  )
  const message = inManner(digestMessage(digest, part.part, papers, { ...settings, previous, seen }), manner)
  const sent = part.papers.map((id, place) => {
    const paper = found[place]
    return paper === undefined ? { id } : { id, ...postedAs(paper) }
  })
  return { message, papers: sent, hash: messageHash(message) }
}

/**
 * A line under a digest that says what became of one of its papers. Its button leads to the digest, and lets a driver that reads
 * the channel back know that no paper is posted by it.
 */
function updateLine(
  digest: PartRecord,
  { paper: id, note }: NonNullable<PartRecord['update']>,
  paper: Paper | undefined,
): Message {
  const title = paper?.title ?? id
  const about = paper === undefined ? { text: title } : { text: title, url: paper.links.abstract }
  const action = { name: 'show-all', args: [digestReference(digest)] }
  return {
    summary: `${note}: ${title}`,
    nodes: [
      { kind: 'line', spans: [{ text: `${note} · ` }, about] },
      { kind: 'buttons', buttons: [{ label: 'The digest', action }] },
    ],
  }
}
