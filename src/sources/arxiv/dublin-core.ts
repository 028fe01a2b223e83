import { categories, categoryName } from '../../papers/venue.ts'

/**
 * The category codes behind Dublin Core's subjects. Subjects are names, primary first: `Computation and Language`, in older answers with the archive
 * (`Computer Science - Computation and Language`); the record's sets (`cs:cs:CL`) tell which of two categories of one name is meant.
 */
export function categoriesOfSubjects(subjects: readonly string[], sets: readonly string[]): readonly string[] {
  const ofSets = sets.flatMap((set) => categoryOfSet(set) ?? [])
  const named = subjects.flatMap((subject) => {
    const codes = codesNamed(subject)
    return codes.find((code) => ofSets.includes(code)) ?? codes[0] ?? []
  })
  return [...new Set([...named, ...ofSets])]
}

/** `cs:cs:AI` is cs.AI, `physics:hep-th` hep-th; undefined for a set that is an archive with categories of its own. */
export function categoryOfSet(set: string): string | undefined {
  const [, archive, category] = set.split(':')
  if (archive === undefined) return undefined
  const code = category === undefined ? archive : `${archive}.${category}`
  return categoryName(code) === undefined || hasCategories(code) ? undefined : code
}

/** True for an archive such as cs whose papers all stand in categories below it. */
export function hasCategories(archive: string): boolean {
  return archives.has(archive)
}

const archives: ReadonlySet<string> = new Set(
  [...categories()].flatMap(([code]) => (code.includes('.') ? code.slice(0, code.indexOf('.')) : [])),
)

function codesNamed(subject: string): readonly string[] {
  const found = [...categories()].filter(([code, name]) => {
    if (name === subject) return true
    const archive = code.includes('.') ? categoryName(code.slice(0, code.indexOf('.'))) : undefined
    return archive !== undefined && `${archive} - ${name}` === subject
  })
  // Archives that were closed long ago share names with the categories that took their place, and stand last.
  return found.map(([code]) => code)
}
