import { expect, test } from 'vitest'
import { notice } from '../../../src/message/message.ts'
import { answerWay, createAnswerRates } from '../../../src/platforms/slack/answers.ts'
import { renderSlack } from '../../../src/platforms/slack/render.ts'
import { keptLog, sleepingClock } from './stub.ts'

const URL_OF_ANSWER = 'https://hooks.slack.test/commands/1'
const yes = renderSlack(notice('info', 'Yes'))

/** Eight answers at once in one channel, of which only some have their turn at the response_url. */
async function eightAnswers({ error, responseUrl }: { readonly error: string; readonly responseUrl?: string }) {
  const clock = sleepingClock()
  const { log, events } = keptLog()
  const answered: string[] = []
  const rates = createAnswerRates(clock)
  const fetchUrl: typeof fetch = async (url) => {
    answered.push(String(url))
    return new Response('ok')
  }
  const one = () =>
    answerWay(
      {
        clock,
        log,
        rates,
        fetch: fetchUrl,
        isAllowed: () => true,
        stopping: new AbortController().signal,
        call: async () => ({ kind: 'error', error }),
      },
      { conversation: 'C345', userId: 'U0ADA', ...(responseUrl === undefined ? {} : { responseUrl }) },
    ).send(yes, 'asker')
  await Promise.all(Array.from({ length: 8 }, one))
  return { answered, told: [...new Set(events.map(({ event, answer }) => `${event} ${String(answer)}`))] }
}

test('where the bot is not, the answers wait for the response_url, and nothing is an error', async () => {
  const { answered, told } = await eightAnswers({ error: 'channel_not_found', responseUrl: URL_OF_ANSWER })
  expect(answered).toHaveLength(8)
  expect(told).toEqual(['slack.answer.elsewhere channel_not_found'])
})

test('an answer that finds no way is told of as failed', async () => {
  const { told } = await eightAnswers({ error: 'channel_not_found' })
  expect(told).toContain('slack.answer.failed not taken')
})

test('what else Slack says is an error, though the answer comes', async () => {
  const { answered, told } = await eightAnswers({ error: 'missing_scope', responseUrl: URL_OF_ANSWER })
  expect(answered).toHaveLength(8)
  expect(told).toEqual(['slack.answer.failed missing_scope'])
})
