import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseUntil } from '../../src/digest/until.ts'

// A Tuesday, 18:30 in Berlin.
const now = Date.parse('2026-11-24T17:30:00Z')

describe('an end', () => {
  it.each([
    ['for 2 weeks', '2026-12-07T23:00:00.000Z'],
    ['3 days', '2026-11-26T23:00:00.000Z'],
    ['a month', '2026-12-23T23:00:00.000Z'],
    ['for 6 hours', '2026-11-24T23:30:00.000Z'],
    ['until friday', '2026-11-26T23:00:00.000Z'],
    ['Tuesday', '2026-11-30T23:00:00.000Z'],
    ['tomorrow', '2026-11-24T23:00:00.000Z'],
    ['until:2027-03-29', '2027-03-28T22:00:00.000Z'],
  ])('%s is the midnight of a day in the zone, or hours from now', (text, until) => {
    expect(parseUntil(text, now, 'Europe/Berlin')).toEqual({ until })
  })

  it.each([
    ['until 2026-12-24 09:00', '2026-12-24T08:00:00.000Z'],
    ['2026-12-24T09:00', '2026-12-24T08:00:00.000Z'],
    ['until friday, 9:30', '2026-11-27T08:30:00.000Z'],
  ])('%s is that time of day in the zone', (text, until) => {
    expect(parseUntil(text, now, 'Europe/Berlin')).toEqual({ until })
  })

  it.each(['2026-12-24 25:00', '2026-11-24 09:00', '6 hours 09:00'])('%j is refused', (text) => {
    expect(parseUntil(text, now, 'Europe/Berlin')).toEqual({ error: expect.any(String) })
  })

  it('may be left open', () => {
    expect(parseUntil(' ', now, 'UTC')).toEqual({ until: undefined })
  })

  it.each(['2026-11-24', '2026-02-30', 'yesterday', 'for ever', '2 years', '2029-01-01', '0 days', 'm', '999 weeks'])(
    '%j is refused with one sentence',
    (text) => {
      expect(parseUntil(text, now, 'UTC')).toEqual({ error: expect.stringMatching(/^“.+\.$/) })
    },
  )

  it('is always to come, and no text can break it', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.nat(999).map((n) => `${n} days`),
        ),
        fc.constantFrom('UTC', 'Pacific/Apia'),
        (text, zone) => {
          const read = parseUntil(text, now, zone)
          if ('until' in read && read.until !== undefined) expect(Date.parse(read.until)).toBeGreaterThan(now)
        },
      ),
    )
  })
})
