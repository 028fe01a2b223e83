import { expect, test } from 'vitest'
import { busyTeam } from '../papers.ts'
import { following } from './team.ts'

const POST = /\/channels\/\d+\/messages$/

/** Lives through a day of two parts; the process dies at its k-th post, before Discord hears of it or after. True when it died. */
async function dieAt(k: number, when: 'before' | 'after'): Promise<boolean> {
  const { meeting, team } = await following({ events: busyTeam })
  try {
    await meeting.goTo('2025-09-10T18:00:00Z')
    let posts = 0
    const died = meeting.dieWhen((url, init) => init?.method === 'POST' && POST.test(url) && ++posts === k, when)
    const ended = await Promise.race([meeting.round().then(() => 'lived' as const), died])
    if (ended === 'died') {
      await meeting.start()
      await meeting.send({ withinMs: 3_600_000 })
    }
    const texts = meeting.posts(team.channel).map(({ text }) => text)
    for (const title of ['Counting Lanterns', ...Array.from({ length: 8 }, (_, at) => `Zeppelin ${at + 1}`)])
      expect([title, texts.filter((text) => text.includes(title)).length]).toEqual([title, 1])
    for (const paper of ['2509.00201', '2509.00308'])
      expect((await team.ask('why', { paper })).text).toContain('State: **posted')
    expect(meeting.discord.violations).toEqual([])
    return ended === 'died'
  } finally {
    await meeting.dispose()
  }
}

for (const when of ['before', 'after'] as const) {
  test(`a process that dies ${when} any of its posts leaves each paper once`, async () => {
    let deaths = 0
    while (await dieAt(deaths + 1, when)) deaths++
    expect(deaths).toBe(2)
  }, 60_000)
}
