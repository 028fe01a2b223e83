import { expect, test } from 'vitest'
import { disagreements, notOnce } from '../standing.ts'
import { following } from './team.ts'

/** Lives through a day of two parts; the process dies at its k-th post, before Slack hears of it or after. True when it died. */
async function dieAt(k: number, when: 'before' | 'after'): Promise<boolean> {
  const { meeting, team } = await following()
  try {
    await meeting.goTo('2025-09-10T18:00:00Z')
    let posts = 0
    const died = meeting.dieWhen((url) => url.endsWith('/chat.postMessage') && ++posts === k, when)
    const ended = await Promise.race([meeting.round().then(() => 'lived' as const), died])
    if (ended === 'died') {
      await meeting.start()
      await meeting.send({ withinMs: 3_600_000 })
    }
    const standing = meeting
      .posts(team.channel)
      .map(({ ts, text, blocks }) => ({ id: ts, text, sent: JSON.stringify(blocks) }))
    expect(notOnce(standing)).toEqual([])
    expect(await disagreements(meeting.app, meeting.channelId(team.channel), standing)).toEqual([])
    expect(meeting.slack.violations).toEqual([])
    return ended === 'died'
  } finally {
    await meeting.dispose()
  }
}

for (const when of ['before', 'after'] as const) {
  test(`a process that dies ${when} any of its posts leaves each paper once`, async () => {
    let deaths = 0
    while (await dieAt(deaths + 1, when)) deaths++
    expect(deaths).toBeGreaterThan(0)
  }, 60_000)
}
