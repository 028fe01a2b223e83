import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  type Approach,
  allowedHosts,
  consoleRefusal,
  hostName,
  judge,
  sameSecret,
  sessionCookie,
  sessionName,
  sessionOf,
} from '../../../src/platforms/web/security.ts'

const token = 'a-token-that-nobody-guesses-0123456789abcdef'
const guard = { token, allowedHosts: ['127.0.0.1', 'localhost', '[::1]'] }
const cookie = `${sessionName(token)}=${sessionOf(token)}`

function approach(over: Partial<Approach> = {}): Approach {
  return {
    method: 'GET',
    path: '/',
    host: '127.0.0.1:8080',
    origin: undefined,
    fetchSite: undefined,
    contentType: undefined,
    authorization: undefined,
    cookie: undefined,
    ...over,
  }
}

const script = (over: Partial<Approach> = {}) =>
  approach({ method: 'POST', authorization: `Bearer ${token}`, contentType: 'application/json', ...over })
const page = (over: Partial<Approach> = {}) =>
  approach({
    method: 'POST',
    cookie,
    origin: 'http://127.0.0.1:8080',
    fetchSite: 'same-origin',
    contentType: 'application/json',
    ...over,
  })

const statusOf = (request: Approach, over = {}) => {
  const verdict = judge(request, { ...guard, ...over })
  return verdict.kind === 'welcome' ? 200 : verdict.status
}

test('a script with the token and a page with the cookie are welcome', () => {
  expect(statusOf(script())).toBe(200)
  expect(statusOf(script({ method: 'GET' }))).toBe(200)
  expect(statusOf(page())).toBe(200)
  expect(statusOf(page({ method: 'GET', origin: undefined, fetchSite: 'none' }))).toBe(200)
  expect(statusOf(page({ contentType: 'application/json; charset=utf-8' }))).toBe(200)
})

test('nothing but the login is answered without the token', () => {
  for (const path of [
    '/',
    '/health',
    '/metrics',
    '/api/events',
    '/assets/console.js',
    '/papers/1.bib',
    '/login/',
    '/Login',
    '/login/../',
  ])
    expect(statusOf(approach({ path }))).toBe(401)
  expect(statusOf(script({ authorization: undefined }))).toBe(401)
  expect(statusOf(page({ cookie: undefined }))).toBe(401)
  for (const path of ['/login', '/login/base.css', '/login/login.js', '/login/icon.svg'])
    expect(statusOf(approach({ path }))).toBe(200)
})

test('a wrong token is refused, whatever it looks like', () => {
  for (const authorization of [
    '',
    'Bearer',
    'Bearer x',
    `Basic ${token}`,
    token,
    `Bearer ${token}x`,
    `Bearer ${token.toUpperCase()}`,
  ])
    expect(statusOf(approach({ authorization }))).toBe(401)
  // The cookie does not hold the token itself, and the token is no cookie.
  expect(statusOf(page({ cookie: `${sessionName(token)}=${token}` }))).toBe(401)
  expect(statusOf(script({ authorization: `Bearer ${sessionOf(token)}` }))).toBe(401)
})

test('a name that leads here by DNS rebinding is misdirected', () => {
  for (const host of [
    'evil.example',
    'evil.example:8080',
    '127.0.0.1.evil.example',
    'localhost.evil.example:8080',
    '',
    undefined,
    '127.0.0.1@evil.example',
    '0.0.0.0:8080',
  ])
    expect(statusOf(script({ host }))).toBe(421)
  expect(statusOf(approach({ host: 'evil.example', path: '/login' }))).toBe(421)
  expect(statusOf(script({ host: 'LOCALHOST:1' }))).toBe(200)
  expect(statusOf(script({ host: '[::1]:8080' }))).toBe(200)
})

test('a page of another site can change nothing, cookie or not', () => {
  expect(statusOf(page({ origin: 'https://evil.example', fetchSite: 'cross-site' }))).toBe(403)
  expect(statusOf(page({ origin: 'http://127.0.0.1:9999', fetchSite: 'same-site' }))).toBe(403)
  expect(statusOf(page({ origin: 'http://127.0.0.1:9999', fetchSite: undefined }))).toBe(403)
  expect(statusOf(page({ origin: 'null', fetchSite: undefined }))).toBe(403)
  expect(statusOf(page({ origin: undefined, fetchSite: undefined }))).toBe(403)
  expect(statusOf(page({ fetchSite: 'none' }))).toBe(403)
  expect(
    statusOf(page({ path: '/login', cookie: undefined, origin: 'https://evil.example', fetchSite: 'cross-site' })),
  ).toBe(403)
  expect(statusOf(script({ origin: 'https://evil.example' }))).toBe(403)
})

test('what another site asks for is not answered, but its link may lead to the login', () => {
  expect(statusOf(page({ method: 'GET', origin: undefined, fetchSite: 'cross-site' }))).toBe(403)
  expect(statusOf(page({ method: 'GET', path: '/api/events', fetchSite: 'same-site' }))).toBe(403)
  expect(statusOf(approach({ path: '/login', fetchSite: 'cross-site' }))).toBe(200)
})

test('a form that a foreign page sends without asking first is refused', () => {
  for (const contentType of [
    'text/plain',
    'application/x-www-form-urlencoded',
    'multipart/form-data',
    undefined,
    'application/jsonp',
    'text/plain; application/json',
  ])
    expect(statusOf(page({ contentType }))).toBe(415)
  for (const method of ['PUT', 'PATCH', 'DELETE', 'OPTIONS']) expect(statusOf(page({ method }))).toBe(403)
})

test('behind a proxy the named origin is ours, and the cookie goes over https only', () => {
  const behind = {
    origin: 'https://papers.example.org',
    allowedHosts: allowedHosts({ host: '0.0.0.0', origin: 'https://papers.example.org' }),
  }
  expect(statusOf(page({ host: 'papers.example.org', origin: 'https://papers.example.org' }), behind)).toBe(200)
  expect(statusOf(page({ host: 'papers.example.org', origin: 'http://papers.example.org' }), behind)).toBe(403)
  expect(statusOf(page({ host: '127.0.0.1:8080', origin: 'http://127.0.0.1:8080' }), behind)).toBe(200)
  expect(sessionCookie({ token, ...behind })).toMatch(/; HttpOnly; SameSite=Strict; .*; Secure$/)
  expect(sessionCookie(guard)).toMatch(/; HttpOnly; SameSite=Strict;/)
  expect(sessionCookie(guard)).not.toContain(token)
})

test('two consoles on one machine have two cookies', () => {
  expect(sessionName(token)).not.toBe(sessionName('another'))
  expect(statusOf(page({ cookie: `${sessionName('another')}=x; ${cookie}; theme=dark` }))).toBe(200)
})

test('a console that others can reach starts only behind https', () => {
  expect(consoleRefusal({ host: '127.0.0.1' })).toBeUndefined()
  expect(consoleRefusal({ host: '::1' })).toBeUndefined()
  expect(consoleRefusal({ host: '127.0.0.1', origin: 'http://localhost:8080' })).toBeUndefined()
  expect(consoleRefusal({ host: '0.0.0.0' })).toMatch(/CONSOLE_HOST 0\.0\.0\.0.*CONSOLE_ORIGIN/)
  expect(consoleRefusal({ host: '192.168.1.4' })).toMatch(/CONSOLE_ORIGIN/)
  expect(consoleRefusal({ host: '0.0.0.0', origin: 'http://papers.example.org' })).toMatch(/https/)
  expect(consoleRefusal({ host: '0.0.0.0', origin: 'https://papers.example.org' })).toBeUndefined()
  for (const origin of ['papers.example.org', 'https://papers.example.org/path', 'https://', 'javascript:alert(1)'])
    expect(consoleRefusal({ host: '127.0.0.1', origin })).toMatch(/CONSOLE_ORIGIN/)
  expect(consoleRefusal({ host: '127.0.0.1.evil.example' })).toBeDefined()
})

test('secrets are equal only to themselves', () => {
  fc.assert(fc.property(fc.string(), fc.string(), (one, other) => sameSecret(one, other) === (one === other)))
})

test('whatever the host header holds, its name is none or one of few characters', () => {
  fc.assert(fc.property(fc.string(), (host) => /^[a-z0-9._:[\]-]*$/.test(hostName(host) ?? '')))
  expect(hostName('Localhost.:80')).toBe('localhost')
})
