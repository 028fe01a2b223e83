import { plain } from './elements.ts'
import { LIMITS } from './limits.ts'
import type { SlackPayload } from './render.ts'
import { fallbackText } from './text.ts'

/** Characters in one block of code, and how many blocks are sent: what is longer is got elsewhere. */
const CODE = 10_000
const MOST = 3

/** A file as blocks of code to copy from: to upload one, the app would need one more scope. */
export function filePayloads(name: string, body: string): readonly SlackPayload[] {
  const pieces = piecesOf(
    body
      .toWellFormed()
      .replace(/[^\P{Cc}\n\t]/gu, '')
      .trimEnd(),
  )
  return pieces.slice(0, MOST).map((code, at) => {
    const place = pieces.length === 1 ? name : `${name} (${at + 1} of ${pieces.length})`
    const cut = at === MOST - 1 && pieces.length > MOST
    return {
      text: fallbackText(place),
      blocks: [
        { type: 'context', elements: [plain(place, LIMITS.contextText)] },
        ...(code === ''
          ? []
          : [
              {
                type: 'rich_text' as const,
                elements: [
                  { type: 'rich_text_preformatted' as const, elements: [{ type: 'text' as const, text: code }] },
                ],
              },
            ]),
        ...(cut
          ? [
              {
                type: 'context' as const,
                elements: [plain('It is longer than Slack shows: the console has all of it.', LIMITS.contextText)],
              },
            ]
          : []),
      ],
      unfurl_links: false,
      unfurl_media: false,
    }
  })
}

/** Whole lines where there are any. */
function piecesOf(text: string): readonly string[] {
  const pieces: string[] = []
  for (let rest = text; ; ) {
    if (rest.length <= CODE) return [...pieces, rest]
    const line = rest.lastIndexOf('\n', CODE)
    const end = line > 0 ? line + 1 : CODE
    pieces.push(rest.slice(0, end).toWellFormed())
    rest = rest.slice(end)
  }
}
