import { z } from 'zod'
import type { Learnt } from '../../../src/catalog/change.ts'
import { parsePaperId } from '../../../src/papers/identity.ts'
import type { Paper } from '../../../src/papers/paper.ts'
import { defineSource, type SourceHouse } from '../../../src/sources/definition.ts'
import { type Source, SourceError, type SourceMemory } from '../../../src/sources/source.ts'

/** A source of one JSON list: what a press has published, the newest last. */
export const pressSource = defineSource({
  name: 'press',
  variables: [{ name: 'PRESS_URL', meaning: 'Where the list of publications is' }],
  settings: z.object({ PRESS_URL: z.url('is no web address').optional() }),
  formats: { 'press-list': parseList },
  check: ({ PRESS_URL }) => [
    PRESS_URL === undefined
      ? { ok: false, text: 'press: PRESS_URL is not set', remedy: 'Set it to the address of the list' }
      : { ok: true, text: `press: ${PRESS_URL} is read` },
  ],
  create: ({ PRESS_URL }, house) => createPress(PRESS_URL, house),
})

function createPress(url: string | undefined, { fetch, userAgent }: SourceHouse): Source {
  const cursorOf = ({ cursor }: SourceMemory) => (typeof cursor === 'string' ? cursor : undefined)
  return {
    name: 'press',
    /** The cursor is the last day known; a repeat yields nothing new. On a first harvest all is history. */
    async *harvest(memory, { signal }) {
      if (url === undefined) return
      const papers = parseList(await bodyOf(url, { fetch, userAgent, signal }))
      const known = cursorOf(memory)
      const records = papers.filter(({ published }) => known === undefined || published > known)
      const last = papers.at(-1)?.published
      if (last !== undefined && records.length > 0) {
        yield { records: records.map((paper) => asLearnt(paper, known === undefined)), cursor: last }
      }
    },
    status: (memory) => ({
      name: 'press',
      state: cursorOf(memory) === undefined ? 'waiting' : 'fresh',
      completeThrough: cursorOf(memory) ?? null,
      detail: 'The list is read whole each time.',
      sets: [],
    }),
    announcedThrough: (memory) => cursorOf(memory),
  }
}

async function bodyOf(
  url: string,
  { fetch, userAgent, signal }: Pick<SourceHouse, 'fetch' | 'userAgent'> & { readonly signal: AbortSignal },
): Promise<string> {
  const response = await fetch(url, { signal, headers: { 'user-agent': userAgent } }).catch((cause: unknown) => {
    throw new SourceError('unreachable', `${url} can’t be reached`, { cause })
  })
  if (!response.ok) throw new SourceError('rejected', `${url} answered with ${response.status}`)
  return response.text()
}

function asLearnt(paper: Paper, first: boolean): Learnt {
  return { paper, origin: first ? 'history' : 'announced', rank: 1, mark: paper.published }
}

const list = z.array(
  z.object({ doi: z.string(), title: z.string(), abstract: z.string(), by: z.array(z.string()), on: z.iso.date() }),
)

/** The whole list, or an error that says what is wrong with it: a source never gives a part. */
export function parseList(body: string): readonly Paper[] {
  const read = list.safeParse(jsonOf(body))
  if (!read.success) throw new SourceError('unreadable', `The list is broken: ${z.prettifyError(read.error)}`)
  return read.data.map(({ doi, title, abstract, by, on }) => {
    const id = parsePaperId(`doi:${doi}`)?.id
    if (id === undefined) throw new SourceError('unreadable', `The list is broken: “${doi}” is no DOI`)
    return {
      id,
      aliases: [],
      version: 1,
      title,
      abstract,
      authors: by.map((name) => ({ name })),
      categories: [],
      venue: 'The Press',
      published: on,
      updated: on,
      links: { abstract: `https://doi.org/${doi}` },
    }
  })
}

function jsonOf(body: string): unknown {
  try {
    return JSON.parse(body)
  } catch (cause) {
    throw new SourceError('unreadable', 'The list is broken: it is no JSON', { cause })
  }
}
