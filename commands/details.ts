import { paperButtons } from '../src/digest/digest-message.ts'
import { paperView } from '../src/digest/paper-view.ts'
import { parsePaperId } from '../src/papers/identity.ts'
import { seenKey } from '../src/store/keys.ts'
import type { ActionHandler } from './command.ts'
import { privately, tell } from './replies.ts'

/** Longer than all but a handful of arXiv's abstracts; a platform with less room cuts it. */
const ABSTRACT = 3000

/** The whole of a paper that stands in two lines in its digest: abstract, links, why it came, and all that can be done with it. */
export const details: ActionHandler = {
  rank: 'member',
  async run({ catalog, store, channel }, [text = '']) {
    const id = parsePaperId(text)?.id
    const paper = id === undefined ? undefined : await catalog.get(id)
    if (id === undefined || paper === undefined)
      return tell('info', `The catalogue does not know “${text}” now.`, 'Its title in the digest leads to it.')
    const [named, known] = await store.seen.getMany([seenKey(channel, id), seenKey(channel, paper.id)])
    const reasons = (named ?? known)?.reasons ?? []
    const buttons = paperButtons({ paper: id, reasons })
    return privately({
      summary: paper.title,
      nodes: [{ kind: 'paper', paper: paperView(paper, { reasons, abstractLength: ABSTRACT, buttons }) }],
    })
  },
}
