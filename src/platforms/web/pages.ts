import type { Context } from 'hono'
import { Hono } from 'hono'
import type { ChannelId } from '../../message/channel.ts'
import { channelParts } from '../../message/channel.ts'
import type { Reply } from '../../message/reply.ts'
import { canonicalPaperId } from '../../papers/identity.ts'
import { channelPage } from './channel-page.ts'
import { completeThrough } from './completeness.ts'
import { isWebChannel } from './connection.ts'
import type { ConsoleOptions } from './console-options.ts'
import { ask, commandText, READER } from './console-options.ts'
import { guideMarkup } from './guide.ts'
import type { Page } from './layout.ts'
import { hashed, layout } from './layout.ts'
import type { Markup } from './markup.ts'
import { html } from './markup.ts'
import { lineMarkup, replyMarkup } from './render-reply.ts'
import { setupMarkup } from './setup-page.ts'

/** The pages for people. Each is a command's answer in a frame, so a page and a command never differ. */
export function pageRoutes(options: ConsoleOptions): Hono {
  const routes = new Hono()

  routes.get('/', (context) => channelPage(context, options, options.home, frame))

  routes.get('/channels/:channel', (context) => {
    const channel = context.req.param('channel')
    return isWebChannel(channel) ? channelPage(context, options, channel, frame) : context.notFound()
  })

  routes.get('/search', (context) => {
    const query = commandText(context.req.query('q') ?? '')
    if (query === '') return context.redirect('/', 303)
    return answerPage(context, `search ${query}`, { title: `“${query}”`, place: 'search', query })
  })

  routes.get('/authors/:name', (context) => {
    const name = commandText(context.req.param('name'))
    return answerPage(context, `author ${name}`, { title: name, place: 'other' })
  })

  routes.get('/papers/:id{.+}', (context) => {
    const id = canonicalPaperId(context.req.param('id'))
    if (id === undefined) return context.notFound()
    return answerPage(context, `why ${id}`, { title: id, place: 'other', exports: id })
  })

  routes.get('/following', async (context) => {
    const asked = await commandReply(context, channelAsked(context), 'subscribe')
    const adding = asked.kind === 'form' ? { above: lineMarkup(asked.form, 'Follow') } : {}
    return answerPage(context, 'subscriptions', { title: 'Following', place: 'following', ...adding })
  })

  routes.get('/status', (context) => answerPage(context, 'status', { title: 'Status', place: 'status' }))

  routes.get('/calendar', (context) =>
    answerPage(context, 'status days', { title: 'Evening by evening', place: 'status' }),
  )

  routes.get('/setup', async (context) => {
    const channel = channelAsked(context)
    const reply = await commandReply(context, channel, 'settings')
    const body = setupMarkup({ channel, services: options.services, settings: replyMarkup(reply) })
    return context.html((await frame({ title: 'Set-up', place: 'setup', channel, body })).toString())
  })

  routes.get('/docs/:file', async (context) => {
    const guide = guideMarkup(context.req.param('file'))
    if (guide === undefined) return context.notFound()
    const page = { title: 'Documentation', place: 'other', channel: channelAsked(context) } as const
    return context.html((await frame({ ...page, body: html`<article class="guide">${guide}</article>` })).toString())
  })

  interface Answered {
    readonly title: string
    readonly place: Page['place']
    readonly query?: string
    /** A paper whose citations the page offers. */
    readonly exports?: string
    readonly above?: Markup
  }

  async function answerPage(context: Context, text: string, { exports, above, ...about }: Answered): Promise<Response> {
    const channel = channelAsked(context)
    const reply = await commandReply(context, channel, text)
    const name = (await options.channels()).find((each) => each.channel === channel)?.name
    const body = html`<header class="head"><p class="label">${hashed(name ?? channelParts(channel).place)}</p>${startsWithHeading(reply) ? undefined : html`<h1${startsWithPaper(reply) ? html` class="visually-hidden"` : undefined}>${about.title}</h1>`}</header>${above}
<div class="body answer${exports === undefined ? '' : ' one'}" data-page>${replyMarkup(reply)}</div>${exports === undefined || isUnknown(reply) ? undefined : exportsMarkup(exports)}`
    const page = await frame({ ...about, channel, body })
    return context.html(page.toString(), about.place === 'other' && isUnknown(reply) ? 404 : 200)
  }

  function commandReply(context: Context, channel: ChannelId, text: string): Promise<Reply> {
    const asking = { channel, user: READER, signal: context.req.raw.signal }
    return ask(options, asking, { kind: 'command', input: { form: 'text', text } })
  }

  function channelAsked(context: Context): ChannelId {
    const channel = context.req.query('channel') ?? ''
    return isWebChannel(channel) ? channel : options.home
  }

  async function frame(page: Omit<Page, 'channels' | 'complete'>): Promise<Markup> {
    const known = await options.channels()
    const here = { channel: page.channel, name: channelParts(page.channel).place }
    const channels = known.some((each) => each.channel === page.channel) ? known : [here, ...known]
    const complete = completeThrough((await options.health()).body)
    return layout({ ...page, channels, ...(complete === undefined ? {} : { complete }) })
  }

  return routes
}

/** A page outside the house, e.g. for whoever came from another site. */
export function simplePage(title: string, text: string): Markup {
  return html`<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><meta name="color-scheme" content="light dark">
<title>${title} · Paperboy</title><link rel="stylesheet" href="/login/base.css"></head>
<body class="alone"><main class="card"><p class="wordmark">Paperboy</p><h1>${title}</h1><p>${text}</p><p><a href="/">Open the console</a></p></main></body></html>`
}

function startsWithHeading(reply: Reply): boolean {
  return reply.kind === 'message' && reply.message.nodes[0]?.kind === 'heading' && reply.message.nodes[0].level === 1
}

function startsWithPaper(reply: Reply): boolean {
  return reply.kind === 'message' && reply.message.nodes[0]?.kind === 'paper'
}

/** An answer that begins with a notice has not found what the page is about. */
function isUnknown(reply: Reply): boolean {
  const first = reply.kind === 'message' ? reply.message.nodes[0] : undefined
  return first?.kind === 'notice' && first.tone !== 'success'
}

function exportsMarkup(id: string): Markup {
  const path = `/papers/${encodeURIComponent(id)}`
  return html`<p class="exports">Cite: <a class="chip" href="${path}.bib">BibTeX</a><a class="chip" href="${path}.ris">RIS</a><a class="chip" href="${path}.csl.json">CSL JSON</a> Whole record: <a class="chip" href="${path}.json">JSON</a></p>`
}
