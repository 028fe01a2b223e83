import { buildFollowIndex } from '../following/follow-index.ts'
import { parseImport } from '../following/follow-text.ts'
import { matchPaper } from '../following/matcher.ts'
import { acquaintanceOf } from '../people/signals.ts'
import { readArguments, readInput } from './arguments.ts'
import { readPapers } from './paper-lines.ts'
import { Refusal, UsageError, type Verb } from './verb.ts'

/** Whom papers concern, without a data folder: what a subscription list would have matched. */
export const match: Verb = {
  name: 'match',
  usage: 'match --subscriptions FILE --papers FILE',
  summary: 'Match papers against subscriptions, both NDJSON files',
  async run(args, io) {
    const read = readArguments(args, { subscriptions: 'string', papers: 'string' })
    const [subscriptionsPath, papersPath] = [read.text('subscriptions'), read.text('papers')]
    if (subscriptionsPath === undefined || papersPath === undefined || read.words.length > 0)
      throw new UsageError('both --subscriptions and --papers are needed, and nothing else')
    const subscriptions = await readInput(subscriptionsPath, io)
    if (subscriptions.trim() === '') throw new Refusal(`${subscriptionsPath} is empty: there is nobody to match for.`)
    const imported = parseImport(subscriptions)
    if (imported.kind === 'error') throw new Refusal(`${subscriptionsPath}: ${imported.message}`)
    const asRead = new Map(imported.subscriptions.map((each, place) => [String(place), each]))
    const index = buildFollowIndex(
      imported.subscriptions.map(({ channel, follows, narrowing }, place) => ({
        id: String(place),
        channel,
        follows,
        narrowing,
      })),
    )
    const papers = readPapers(await readInput(papersPath, io), papersPath)
    const acquaintance = acquaintanceOf([...papers, ...imported.subscriptions.flatMap(({ learnFrom }) => learnFrom)])
    for (const paper of papers) {
      for (const { channel, reason } of matchPaper(paper, index, undefined, acquaintance)) {
        const { author, position, confidence, evidence, subscription } = reason
        io.out(
          JSON.stringify({
            paper: paper.id,
            channel,
            follows: asRead.get(subscription)?.asRead,
            ...(author === undefined ? {} : { author }),
            ...(position === undefined ? {} : { position }),
            confidence,
            evidence,
          }),
        )
      }
    }
    return 0
  },
}
