import { expect, test } from 'vitest'
import { isWithdrawn } from '../../../src/sources/arxiv/record.ts'

test.each([
  ['This paper has been withdrawn by the author due to a crucial error in equation 1', ''],
  ['Withdrawn', ''],
  ['Paper withdrawn because of an error in the main theorem', ''],
  ['12 pages. This submission has been withdrawn by arXiv administrators', ''],
  ['This article is withdrawn; see the journal version', ''],
  ['', 'This paper has been withdrawn by the authors. It will be replaced.'],
  ['', 'The paper was temporarily withdrawn.'],
])('withdrawn: %s %s', (comment, abstract) => {
  expect(isWithdrawn(comment, abstract)).toBe(true)
})

test.each([
  ['12 pages, 3 figures', 'We study withdrawn consent in surveys.'],
  ['', 'Participants who had withdrawn from the study are counted.'],
  ['Accepted at a workshop', 'A drug was withdrawn from the market; this paper models why.'],
  ['', 'We ask why a paper that has been withdrawn by its authors is still cited.'],
])('not withdrawn: %s %s', (comment, abstract) => {
  expect(isWithdrawn(comment, abstract)).toBe(false)
})
