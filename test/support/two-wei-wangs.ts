import type { Paper } from '../../src/papers/paper.ts'
import { aPaper } from './builders.ts'

export function byWeiWang(id: string, title: string, category: string, ...others: readonly string[]): Paper {
  const authors = ['Wei Wang', ...others].map((name) => ({ name }))
  return aPaper({ id: `arxiv:${id}`, title, abstract: title, categories: [category], authors })
}

/** Papers of two people of one name: one writes of glaciers, the other of verse. */
export const twoWeiWangs: readonly Paper[] = [
  byWeiWang('2507.00001', 'Glaciers of the north', 'physics.geo-ph', 'Ottavia Brandolini'),
  byWeiWang('2507.00002', 'Glaciers that calve', 'physics.geo-ph', 'Ottavia Brandolini'),
  byWeiWang('2507.00003', 'Parsing of verse', 'cs.CL', 'Zdravko Petkanov'),
  byWeiWang('2507.00004', 'Metre and rhyme', 'cs.CL', 'Zdravko Petkanov', 'Mirela Novotny'),
]
