import { isObject, type JsonObject } from '../discord/json-value.ts'
import type { Incoming } from './api.ts'

export interface ReadCall {
  readonly args: JsonObject
  readonly token: string | undefined
  /** The body calls itself JSON and is none. */
  readonly broken: boolean
  /** What stands beside the answer of a call that was taken and not quite right. */
  readonly warning: Readonly<Record<string, unknown>>
}

/** Reads a call's arguments: a form, JSON, or the query (apis/web-api, "POST bodies"). */
export function readCall({ query, contentType, authorization, body }: Incoming): ReadCall {
  const bearer = /^Bearer (.+)$/i.exec(authorization ?? '')?.[1]
  const json = contentType.startsWith('application/json')
  if (!json && !body.startsWith('{')) {
    const { token, ...args } = Object.fromEntries([...query, ...new URLSearchParams(body)])
    return { args, token: bearer ?? token, broken: false, warning: {} }
  }
  // With JSON the token has to stand in the header (same page).
  const unnamed = json && !/charset=/i.test(contentType)
  const warning = unnamed ? { warning: 'missing_charset', response_metadata: { warnings: ['missing_charset'] } } : {}
  try {
    const args: unknown = body === '' ? {} : JSON.parse(body)
    return { args: isObject(args) ? args : {}, token: bearer, broken: !isObject(args), warning }
  } catch {
    return { args: {}, token: bearer, broken: true, warning }
  }
}
