import { Hono } from 'hono'
import { canonicalPaperId } from '../../papers/identity.ts'
import type { ConsoleOptions } from './console-options.ts'
import { ask, READER } from './console-options.ts'

const FORMATS = { bib: 'bibtex', ris: 'ris', 'csl.json': 'csl-json', json: 'json' } as const

/** `GET /papers/{id}.bib`, `.ris`, `.csl.json` and `.json`: what `/papers cite` answers, as a file; `.json` is the whole record. */
export function paperRoutes(options: ConsoleOptions): Hono {
  const routes = new Hono()
  routes.get('/papers/:file{.+\\.(?:bib|ris|json)}', async (context) => {
    const { name = '', kind = '' } =
      /^(?<name>.+?)\.(?<kind>bib|ris|csl\.json|json)$/.exec(context.req.param('file'))?.groups ?? {}
    const id = canonicalPaperId(name)
    if (id === undefined || !isFormat(kind)) return context.json({ error: malformed(name) }, 404)
    const asking = { channel: options.home, user: READER, signal: context.req.raw.signal }
    const reply = await ask(options, asking, {
      kind: 'command',
      input: { form: 'options', command: 'cite', options: { paper: id, format: FORMATS[kind] } },
    })
    if (reply.kind === 'message') return context.json({ error: unknown(id) }, 404)
    if (reply.kind !== 'file') throw new TypeError(`cite answered with a ${reply.kind}`)
    const file = reply.name.replace(/[^\w.-]+/g, '-')
    return new Response(reply.body, {
      headers: { 'content-type': reply.type, 'content-disposition': `attachment; filename="${file}"` },
    })
  })
  return routes
}

function isFormat(kind: string): kind is keyof typeof FORMATS {
  return Object.hasOwn(FORMATS, kind)
}

function malformed(name: string): string {
  return `'${name.slice(0, 80)}' does not have the form of a paper's id: write an arXiv id such as 2409.00001 or a DOI such as 10.1000/182.`
}

function unknown(id: string): string {
  return `${id} is well-formed, but no paper of the catalogue: GET /search?q= finds what it holds, and “Ask arXiv itself” there brings in what it lacks.`
}
