import { paperRecord } from '../papers/paper-record.ts'
import { documentText } from '../sources/document-text.ts'
import { sources } from '../sources/index.ts'
import { type AnswerParser, SourceError } from '../sources/source.ts'
import { onlyWord, readArguments, readBytes } from './arguments.ts'
import { Refusal, UsageError, type Verb } from './verb.ts'

const formats = Object.fromEntries(sources.flatMap((source) => Object.entries(source.formats)))

/** A recorded answer of a source to Paper NDJSON: all of it or nothing. */
export const parse: Verb = {
  name: 'parse',
  usage: `parse --source ${Object.keys(formats).join('|')} FILE|-`,
  summary: 'Read a recorded answer of a source; prints papers, one a line',
  async run(args, io) {
    const read = readArguments(args, { source: 'string' })
    const source = read.text('source')
    const parser = source === undefined ? undefined : formats[source]
    if (parser === undefined) throw new UsageError(`--source is one of ${Object.keys(formats).join(', ')}`)
    const path = onlyWord(read.words, 'FILE')
    const bytes = await readBytes(path, io)
    let body = ''
    try {
      body = documentText(bytes, 'The answer')
      for (const paper of parser(body)) io.out(JSON.stringify(paperRecord(paper)))
      return 0
    } catch (error) {
      if (!(error instanceof SourceError)) throw error
      const [other] = Object.entries(formats).filter(([, each]) => each !== parser && reads(each, body))
      const wayOut =
        other === undefined ? 'Give a whole answer, as it was received' : `It can be read with --source ${other[0]}`
      throw new Refusal(`${path}: ${error.message.replace(/\.$/, '')}. Nothing was printed. ${wayOut}.`)
    }
  },
}

/** Whether the text is an answer in that format, and just not in the one that was named. */
function reads(parser: AnswerParser, body: string): boolean {
  try {
    parser(body)
    return true
  } catch {
    return false
  }
}
