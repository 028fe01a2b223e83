import { paperView } from '../src/digest/paper-view.ts'
import type { MessageNode } from '../src/message/message.ts'
import type { Reply } from '../src/message/reply.ts'
import { isBibliography } from '../src/papers/bibliography.ts'
import { audited, undo } from './audit.ts'
import { chooseAmong, readPerson } from './choose.ts'
import { type Context, defineCommand } from './command.ts'
import { findingsOf } from './findings.ts'
import { type Followed, follow } from './follow.ts'
import { entriesOf, followList, proposeEntries, readEntries } from './follow-list.ts'
import { keptText } from './kept.ts'
import { namedPerson } from './named-person.ts'
import { positionsOf } from './positions.ts'
import { latestButtons, postLatest } from './post-latest.ts'
import { propose } from './propose.ts'
import { privately, tell } from './replies.ts'
import { subscribeExample } from './subscribe-example.ts'
import { subscribeForm } from './subscribe-form.ts'
import { askUnknown } from './unknown.ts'
import type { FollowOptions } from './whom.ts'
import { placeWords } from './words.ts'

export const subscribe = defineCommand({
  name: 'subscribe',
  aliases: ['follow'],
  summary: 'Follow an author, a category or a query in this channel',
  examples: [
    'subscribe Ethan Perez',
    'subscribe author:"Jared Kaplan" only:cs.LG -survey',
    'subscribe author:"Meg Tong" position:first',
    'subscribe cat:cs.CL',
    'subscribe title:"sparse autoencoder"',
    'subscribe Neel Nanda; Evan Hubinger; Percy Liang',
    'subscribe https://arxiv.org/abs/2509.06870 #3',
    'subscribe 0000-0002-1825-0097 Ada Lovelace',
  ],
  rank: 'member',
  options: [{ name: 'what', summary: 'A name, cat:…, a query, or a list of names', type: 'author', rest: true }],
  async run(context, { what }) {
    return what === undefined
      ? { kind: 'form', form: subscribeForm(context.channel) }
      : followWhat(context, String(what))
  },
  actions: {
    'subscribe-form': {
      rank: 'member',
      run: (context, _args, { what = '', list = '' }) => followWhat(context, `${what}\n${list}`.trim()),
    },
    follow: {
      rank: 'member',
      async run(context, kept) {
        const text = await keptText(context, kept)
        return text === undefined ? tooOld() : followOne(context, text)
      },
    },
    'follow-person': {
      rank: 'member',
      async run(context, kept) {
        const text = await keptText(context, kept)
        if (text === undefined) return tooOld()
        const person = readPerson(text)
        return followOne(context, person.text, { papers: person.papers, ids: person.ids })
      },
    },
    'follow-name': {
      rank: 'member',
      async run(context, kept) {
        const text = await keptText(context, kept)
        return text === undefined ? tooOld() : followOne(context, text, { nameAlone: true })
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
        return text === undefined ? tooOld() : followList(context, text)
      },
    },
    'follow-entry': {
      rank: 'member',
      async run(context, kept) {
        const [entry] = readEntries((await keptText(context, kept)) ?? '')
        if (entry === undefined) return tooOld()
        return followOne(context, entry.text, entry.paper === undefined ? {} : { person: entry.paper })
      },
    },
    'post-latest': postLatest,
    undo,
  },
})

async function followWhat(context: Context, what: string): Promise<Reply> {
  if (isBibliography(what)) return propose.run(context, { from: what })
  const entries = entriesOf(what)
  const [entry] = entries
  if (entry === undefined)
    return tell('warning', 'Nobody is named to follow.', 'For example: /papers subscribe author:"Jared Kaplan"')
  if (entries.length > 1) return proposeEntries(context, entries)
  const person = await namedPerson(context, entry)
  switch (person?.kind) {
    case undefined:
      return followOne(context, entry, { ifKnown: true })
    case 'nobody':
      return tell('warning', person.why, person.next)
    case 'byline':
      return proposeEntries(context, [entry])
    case 'named':
      return followOne(context, person.text, person.options)
  }
}

async function followOne(context: Context, text: string, options: FollowOptions = {}): Promise<Reply> {
  const { who, follow: follows } = placeWords(context.channel)
  const followed = await follow(context, text, options)
  switch (followed.kind) {
    case 'wrong':
      return tell('warning', followed.why, `For example: /papers subscribe ${subscribeExample(text)}`)
    case 'already':
      return tell(
        'info',
        `${who} ${follows} ${followed.label} already.`,
        'To follow it otherwise, unsubscribe it first; /papers subscriptions lists all.',
      )
    case 'several':
      return chooseAmong(context, text, followed)
    case 'unknown':
      return askUnknown(context, text, followed)
    case 'followed':
      return confirmed(context, followed, options.ids !== undefined)
  }
}

async function confirmed(
  context: Context,
  followed: Extract<Followed, { kind: 'followed' }>,
  byId: boolean,
): Promise<Reply> {
  const { label, latest, known, record, trouble } = followed
  const { who, follow: follows } = placeWords(context.channel)
  const findings =
    record.follows.kind === 'query' ? await findingsOf(context, record.follows.query, record.narrowing.only) : undefined
  const undoButton = await audited(context, `subscribed to ${label}`, { action: 'subscribe', subscriptions: [record] })
  const nodes: readonly MessageNode[] = [
    {
      kind: 'notice',
      tone: 'success',
      text: `${who} now ${follows} ${label}.`,
      next:
        [trouble, byId && latest.length === 0 ? foundByName : undefined].filter(Boolean).join(' ') ||
        (latest.length > 0
          ? 'New papers come with the next digest. The latest so far, for you alone:'
          : [findings?.sentence, 'New papers come with the next digest.'].filter(Boolean).join(' ')),
    },
    ...latest.map((paper) => ({
      kind: 'paper' as const,
      paper: paperView(paper, { followed: positionsOf(paper, followed.name), abstractLength: 160, buttons: [] }),
    })),
    { kind: 'buttons', buttons: [...latestButtons(record, known), undoButton] },
  ]
  return privately({ summary: `Now following ${label}`, nodes })
}

const foundByName =
  'No paper of theirs is known yet: they are found by the name, and a paper that bears the id is certain.'

function tooOld(): Reply {
  return tell('warning', 'This button is too old to go on with.', 'Type /papers subscribe and the name again.')
}
