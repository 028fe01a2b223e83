import { categories } from '../../papers/venue.ts'
import { hasCategories } from './dublin-core.ts'

/** What to ask for, for the archives and categories that were chosen; none chosen: all. */
export interface HarvestPlan {
  /** OAI-PMH sets, `*` for everything. */
  readonly windows: readonly string[]
  /** Categories and archives joined by `+`, as feeds are named. */
  readonly feeds: readonly string[]
  /** What of the answers is wanted. */
  wants(categories: readonly string[]): boolean
}

/** More sets than this cost more requests than arXiv's whole day. */
const mostSets = 4

/** The requests of a day. Feeds hold at most 2,000 items and are cut there, so arXiv is divided among several. */
export function harvestPlan(chosen: readonly string[]): HarvestPlan {
  const sets = chosen.filter((name) => !chosen.includes(archiveOf(name)) || archiveOf(name) === name)
  return {
    windows: sets.length === 0 || sets.length > mostSets ? ['*'] : sets.map(oaiSet).toSorted(),
    feeds: feedGroups.flatMap((group) => feedOf(group, sets) ?? []),
    wants: (categories) =>
      sets.length === 0 || categories.some((category) => sets.includes(category) || sets.includes(archiveOf(category))),
  }
}

/**
 * The OAI-PMH set of an archive or category: `cs` is `cs`, cs.AI `cs:cs:AI`, and physics' archives stand below their group: `physics:hep-th`,
 * `physics:astro-ph:CO`, `physics:physics:optics`.
 */
export function oaiSet(name: string): string {
  const archive = archiveOf(name)
  const group = physics.has(archive) ? 'physics' : archive
  const category = name.includes('.') ? name.slice(name.indexOf('.') + 1) : undefined
  if (category !== undefined) return `${group}:${archive}:${category}`
  return group === archive && archive !== 'physics' ? archive : `${group}:${archive}`
}

/** Whether a paper of these categories is in an OAI-PMH set; everything is in `*`. */
export function isInWindow(window: string, categories: readonly string[]): boolean {
  return window === '*' || categories.some((category) => `${oaiSet(category)}:`.startsWith(`${window}:`))
}

/** Whether an announcement day without a single new number in that set is a fault rather than a quiet day. */
export function hasNewsDaily(window: string): boolean {
  return busy.has(window)
}

const physicsArchives = [
  'astro-ph',
  'cond-mat',
  'gr-qc',
  'hep-ex',
  'hep-lat',
  'hep-ph',
  'hep-th',
  'math-ph',
  'nlin',
  'nucl-ex',
  'nucl-th',
  'physics',
  'quant-ph',
]
const physics: ReadonlySet<string> = new Set(physicsArchives)
const busy: ReadonlySet<string> = new Set([
  '*',
  'cs',
  'math',
  'physics:physics',
  'physics:astro-ph',
  'physics:cond-mat',
  'physics:quant-ph',
  'stat',
  'eess',
  'cs:cs:LG',
  'cs:cs:AI',
  'cs:cs:CL',
  'cs:cs:CV',
])

const learning = ['cs.AI', 'cs.CL', 'cs.CV', 'cs.LG', 'cs.NE', 'cs.MA']
const otherComputing = [...categories()]
  .map(([code]) => code)
  .filter((code) => code.startsWith('cs.') && !learning.includes(code))
const feedGroups: readonly (readonly string[])[] = [
  learning,
  otherComputing,
  ['math', 'stat', 'econ', 'q-fin', 'q-bio', 'eess'],
  physicsArchives,
]

function feedOf(group: readonly string[], sets: readonly string[]): string | undefined {
  if (sets.length === 0) return group.join('+')
  const wanted = new Set<string>()
  for (const member of group) if (sets.includes(member) || sets.includes(archiveOf(member))) wanted.add(member)
  // A category of an archive that the group names as a whole.
  for (const set of sets) if (group.includes(archiveOf(set))) wanted.add(set)
  return wanted.size === 0 ? undefined : [...wanted].join('+')
}

/** `cs` of cs.AI. */
export function archiveOf(name: string): string {
  return name.includes('.') ? name.slice(0, name.indexOf('.')) : name
}

/** True for what may be chosen: `cs`, `cs.AI`, `hep-th`; not an archive that was closed. */
export function isChoosable(name: string): boolean {
  return (
    feedGroups.some((group) => group.includes(name) || group.includes(archiveOf(name))) ||
    (name === 'cs' && hasCategories(name))
  )
}
