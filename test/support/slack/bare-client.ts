import { isObject, type JsonObject } from '../discord/json-value.ts'
import type { FakeSlack } from './fake.ts'

export interface BareAnswer {
  readonly status: number
  readonly headers: Headers
  /** Slack's JSON, or `{}` with what else came in `raw`. */
  readonly body: JsonObject
  readonly raw: string
}

/** One call of the Web API as a form, in process, without any client's habits. */
export async function callApi(
  slack: FakeSlack,
  token: string | undefined,
  method: string,
  args: Readonly<Record<string, unknown>> = {},
  signal?: AbortSignal,
): Promise<BareAnswer> {
  const form = new URLSearchParams()
  for (const [name, value] of Object.entries(args)) {
    if (value !== undefined) form.set(name, typeof value === 'object' ? JSON.stringify(value) : String(value))
  }
  const response = await slack.fetch(`${slack.url}${method}`, {
    method: 'POST',
    body: form.toString(),
    headers: {
      'content-type': 'application/x-www-form-urlencoded',
      ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
    },
    ...(signal === undefined ? {} : { signal }),
  })
  return read(response)
}

/** One post to a response_url. */
export async function respond(slack: FakeSlack, url: string | undefined, body: JsonObject): Promise<BareAnswer> {
  const response = await slack.fetch(url ?? '', {
    method: 'POST',
    body: JSON.stringify(body),
    headers: { 'content-type': 'application/json; charset=utf-8' },
  })
  return read(response)
}

async function read(response: Response): Promise<BareAnswer> {
  const raw = await response.text()
  const json: unknown = raw.startsWith('{') ? JSON.parse(raw) : undefined
  return { status: response.status, headers: response.headers, body: isObject(json) ? json : {}, raw }
}
