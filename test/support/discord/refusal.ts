import type { LimitViolation } from './violation.ts'

/** An answer that is no success, as Discord words it (topics/opcodes-and-status-codes, "JSON Error Codes"). */
export class Refusal extends Error {
  readonly status: number
  readonly code: number
  readonly details: Readonly<Record<string, unknown>>

  constructor(status: number, code: number, message: string, details: Readonly<Record<string, unknown>> = {}) {
    super(message)
    this.name = 'Refusal'
    this.status = status
    this.code = code
    this.details = details
  }
}

/** The answers by name, a row each; the codes and texts are those of the page above. */
export const REFUSALS = {
  unauthorized: [401, 0, '401: Unauthorized'],
  notFound: [404, 0, '404: Not Found'],
  unknownChannel: [404, 10003, 'Unknown Channel'],
  unknownGuild: [404, 10004, 'Unknown Guild'],
  unknownMember: [404, 10007, 'Unknown Member'],
  unknownMessage: [404, 10008, 'Unknown Message'],
  unknownUser: [404, 10013, 'Unknown User'],
  unknownWebhook: [404, 10015, 'Unknown Webhook'],
  unknownInteraction: [404, 10062, 'Unknown interaction'],
  unknownCommand: [404, 10063, 'Unknown application command'],
  // 400, not 429, as clients report it (mishl-dev/Discord-AI-Chatbot#113).
  commandCreates: [400, 30034, 'Max number of daily application command creates has been reached (200)'],
  alreadyAcknowledged: [400, 40060, 'Interaction has already been acknowledged.'],
  tagRequired: [400, 40067, 'A tag is required to create a forum post in this channel'],
  missingAccess: [403, 50001, 'Missing Access'],
  notForDm: [400, 50003, 'Cannot execute action on a DM channel'],
  notTheAuthor: [403, 50005, 'Cannot edit a message authored by another user'],
  emptyMessage: [400, 50006, 'Cannot send an empty message'],
  cannotDm: [403, 50007, 'Cannot send messages to this user'],
  notTextChannel: [400, 50008, 'Cannot send messages in a non-text channel'],
  missingPermissions: [403, 50013, 'Missing Permissions'],
  invalidWebhookToken: [401, 50027, 'Invalid Webhook Token'],
  threadArchived: [400, 50083, 'Thread is archived'],
  threadAlready: [400, 160004, 'A thread has already been created for this message'],
} as const satisfies Readonly<Record<string, readonly [number, number, string]>>

export function refuse(name: keyof typeof REFUSALS): never {
  const [status, code, message] = REFUSALS[name]
  throw new Refusal(status, code, message)
}

/** 50035 with the places of what is wrong as a tree (reference, "Error Messages"). */
export function invalidForm(violations: readonly LimitViolation[]): Refusal {
  const errors: Record<string, unknown> = {}
  for (const { path, code, message } of violations) {
    const place = path.reduce<Record<string, unknown>>((node, key) => {
      const next = node[String(key)] ?? {}
      node[String(key)] = next
      return next as Record<string, unknown>
    }, errors)
    place._errors = [...(Array.isArray(place._errors) ? place._errors : []), { code, message }]
  }
  return new Refusal(400, 50035, 'Invalid Form Body', { errors })
}
