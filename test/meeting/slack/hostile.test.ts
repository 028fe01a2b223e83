import { afterEach, expect, test } from 'vitest'
import type { Announcement } from '../../../src/cli/replay/event.ts'
import { readPayload } from '../../platforms/slack/payload-reader.ts'
import { anAnnouncement } from '../../support/arxiv/announcements.ts'
import { hostileCorpus } from '../../support/hostile-corpus.ts'
import type { FakeMessage } from '../../support/slack/fake-types.ts'
import { team as papers } from '../papers.ts'
import { expectProper, following, type Team } from './team.ts'
import type { Meeting } from './world.ts'

let meeting: Meeting
let team: Team

afterEach(async () => {
  expectProper(meeting)
  await meeting.dispose()
})

/** A paper of Ngozi Okafor's for each trick, tried in the title, the abstract and a co-author's name. */
const hostile: readonly Announcement[] = hostileCorpus.map(({ text }, at) =>
  anAnnouncement({
    id: `2509.${String(601 + at).padStart(5, '0')}`,
    title: text,
    abstract: text,
    authors: [
      { keyname: 'Okafor', forenames: 'Ngozi' },
      { keyname: text, forenames: 'X' },
    ],
    comments: text,
  }),
)

const EXPECTED = /^(?:bold|italic|code|strike) |^link .* → https:\/\/(?:arxiv\.org|optics\.slack\.com\/archives)\//

function expectTame(message: FakeMessage): void {
  expect(message.pings).toEqual([])
  const { marks, broken } = readPayload({ text: message.fallback, blocks: message.blocks })
  expect(marks.filter((mark) => !EXPECTED.test(mark))).toEqual([])
  expect(broken).toEqual([])
  const hosts = message.links.map(({ url }) => new URL(url).host)
  expect(hosts.filter((host) => host !== 'arxiv.org' && host !== 'optics.slack.com')).toEqual([])
}

test('nothing in a paper pings, links or formats, in a digest, its thread or an answer', async () => {
  const events = [...papers.filter(({ announced }) => announced === '2025-09-08'), ...hostile]
  ;({ meeting, team } = await following({ events }))
  await team.admin('settings cap=50')
  await meeting.goTo('2025-09-09T18:00:00Z')
  await meeting.round()
  const posts = meeting.posts(team.channel)
  expect(posts.length).toBeGreaterThan(1)
  const choices = posts.flatMap(({ selects }) => selects.flatMap(({ options }) => options))
  expect(choices.filter(({ label }) => label === 'Why?')).toHaveLength(hostile.length)
  const first = posts[0]
  if (first === undefined) throw new Error('nothing was posted')
  for (const place of [0, 5, 10]) expectTame(await team.click(first, 'Abstract', team.ada, place))
  for (const post of posts) expectTame(post)
  for (const { id } of hostile.slice(0, 6)) expectTame(await team.ask(`why ${id}`))
  expectTame(await team.ask('search author:"Ngozi Okafor"'))
  expectTame(await team.ask('author Ngozi Okafor'))
  expectTame(await team.ask(`cite ${hostile[0]?.id}`))
})

test('nothing that is typed pings, links or formats in the answer', async () => {
  ;({ meeting, team } = await following())
  for (const { text } of hostileCorpus) {
    const typed = text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;')
    for (const word of ['search', 'unsubscribe', 'nonsense']) expectTame(await team.ask(`${word} ${typed}`))
  }
}, 120_000)

test('what people are called on Slack does no harm either', async () => {
  ;({ meeting, team } = await following())
  const wicked = meeting.slack.addUser(meeting.home, { name: '*<!channel>* _x_', channels: [team.channel] })
  expectTame(await team.ask('subscribe cat:cs.CL', wicked))
  expectTame(await team.ask('subscriptions'))
})
