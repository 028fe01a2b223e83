import { expect, test } from 'vitest'
import { notice } from '../../../src/message/message.ts'
import { sampleDigest } from '../../support/console-messages.ts'
import { CHANNEL, consoleWorld, TOKEN } from '../../support/console-world.ts'
import { elementsOf, textOf } from '../../support/html-reader.ts'

const BASE = `/api/channels/${encodeURIComponent(CHANNEL)}`
const bare = (path: string, init: RequestInit = {}) => new Request(`http://127.0.0.1:8080${path}`, init)

async function errorOf(answer: Response): Promise<unknown> {
  return ((await answer.json()) as { error: unknown }).error
}

test('posted parts are read oldest first, and on from any of them', async () => {
  const world = consoleWorld()
  const first = await world.post('one', sampleDigest)
  await world.post('two', notice('info', 'Second'))
  await world.web.say(CHANNEL, notice('info', 'A word to all, which no digest posted'))
  const all = await (await world.get(`${BASE}/messages`)).json()
  expect(all).toMatchObject([
    {
      key: first,
      editedAt: null,
      papers: [],
      html: expect.stringContaining('<article'),
      text: expect.stringContaining('3 new papers'),
    },
    { text: 'Second\n' },
  ])
  expect(await (await world.get(`${BASE}/messages?after=${first}`)).json()).toMatchObject([{ text: 'Second\n' }])
})

test('a command is asked for the person who typed it, and answered with its buttons', async () => {
  const world = consoleWorld()
  const answer = await world.send(`${BASE}/commands`, {
    user: 'ada',
    text: '/papers author Jared Kaplan',
    timeZone: 'Europe/Berlin',
  })
  expect(await answer.json()).toMatchObject({
    to: 'asker',
    messages: [
      { html: expect.stringContaining('<h2>Jared Kaplan</h2>'), text: expect.stringContaining('Jared Kaplan') },
    ],
    actions: expect.arrayContaining([{ id: 'follow Jared%20Kaplan', label: 'Follow Jared Kaplan' }]),
  })
  expect(world.questions).toMatchObject([
    {
      kind: 'command',
      channel: CHANNEL,
      input: { form: 'text', text: 'author Jared Kaplan' },
      actor: { platform: 'web', tenant: 'web', id: 'ada', rank: 'admin', timeZone: 'Europe/Berlin' },
    },
  ])
})

test('a button and a form are pressed by their id', async () => {
  const world = consoleWorld()
  await world.send(`${BASE}/actions`, { user: 'ada', id: 'not-them arxiv%3A2501.18837 sub1' })
  await world.send(`${BASE}/actions`, { user: 'ada', id: 'settings-save', values: { cap: '10' } })
  expect(world.questions).toMatchObject([
    { kind: 'action', name: 'not-them', args: ['arxiv:2501.18837', 'sub1'] },
    { kind: 'form', name: 'settings-save', args: [], values: { cap: '10' } },
  ])
})

test('forms, files and choices are answered as such', async () => {
  const world = consoleWorld()
  const form = await (await world.send(`${BASE}/actions`, { user: 'ada', id: 'settings-form' })).json()
  expect(form).toMatchObject({
    form: { id: 'settings-save', title: 'Channel settings' },
    actions: [{ id: 'settings-save' }],
  })
  const file = await (await world.send(`${BASE}/commands`, { user: 'ada', text: 'cite 2501.18837' })).json()
  expect(file).toMatchObject({ file: { name: 'arxiv-2501.18837.bib', body: expect.stringContaining('@misc') } })
  expect(await (await world.get(`${BASE}/complete?text=author%20ne`)).json()).toEqual([
    { value: 'author Neel Nanda', label: 'Neel Nanda · 12 papers' },
  ])
  expect(await (await world.get(`${BASE}/complete?command=author&option=name&value=ja`)).json()).toMatchObject([
    { value: 'Jared Kaplan' },
  ])
})

test('an answer to all stands in the channel for everyone', async () => {
  const world = consoleWorld()
  expect(await (await world.send(`${BASE}/commands`, { user: 'ada', text: 'announce' })).json()).toMatchObject({
    to: 'channel',
  })
  expect(textOf(await (await world.get('/')).text())).toContain('Everyone can see this.')
})

test.each([
  ['commands', { user: '', text: 'help' }, /user/],
  ['commands', { user: '<b>', text: 'help' }, /user/],
  ['commands', { user: 'ada' }, /^“text” is missing; a text is expected\.$/],
  ['commands', { user: 'ada', text: 'x'.repeat(3000) }, /2000/],
  ['commands', '{"user":', /JSON/],
  ['commands', '[]', /./],
  ['actions', { user: 'ada', id: '<script>' }, /no button/],
  ['actions', { user: 'ada', id: 'a', values: { x: 1 } }, /values/],
])('%s refuses %j in one sentence', async (kind, body, sentence) => {
  const world = consoleWorld()
  const answer = await world.send(`${BASE}/${kind}`, body)
  expect(answer.status).toBe(400)
  expect(await errorOf(answer)).toMatch(sentence)
  expect(world.questions).toEqual([])
})

test.each([
  'web:demo',
  'slack:T012/C345',
  'web:../papers',
  'web:demo/..',
  'web:demo/a b',
  '%2e%2e',
  'web:demo/%00',
  'x'.repeat(500),
])('no channel of the console is called %j', async (name) => {
  const world = consoleWorld()
  const path = `/api/channels/${encodeURIComponent(name)}`
  expect((await world.get(`${path}/messages`)).status).toBe(404)
  expect((await world.send(`${path}/commands`, { user: 'ada', text: 'help' })).status).toBe(404)
  expect((await world.get(`/api/events?channel=${encodeURIComponent(name)}`)).status).toBe(404)
  expect((await world.get(`/channels/${encodeURIComponent(name)}`)).status).toBe(404)
  expect(world.questions).toEqual([])
})

test('a mistyped channel is not made by speaking in it', async () => {
  const world = consoleWorld()
  for (const [what, body] of [
    ['commands', { user: 'ada', text: 'subscribe cat:cs.CL' }],
    ['actions', { user: 'ada', id: 'settings-form' }],
  ] as const) {
    const answer = await world.send(`/api/channels/${encodeURIComponent('web:demo/nope')}/${what}`, body)
    expect(answer.status).toBe(404)
    expect(await errorOf(answer)).toMatch(/There is no channel 'web:demo\/nope' yet\./)
  }
  expect(world.questions).toEqual([])
})

test('a paper that is not known has no citations to offer', async () => {
  const unknown = notice('warning', 'The catalogue holds no arxiv:1111.11111.')
  const handlers = {
    ask: async () => ({ kind: 'message', to: 'asker', message: unknown }) as const,
    on: async () => undefined,
  }
  const page = await consoleWorld({ handlers }).get('/papers/arxiv:1111.11111')
  expect(page.status).toBe(404)
  expect(await page.text()).not.toContain('Cite:')
  expect(await (await consoleWorld().get('/papers/arxiv:2501.18837')).text()).toContain('Cite:')
})

test('a body of more than 64 kB is not read', async () => {
  const world = consoleWorld()
  const answer = await world.send(`${BASE}/commands`, { user: 'ada', text: 'x'.repeat(70_000) })
  expect(answer.status).toBe(413)
  expect(await errorOf(answer)).toMatch(/64 kB/)
})

test('health says 503 when something is wrong, and metrics are plain text', async () => {
  expect((await consoleWorld().get('/health')).status).toBe(200)
  const ill = consoleWorld({ health: async () => ({ ok: false, body: { ok: false, completeThrough: null } }) })
  const answer = await ill.get('/health')
  expect([answer.status, await answer.json()]).toEqual([503, { ok: false, completeThrough: null }])
  const metrics = await ill.get('/metrics')
  expect(metrics.headers.get('content-type')).toMatch(/^text\/plain/)
})

test('channels are listed with their platforms', async () => {
  expect(await (await consoleWorld().get('/api/channels')).json()).toContainEqual({
    channel: 'slack:T012/C345',
    name: '#reading-group',
    platform: 'slack',
  })
})

test('a paper’s citation is a file, under every spelling of its id', async () => {
  const world = consoleWorld()
  for (const id of ['2501.18837', 'arxiv%3A2501.18837', 'arXiv:2501.18837v1']) {
    const answer = await world.get(`/papers/${id}.bib`)
    expect(answer.headers.get('content-disposition')).toBe('attachment; filename="arxiv-2501.18837.bib"')
  }
  await world.get('/papers/quant-ph%2F0201082.ris')
  expect(world.questions.at(-1)).toMatchObject({
    input: { form: 'options', command: 'cite', options: { paper: 'arxiv:quant-ph/0201082', format: 'ris' } },
  })
  await world.get('/papers/2501.18837.csl.json')
  expect(world.questions.at(-1)).toMatchObject({
    input: { options: { paper: 'arxiv:2501.18837', format: 'csl-json' } },
  })
  await world.get('/papers/2501.18837.json')
  expect(world.questions.at(-1)).toMatchObject({ input: { options: { paper: 'arxiv:2501.18837', format: 'json' } } })
})

test('the citation of a paper that is not there says whether its id or the catalogue is at fault', async () => {
  const handlers = {
    ask: async () => ({ kind: 'message' as const, to: 'asker' as const, message: notice('info', 'Not known.') }),
    on: async () => undefined,
  }
  const world = consoleWorld({ handlers })
  const malformed = await world.get('/papers/nothing.bib')
  expect([malformed.status, await errorOf(malformed)]).toEqual([
    404,
    "'nothing' does not have the form of a paper's id: write an arXiv id such as 2409.00001 or a DOI such as 10.1000/182.",
  ])
  const unknown = await world.get('/papers/2409.99999.bib')
  expect([unknown.status, await errorOf(unknown)]).toEqual([
    404,
    expect.stringMatching(/^arxiv:2409\.99999 is well-formed, but no paper of the catalogue: .*Ask arXiv itself/),
  ])
})

test('a verb runs beside, and an unknown one is named', async () => {
  const world = consoleWorld({
    verbs: async (name, args) => (name === 'status' ? { stdout: args.join(' '), stderr: '', exit: 0 } : undefined),
  })
  expect(await (await world.send('/api/verbs/status', { args: ['--json'] })).json()).toEqual({
    stdout: '--json',
    stderr: '',
    exit: 0,
  })
  const unknown = await world.send('/api/verbs/evil', { args: [] })
  expect([unknown.status, await errorOf(unknown)]).toEqual([404, "'evil' is no verb that runs here."])
})

test('pages are what commands answer, each of them complete without a script', async () => {
  const world = consoleWorld()
  await world.post('one', sampleDigest)
  for (const [path, shown] of [
    ['/', '3 new papers'],
    [`/channels/${encodeURIComponent(CHANNEL)}`, 'Constitutional Classifiers'],
    ['/authors/Jared%20Kaplan', 'Collaborating authors'],
    ['/papers/2501.18837', 'Constitutional Classifiers'],
    ['/papers/arxiv%3A2501.18837', 'BibTeX'],
    ['/search?q=sparse', 'Papers for “sparse”'],
    ['/following', 'Followed here: 3'],
    ['/status', 'complete through 2026-11-23'],
    ['/setup', 'Missing: SLACK_BOT_TOKEN, and SLACK_APP_TOKEN or SLACK_SIGNING_SECRET.'],
    ['/setup', 'Set: DISCORD_TOKEN.'],
    ['/docs/SLACK.md', 'Slack, in five minutes'],
    ['/docs/INTERFACE.md', 'GET /papers/{id}.json'],
  ] as const) {
    const answer = await world.get(path)
    const html = await answer.text()
    expect([path, answer.status]).toEqual([path, 200])
    expect(textOf(html)).toContain(shown)
    expect(html).toContain('Thank you to arXiv for use of its open access interoperability.')
    expect(html).not.toMatch(/<script(?![^>]* src="\/)|<style|\son\w+=|style="/)
  }
})

test('reading a page asks for nothing that could change anything', async () => {
  const world = consoleWorld()
  for (const path of [
    '/search?q=subscribe%20Neel',
    '/search?q=%0Asubscribe%20x',
    '/authors/unsubscribe%20all',
    '/search?q=%2Fpapers%20settings',
  ])
    await world.get(path)
  const asked = world.questions.map(
    (question) => question.kind === 'command' && question.input.form === 'text' && question.input.text,
  )
  expect(asked).toEqual(['search subscribe Neel', 'search subscribe x', 'author unsubscribe all', 'search settings'])
})

test('a page of what is not known says so, and is a 404', async () => {
  const answer = await consoleWorld().get('/authors/Nobody')
  expect(answer.status).toBe(404)
  expect(textOf(await answer.text())).toContain('no paper by “Nobody”')
})

test('only the documentation is read from its folder', async () => {
  const world = consoleWorld()
  for (const path of [
    '/docs/NOTHING.md',
    '/docs/..%2FREADME.md',
    '/docs/..%2Fpackage.json',
    '/docs/SLACK',
    '/docs/pictures',
  ])
    expect([path, (await world.get(path)).status]).toEqual([path, 404])
})

test('every page of the documentation that the set-up links is there', async () => {
  const world = consoleWorld()
  const links = elementsOf(await (await world.get('/setup')).text()).flatMap(({ attributes }) => {
    const href = attributes.get('href') ?? ''
    return href.startsWith('/docs/') ? [href] : []
  })
  expect(links).toEqual(['/docs/SLACK.md', '/docs/DISCORD.md', '/docs/INTERFACE.md'])
  for (const link of links) expect((await world.get(link)).status).toBe(200)
})

test('long channels are turned page by page', async () => {
  const world = consoleWorld()
  for (let n = 1; n <= 45; n++) await world.post(`p${n}`, notice('info', `Post ${n}.`))
  const newest = await (await world.get('/')).text()
  expect(newest).toContain('Post 45.')
  expect(newest).not.toContain('Post 5.')
  const earlier = elementsOf(newest)
    .map(({ attributes }) => attributes.get('href'))
    .find((href) => href?.includes('?before='))
  const older = await (await world.get(earlier ?? '')).text()
  expect(older).toContain('Post 5.')
  expect(older).not.toContain('Post 6.')
})

test('every answer carries the headers that keep it to itself', async () => {
  const world = consoleWorld()
  const answers = [
    await world.get('/'),
    await world.get('/nowhere'),
    await world.console.fetch(bare('/login')),
    await world.console.fetch(bare('/health')),
  ]
  for (const { headers } of answers) {
    expect(headers.get('content-security-policy')).toBe(
      "default-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'self'",
    )
    expect(headers.get('x-content-type-options')).toBe('nosniff')
    expect(headers.get('referrer-policy')).toBe('no-referrer')
    expect(headers.get('cross-origin-opener-policy')).toBe('same-origin')
    expect(headers.get('cross-origin-resource-policy')).toBe('same-origin')
    expect(headers.get('cache-control')).toMatch(/no-store|no-cache/)
  }
})

test('without the token there is nothing but the login', async () => {
  const { console, questions } = consoleWorld()
  for (const path of [
    '/health',
    '/metrics',
    '/api/channels',
    `${BASE}/messages`,
    `/api/events?channel=${CHANNEL}`,
    '/assets/console.js',
    '/papers/1.bib',
  ]) {
    const answer = await console.fetch(bare(path))
    expect([path, answer.status, answer.headers.get('www-authenticate')]).toEqual([path, 401, 'Bearer'])
  }
  const page = await console.fetch(bare('/following?channel=x', { headers: { accept: 'text/html' } }))
  expect([page.status, page.headers.get('location')]).toEqual([303, '/login?next=%2Ffollowing%3Fchannel%3Dx'])
  expect(questions).toEqual([])
})

test('a failure is logged and told without its details', async () => {
  const world = consoleWorld({ channels: async () => Promise.reject(new Error('secret path')) })
  const answer = await world.get('/api/channels')
  expect([answer.status, await answer.text()]).toEqual([
    500,
    '{"error":"Something went wrong here; the log says what."}',
  ])
  expect(world.logged).toMatchObject([{ event: 'console.failed', path: '/api/channels' }])
})

test('the token signs a browser in, and so does an address that works once', async () => {
  const world = consoleWorld()
  const login = async (body: unknown) =>
    world.console.fetch(
      bare('/login', { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
    )
  const signedIn = await login({ token: TOKEN })
  const cookie = signedIn.headers.get('set-cookie')?.split(';')[0] ?? ''
  expect((await world.console.fetch(bare('/health', { headers: { cookie } }))).status).toBe(200)
  expect((await login({ token: 'wrong' })).status).toBe(401)
  expect((await login({})).status).toBe(401)
  expect((await login({ demo: true })).status).toBe(401)
  const key = new URL(world.console.loginPath(), 'http://x').searchParams.get('key')
  // Opening the address spends nothing: previews of links open them too.
  await world.console.fetch(bare(`/login?key=${key}`))
  expect((await login({ key })).status).toBe(200)
  expect((await login({ key })).status).toBe(401)
})

test('the demo signs its own browser in, on loopback only', async () => {
  const { console } = consoleWorld({
    demo: true,
    origin: 'https://papers.example.org',
    allowedHosts: ['127.0.0.1', 'papers.example.org'],
  })
  const login = (host: string) =>
    console.fetch(
      new Request(`http://${host}/login`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: '{"demo":true}',
      }),
    )
  expect((await login('127.0.0.1:8080')).status).toBe(200)
  expect((await login('papers.example.org')).status).toBe(401)
})

test('an asset is sent once and then known', async () => {
  const world = consoleWorld()
  const first = await world.get('/assets/console.js')
  expect(first.headers.get('content-type')).toMatch(/^text\/javascript/)
  expect((await world.get('/assets/console.js', { 'if-none-match': first.headers.get('etag') ?? '' })).status).toBe(304)
  for (const path of ['/assets/..%2fassets.ts', '/assets/constructor', '/assets/%2e%2e/console.ts'])
    expect((await world.get(path)).status).toBe(404)
})
