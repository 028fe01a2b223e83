import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { sinceNow } from '../../commands/follow.ts'
import type { App } from '../app.ts'
import type { Learnt } from '../catalog/change.ts'
import { isoAt } from '../clock.ts'
import { parseImport } from '../following/follow-text.ts'
import { addWholeList } from '../following/whole-list.ts'
import { textRank } from '../papers/merge.ts'
import type { Paper } from '../papers/paper.ts'
import { ulid } from '../random.ts'
import { scopeOf } from '../store/scope.ts'
import { onlyWord, readInput } from './arguments.ts'
import { readAuthorPage } from './author-page.ts'
import { dataVerb, readLine } from './beside.ts'
import { HOME, localActor, localContext } from './local.ts'
import { jsonLines, looksLikePaper, readPapers } from './paper-lines.ts'
import { Refusal, type Verb } from './verb.ts'

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

/** Imported papers are history: they can be found, and are never news. One transaction, so that a full disk leaves no half of a file. */
async function importPapers(app: App, papers: readonly Paper[]): Promise<number> {
  await app.services.catalog.upsert('import', papers.map(asHistory))
  return papers.length
}

function asHistory(paper: Paper): Learnt {
  return { paper, origin: 'history', rank: textRank('import') }
}

/** All or none is taken; each is added once, however often the file is imported. */
export async function importSubscriptions(app: App, body: string, path: string, signal: AbortSignal): Promise<number> {
  const read = parseImport(body)
  if (read.kind === 'error') throw new Refusal(`${path}: ${read.message} Nothing was taken.`)
  const { store, clock, random, catalog } = app.services
  const learnFrom = read.subscriptions.flatMap((each) => each.learnFrom)
  if (learnFrom.length > 0) await catalog.upsert('import', learnFrom.map(asHistory))
  const since = await sinceNow(localContext(app, HOME, signal))
  const added = read.subscriptions.map(({ channel, follows, narrowing }) => {
    const { id, name } = localActor(channel)
    const now = clock.now()
    return { id: ulid(now, random), channel, follows, narrowing, since, by: { id, name }, at: isoAt(now) }
  })
  return addWholeList(store, (channel) => scopeOf(localActor(channel)), added)
}
