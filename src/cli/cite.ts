import { cite as citation } from '../papers/citation.ts'
import { onlyWord, readArguments, readInput } from './arguments.ts'
import { readPapers } from './paper-lines.ts'
import { UsageError, type Verb } from './verb.ts'

const FORMATS = ['bibtex', 'ris', 'csl-json', 'markdown', 'apa'] as const

export const cite: Verb = {
  name: 'cite',
  usage: `cite --format ${FORMATS.join('|')} FILE|-`,
  summary: 'Papers as citations',
  async run(args, io) {
    const read = readArguments(args, { format: 'string' })
    const format = FORMATS.find((each) => each === read.text('format'))
    if (format === undefined) throw new UsageError(`--format is one of ${FORMATS.join(', ')}`)
    const path = onlyWord(read.words, 'FILE')
    io.out(citation(readPapers(await readInput(path, io), path), format).trimEnd())
    return 0
  },
}
