import type { Context } from 'hono'
import { Hono } from 'hono'
import { z } from 'zod'
import { decodeAction } from '../../message/action.ts'
import type { ChannelId } from '../../message/channel.ts'
import { channelParts } from '../../message/channel.ts'
import type { Reply } from '../../message/reply.ts'
import type { WebPost } from '../../store/records.ts'
import { firstWrong, inPlainWords } from '../../wrong-field.ts'
import { renderText } from '../text/render.ts'
import { isWebChannel } from './connection.ts'
import type { Asking, ConsoleOptions } from './console-options.ts'
import { ask, commandText, READER } from './console-options.ts'
import { renderHtml } from './render.ts'
import type { Answer } from './render-reply.ts'
import { answerOf } from './render-reply.ts'

/** Posts in one answer to `messages?after=`; ask again after the last key for the next. */
const PAGE = 500

const user = z
  .string()
  .regex(/^[\p{L}\p{N}@][\p{L}\p{N} ._@-]{0,63}$/u, 'has to be a name of at most 64 letters and digits')
const asker = { user, timeZone: z.string().max(64).optional(), ask: z.string().max(40).optional() }
const Command = z.object({ ...asker, text: z.string().max(2000, 'may have at most 2000 characters') })
const Press = z.object({
  ...asker,
  id: z.string().max(200),
  values: z.record(z.string().max(100), z.string().max(4000)).optional(),
})
const Verb = z.object({ args: z.array(z.string()).max(1000) })

/** The addresses under `/api`, `/health` and `/metrics`: what the console's page and people's scripts use alike. */
export function apiRoutes(options: ConsoleOptions): Hono {
  const { web, verbs } = options
  const routes = new Hono()

  routes.get('/health', async (context) => {
    const { ok, body } = await options.health()
    return context.json(body, ok ? 200 : 503)
  })

  routes.get('/metrics', async (context) =>
    context.body(await options.metrics(), 200, { 'content-type': 'text/plain; version=0.0.4; charset=utf-8' }),
  )

  routes.get('/api/channels', async (context) => {
    const channels = await options.channels()
    return context.json(channels.map((each) => ({ ...each, platform: channelParts(each.channel).platform })))
  })

  routes.get('/api/channels/:channel/messages', async (context) => {
    const channel = channelOf(context)
    if (channel === undefined) return noChannel(context)
    const posts = await web.postsAfter(channel, context.req.query('after') ?? '', PAGE)
    return context.json(posts.filter((post) => post.part !== '').map(postView))
  })

  routes.get('/api/channels/:channel/complete', async (context) => {
    const channel = channelOf(context)
    if (channel === undefined) return noChannel(context)
    const { text, command, option, value = '' } = context.req.query()
    const input =
      command !== undefined && option !== undefined
        ? { form: 'option' as const, command, option, value }
        : { form: 'text' as const, text: (text ?? '').replace(/^\/papers(?:-admin)?(?: |$)/, '') }
    const asking = { channel, user: READER, signal: context.req.raw.signal }
    const reply = await ask(options, asking, { kind: 'complete', input })
    return context.json(reply.kind === 'choices' ? reply.choices : [])
  })

  routes.post('/api/channels/:channel/commands', async (context) => {
    const channel = channelOf(context)
    if (channel === undefined) return noChannel(context)
    if (!(await exists(channel))) return unknownChannel(context, channel)
    const read = await bodyOf(context, Command)
    if (read.kind === 'wrong') return context.json({ error: read.why }, 400)
    const { text, ...who } = read.value
    const input = { form: 'text' as const, text: commandText(text) }
    const reply = await ask(options, askingOf(context, channel, who), { kind: 'command', input })
    return context.json(await answered(channel, reply))
  })

  routes.post('/api/channels/:channel/actions', async (context) => {
    const channel = channelOf(context)
    if (channel === undefined) return noChannel(context)
    if (!(await exists(channel))) return unknownChannel(context, channel)
    const read = await bodyOf(context, Press)
    if (read.kind === 'wrong') return context.json({ error: read.why }, 400)
    const { id, values, ...who } = read.value
    const action = decodeAction(id)
    if (action === undefined) return context.json({ error: 'id is no button of ours.' }, 400)
    const { name, args } = action
    const question =
      values === undefined ? ({ kind: 'action', name, args } as const) : ({ kind: 'form', name, args, values } as const)
    return context.json(await answered(channel, await ask(options, askingOf(context, channel, who), question)))
  })

  routes.post('/api/verbs/:verb', async (context) => {
    const read = await bodyOf(context, Verb)
    if (read.kind === 'wrong') return context.json({ error: read.why }, 400)
    const verb = context.req.param('verb')
    const result = await verbs?.(verb, read.value.args, context.req.raw.signal)
    return result === undefined
      ? context.json({ error: `'${verb}' is no verb that runs here.` }, 404)
      : context.json(result)
  })

  /** A mistyped channel is not made by speaking in it. */
  async function exists(channel: ChannelId): Promise<boolean> {
    const listed = await options.channels()
    return listed.some((each) => each.channel === channel) || (await web.postsAfter(channel, '', 1)).length > 0
  }

  /** What a command says to all stands in the channel from then on. */
  async function answered(channel: ChannelId, reply: Reply): Promise<Answer> {
    if (reply.kind === 'message' && reply.to === 'channel') await web.say(channel, reply.message)
    return answerOf(reply)
  }

  return routes
}

/** One posted part as scripts read it. */
export function postView({ key, postedAt, editedAt = null, papers, message }: WebPostLike) {
  return { key, postedAt, editedAt, papers, html: renderHtml(message), text: renderText(message) }
}

type WebPostLike = Pick<WebPost, 'key' | 'postedAt' | 'papers' | 'message'> & { readonly editedAt?: string | null }

function channelOf(context: Context): ChannelId | undefined {
  const channel = context.req.param('channel') ?? ''
  return isWebChannel(channel) ? channel : undefined
}

function noChannel(context: Context): Response {
  const channel = (context.req.param('channel') ?? '').slice(0, 80)
  return context.json({ error: `'${channel}' is no channel of the console, such as web:demo/papers.` }, 404)
}

function unknownChannel(context: Context, channel: ChannelId): Response {
  const next = `GET /api/channels lists those there are; paperboy subscribe --channel ${channel} makes one.`
  return context.json({ error: `There is no channel '${channel}' yet. ${next}` }, 404)
}

function askingOf(
  context: Context,
  channel: ChannelId,
  who: { readonly user: string; readonly timeZone?: string | undefined; readonly ask?: string | undefined },
): Asking {
  const { user, timeZone, ask: number } = who
  return {
    channel,
    user,
    signal: context.req.raw.signal,
    ...(timeZone !== undefined && isTimeZone(timeZone) ? { timeZone } : {}),
    ...(number === undefined ? {} : { ask: number }),
  }
}

function isTimeZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== ''
  } catch {
    return false
  }
}

async function bodyOf<T>(
  context: Context,
  schema: z.ZodType<T>,
): Promise<{ readonly kind: 'read'; readonly value: T } | { readonly kind: 'wrong'; readonly why: string }> {
  let body: unknown
  try {
    body = await context.req.json()
  } catch {
    return { kind: 'wrong', why: 'The body is not JSON.' }
  }
  const read = schema.safeParse(body, { error: inPlainWords })
  return read.success
    ? { kind: 'read', value: read.data }
    : { kind: 'wrong', why: `${firstWrong(read.error, 'The body')}.` }
}
