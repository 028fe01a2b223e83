import type { Button } from '../src/message/message.ts'
import type { Reply } from '../src/message/reply.ts'
import type { Narrowing } from '../src/store/records.ts'
import type { Context } from './command.ts'
import type { Several } from './follow.ts'
import { actionKept } from './kept.ts'
import { privately } from './replies.ts'
import { count } from './words.ts'

/** The people whom a name may mean, a button each, and last what is followed when it is none of them. */
export async function chooseAmong(
  context: Context,
  text: string,
  { name, candidates, narrowing, words }: Several,
): Promise<Reply> {
  const limits = narrowingText(narrowing)
  const rows = await Promise.all(
    candidates.slice(0, 10).map(async ({ name: written, papers }) => ({
      cells: [written, count(papers.length, 'paper'), papers[0]?.categories[0] ?? '', papers[0]?.title ?? ''],
      button: { label: 'Follow', action: await actionKept(context, 'follow', [], `author:"${written}"${limits}`) },
    })),
  )
  const last: Button =
    words === true
      ? { label: 'Follow the words instead', action: await actionKept(context, 'follow-words', [], text) }
      : { label: 'All of them', action: await actionKept(context, 'follow-all', [], text) }
  const people = candidates.length === 1 ? 'One person' : `${candidates.length} people`
  return privately({
    summary: `${people} may be ${name}`,
    nodes: [
      {
        kind: 'notice',
        tone: 'info',
        text:
          words === true
            ? `“${name}” may be a name: ${people.toLowerCase()} here may be it.`
            : `${people} may be “${name}”.`,
        next: words === true ? 'Whom do you mean, or is it words to follow?' : 'Whom do you mean?',
      },
      { kind: 'table', columns: ['Name', 'Papers', 'Category', 'Latest'], rows },
      { kind: 'buttons', buttons: [last] },
    ],
  })
}

/** What narrows it, as it is typed. */
function narrowingText({ only = [], without = [], position }: Narrowing): string {
  const words = [
    ...only.map((category) => `only:${category}`),
    ...(position === undefined ? [] : [`position:${position}`]),
    ...without.map((word) => `-"${word}"`),
  ]
  return words.map((word) => ` ${word}`).join('')
}
