import type { RecalledPart, RecallResult } from '../../delivery/platform.ts'
import type { ChannelId } from '../../message/channel.ts'
import { isShownBrief, papersShown } from '../../message/shown-papers.ts'
import type { DiscordApi } from './api.ts'
import { choicesIn, customIdsIn, readCustomId } from './custom-id.ts'
import { ownMessages } from './history.ts'
import type { Places } from './places.ts'

/** Every part among our own messages of the channel since a moment (epoch ms). Rejects when looking failed for now. */
export async function recallParts(
  house: { readonly api: DiscordApi; readonly places: Places },
  channel: ChannelId,
  since: number,
  signal: AbortSignal,
): Promise<RecallResult> {
  const parts: RecalledPart[] = []
  for await (const page of ownMessages(house, channel, since, signal)) {
    if (page.kind === 'cannot-look') return page
    // A channel that is gone holds no part.
    if (page.kind === 'absent') break
    for (const { components, receipt } of page.messages) {
      const ids = [...customIdsIn(components), ...choicesIn(components)].flatMap((id) => readCustomId(id) ?? [])
      const key = ids.find((id) => id.key !== undefined)?.key
      if (key === undefined) continue
      const actions = ids.map(({ action }) => action).filter(({ name }) => name !== 'part')
      if (actions.length === 0)
        return { kind: 'cannot-look', why: 'a message there does not say which papers it shows' }
      parts.push({ key, papers: papersShown(actions), ...(isShownBrief(actions) ? { brief: true } : {}), receipt })
    }
  }
  return { kind: 'recalled', parts }
}
