import { afterEach, describe, expect, test } from 'vitest'
import { busyTeam } from '../papers.ts'
import { aTeam, expectProper, following, type Team } from './team.ts'
import { Meeting, type MeetingOptions, type Way } from './world.ts'

let meeting: Meeting
let team: Team

/** The papers of the second day stand in the channel. */
async function posted(options: MeetingOptions = {}) {
  const made = await following(options)
  meeting = made.meeting
  team = made.team
  await meeting.goTo('2025-09-09T18:00:00Z')
  await meeting.round()
  const post = meeting.posts(team.channel).at(-1)
  if (post === undefined) throw new Error('nothing was posted')
  return post
}

afterEach(async () => {
  expectProper(meeting)
  await meeting.dispose()
})

for (const way of ['socket', 'http'] as const satisfies readonly Way[]) {
  describe(`a digest, its buttons over ${way}`, () => {
    test('has a header, each paper once, its links, and pings nobody', async () => {
      const post = await posted({ way })
      expect(post).toMatchObject({ pings: [], broadcast: false, unfurls: { links: false, media: false } })
      expect(post.blocks[0]).toMatchObject({ type: 'header' })
      expect(post.fallback).toContain('2 new papers for Ngozi Okafor')
      for (const title of ['Counting Lanterns', 'Predicting Looms']) expect(post.text.split(title)).toHaveLength(2)
      expect(post.buttons.map(({ label }) => label)).toEqual(
        ['Abstract', 'PDF', 'Why?', 'Not them'].flatMap((each, _at, all) =>
          each === 'Abstract' ? [...all, ...all] : [],
        ),
      )
      expect(post.links.map(({ url }) => new URL(url).host)).toEqual(post.links.map(() => 'arxiv.org'))
      expect(post.text).not.toContain('Lanterns of Old')
    })

    test('answers each of its buttons in private, and what was corrected can be undone', async () => {
      const post = await posted({ way })
      const before = meeting.posts(team.channel).length
      for (const label of ['Abstract', 'PDF']) await meeting.passing(team.press(post, label).acknowledged())
      const why = await team.click(post, 'Why?')
      expect(why).toMatchObject({ ephemeralTo: team.ada.id, text: expect.stringContaining('State: posted') })
      const not = await team.click(post, 'Not them')
      expect(not).toMatchObject({ ephemeralTo: team.ada.id })
      expect(not.text).toContain('not by your Ngozi Okafor')
      expect((await team.click(not, 'Undo')).text).toContain('Undone')
      expect(meeting.posts(team.channel)).toHaveLength(before)
    })

    test('answers its buttons after a restart', async () => {
      const post = await posted({ way })
      await meeting.stop()
      await meeting.start()
      expect((await team.click(post, 'Why?')).text).toContain('State: posted')
      expect((await team.click(post, 'Not them', team.boss, 1)).text).toContain('not by your')
    })
  })
}

test('a revised paper is edited in place, and not posted again', async () => {
  const post = await posted()
  await meeting.goTo('2025-09-11T18:00:00Z')
  await meeting.round()
  const now = meeting.posts(team.channel).find(({ ts }) => ts === post.ts)
  expect(now?.text).toContain('Counting Lanterns by Night')
  expect(now?.text).toMatch(/v2, \d+ Sep 2025/)
  expect(now?.editedAt).toBeDefined()
  expect(now?.metadata).toEqual(post.metadata)
  const titles = meeting.posts(team.channel).filter(({ text }) => text.includes('Counting Lanterns'))
  expect(titles).toHaveLength(1)
})

test('a workspace that lets nothing be edited keeps the post as it is, and nothing comes twice', async () => {
  const post = await posted()
  meeting.slack.faults.on('refused', { methods: ['chat.update'], error: 'edit_window_closed' })
  await meeting.goTo('2025-09-11T18:00:00Z')
  await meeting.round()
  const titles = meeting.posts(team.channel).filter(({ text }) => text.includes('Counting Lanterns'))
  expect(titles).toMatchObject([{ ts: post.ts, text: expect.not.stringContaining('by Night') }])
})

test('what is over the cap is behind a button, page by page', async () => {
  await posted()
  expect((await team.admin('settings cap=2')).text).toContain('2 papers')
  await meeting.goTo('2025-09-10T18:00:00Z')
  await meeting.round()
  const post = meeting.posts(team.channel).at(-1)
  if (post === undefined) throw new Error('nothing was posted')
  expect(post.text).toContain('6 more papers')
  const all = await team.click(post, 'Show all')
  expect(all).toMatchObject({ ephemeralTo: team.ada.id, text: expect.stringContaining('All 8 papers') })
  for (let n = 1; n <= 8; n++) expect(all.text).toContain(`Zeppelin ${n}`)
})

test('a long digest is a parent with a thread, and a button in the thread is answered there', async () => {
  ;({ meeting, team } = await following({ events: busyTeam }))
  await team.admin('settings schedule="weekly friday 20:00" cap=50')
  await meeting.goTo('2025-09-10T18:00:00Z')
  await meeting.round()
  await meeting.goTo('2025-09-12T20:30:00Z')
  await meeting.round()
  const [parent, reply, ...more] = meeting.posts(team.channel)
  if (parent === undefined || reply === undefined) throw new Error('two messages were to be posted')
  expect(more).toEqual([])
  expect(parent.fallback).toContain('23 new papers for Ngozi Okafor, Friday 12 September 2025 (1 of 2)')
  expect(reply).toMatchObject({ threadTs: parent.ts, broadcast: false })
  expect((await team.click(reply, 'Why?')).threadTs).toBe(parent.ts)
  expect((await team.click(parent, 'Why?')).threadTs).toBeUndefined()
})

test('a digest can be seen first, and posted at once by a manager', async () => {
  ;({ meeting, team } = await following())
  await team.admin('settings schedule="weekly friday 09:00"')
  await meeting.goTo('2025-09-09T18:00:00Z')
  await meeting.round()
  expect(meeting.posts(team.channel)).toEqual([])
  const preview = await team.ask('digest preview')
  expect(preview).toMatchObject({ ephemeralTo: team.ada.id, text: expect.stringContaining('Counting Lanterns') })
  expect((await team.click(preview, 'Post it now')).text).not.toContain('Posting')
  expect((await team.admin('digest now')).text).toContain('Posting 2 papers now')
  await meeting.send()
  expect(meeting.posts(team.channel).map(({ text }) => text)).toEqual([expect.stringContaining('Counting Lanterns')])
})

test('a line in the thread says what became of a paper, once, where the channel wants that', async () => {
  const made = await following()
  meeting = made.meeting
  team = made.team
  await team.admin('settings updates=thread')
  await meeting.goTo('2025-09-09T18:00:00Z')
  await meeting.round()
  const post = meeting.posts(team.channel).at(-1)
  await meeting.goTo('2025-09-11T18:00:00Z')
  await meeting.round()
  await meeting.round()
  const lines = meeting.posts(team.channel).filter(({ text }) => /^v2, \d+ Sep 2025/.test(text))
  expect(lines).toMatchObject([{ threadTs: post?.ts, pings: [], broadcast: false }])
})

test('a paper that is only perhaps theirs is asked about, and posted once somebody says that it is', async () => {
  ;({ meeting, team } = await following())
  await meeting.goTo('2025-09-15T18:00:00Z')
  await meeting.round()
  const asking = meeting.posts(team.channel).find(({ text }) => text.includes('Looms at Sea'))
  if (asking === undefined) throw new Error('nobody was asked')
  expect(asking.text).toContain('Is this your Ngozi Okafor?')
  expect((await team.click(asking, 'Yes')).text).toContain('is by your Ngozi Okafor')
  await meeting.round()
  const answered = meeting.posts(team.channel).find(({ ts }) => ts === asking.ts)
  expect(answered?.text).toContain('Ngozi Okafor: yes')
  expect(answered?.buttons.map(({ label }) => label)).not.toContain('Yes')
  expect(meeting.posts(team.channel).at(-1)?.text).toMatch(/1 new paper[\s\S]*Looms at Sea/)
})

test('a paper of somebody else is not posted when “No” is said, and that can be undone', async () => {
  ;({ meeting, team } = await following())
  await meeting.goTo('2025-09-15T18:00:00Z')
  await meeting.round()
  const asking = meeting.posts(team.channel).find(({ text }) => text.includes('Looms at Sea'))
  if (asking === undefined) throw new Error('nobody was asked')
  const no = await team.click(asking, 'No')
  expect(no.text).toContain('is not by your Ngozi Okafor')
  await meeting.round()
  expect(meeting.posts(team.channel).filter(({ text }) => text.includes('Looms at Sea'))).toHaveLength(1)
  expect((await team.click(no, 'Undo')).text).toContain('Undone')
})

test('a person’s own digest comes to their direct messages, with the same commands and buttons', async () => {
  meeting = await Meeting.open()
  team = aTeam(meeting)
  await meeting.start()
  await meeting.round()
  const direct = meeting.slack.directMessages(team.ada)
  const say = (text: string) =>
    meeting.reply(meeting.slack.command('/papers', text, { user: team.ada, channel: direct }))
  expect((await say('subscribe Ngozi Okafor')).text).toContain('You now follow Ngozi Okafor')
  expect((await say('settings cap=5')).text).toContain('5 papers a digest')
  await meeting.goTo('2025-09-09T18:00:00Z')
  await meeting.round()
  const digest = meeting.posts(direct).at(-1)
  if (digest === undefined) throw new Error('nothing was posted')
  expect(digest.text).toContain('Counting Lanterns')
  expect(meeting.posts(team.channel)).toEqual([])
  expect((await team.click(digest, 'Why?')).text).toContain('State: posted')
  expect((await say('mute Ngozi Okafor for 2 weeks')).text).toContain('is muted here')
})
