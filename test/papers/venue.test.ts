import { expect, test } from 'vitest'
import { categories, categoryName, venueOf } from '../../src/papers/venue.ts'

test('the primary category names the venue', () => {
  expect(venueOf(['cs.AI', 'cs.LG'])).toBe('arXiv.org Artificial Intelligence')
  expect(venueOf(['cs.LG', 'cs.AI'])).toBe('arXiv.org Machine Learning')
  expect(venueOf(['cond-mat.mes-hall'])).toBe('arXiv.org Mesoscale and Nanoscale Physics')
  expect(venueOf(['hep-th'])).toBe('arXiv.org High Energy Physics - Theory')
})

test('a paper of an unknown category or of none still has a venue', () => {
  expect(venueOf(['cs.XX'])).toBe('arXiv.org')
  expect(venueOf([])).toBe('arXiv.org')
  expect(categoryName('constructor')).toBeUndefined()
})

test('the table is well formed', () => {
  const all = [...categories()]
  expect(all.length).toBeGreaterThan(150)
  for (const [code, name] of all) {
    expect(code).toMatch(/^[a-z]+(-[a-z]+)?(\.([A-Z]{2}|[a-z]+(-[a-z]+)?))?$/)
    expect(name.trim()).not.toBe('')
  }
})
