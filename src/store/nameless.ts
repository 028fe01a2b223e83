import type { TenantId } from '../message/channel.ts'

/** Under which name one is known, where their name stood. */
export const SOMEONE = { id: '', name: 'someone who was forgotten' }

export interface Person {
  readonly tenant: TenantId
  readonly id: string
  /** Every name under which they are known. */
  readonly names: ReadonlySet<string>
}

/** Whether a text is a person's id, or speaks of them by it or by the address of their direct messages. */
export function speaksOf({ tenant, id }: Pick<Person, 'tenant' | 'id'>, text: string): boolean {
  return text === id || mentionOf({ tenant, id }).test(text)
}

/** Whether a text has the address of a person's direct messages. */
export function addresses({ tenant, id }: Pick<Person, 'tenant' | 'id'>, text: string): boolean {
  return new RegExp(`${literal(addressOf(tenant, id))}(?![\\w-])`, 'u').test(text)
}

/**
 * What is kept, without a person: where their id stood there is none, where their name stood beside it or in a sentence `SOMEONE`,
 * and of a list of people they are left out. Answers with the same value where it says nothing of them.
 */
export function nameless<T>(person: Person, value: T): T {
  const mention = mentionOf(person)
  const without = (each: unknown, field = ''): unknown => {
    if (typeof each === 'string') {
      if (each === person.id) return SOMEONE.id
      if (field === 'by' && person.names.has(each)) return SOMEONE.name
      return each.replaceAll(mention, SOMEONE.name)
    }
    if (Array.isArray(each)) return each.filter((item) => !isThem(person, item)).map((item) => without(item))
    if (typeof each !== 'object' || each === null) return each
    if (isThem(person, each)) return { ...each, ...SOMEONE }
    const fields = Object.entries(each).filter(([name]) => !speaksOf(person, name))
    return Object.fromEntries(fields.map(([name, held]) => [name, without(held, name)]))
  }
  const after = without(value)
  return JSON.stringify(after) === JSON.stringify(value) ? value : (after as T)
}

function isThem({ id }: Person, each: unknown): boolean {
  return typeof each === 'object' && each !== null && 'id' in each && each.id === id && 'name' in each
}

function addressOf(tenant: string, id: string): string {
  return tenant.includes('@') ? tenant : `${tenant}/@${id}`
}

/** Ids as Slack and Discord give them are words of their own; a short one, as the console’s `you`, is met in any sentence. */
const SURELY_AN_ID = /^(?:[A-Z0-9]{8,}|\d{15,})$/

function mentionOf({ tenant, id }: Pick<Person, 'tenant' | 'id'>): RegExp {
  const address = literal(addressOf(tenant, id))
  const word = SURELY_AN_ID.test(id) ? `|(?<![\\w-])${literal(id)}` : ''
  return new RegExp(`(?:${address}${word})(?![\\w-])`, 'gu')
}

function literal(text: string): string {
  return text.replace(/[^\w:/@-]/gu, '\\$&')
}
