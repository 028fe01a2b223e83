// Signs this browser in: by the token typed, by the address that works once, or at once in the demo.
const form = /** @type {HTMLFormElement} */ (document.getElementById('login'))
const problem = /** @type {HTMLElement} */ (document.getElementById('problem'))
const asked = new URLSearchParams(location.search)

/** @param {Record<string, unknown>} credentials */
async function signIn(credentials) {
  problem.textContent = ''
  const answer = await fetch('/login', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(credentials),
  }).catch(() => undefined)
  if (answer?.ok) return location.replace(next())
  const body = await answer?.json().catch(() => undefined)
  problem.textContent = body?.error ?? 'Paperboy does not answer. Is it running?'
}

/** Where the reader was going; only ever a place of this console. */
function next() {
  const url = new URL(asked.get('next') ?? '/', location.origin)
  return url.origin === location.origin && url.pathname !== '/login' ? url.pathname + url.search : '/'
}

form.addEventListener('submit', (event) => {
  event.preventDefault()
  signIn({ token: new FormData(form).get('token') })
})

const key = asked.get('key')
const isDemo = form.closest('[data-demo]') !== null
if (key !== null) history.replaceState(null, '', '/login')
if (isDemo) signIn({ demo: true })
else if (key !== null) signIn({ key })
