import { distance } from 'fastest-levenshtein'
import { type Environment, ownVariables } from '../config.ts'
import { platforms } from '../platforms/index.ts'
import { sources } from '../sources/index.ts'

/** What other versions read and this one does not, with what that means. */
const UNREAD: Readonly<Record<string, string>> = {
  SECRET_KEY: 'this version stores no tokens of others and signs no links',
  SLACK_CLIENT_ID: 'this version works in the one workspace of SLACK_BOT_TOKEN',
  SLACK_CLIENT_SECRET: 'this version works in the one workspace of SLACK_BOT_TOKEN',
  SLACK_STATE_SECRET: 'this version works in the one workspace of SLACK_BOT_TOKEN',
}

/** Shorter names are near to too many that are none of ours. */
const SHORTEST = 6
const SLIPS = 2

/** A sentence for each variable that is set in vain: one that is not read, or whose name is a slip or two from one that is. */
export function settingsInVain(environment: Environment): readonly string[] {
  const known = [...ownVariables, ...[...sources, ...platforms].flatMap(({ variables }) => variables)].map(
    ({ name }) => name,
  )
  return Object.entries(environment).flatMap(([name, value]) => {
    if ((value ?? '').trim() === '' || known.includes(name)) return []
    const unread = UNREAD[name]
    if (unread !== undefined && !known.includes(name)) return [`${name} is set but not read: ${unread}.`]
    const [near] = known
      .filter((each) => each.length >= SHORTEST)
      .map((each) => ({ each, slips: distance(each, name.toUpperCase()) }))
      .toSorted((a, b) => a.slips - b.slips)
    return near !== undefined && near.slips <= SLIPS
      ? [`${name} is set but is no setting of Paperboy; ${near.each} may be meant.`]
      : []
  })
}
