import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { Hono } from 'hono'

const TYPES = {
  'base.css': 'text/css; charset=utf-8',
  'frame.css': 'text/css; charset=utf-8',
  'channel.css': 'text/css; charset=utf-8',
  'message.css': 'text/css; charset=utf-8',
  'brief.css': 'text/css; charset=utf-8',
  'controls.css': 'text/css; charset=utf-8',
  'guide.css': 'text/css; charset=utf-8',
  'phone.css': 'text/css; charset=utf-8',
  'console.js': 'text/javascript; charset=utf-8',
  'composer.js': 'text/javascript; charset=utf-8',
  'answers.js': 'text/javascript; charset=utf-8',
  'form.js': 'text/javascript; charset=utf-8',
  'live.js': 'text/javascript; charset=utf-8',
  'once.js': 'text/javascript; charset=utf-8',
  'login.js': 'text/javascript; charset=utf-8',
  'icon.svg': 'image/svg+xml',
} as const

type AssetName = keyof typeof TYPES

/** The console's style sheets, scripts and picture, read once from the folder beside this file. */
export const assets = {
  respond(name: AssetName, known?: string): Response {
    const { body, tag } = read(name)
    const headers = { 'content-type': TYPES[name], etag: tag, 'cache-control': 'private, no-cache' }
    return known === tag ? new Response(null, { status: 304, headers }) : new Response(body, { headers })
  },
}

export function assetRoutes(): Hono {
  const routes = new Hono()
  routes.get('/assets/:name', (context) => {
    const name = context.req.param('name')
    return isAsset(name) ? assets.respond(name, context.req.header('if-none-match')) : context.notFound()
  })
  return routes
}

const kept = new Map<AssetName, { readonly body: string; readonly tag: string }>()

function read(name: AssetName): { readonly body: string; readonly tag: string } {
  const known = kept.get(name)
  if (known !== undefined) return known
  const body = readFileSync(new URL(`./assets/${name}`, import.meta.url), 'utf8')
  const asset = { body, tag: `"${createHash('sha256').update(body).digest('base64url').slice(0, 16)}"` }
  kept.set(name, asset)
  return asset
}

function isAsset(name: string): name is AssetName {
  return Object.hasOwn(TYPES, name)
}
