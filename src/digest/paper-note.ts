import { createHash } from 'node:crypto'
import type { Paper } from '../papers/paper.ts'
import type { PostedAs, Posting } from '../store/records.ts'
import { dayForPeople } from './paper-view.ts'

/** A paper as it was posted, and when its publication was learnt of since. */
export type PostedPaper = PostedAs & Pick<Posting, 'publishedAt'>

/** What is kept of a paper that is posted, so that noteOf can tell what became of it. */
export function postedAs(paper: Paper): PostedAs {
  return {
    ...(paper.version === undefined ? {} : { version: paper.version }),
    titled: titleMark(paper.title),
    ...(isPublished(paper) ? { published: true } : {}),
    ...(paper.withdrawn === true ? { withdrawn: true } : {}),
  }
}

/**
 * What became of a paper since it was posted, in one line; undefined when nothing did.
 * @example 'v2, 3 Mar 2026: title changed' 'Published: Nature 625, 1 (2026), 4 Mar 2026' 'Withdrawn, 5 Mar 2026'
 */
export function noteOf(paper: Paper, posted: PostedPaper | undefined): string | undefined {
  if (posted === undefined) return undefined
  if (paper.withdrawn === true && posted.withdrawn !== true) return `Withdrawn, ${dayForPeople(paper.updated)}`
  const told = [...revision(paper, posted), ...publication(paper, posted)]
  return told.length === 0 ? undefined : told.join(' · ')
}

function revision(paper: Paper, posted: PostedPaper): readonly string[] {
  const retitled = posted.titled !== undefined && posted.titled !== titleMark(paper.title)
  const { version } = paper
  if (version === undefined || version <= (posted.version ?? version)) return retitled ? ['Title corrected'] : []
  const what = [...(retitled ? ['title changed'] : []), ...authorsWord(paper.comment ?? '', version)]
  return [`v${version}, ${dayForPeople(paper.updated)}${what.length === 0 ? '' : `: ${what.join('; ')}`}`]
}

function publication(paper: Paper, posted: PostedPaper): readonly string[] {
  // Of what was posted by an older version of the program it is not known whether it was published then.
  if (posted.titled === undefined || posted.published === true || !isPublished(paper)) return []
  const where = paper.journalRef ?? `doi:${paper.links.doi}`
  const day = posted.publishedAt === undefined ? '' : `, ${dayForPeople(posted.publishedAt)}`
  return [`Published: ${where}${day}`]
}

const LONGEST_WORD = 120

/** What the comment says of this very version: `v2: fixes a sign in Theorem 3; 12 pages`. */
function authorsWord(comment: string, version: number): readonly string[] {
  const said = new RegExp(`(?:^|[\\s(;,.])v(?:ersion )?${version}\\s*[:=–-]\\s*([^;.)]+)`, 'i')
    .exec(comment)?.[1]
    ?.trim()
  return said === undefined || said === '' || said.length > LONGEST_WORD ? [] : [said]
}

function isPublished({ journalRef, links }: Paper): boolean {
  return journalRef !== undefined || links.doi !== undefined
}

/** The letters and figures of a title: another dash or way to write a formula is no other title. */
function titleMark(title: string): string {
  const letters = title
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '')
  return createHash('sha256').update(letters).digest('base64url').slice(0, 8)
}
