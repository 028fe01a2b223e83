import { categories, categoryName } from '../../papers/venue.ts'

// Archives that others took over long ago; they are no sets and have no feeds.
const ended = new Set(
  'acc-phys adap-org alg-geom ao-sci atom-ph bayes-an chao-dyn chem-ph cmp-lg comp-gas dg-ga funct-an mtrl-th patt-sol plasm-ph q-alg solv-int supr-con'.split(
    ' ',
  ),
)
const codes = [...categories()].map(([code]) => code).filter((code) => !ended.has(code))
const archives = codes.filter((code) => !code.includes('.'))
const inPhysics = new Set(
  'astro-ph cond-mat gr-qc hep-ex hep-lat hep-ph hep-th math-ph nlin nucl-ex nucl-th physics quant-ph'.split(' '),
)

/** The categories that one name of a feed address asks for, an archive's or a category's; undefined when there is no such name. */
export function categoriesOfFeed(name: string): readonly string[] | undefined {
  if (!codes.includes(name)) return undefined
  return [name, ...codes.filter((code) => code.startsWith(`${name}.`))]
}

/** The OAI set of a category, `group:archive:CLASS` (info.arxiv.org/help/oa): `cs.AI` is `cs:cs:AI`, `hep-th` is `physics:hep-th`. */
export function setOfCategory(category: string): string {
  const [archive = ''] = category.split('.')
  return `${inPhysics.has(archive) ? 'physics' : archive}:${category.replace('.', ':')}`
}

/** Every OAI set with its name: groups, then archives, then categories. */
export function allSets(): ReadonlyMap<string, string> {
  const groups = archives.filter((archive) => archive === 'physics' || !inPhysics.has(archive))
  const below = [...archives, ...codes.filter((code) => code.includes('.'))]
  return new Map([
    ...groups.map((group) => [group, categoryName(group) ?? group] as const),
    ...below.map((code) => [setOfCategory(code), categoryName(code) ?? code] as const),
  ])
}

/** Whether a paper of these categories belongs to an OAI set; a set holds all below it. */
export function isInSet(set: string, of: readonly string[]): boolean {
  return of.map(setOfCategory).some((own) => own === set || own.startsWith(`${set}:`))
}
