import { cite as citation } from '../src/papers/citation.ts'
import { paperRecord } from '../src/papers/paper-record.ts'
import { defineCommand } from './command.ts'
import { tell } from './replies.ts'
import { paperNamed } from './why.ts'

const FORMATS = ['bibtex', 'ris', 'csl-json', 'markdown', 'apa', 'json'] as const

const TYPES: Readonly<Record<(typeof FORMATS)[number], { readonly type: string; readonly ending: string }>> = {
  bibtex: { type: 'application/x-bibtex; charset=utf-8', ending: 'bib' },
  ris: { type: 'application/x-research-info-systems; charset=utf-8', ending: 'ris' },
  'csl-json': { type: 'application/vnd.citationstyles.csl+json; charset=utf-8', ending: 'csl.json' },
  markdown: { type: 'text/markdown; charset=utf-8', ending: 'md' },
  apa: { type: 'text/plain; charset=utf-8', ending: 'txt' },
  json: { type: 'application/json; charset=utf-8', ending: 'json' },
}

export const cite = defineCommand({
  name: 'cite',
  summary: 'A paper’s citation: BibTeX, RIS, CSL JSON, Markdown, APA or the whole record',
  examples: ['cite 2409.00001', 'cite format:ris 2409.00001'],
  rank: 'member',
  options: [
    {
      name: 'format',
      summary: 'The format',
      type: 'text',
      choices: FORMATS.map((value) => ({ value, label: value })),
    },
    { name: 'paper', summary: 'Its id, address or title', type: 'paper', rest: true, required: true },
  ],
  async run(context, { paper: text, format = 'bibtex' }) {
    const paper = await paperNamed(context, String(text))
    if (paper === undefined)
      return tell('warning', `The catalogue does not know “${text}”.`, '/papers search finds papers by their words.')
    const chosen = FORMATS.find((each) => each === format) ?? 'bibtex'
    const { type, ending } = TYPES[chosen]
    return {
      kind: 'file',
      name: `${paper.id.replace(/[^\w.-]+/g, '-')}.${ending}`,
      type,
      body: chosen === 'json' ? JSON.stringify(paperRecord(paper)) : citation([paper], chosen),
    }
  },
})
