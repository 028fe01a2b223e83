import { discordLimits, type LimitOptions, type PayloadKind } from './discord-limits.ts'
import { invalidForm, Refusal, refuse } from './refusal.ts'
import type { DiscordRequest, Servers } from './servers.ts'
import { specViolations } from './spec-check.ts'
import { type LimitViolation, refused } from './violation.ts'

/**
 * Holds a request's body against the published schema and the limits, notes what is wrong, and refuses what Discord refuses.
 * `payload` is the part the limits are about, where that is not the whole body.
 */
export function checkForm(
  servers: Servers,
  request: DiscordRequest,
  kind: PayloadKind | undefined,
  options: LimitOptions & { readonly payload?: unknown } = {},
): void {
  const payload = 'payload' in options ? options.payload : request.body
  const broken: readonly LimitViolation[] = [
    ...(kind === undefined ? [] : discordLimits(payload, kind, { files: request.files.length > 0, ...options })),
    ...specViolations(request.route, request.body).map(({ path, message }) =>
      refused('spec', path, 'SPEC_MISMATCH', message),
    ),
  ]
  for (const { rule, path, message } of broken) servers.violate({ route: request.route, rule, path, message })
  const wrong = broken.filter((each) => each.status === 400)
  if (wrong.length > 0 && wrong.every((each) => each.rule === 'empty')) refuse('emptyMessage')
  if (wrong.length > 0) throw invalidForm(wrong)
  if (broken.some((each) => each.status === 500)) throw new Refusal(500, 0, '500: Internal Server Error')
}
