// Asks by command, button or form, and shows the private answer where it was asked for.
const channel = document.body.dataset.channel ?? ''
const base = `/api/channels/${encodeURIComponent(channel)}`
const timeZone = Intl.DateTimeFormat().resolvedOptions().timeZone
let asked = 0
/** Waiting answers by the number of their question. @type {Map<string, HTMLElement>} */
const waiting = new Map()

/** A text as elements. The server has escaped it, and the page's policy runs no script in it. @param {string} html */
export function elementsOf(html) {
  const template = document.createElement('template')
  template.innerHTML = html
  return template.content
}

/** @param {string} id @returns {HTMLElement} */
export function copyOf(id) {
  const template = /** @type {HTMLTemplateElement} */ (document.getElementById(id))
  return /** @type {HTMLElement} */ (/** @type {Element} */ (template.content.firstElementChild).cloneNode(true))
}

/** @param {string} text */
export function announce(text) {
  const announcer = document.getElementById('announcer')
  if (announcer !== null) announcer.textContent = text
}

/** @param {string} text */
export function complete(text) {
  return choices({ text })
}

/** @param {Record<string, string>} query @returns {Promise<{ value: string, label: string }[]>} */
export async function choices(query) {
  const answer = await fetch(`${base}/complete?${new URLSearchParams(query)}`)
  return answer.ok ? answer.json() : []
}

/** Posts a question; its answer, or what hindered it, fills a private message that `place` puts into the page.
 * @param {'commands' | 'actions'} kind @param {Record<string, unknown>} body @param {(shown: HTMLElement) => void} place */
export async function ask(kind, body, place) {
  const number = String(++asked)
  const shown = copyOf('private')
  const content = /** @type {HTMLElement} */ (shown.querySelector('.body'))
  content.append(elementsOf('<p class="waiting">Looking …</p>'))
  shown.classList.add('new')
  waiting.set(number, content)
  place(shown)
  const answer = await post(`${base}/${kind}`, { user: 'you', timeZone, ask: number, ...body })
  waiting.delete(number)
  content.replaceChildren(...contentOf(answer))
  // A word to all stands in the channel already.
  if (answer.to === 'channel' && document.getElementById('log') !== null) shown.remove()
  const field = /** @type {HTMLElement | null} */ (shown.querySelector('input:not([type=hidden]), textarea, select'))
  field?.focus()
  shown.dispatchEvent(new Event('filled', { bubbles: true }))
  announce(content.textContent?.trim().slice(0, 200) ?? '')
  return { answer, shown }
}

/** @param {{ ask: string, html: string }} progress */
export function showProgress({ ask: number, html }) {
  waiting.get(number)?.replaceChildren(elementsOf(html))
}

async function post(/** @type {string} */ path, /** @type {unknown} */ body) {
  try {
    const answer = await fetch(path, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    })
    if (answer.status === 401) location.reload()
    return await answer.json()
  } catch {
    return { error: 'Paperboy does not answer. Is it running?' }
  }
}

/** @param {any} answer */
function contentOf(answer) {
  if (answer.error !== undefined) return [notice(answer.error)]
  if (answer.file !== undefined) return [fileOf(answer.file)]
  return answer.messages.map((/** @type {{ html: string }} */ message) => elementsOf(message.html))
}

/** @param {string} text */
function notice(text) {
  const shown = document.createElement('p')
  shown.className = 'notice error'
  shown.textContent = text
  return shown
}

/** @param {{ name: string, type: string, body: string }} file */
function fileOf(file) {
  const shown = document.createElement('div')
  const text = document.createElement('pre')
  text.className = 'file'
  text.tabIndex = 0
  text.textContent = file.body
  const link = document.createElement('a')
  link.className = 'button plain'
  link.download = file.name
  link.href = URL.createObjectURL(new Blob([file.body], { type: file.type }))
  link.textContent = `Save ${file.name}`
  shown.append(text, link)
  return shown
}
