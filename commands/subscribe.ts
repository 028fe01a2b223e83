import { paperView } from '../src/digest/paper-view.ts'
import { parseFollow } from '../src/following/follow-text.ts'
import type { MessageNode } from '../src/message/message.ts'
import type { Reply } from '../src/message/reply.ts'
import { parsePaperId } from '../src/papers/identity.ts'
import type { PaperId } from '../src/papers/paper.ts'
import type { SubscriptionRecord } from '../src/store/records.ts'
import { audited, undo } from './audit.ts'
import { chooseAmong } from './choose.ts'
import { type Context, defineCommand } from './command.ts'
import { bareName, type Followed, type FollowOptions, follow, learnHistory } from './follow.ts'
import { actionKept, keptText } from './kept.ts'
import { positionsOf } from './positions.ts'
import { latestButtons, postLatest } from './post-latest.ts'
import { privately, tell } from './replies.ts'
import { subscribeForm } from './subscribe-form.ts'
import { count, unquoted } from './words.ts'

/** Names in one pasted list; a longer one is taken in pieces. */
const LIST = 50

export const subscribe = defineCommand({
  name: 'subscribe',
  aliases: ['follow'],
  summary: 'Follow an author, a category or a query in this channel',
  examples: [
    'subscribe Ethan Perez',
    'subscribe author:"Jared Kaplan" only:cs.LG -survey',
    'subscribe cat:cs.CL',
    'subscribe title:"sparse autoencoder"',
    'subscribe Neel Nanda; Evan Hubinger; Percy Liang',
  ],
  rank: 'member',
  options: [{ name: 'what', summary: 'A name, cat:…, a query, or a list of names', type: 'author', rest: true }],
  async run(context, { what }) {
    return what === undefined ? { kind: 'form', form: subscribeForm } : followWhat(context, String(what))
  },
  actions: {
    'subscribe-form': { rank: 'member', run: (context, _args, { what = '' }) => followWhat(context, what) },
    follow: {
      rank: 'member',
      async run(context, kept) {
        const text = await keptText(context, kept)
        return text === undefined ? tooOld() : followOne(context, text)
      },
    },
    'follow-all': {
      rank: 'member',
      async run(context, kept) {
        const text = await keptText(context, kept)
        return text === undefined ? tooOld() : followOne(context, text, { all: true })
      },
    },
    'follow-words': {
      rank: 'member',
      async run(context, kept) {
        const text = await keptText(context, kept)
        return text === undefined ? tooOld() : followOne(context, text, { words: true })
      },
    },
    'follow-list': {
      rank: 'member',
      async run(context, kept) {
        const text = await keptText(context, kept)
        return text === undefined ? tooOld() : followList(context, entriesOf(text))
      },
    },
    'post-latest': postLatest,
    undo,
  },
})

async function followWhat(context: Context, what: string): Promise<Reply> {
  const entries = entriesOf(what)
  if (entries.length === 0)
    return tell('warning', 'Nobody is named to follow.', 'For example: /papers subscribe author:"Jared Kaplan"')
  if (entries.length === 1 && paperIn(entries[0] ?? '') === undefined) return followOne(context, entries[0] ?? '')
  return proposeList(context, entries)
}

async function followOne(context: Context, text: string, options: FollowOptions = {}): Promise<Reply> {
  const followed = await follow(context, text, options)
  switch (followed.kind) {
    case 'wrong':
      return tell('warning', followed.why, 'For example: /papers subscribe author:"Jared Kaplan"')
    case 'already':
      return tell(
        'info',
        `This channel follows ${followed.label} already.`,
        'To follow it otherwise, unsubscribe it first; /papers subscriptions lists all.',
      )
    case 'several':
      return chooseAmong(context, text, followed)
    case 'followed':
      return confirmed(context, followed)
  }
}

async function confirmed(context: Context, followed: Extract<Followed, { kind: 'followed' }>): Promise<Reply> {
  const { label, latest, known, record, trouble } = followed
  const undoButton = await audited(context, `subscribed to ${label}`, 'subscribe', [record])
  const nodes: readonly MessageNode[] = [
    {
      kind: 'notice',
      tone: 'success',
      text: `This channel now follows ${label}.`,
      next:
        trouble ??
        (latest.length > 0
          ? 'New papers come with the next digest. The latest so far, for you alone:'
          : 'New papers come with the next digest.'),
    },
    ...latest.map((paper) => ({
      kind: 'paper' as const,
      paper: paperView(paper, { followed: positionsOf(paper, followed.name), abstractLength: 160, buttons: [] }),
    })),
    { kind: 'buttons', buttons: [...latestButtons(record, known), undoButton] },
  ]
  return privately({ summary: `Now following ${label}`, nodes })
}

/** One table for a pasted list, and one button. A paper's id or address stands for its authors. */
async function proposeList(context: Context, entries: readonly string[]): Promise<Reply> {
  if (entries.length > LIST)
    return tell(
      'warning',
      `That are ${entries.length} lines; ${LIST} at a time can be followed.`,
      'Paste the list in pieces.',
    )
  const names: { readonly text: string; readonly why: string }[] = []
  const unknown: string[] = []
  for (const entry of entries) {
    const id = paperIn(entry)
    if (id === undefined) names.push({ text: entry, why: 'as you wrote it' })
    else {
      const paper = await context.catalog.get(id)
      if (paper === undefined) unknown.push(entry)
      else
        names.push(
          ...paper.authors
            .slice(0, LIST)
            .map((each) => ({ text: `author:"${each.name}"`, why: `author of “${paper.title}”` })),
        )
    }
  }
  if (names.length === 0)
    return tell(
      'warning',
      `The catalogue does not know ${unknown.join(', ')}.`,
      'Paste names, or ids of papers that /papers search finds.',
    )
  const rows = await Promise.all(
    names.map(async ({ text, why }) => ({
      cells: [unquoted(text.replace(/^author:/, '')), why, await known(context, text)],
    })),
  )
  const confirm = await actionKept(context, 'follow-list', [], names.map((each) => each.text).join('\n'))
  return privately({
    summary: `Follow ${count(names.length, 'name')}?`,
    nodes: [
      { kind: 'heading', level: 1, text: `Follow these ${names.length}?` },
      { kind: 'table', columns: ['Who or what', 'From', 'In the catalogue'], rows },
      ...(unknown.length === 0
        ? []
        : [{ kind: 'notice' as const, tone: 'warning' as const, text: `Not known: ${unknown.join(', ')}.` }]),
      { kind: 'buttons', buttons: [{ label: `Follow all ${names.length}`, style: 'primary', action: confirm }] },
    ],
  })
}

async function followList(context: Context, entries: readonly string[]): Promise<Reply> {
  const authors = entries.map((entry) => unquoted(entry.replace(/^author:/, '')))
  const trouble = await learnHistory(context, authors)
  const rows: { cells: readonly string[] }[] = []
  const records: SubscriptionRecord[] = []
  for (const entry of entries) {
    const followed = await follow({ ...context, sources: context.sources.map(withoutHistory) }, entry, {
      all: !isBareName(entry),
    })
    if (followed.kind === 'followed') records.push(followed.record)
    rows.push({
      cells: [followed.kind === 'followed' || followed.kind === 'already' ? followed.label : entry, outcome(followed)],
    })
  }
  const buttons =
    records.length === 0
      ? []
      : [await audited(context, `subscribed to a list of ${records.length}`, 'subscribe', records)]
  return privately({
    summary: `Now following ${count(records.length, 'more name')}`,
    nodes: [
      {
        kind: 'notice',
        tone: 'success',
        text: `This channel now follows ${count(records.length, 'more name')}.`,
        ...(trouble === undefined ? {} : { next: trouble }),
      },
      { kind: 'table', columns: ['Who or what', 'Outcome'], rows },
      ...(buttons.length === 0 ? [] : [{ kind: 'buttons' as const, buttons }]),
    ],
  })
}

/** Their history was fetched for the whole list at once. */
function withoutHistory(source: Context['sources'][number]): Context['sources'][number] {
  const { name, harvest, status, announcedThrough } = source
  return {
    name,
    harvest: harvest.bind(source),
    status: status.bind(source),
    announcedThrough: announcedThrough.bind(source),
  }
}

function outcome(followed: Followed): string {
  switch (followed.kind) {
    case 'followed':
      return 'followed'
    case 'already':
      return 'followed already'
    case 'several':
      return followed.words === true
        ? 'a name or words: subscribe to it alone to choose'
        : `${followed.candidates.length} people of this name: subscribe to it alone to choose`
    case 'wrong':
      return followed.why
  }
}

async function known(context: Context, text: string): Promise<string> {
  if (!/^author:/.test(text) && /[:*]/.test(text)) return ''
  const papers = await context.catalog.papersBy([unquoted(text.replace(/^author:/, ''))], { limit: 100 })
  return papers.length === 0 ? 'no paper yet' : count(papers.length, 'paper')
}

/** The arXiv paper or DOI that an entry is; `cat:cs.CL` and `author:…` look like ids and are none. */
function paperIn(entry: string): PaperId | undefined {
  const id = parsePaperId(entry)?.id
  return id !== undefined && /^(?:arxiv|doi):/.test(id) ? id : undefined
}

/** Lines, or entries between semicolons; bullets and numbers in front are dropped. */
function entriesOf(text: string): readonly string[] {
  return (isNamesWithCommas(text) ? text.split(',') : text.split(/[\n;]+/))
    .map((entry) => entry.replace(/^\s*(?:[-•*]|\d{1,3}[.)])\s+/, '').trim())
    .filter((entry) => entry !== '')
}

function isBareName(entry: string): boolean {
  const read = parseFollow(entry)
  return read.kind === 'follow' && bareName(read) !== undefined
}

function tooOld(): Reply {
  return tell('warning', 'This button is too old to go on with.', 'Type /papers subscribe and the name again.')
}

/** `Neel Nanda, Percy Liang` is a list; `Kaplan, Jared` is one name, family first. */
function isNamesWithCommas(text: string): boolean {
  const parts = text.split(',').map((part) => part.trim())
  if (parts.length < 2 || /[\n;":]/.test(text.replace(/\barxiv:/gi, ''))) return false
  return parts.every((part) => {
    const read = parseFollow(part)
    return paperIn(part) !== undefined || (read.kind === 'follow' && read.follows.kind === 'author')
  })
}
