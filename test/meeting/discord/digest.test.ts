import { afterEach, describe, expect, test } from 'vitest'
import { aTeam, expectProper, following, type Team } from './team.ts'
import { Meeting, type MeetingOptions } from './world.ts'

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

for (const rendering of ['components', 'embeds'] as const) {
  describe(`a digest in ${rendering}`, () => {
    const environment = { DISCORD_RENDERING: rendering }

    test('has each paper once, with its links, and pings nobody', async () => {
      const post = await posted({ environment })
      expect(post).toMatchObject({ componentsV2: rendering === 'components', pings: [], ephemeral: false })
      for (const title of ['Counting Lanterns', 'Predicting Looms']) expect(post.text.split(title)).toHaveLength(2)
      const shown = JSON.stringify([post.embeds, post.components])
      for (const link of ['https://arxiv.org/abs/2509.00201', 'https://arxiv.org/pdf/2509.00201'])
        expect(shown).toContain(link)
      expect(post.text).not.toContain('Lanterns of Old')
    })

    test('answers each of its buttons in private', async () => {
      const post = await posted({ environment })
      expect(post.buttons.map(({ label }) => label.replace(/^\d+ · /, ''))).toEqual([
        'Why?',
        'Not them',
        'Why?',
        'Not them',
      ])
      const why = await team.click(post, 'Why?')
      expect(why).toMatchObject({ ephemeral: true, text: expect.stringContaining('posted') })
      const not = await team.click(post, 'Not them')
      expect(not).toMatchObject({ ephemeral: true, text: expect.stringMatching(/not by .*Ngozi Okafor/) })
      expect((await team.click(not, 'Undo')).text).toContain('Undone')
    })

    test('is edited in place when a paper is revised, and not posted again', async () => {
      const post = await posted({ environment })
      await meeting.goTo('2025-09-11T18:00:00Z')
      await meeting.round()
      const now = meeting.posts(team.channel).find(({ id }) => id === post.id)
      expect(now?.text).toContain('Counting Lanterns by Night')
      expect(now?.text).toMatch(/v2, \d+ Sep 2025/)
      expect(now?.editedAt).toBeDefined()
      const titles = meeting.posts(team.channel).filter(({ text }) => text.includes('Counting Lanterns'))
      expect(titles).toHaveLength(1)
    })

    test('shares an answer with the channel under the name of who shares it', async () => {
      const post = await posted({ environment })
      const why = await team.click(post, 'Why?')
      const before = meeting.posts(team.channel).length
      await meeting.passing(team.press(why, 'Share').acknowledged())
      await meeting.quiet()
      const shared = meeting.posts(team.channel).slice(before)
      expect(shared.map(({ text }) => text)).toEqual([expect.stringContaining('Counting Lanterns')])
      expect(shared[0]?.text).toContain('Shared by ada')
      expect(shared[0]).toMatchObject({ ephemeral: false, pings: [] })
      expect(shared[0]?.buttons.map(({ label }) => label)).not.toContain('Share')
    })

    test('shows what is over the cap behind a button, page by page', async () => {
      await posted({ environment })
      expect((await team.admin('settings', { changes: 'cap=2' })).text).toContain('2 papers')
      await meeting.goTo('2025-09-10T18:00:00Z')
      await meeting.round()
      const post = meeting.posts(team.channel).at(-1)
      if (post === undefined) throw new Error('nothing was posted')
      expect(post.text).toContain('6 more papers')
      const all = await team.click(post, 'Show all')
      expect(all).toMatchObject({ ephemeral: true, text: expect.stringContaining('All 8 papers') })
      for (let n = 1; n <= 8; n++) expect(all.text).toContain(`Zeppelin ${n}`)
    })

    test('answers its buttons after a restart, and after the rendering was changed', async () => {
      const post = await posted({ environment })
      await meeting.stop()
      await meeting.start({ DISCORD_RENDERING: rendering === 'embeds' ? 'components' : 'embeds' })
      expect((await team.click(post, 'Why?')).text).toContain('posted')
      await meeting.goTo('2025-09-11T18:00:00Z')
      await meeting.round()
      const now = meeting.posts(team.channel).find(({ id }) => id === post.id)
      expect(now).toMatchObject({ componentsV2: rendering === 'components', text: expect.stringContaining('by Night') })
    })
  })
}

test('a digest can be seen first, and posted by its button by a manager', async () => {
  ;({ meeting, team } = await following())
  await team.admin('settings', { changes: 'schedule="weekly friday 09:00"' })
  await meeting.goTo('2025-09-09T18:00:00Z')
  await meeting.round()
  expect(meeting.posts(team.channel)).toHaveLength(1)
  const preview = await team.ask('digest', { what: 'preview' })
  expect(preview).toMatchObject({ ephemeral: true, text: expect.stringContaining('Counting Lanterns') })
  const byMember = await team.click(preview, 'Post it now')
  expect(byMember.text).not.toContain('Posting')
  expect((await team.ask('digest', { what: 'now' }, team.boss)).text).toContain('Posting 2 papers now')
  await meeting.send()
  expect(meeting.posts(team.channel).map(({ text }) => text)[1]).toContain('Counting Lanterns')
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
  const answered = meeting.posts(team.channel).find(({ id }) => id === asking.id)
  expect(answered?.text).toContain('Ngozi Okafor: yes')
  expect(answered?.buttons.map(({ label }) => label)).not.toContain('Yes')
  expect(meeting.posts(team.channel).at(-1)?.text).toMatch(/1 new paper[\s\S]*Looms at Sea/)
})

test('a reply to the digest says what became of a paper, once, where the channel wants that', async () => {
  const made = await following()
  meeting = made.meeting
  team = made.team
  await team.admin('settings', { changes: 'updates=thread' })
  await meeting.goTo('2025-09-09T18:00:00Z')
  await meeting.round()
  await meeting.goTo('2025-09-11T18:00:00Z')
  await meeting.round()
  await meeting.round()
  const lines = meeting.posts(team.channel).filter(({ text }) => /^v2, \d+ Sep 2025/.test(text))
  expect(lines).toMatchObject([{ pings: [] }])
  const references = meeting.discord.requests.flatMap(({ body }) =>
    typeof body === 'object' && body !== null && 'message_reference' in body ? [body.message_reference] : [],
  )
  expect(references).toHaveLength(1)
})

test('a person’s own digest comes to their direct messages, with the same commands and buttons', async () => {
  meeting = await Meeting.open()
  team = aTeam(meeting)
  await meeting.start()
  await meeting.until('hello', () => meeting.posts(team.channel).length === 1)
  await meeting.round()
  const channel = meeting.discord.directMessages(team.ada)
  const say = (command: string, subcommand: string, options: Readonly<Record<string, string>>) =>
    meeting.reply(meeting.discord.command(command, { subcommand, options }, { user: team.ada, channel }))
  expect((await say('papers', 'subscribe', { what: 'Ngozi Okafor' })).text).toContain('You now follow Ngozi Okafor')
  await meeting.goTo('2025-09-09T18:00:00Z')
  await meeting.round()
  const digest = meeting.posts(channel).at(-1)
  if (digest === undefined) throw new Error('nothing was posted')
  expect(digest.text).toContain('Counting Lanterns')
  expect(meeting.posts(team.channel)).toHaveLength(1)
  expect((await team.click(digest, 'Why?')).text).toContain('posted')
  const muted = await say('papers-admin', 'mute', { what: 'Ngozi Okafor', until: '2 weeks' })
  expect(muted.text).toContain('is muted here')
})
