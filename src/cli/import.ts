import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { sinceNow } from '../../commands/follow.ts'
import type { App } from '../app.ts'
import { isoAt } from '../clock.ts'
import { parseImport } from '../following/follow-text.ts'
import { addSubscription } from '../following/subscriptions.ts'
import { textRank } from '../papers/merge.ts'
import type { Paper } from '../papers/paper.ts'
import { ulid } from '../random.ts'
import { onlyWord, readInput } from './arguments.ts'
import { readAuthorPage } from './author-page.ts'
import { dataVerb, readLine } from './beside.ts'
import { localActor, localContext } from './local.ts'
import { jsonLines, looksLikePaper, readPapers } from './paper-lines.ts'
import { Refusal, type Verb } from './verb.ts'

/** Papers written to the catalogue in one transaction. */
const BATCH = 500

export const importing = dataVerb({
  name: 'import',
  usage: 'import FILE|-',
  summary: 'Take in papers or subscriptions (NDJSON); told apart by their fields',
  access: 'write',
  options: {},
  words: { needed: 'FILE' },
  async work(app, read, io) {
    const path = onlyWord(read.words, 'FILE')
    const body = await readInput(path, io)
    if (body.trim() === '') throw new Refusal(`${path} is empty: nothing was taken.`)
    const page = readAuthorPage(body, path)
    const [first] = page === undefined ? jsonLines(body, path) : []
    if (first !== undefined && !isObject(first.value))
      throw new Refusal(
        `${path}, line ${first.line}, is ${Array.isArray(first.value) ? 'a list' : 'no object'}: one JSON object a line is expected, a paper or a subscription. Nothing was taken.`,
      )
    const imported =
      page !== undefined || looksLikePaper(first?.value)
        ? { papers: await importPapers(app, page ?? readPapers(body, path)), subscriptions: 0 }
        : { papers: 0, subscriptions: await importSubscriptions(app, body, path, io.signal) }
    io.out(JSON.stringify({ imported }))
    return 0
  },
})

function isObject(value: unknown): boolean {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** The process that runs beside may stand in another folder and has no standard input of ours: it gets a whole path. */
export const importFile: Verb = {
  ...importing,
  async run(args, io) {
    const path = onlyWord(readLine(importing, args).words, 'FILE')
    if (path !== '-') return importing.run([resolve(path)], io)
    const folder = await mkdtemp(join(tmpdir(), 'paperboy-import-'))
    try {
      const file = join(folder, 'input.ndjson')
      await writeFile(file, await io.stdin(), { mode: 0o600 })
      const named = (text: string) => text.replaceAll(file, 'standard input')
      return await importing
        .run([file], { ...io, out: (line) => io.out(named(line)), say: (line) => io.say(named(line)) })
        .catch((error: unknown) => {
          throw error instanceof Refusal ? new Refusal(named(error.message)) : error
        })
    } finally {
      await rm(folder, { recursive: true, force: true })
    }
  },
}

/** Imported papers are history: they can be found, and are never news. */
async function importPapers(app: App, papers: readonly Paper[]): Promise<number> {
  for (let at = 0; at < papers.length; at += BATCH) {
    await app.services.catalog.upsert(
      'import',
      papers.slice(at, at + BATCH).map((paper) => ({ paper, origin: 'history', rank: textRank('import') })),
    )
  }
  return papers.length
}

/** All or none is read; each is added once, however often the file is imported. */
export async function importSubscriptions(app: App, body: string, path: string, signal: AbortSignal): Promise<number> {
  const read = parseImport(body)
  if (read.kind === 'error') throw new Refusal(`${path}: ${read.message} Nothing was taken.`)
  const { store, clock, random, catalog } = app.services
  let added = 0
  for (const { channel, follows, narrowing, learnFrom } of read.subscriptions) {
    const { scope } = localContext(app, channel, signal)
    if (learnFrom.length > 0)
      await catalog.upsert(
        'import',
        learnFrom.map((paper) => ({ paper, origin: 'history', rank: textRank('import') })),
      )
    const { id, name } = localActor(channel)
    const outcome = await addSubscription(store, scope, {
      id: ulid(clock.now(), random),
      channel,
      follows,
      narrowing,
      since: await sinceNow(localContext(app, channel, signal)),
      by: { id, name },
      at: isoAt(clock.now()),
    })
    if (outcome.kind === 'added') added++
  }
  return added
}
