import { Hono } from 'hono'
import { canonicalPaperId } from '../../papers/identity.ts'
import { renderText } from '../text/render.ts'
import type { ConsoleOptions } from './console-options.ts'
import { ask, READER } from './console-options.ts'

const FORMATS = { bib: 'bibtex', ris: 'ris', json: 'json' } as const

/** `GET /papers/{id}.bib`, `.ris` and `.json`: what `/papers cite` answers, as a file; `.json` is the whole record. */
export function paperRoutes(options: ConsoleOptions): Hono {
  const routes = new Hono()
  routes.get('/papers/:file{.+\\.(?:bib|ris|json)}', async (context) => {
    const file = /^(?<name>.+)\.(?<kind>bib|ris|json)$/.exec(context.req.param('file'))?.groups
    const id = canonicalPaperId(file?.name ?? '')
    const kind = file?.kind
    if (id === undefined || (kind !== 'bib' && kind !== 'ris' && kind !== 'json')) {
      return context.json({ error: `'${file?.name ?? ''}' is no paper's id such as 2409.00001.` }, 404)
    }
    const asking = { channel: options.home, user: READER, signal: context.req.raw.signal }
    const reply = await ask(options, asking, {
      kind: 'command',
      input: { form: 'options', command: 'cite', options: { paper: id, format: FORMATS[kind] } },
    })
    if (reply.kind === 'message') return context.json({ error: renderText(reply.message).trim() }, 404)
    if (reply.kind !== 'file') throw new TypeError(`cite answered with a ${reply.kind}`)
    const name = reply.name.replace(/[^\w.-]+/g, '-')
    return new Response(reply.body, {
      headers: { 'content-type': reply.type, 'content-disposition': `attachment; filename="${name}"` },
    })
  })
  return routes
}
