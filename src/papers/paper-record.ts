import type { Paper } from './paper.ts'

/** A paper as files and scripts know it: without a date that its source did not tell. */
export function paperRecord(paper: Paper): object {
  const isUntold = (key: string, value: unknown) => (key === 'published' || key === 'updated') && value === ''
  return Object.fromEntries(Object.entries(paper).filter(([key, value]) => !isUntold(key, value)))
}
