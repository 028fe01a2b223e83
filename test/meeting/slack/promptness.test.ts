import { afterEach, describe, expect, test } from 'vitest'
import { expectProper, following, type Team } from './team.ts'
import type { Meeting, Way } from './world.ts'

/** Slack tells people that it timed out when nothing is acknowledged by then. */
const GIVEN_MS = 3000

let meeting: Meeting
let team: Team

async function begin(way: Way): Promise<void> {
  ;({ meeting, team } = await following({ way }))
}
afterEach(async () => {
  expectProper(meeting)
  await meeting.dispose()
})

function slow(ms: number) {
  meeting.beforeAnswer = async () => meeting.clock.sleep(ms)
}

for (const way of ['socket', 'http'] as const satisfies readonly Way[]) {
  describe(`over ${way}`, () => {
    test.each([100, 30_000])('a command that takes %i ms is acknowledged in time, and answered', async (ms) => {
      await begin(way)
      slow(ms)
      const asked = team.type('search lanterns')
      expect(await meeting.passing(asked.acknowledged())).toBeLessThan(GIVEN_MS)
      const answered = await patiently(asked)
      expect(answered).toMatchObject({
        ephemeralTo: team.ada.id,
        text: expect.stringContaining('Lanterns of Old'),
      })
    })

    test('a button, a page and a form are acknowledged in time as well', async () => {
      await begin(way)
      const search = await team.ask('search harbour')
      const view = await meeting.modal(team.press(await team.admin('settings'), 'Change', team.boss))
      slow(20_000)
      const asked = [team.press(search, 'Next'), team.press(search, 'Why?'), meeting.slack.submit(view, { cap: '3' })]
      for (const each of asked) expect(await meeting.passing(each.acknowledged())).toBeLessThan(GIVEN_MS)
      await meeting.passing(meeting.clock.sleep(25_000))
      await meeting.quiet()
      const seen = meeting.slack.ephemerals(team.channel, team.ada).map(({ text }) => text)
      expect(seen).toEqual(expect.arrayContaining([expect.stringContaining('6–10')]))
      const saved = meeting.slack.ephemerals(team.channel, team.boss).at(-1)
      expect(saved?.text).toMatch(/Saved[\s\S]*3 papers/)
      meeting.beforeAnswer = async () => {}
    })

    test('a form that comes too late to open is behind a button, and works', async () => {
      await begin(way)
      slow(5000)
      const asked = team.type('subscribe')
      await meeting.passing(asked.acknowledged())
      const late = await patiently(asked)
      expect(late.text).toContain('not ready in time')
      meeting.beforeAnswer = async () => {}
      const view = await meeting.modal(team.press(late, 'Open the form'))
      expect(view.title).toBe('Follow in this channel')
    })

    test('a menu whose choices come too late offers what is typed, in time', async () => {
      await begin(way)
      const view = await meeting.modal(team.type('subscribe'))
      slow(5000)
      const asked = meeting.slack.suggest(view, view.selects[0]?.actionId ?? '', 'Lindq', team.ada)
      expect(await meeting.passing(asked.acknowledged())).toBeLessThan(GIVEN_MS)
      expect(await asked.choices()).toEqual([{ label: 'As typed: Lindq', value: 'Lindq' }])
      await meeting.passing(meeting.clock.sleep(5000))
    })

    test('an answer later than the response_url takes it still comes, in private', async () => {
      await begin(way)
      meeting.slack.faults.on('slow', { methods: ['users.info', 'conversations.info'], ms: 60_000 })
      const asked = team.type('search lanterns')
      expect(await meeting.passing(asked.acknowledged())).toBeLessThan(GIVEN_MS)
      expect((await patiently(asked)).text).toContain('Lanterns of Old')
    })
  })
}

/** Waits for an answer that is slow to come. */
async function patiently(asked: ReturnType<Team['type']>) {
  for (let tries = 0; tries < 8; tries++) {
    const found = await meeting.passing(asked.reply()).catch(() => undefined)
    if (found !== undefined) {
      await meeting.quiet()
      return (await asked.replies()).at(-1) ?? found
    }
  }
  throw new Error('there was no answer')
}
