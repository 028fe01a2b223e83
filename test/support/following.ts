import type { Follows, Subscription } from '../../src/following/subscription.ts'
import type { ChannelId } from '../../src/message/channel.ts'
import type { PaperId } from '../../src/papers/paper.ts'
import type { Profile } from '../../src/people/profile.ts'
import type { Reason, Since } from '../../src/store/records.ts'

export const demo = 'web:demo/papers' as ChannelId
export const slack = 'slack:T1/C1' as ChannelId

export const theBeginning: Since = { catalogId: 'catalogue-1', seq: 0, announcedThrough: {} }

/** A person known by name only, unless more is said. */
export function aProfile(
  over: Partial<Omit<Profile, 'papers' | 'not'>> & { papers?: string[]; not?: string[] } = {},
): Profile {
  const { papers = [], not = [], ...rest } = over
  return {
    displayName: 'Jared Kaplan',
    variants: [],
    ids: {},
    papers: papers as PaperId[],
    not: not as PaperId[],
    coauthors: {},
    categories: {},
    ...rest,
  }
}

export function anAuthor(name: string, over: Parameters<typeof aProfile>[0] = {}): Follows {
  return { kind: 'author', profile: aProfile({ displayName: name, ...over }) }
}

export function aSubscription(over: Partial<Subscription> = {}): Subscription {
  return { id: 'S1', channel: demo, follows: anAuthor('Jared Kaplan'), narrowing: {}, since: theBeginning, ...over }
}

export function aReason(over: Partial<Reason> = {}): Reason {
  const author = over.kind === undefined || over.kind === 'author' ? { author: 'Jared Kaplan', position: 0 } : {}
  return {
    subscription: 'S1',
    label: 'Jared Kaplan',
    kind: 'author',
    ...author,
    confidence: 'certain',
    evidence: ['the name'],
    ...over,
  }
}
