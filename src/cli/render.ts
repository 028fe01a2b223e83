import { isoAt, systemClock } from '../clock.ts'
import { type Environment, readSettings } from '../config.ts'
import { composeDigest, digestMessage } from '../digest/compose.ts'
import { defaultSettings } from '../digest/schedule-text.ts'
import type { Message } from '../message/message.ts'
import type { Paper } from '../papers/paper.ts'
import { platforms, type Renderer, renderers } from '../platforms/index.ts'
import type { Reason } from '../store/records.ts'
import { onlyWord, readArguments, readInput } from './arguments.ts'
import { HOME } from './local.ts'
import { readPapers } from './paper-lines.ts'
import { UsageError, type Verb } from './verb.ts'

/** Papers as a platform would be sent them. */
export const render: Verb = {
  name: 'render',
  usage: `render --platform ${Object.keys(renderers).join('|')} FILE|-`,
  summary: 'Show papers as a platform gets them in a digest: one JSON array of native payloads',
  async run(args, io) {
    const read = readArguments(args, { platform: 'string' })
    const platform = read.text('platform')
    const renderer = platform === undefined ? undefined : rendererFor(platform, io.environment)
    if (renderer === undefined) throw new UsageError(`--platform is one of ${Object.keys(renderers).join(', ')}`)
    const path = onlyWord(read.words, 'FILE')
    const papers = readPapers(await readInput(path, io), path)
    const papersPerPart = renderer.platform?.papersPerPart ?? papers.length
    const messages = digestOf(papers, Math.max(1, papersPerPart))
    io.out(JSON.stringify(messages.flatMap((message) => renderer.render(message))))
    return 0
  },
}

/**
 * The renderer of a name, in the look that the environment names where the name leaves it open; undefined when there is
 * none of the name. Throws a ConfigError when the look is none.
 */
function rendererFor(name: string, environment: Environment): Renderer | undefined {
  const platform = platforms.find((each) => each.name === name)
  const variable = platform?.looks?.variable
  if (platform === undefined || variable === undefined) return renderers[name]
  // Tokens are no matter here, right or wrong.
  const look = { [variable]: environment[variable] }
  readSettings(platform.settings, look)
  return renderers[`${name}-${look[variable]}`] ?? renderers[name]
}

/** As in a channel that follows every paper there is. */
const EVERYTHING: Reason = {
  subscription: 'everything',
  label: 'everything',
  kind: 'query',
  confidence: 'certain',
  evidence: [],
}

/** The papers as one digest, in the order in which they were read. */
function digestOf(papers: readonly Paper[], papersPerPart: number): readonly Message[] {
  const settings = { ...defaultSettings(), cap: Math.max(1, papers.length) }
  const slot = isoAt(systemClock.now())
  const items = papers.map((paper) => ({ paper: paper.id, reasons: [EVERYTHING] }))
  const digest = composeDigest({ channel: HOME, slot, n: 1, decidedAt: slot, items, papers, settings, papersPerPart })
  return digest.parts.map((_, place) => digestMessage(digest, place + 1, papers, settings))
}
