import { type JsonObject, objectOf } from '../discord/json-value.ts'
import type { FakeSlack } from './fake.ts'

/** An app behind signed HTTP that answers whatever comes with a text, JSON or nothing. */
export function answeringApp(slack: FakeSlack, answer: (payload: JsonObject) => Promise<unknown>): void {
  slack.requestUrl('http://app.test/slack/events', async (request) => {
    const text = await request.text()
    const form = Object.fromEntries(new URLSearchParams(text))
    const payload: unknown = text.startsWith('{') ? JSON.parse(text) : form.payload ? JSON.parse(form.payload) : form
    const said = await answer(objectOf(payload))
    return new Response(said === undefined ? '' : typeof said === 'string' ? said : JSON.stringify(said))
  })
}
