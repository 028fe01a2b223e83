import * as spec from 'discord-api-spec/zod'
import { isObject, type JsonObject, listOf } from './json-value.ts'
import type { RouteName } from './routes.ts'
import type { Path } from './violation.ts'

/** Where a body differs from Discord's published API (npm `discord-api-spec`). */
export interface SpecViolation {
  readonly path: Path
  readonly message: string
}

const CALLBACKS: ReadonlyMap<unknown, spec.SpecSchema> = new Map<unknown, spec.SpecSchema>([
  [4, spec.CreateMessageInteractionCallbackRequestSchema],
  [5, spec.CreateMessageInteractionCallbackRequestSchema],
  [6, spec.UpdateMessageInteractionCallbackRequestSchema],
  [7, spec.UpdateMessageInteractionCallbackRequestSchema],
  [8, spec.ApplicationCommandAutocompleteCallbackRequestSchema],
  [9, spec.ModalInteractionCallbackRequestSchema],
])

const BODIES: { readonly [Name in RouteName]?: spec.SpecSchema } = {
  'POST /channels/:channel/messages': spec.MessageCreateRequestSchema,
  'PATCH /channels/:channel/messages/:message': spec.MessageEditRequestPartialSchema,
  'POST /webhooks/:application/:token': spec.IncomingWebhookInteractionRequestSchema,
  'PATCH /webhooks/:application/:token/messages/:message': spec.IncomingWebhookUpdateRequestPartialSchema,
  'POST /users/@me/channels': spec.CreatePrivateChannelRequestSchema,
  'POST /channels/:channel/messages/:message/threads': spec.CreateTextThreadWithMessageRequestSchema,
  'POST /applications/:application/commands': spec.ApplicationCommandCreateRequestSchema,
  'POST /applications/:application/guilds/:guild/commands': spec.ApplicationCommandCreateRequestSchema,
  'PATCH /applications/:application/commands/:command': spec.ApplicationCommandPatchRequestPartialSchema,
  'PATCH /applications/:application/guilds/:guild/commands/:command': spec.ApplicationCommandPatchRequestPartialSchema,
}

/** Checks a request's body against the published schema of its route; routes without a body are never wrong. */
export function specViolations(route: RouteName, body: unknown): readonly SpecViolation[] {
  switch (route) {
    case 'POST /interactions/:interaction/:token/callback': {
      const schema = isObject(body) ? CALLBACKS.get(body.type) : undefined
      return schema === undefined ? [{ path: ['type'], message: 'no callback type' }] : against(schema, body)
    }
    case 'POST /channels/:channel/threads':
      return isObject(body) && body.message !== undefined
        ? against(spec.CreateForumThreadRequestSchema, body)
        : against(spec.CreateTextThreadWithoutMessageRequestSchema, body)
    case 'PUT /applications/:application/commands':
    case 'PUT /applications/:application/guilds/:guild/commands':
      return listOf(body).flatMap((command, at) =>
        against(spec.ApplicationCommandUpdateRequestSchema, asSpecified(command)).map((each) => ({
          ...each,
          path: [at, ...each.path],
        })),
      )
    default: {
      const schema = BODIES[route]
      return schema === undefined ? [] : against(schema, asSpecified(body))
    }
  }
}

function against(schema: spec.SpecSchema, value: unknown): readonly SpecViolation[] {
  return (schema.safeParse(value).error?.issues ?? []).flatMap((issue) => deepest(issue, []))
}

/** A union says no more than that nothing fitted; the alternative that got farthest says why. */
function deepest(issue: spec.SpecIssue, before: Path): readonly SpecViolation[] {
  const path = [...before, ...issue.path.map((key) => (typeof key === 'symbol' ? String(key) : key))]
  const alternatives = (issue.errors ?? []).filter((issues) => !issues.some((each) => each.path.at(-1) === 'type'))
  const best = alternatives.toSorted((one, other) => one.length - other.length)[0]
  if (best === undefined) return [{ path, message: `${issue.code}: ${issue.message}` }]
  return best.flatMap((each) => deepest(each, path))
}

/** The schema has default_member_permissions as a number, the documentation and every client as a string of one. */
function asSpecified(command: unknown): unknown {
  if (!isObject(command) || typeof command.default_member_permissions !== 'string') return command
  const read: JsonObject = { ...command, default_member_permissions: Number(command.default_member_permissions) }
  return read
}
