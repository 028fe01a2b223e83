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
      for (const [at, line] of (words.length === 0 ? await lines(io.stdin()) : [words.join('\t')]).entries()) {
        const [a, b, ...more] = line.split('\t')
        if (line.trim() === '') {
          io.out(NOTHING)
          continue
        }
        if (a === undefined || b === undefined || more.length > 0)
          throw new UsageError(
            `names compare takes two names, or lines of two names with a tab between them${words.length === 0 ? `; line ${at + 1} is none` : ''}`,
          )
        io.out(JSON.stringify({ relation: compareNames(a, b) }))
      }
      return 0
    }
    if (what === 'parse') {
      for (const name of words.length === 0 ? await lines(io.stdin()) : [words.join(' ')]) {
        const { given, family, suffix } = parseAuthorName(name)
        io.out(
          name.trim() === ''
            ? NOTHING
            : JSON.stringify({
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

/** For a line that holds no name: a line out for each line in. */
const NOTHING = '{}'

/** The break at the end of the last line begins no other. */
async function lines(input: Promise<string>): Promise<readonly string[]> {
  const text = (await input).replace(/\r?\n$/, '')
  return text === '' ? [] : text.split(/\r?\n/)
}
