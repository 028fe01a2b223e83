import { parseAuthorName } from '../people/author-name.ts'
import { compareNames } from '../people/compare.ts'
import { UsageError, type Verb } from './verb.ts'

/** Compares or parses names as the matcher does. */
export const names: Verb = {
  name: 'names',
  usage: 'names compare [A B] | names parse [NAME]',
  summary: 'Compare two names, or take one apart; without names, lines from standard input',
  async run([what, ...words], io) {
    if (what === 'compare') {
      const pairs = words.length === 0 ? (await lines(io.stdin())).map((line) => line.split('\t')) : [words]
      for (const [a, b, ...more] of pairs) {
        if (a === undefined || b === undefined || more.length > 0)
          throw new UsageError('names compare takes two names, or lines of two names with a tab between them')
        io.out(JSON.stringify({ relation: compareNames(a, b) }))
      }
      return 0
    }
    if (what === 'parse') {
      for (const name of words.length === 0 ? await lines(io.stdin()) : [words.join(' ')]) {
        const { given, family, suffix } = parseAuthorName(name)
        io.out(
          JSON.stringify({
            ...(given === undefined ? {} : { given }),
            family,
            ...(suffix === undefined ? {} : { suffix }),
          }),
        )
      }
      return 0
    }
    throw new UsageError('names is followed by compare or parse')
  },
}

async function lines(input: Promise<string>): Promise<readonly string[]> {
  return (await input).split('\n').filter((line) => line.trim() !== '')
}
