import { dayForPeople } from '../src/digest/paper-view.ts'
import { appearanceOf, splitOff } from '../src/digest/splitting.ts'
import type { ListedSubscription } from '../src/following/subscription.ts'
import type { Reply } from '../src/message/reply.ts'
import { canonicalPaperId } from '../src/papers/identity.ts'
import type { Paper, PaperId } from '../src/papers/paper.ts'
import { clustered } from '../src/people/clusters.ts'
import { idsOf, type Profile } from '../src/people/profile.ts'
import { seenKey } from '../src/store/keys.ts'
import { deedOf } from './audit.ts'
import { type Candidate, papersText, traitsOf } from './candidates.ts'
import { keptPerson, shortened } from './choose.ts'
import { type Context, defineCommand } from './command.ts'
import { actionKept, keptText } from './kept.ts'
import { notFollowed, privately, tell } from './replies.ts'
import { listedAs, listedById } from './unsubscribe.ts'
import { KNOWN_PAPERS } from './whom.ts'
import { count, unquoted } from './words.ts'

/** How many people, or papers of one, are shown with a button each. */
const SHOWN = 10

export const split = defineCommand({
  name: 'split',
  summary: 'Parts two people who are followed as one: which papers are someone else’s',
  examples: ['split Wei Wang'],
  rank: 'member',
  options: [{ name: 'who', summary: 'The followed author', type: 'author', rest: true, required: true }],
  async run(context, { who }) {
    const name = unquoted(String(who))
    const listed = (await listedAs(context, name)).filter(({ follows }) => follows.kind === 'author')
    const [first] = listed
    if (first === undefined) return notFollowed(context.channel, name)
    return listed.length === 1 ? parts(context, first) : whichOne(listed)
  },
  actions: {
    split: {
      rank: 'member',
      async run(context, [id = '']) {
        const [found] = await listedById(context, id)
        return found === undefined ? gone() : parts(context, found)
      },
    },
    'split-off': {
      rank: 'member',
      async run(context, kept) {
        const [subscription = '', ...ids] = ((await keptText(context, kept)) ?? '').split('\n')
        const papers = ids.flatMap((id) => canonicalPaperId(id) ?? [])
        return papers.length === 0 ? gone() : splitAway(context, subscription, papers)
      },
    },
  },
})

function gone(): Reply {
  return tell('warning', 'That is no longer followed here.', '/papers subscriptions lists what is followed.')
}

/** Of several who are followed under one name. */
function whichOne(listed: readonly ListedSubscription[]): Reply {
  const rows = listed.flatMap(({ record, follows }) =>
    follows.kind === 'author'
      ? [
          {
            cells: [follows.profile.displayName, Object.keys(follows.profile.coauthors).slice(0, 3).join(', ')],
            button: { label: 'Split', action: { name: 'split', args: [record.id] } },
          },
        ]
      : [],
  )
  return privately({
    summary: `${rows.length} of that name are followed here`,
    nodes: [
      { kind: 'notice', tone: 'info', text: `${rows.length} of that name are followed here.`, next: 'Which one?' },
      { kind: 'table', columns: ['Name', 'With'], rows },
    ],
  })
}

/** The people whose papers count as those of one who is followed, with a button each; of one person the papers. */
async function parts(context: Context, { record, follows }: ListedSubscription): Promise<Reply> {
  if (follows.kind !== 'author') return gone()
  const name = follows.profile.displayName
  const { people, posted } = await peopleIn(context, record.id, follows.profile)
  const [only, ...others] = people
  if (only === undefined)
    return tell('info', `No paper is known to be by your ${name} so far.`, 'Say “Not them” when one comes that is not.')
  if (others.length === 0) return onePerson(record.id, name, only)
  const rows = await Promise.all(
    people.slice(0, SHOWN).map(async (one) => {
      const { categories, coauthors, titles } = traitsOf(one)
      const here = one.papers.filter(({ id }) => posted.has(id)).length
      const kept = [record.id, ...one.papers.map(({ id }) => id)].join('\n')
      return {
        cells: [
          one.name,
          `${papersText(one)}${here === 0 ? '' : `; ${here} came here`}`,
          categories.join(', '),
          coauthors.join(', '),
          titles.map(shortened).join(' / '),
        ],
        button: { label: 'Someone else', action: await actionKept(context, 'split-off', [], kept) },
      }
    }),
  )
  const text = `What counts as ${name}’s seems to be by ${people.length} people.`
  return privately({
    summary: text,
    nodes: [
      {
        kind: 'notice',
        tone: 'info',
        text,
        next: 'They may be one all the same: say only of whom you know that it is someone else.',
      },
      { kind: 'table', columns: ['Name', 'Papers', 'Categories', 'With', 'Latest'], rows },
    ],
  })
}

function onePerson(subscription: string, name: string, { papers }: Candidate): Reply {
  const text =
    papers.length === 1
      ? `Only one paper of ${name} is known.`
      : `All ${count(papers.length, 'paper')} of ${name} seem to be by one person.`
  const rows = papers.slice(0, SHOWN).map(({ id, title, published }) => ({
    cells: [shortened(title), dayForPeople(published)],
    button: { label: 'Not them', action: { name: 'not-them', args: [id, subscription] } },
  }))
  return privately({
    summary: text,
    nodes: [
      { kind: 'notice', tone: 'info', text, next: 'If one is not, say so beside it.' },
      { kind: 'table', columns: ['Paper', 'Of'], rows },
    ],
  })
}

/** Who has papers that the profile has or that came here for it, whoever has most of them first; `posted` are the latter. */
async function peopleIn(
  { catalog, store, channel }: Context,
  subscription: string,
  profile: Profile,
): Promise<{ readonly people: readonly Candidate[]; readonly posted: ReadonlySet<PaperId> }> {
  const names = [profile.displayName, ...profile.variants]
  const own = (await catalog.getMany(profile.papers.slice(-KNOWN_PAPERS))).flatMap((paper) => paper ?? [])
  const named = await catalog.papersBy(names, { limit: KNOWN_PAPERS })
  const papers = [...new Map([...own, ...named].map((paper) => [paper.id, paper])).values()].filter(
    (paper) => !idsOf(paper).some((id) => profile.not.includes(id)),
  )
  const seen = await store.seen.getMany(papers.map(({ id }) => seenKey(channel, id)))
  const posted = new Set(
    papers.flatMap(({ id }, place) =>
      seen[place]?.reasons.some((reason) => reason.subscription === subscription) === true ? [id] : [],
    ),
  )
  const counts = (paper: Paper) => posted.has(paper.id) || idsOf(paper).some((id) => profile.papers.includes(id))
  const people = clustered(papers.flatMap((paper) => appearanceOf(profile, paper) ?? []))
    .map(({ name, appearances }) => ({ name, appearances, papers: appearances.map(({ paper }) => paper) }))
    .filter((one) => one.papers.some(counts))
    .toSorted((a, b) => b.papers.filter(counts).length - a.papers.filter(counts).length)
  return { people, posted }
}

async function splitAway(context: Context, subscription: string, papers: readonly PaperId[]): Promise<Reply> {
  const { scope, channel, actor } = context
  const deed = deedOf(context)
  const word = { channel, subscription, papers, by: { id: actor.id, name: actor.name } }
  const done = await splitOff(context, scope, word, (splitting, name) => [
    deed.written(`${count(papers.length, 'paper')} not by ${name}`, { action: 'split', splitting }),
  ])
  if (done === undefined) return gone()
  const other = await actionKept(context, 'follow-person', [], keptPerson({ name: done.name, papers: done.gone }, {}))
  const text = `Noted: ${count(done.gone.length, 'paper')} ${done.gone.length === 1 ? 'is' : 'are'} not by your ${done.name}.`
  return privately({
    summary: text,
    nodes: [
      {
        kind: 'notice',
        tone: 'success',
        text,
        next: 'What that person writes later is not matched to them, nor asked about, unless they are followed, too.',
      },
      { kind: 'buttons', buttons: [{ label: `Follow that ${done.name}, too`, action: other }, deed.button] },
    ],
  })
}
