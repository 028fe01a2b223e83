import type { Announcement } from '../../../src/cli/replay/event.ts'

/** An announcement with good defaults: a new paper in cs.AI, listed on Tuesday 2025-09-09. */
export function anAnnouncement(given: Partial<Announcement> = {}): Announcement {
  return {
    id: '2509.06001',
    version: 1,
    title: 'Counting Lanterns with Sparse Attention',
    authors: [{ keyname: 'Okafor', forenames: 'Ngozi' }],
    categories: ['cs.AI'],
    created: '2025-09-07',
    announced: '2025-09-09',
    announce: 'new',
    abstract: 'We count lanterns. A sparse attention map suffices for it.',
    ...given,
  }
}

/** `count` new papers of one listing with rising numbers from `first`. */
export function manyAnnouncements(
  count: number,
  given: Partial<Announcement> = {},
  first = 1,
): readonly Announcement[] {
  const month = (given.created ?? '2025-09-07').slice(2, 7).replace('-', '')
  return Array.from({ length: count }, (_, index) =>
    anAnnouncement({
      id: `${month}.${String(first + index).padStart(5, '0')}`,
      title: `Paper ${first + index}`,
      ...given,
    }),
  )
}
