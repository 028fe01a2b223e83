import type { Button } from '../src/message/message.ts'
import type { Reply } from '../src/message/reply.ts'
import { canonicalPaperId } from '../src/papers/identity.ts'
import type { AuthorIds, PaperId } from '../src/papers/paper.ts'
import type { Narrowing } from '../src/store/records.ts'
import { type Candidate, isAskedAbout, papersText, traitsOf } from './candidates.ts'
import type { Context } from './command.ts'
import { actionKept } from './kept.ts'
import { privately } from './replies.ts'
import type { Several } from './whom.ts'

/** How many people are shown with a button each. */
const SHOWN = 10

/** The people whom a name may mean, a button each, and last what is followed when it is none of them. */
export async function chooseAmong(
  context: Context,
  text: string,
  several: Omit<Several, 'kind'>,
  purpose: 'follow' | 'propose' = 'follow',
): Promise<Reply> {
  const { name, candidates, narrowing, words, ids } = several
  const label = purpose === 'follow' ? 'Follow' : 'That is me'
  const rows = await Promise.all(
    candidates.slice(0, SHOWN).map(async (candidate) => {
      const { categories, coauthors, titles } = traitsOf(candidate)
      const kept = keptPerson(candidate, narrowing, ids)
      return {
        cells: [
          candidate.name,
          papersText(candidate),
          categories.join(', '),
          coauthors.join(', '),
          titles.map((title) => shortened(title)).join(' / '),
        ],
        button: { label, action: await actionKept(context, `${purpose}-person`, [], kept) },
      }
    }),
  )
  const people = candidates.length === 1 ? 'One person' : `${candidates.length} people`
  const more = candidates.length > SHOWN ? ` The ${SHOWN} with most papers are shown.` : ''
  const last: readonly Button[] =
    words === true
      ? [{ label: 'Follow the words instead', action: await actionKept(context, 'follow-words', [], text) }]
      : purpose === 'follow'
        ? await otherwise(context, text, several)
        : []
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
        next: words === true ? 'Whom do you mean, or is it words to follow?' : `Whom do you mean?${more}`,
      },
      { kind: 'table', columns: ['Name', 'Papers', 'Categories', 'With', 'Latest'], rows },
      ...(last.length === 0 ? [] : [{ kind: 'buttons' as const, buttons: last }]),
    ],
  })
}

async function otherwise(
  context: Context,
  text: string,
  { name, narrowing, ids }: Omit<Several, 'kind'>,
): Promise<readonly Button[]> {
  const all = { label: 'All of them', action: await actionKept(context, 'follow-all', [], text) }
  if (!isAskedAbout(name)) return [all]
  const alone =
    ids === undefined
      ? await actionKept(context, 'follow-name', [], text)
      : await actionKept(context, 'follow-person', [], keptPerson({ name, papers: [] }, narrowing, ids))
  return [all, { label: 'Someone else, ask me', action: alone }]
}

/** A chosen person, as a button keeps it: the line that follows them, then an id (`orcid=…`) or a paper a line. */
export function keptPerson(
  { name, papers }: Pick<Candidate, 'name' | 'papers'>,
  narrowing: Narrowing,
  ids: AuthorIds = {},
): string {
  const known = Object.entries(ids).map(([kind, id]) => `${kind}=${id}`)
  return [`author:"${name}"${narrowingText(narrowing)}`, ...known, ...papers.map(({ id }) => id)].join('\n')
}

/** What keptPerson wrote. */
export function readPerson(kept: string): {
  readonly text: string
  readonly name: string
  readonly papers: readonly PaperId[]
  readonly ids: AuthorIds
} {
  const [text = '', ...lines] = kept.split('\n')
  return {
    text,
    name: /^author:"([^"]*)"/.exec(text)?.[1] ?? text,
    papers: lines.flatMap((line) => canonicalPaperId(line) ?? []),
    ids: readIds(lines),
  }
}

/** Ids among what a button keeps, each as `orcid=…`. */
export function readIds(words: readonly string[]): AuthorIds {
  const ids = words.flatMap((word) => {
    const [, kind, id] = /^(orcid|arxiv|openalex|s2|dblp)=(.+)$/.exec(word) ?? []
    return kind === undefined || id === undefined ? [] : [[kind, id] as const]
  })
  return Object.fromEntries(ids)
}

/** What narrows it, as it is typed. */
export function narrowingText({ only = [], without = [], position }: Narrowing): string {
  const words = [
    ...only.map((category) => `only:${category}`),
    ...(position === undefined ? [] : [`position:${position}`]),
    ...without.map((word) => `-"${word}"`),
  ]
  return words.map((word) => ` ${word}`).join('')
}

/** A title as a table shows it. */
export function shortened(title: string): string {
  return title.length <= 60 ? title : `${title.slice(0, 60).replace(/\s+\S*$/u, '')}…`
}
