import { parseFollow } from '../src/following/follow-text.ts'
import type { Button } from '../src/message/message.ts'
import type { Reply } from '../src/message/reply.ts'
import { narrowingText } from './choose.ts'
import type { Context } from './command.ts'
import { findingsOf, unknownName } from './findings.ts'
import { bareName, type Followed } from './follow.ts'
import { actionKept } from './kept.ts'
import { nearNames } from './near-names.ts'
import { privately } from './replies.ts'
import { personOf } from './subscribe-example.ts'

/** How many names that may be meant have a button. */
const NEAR = 3

/** Asks before a name or words are followed of which the catalogue has nothing: the names that may be meant, and last a button to do it all the same. */
export async function askUnknown(
  context: Context,
  text: string,
  { read, trouble }: Extract<Followed, { kind: 'unknown' }>,
): Promise<Reply> {
  const { follows, narrowing } = read
  const name = follows.kind === 'author' ? follows.name : bareName(read)
  const near = name === undefined ? [] : await nearNames(context, name, NEAR)
  const findings = follows.kind === 'query' ? await findingsOf(context, follows.query, narrowing.only) : undefined
  const said = findings?.sentence ?? unknownName(name ?? text)
  const meant = near.length > 0 ? 'Did you mean one of these?' : undefined
  const next = meant ?? (findings === undefined ? 'New papers under it are found if you follow it.' : nameHint(text))
  const buttons: readonly Button[] = [
    ...(await Promise.all(
      near.map(async (each) => ({
        label: `Follow ${each}`,
        action: await actionKept(context, 'follow', [], `author:"${each}"${narrowingText(narrowing)}`),
      })),
    )),
    {
      label: findings === undefined ? 'Follow it all the same' : `Follow the ${findings.kind} anyway`,
      action: await actionKept(context, 'follow-words', [], text),
    },
  ]
  return privately({
    summary: said,
    nodes: [
      { kind: 'notice', tone: 'warning', text: said, next: trouble === undefined ? next : `${trouble} ${next}` },
      { kind: 'buttons', buttons },
    ],
  })
}

/** How to write a name, where words were read that may hold one. */
function nameHint(text: string): string {
  const isPlain = parseFollow(text).kind === 'follow' && !/[:"*()]/.test(text)
  return isPlain
    ? `Nothing is followed yet. A person is written ${personOf(text) ?? 'author:"Jared Kaplan"'}.`
    : 'Nothing is followed yet; check what it asks for.'
}
