// Wires a page: the composer, buttons and forms wherever they stand, and the live channel.
import { ask, choices, elementsOf } from './answers.js'
import { startComposer } from './composer.js'
import { sendForm } from './form.js'
import { dayLines, localTimes, startLive } from './live.js'
import { expire, used } from './once.js'

const log = document.getElementById('log')
const scroll = /** @type {HTMLElement | null} */ (document.querySelector('.scroll'))
const fresh = /** @type {HTMLElement | null} */ (document.querySelector('.fresh'))

/** @param {HTMLElement} shown */
function append(shown, isNews = false) {
  if (log === null || scroll === null) return
  const atEnd = isAtEnd()
  log.querySelector('.empty')?.remove()
  if (isNews && !atEnd && log.querySelector('.unread') === null) log.append(elementsOf('<p class="unread">New</p>'))
  log.append(shown)
  localTimes(shown)
  if (isNews) dayLines(log)
  if (isNews && !atEnd && fresh !== null) fresh.hidden = false
  else show(shown)
}

/** The scroller is reversed: its end is 0, and what lies above is negative. */
function isAtEnd() {
  return scroll === null || scroll.scrollTop > -80
}

/** A message that is taller than the view is read from its top, with the question above it. @param {HTMLElement} shown */
function show(shown) {
  if (scroll === null) return
  const asked = shown.previousElementSibling
  const top = asked?.matches('.echo') ? asked : shown
  if (shown.offsetHeight > scroll.clientHeight - 96) top.scrollIntoView({ block: 'start' })
  else scroll.scrollTop = 0
}

document.addEventListener('filled', (event) => {
  const shown = /** @type {HTMLElement} */ (event.target)
  expire(shown)
  if (shown.parentElement === log) show(shown)
  else shown.scrollIntoView({ block: 'nearest' })
})

document.addEventListener('click', (event) => {
  const target = /** @type {HTMLElement} */ (event.target)
  if (target.closest?.('[data-dismiss]')) return target.closest('.private')?.remove()
  if (target.closest?.('[data-to-newest]')) return toNewest()
  const button = /** @type {HTMLButtonElement | null} */ (target.closest?.('button[data-action]'))
  if (button !== null && button.ariaBusy !== 'true' && button.ariaDisabled !== 'true') press(button)
})

document.addEventListener('submit', (event) => {
  const form = /** @type {HTMLFormElement} */ (event.target)
  if (form.dataset.action === undefined) return
  event.preventDefault()
  if (form.ariaBusy !== 'true') sendForm(form, refresh)
})

/** @param {HTMLButtonElement} button */
async function press(button) {
  button.ariaBusy = 'true'
  const id = button.dataset.action ?? ''
  const own = button.closest('.private, [data-page]')
  // A page or another person takes the place of what is shown; everything else is said below it.
  if (button.dataset.opens === 'page' && own !== null) await turn(own, id)
  else {
    const { answer } = await ask('actions', { id }, (shown) => besides(button, shown))
    used(button, answer)
    if (answer.form === undefined && answer.error === undefined) await refresh()
  }
  button.ariaBusy = null
}

/** @param {Element} own @param {string} id */
async function turn(own, id) {
  const { shown } = await ask('actions', { id }, () => {})
  const content = own.matches('[data-page]') ? own : own.querySelector('.body')
  content?.replaceChildren(.../** @type {HTMLElement} */ (shown.querySelector('.body')).childNodes)
  localTimes(own)
  expire(own)
  own.scrollIntoView({ block: 'start' })
}

/** @param {HTMLElement} button @param {HTMLElement} shown */
function besides(button, shown) {
  const page = button.closest('[data-page]')
  const near = button.closest('.paper, .private, .message')
  if (page !== null) {
    shown.classList.add('flash')
    page.parentElement?.querySelector('.flash')?.remove()
    page.before(shown)
    shown.scrollIntoView({ block: 'nearest' })
  } else if (near?.matches('.paper, .private')) {
    const inside = near.matches('.private') ? (near.querySelector('.said') ?? near) : near
    inside.querySelector(':scope > .private')?.remove()
    inside.append(shown)
    shown.scrollIntoView({ block: 'nearest' })
  } else append(shown)
}

/** A page that shows what a button has changed is read again. */
async function refresh() {
  const page = document.querySelector('[data-page]')
  if (page === null) return
  const answer = await fetch(location.href).catch(() => undefined)
  if (answer === undefined || !answer.ok) return
  const fresh = new DOMParser().parseFromString(await answer.text(), 'text/html').querySelector('[data-page]')
  if (fresh !== null) page.replaceChildren(...fresh.childNodes)
}

function toNewest() {
  if (fresh !== null) fresh.hidden = true
  const first = log?.querySelector('.unread')
  if (first) first.scrollIntoView({ block: 'start' })
  else if (scroll !== null) scroll.scrollTop = 0
}

scroll?.addEventListener('scroll', () => {
  if (isAtEnd() && fresh !== null) fresh.hidden = true
})

document.addEventListener('input', async (event) => {
  const field = /** @type {HTMLInputElement} */ (event.target)
  const { command, option } = field.dataset
  if (command === undefined || option === undefined) return
  const offered = await choices({ command, option, value: field.value })
  const list = document.getElementById(`list-${field.name}`) ?? document.createElement('datalist')
  list.id = `list-${field.name}`
  list.replaceChildren(...offered.map(({ value, label }) => new Option(label, value)))
  field.after(list)
  field.setAttribute('list', list.id)
})

// A field of one line makes nothing of line breaks; in a list of whom to follow they part the names.
document.addEventListener('paste', (event) => {
  const field = /** @type {HTMLInputElement} */ (event.target)
  const text = event.clipboardData?.getData('text/plain').trim() ?? ''
  const before = field.value?.slice(0, field.selectionStart ?? undefined) ?? ''
  const names = field.id === 'line' ? /^\s*\/?(?:papers\s+)?(?:subscribe|follow)\s/i : undefined
  const isList = names === undefined ? field.dataset.command === 'subscribe' : names.test(`${before}${text}`)
  if (!isList || !text.includes('\n') || /^[@%]/.test(text)) return
  event.preventDefault()
  const lines = text.split(/[;,]?\s*\n\s*/).filter((line) => line !== '')
  field.setRangeText(lines.join('; '), field.selectionStart ?? 0, field.selectionEnd ?? 0, 'end')
  field.dispatchEvent(new Event('input', { bubbles: true }))
})

document.addEventListener('keydown', (event) => {
  const writing = /** @type {HTMLElement} */ (event.target).matches('input, textarea, select')
  if (event.key !== '/' || writing || event.ctrlKey || event.metaKey || event.altKey) return
  /** @type {HTMLElement | null} */
  const field = document.querySelector('#line') ?? document.querySelector('.search input[type=search]')
  event.preventDefault()
  field?.focus()
})

document.querySelector('.places [aria-current]')?.scrollIntoView({ block: 'nearest', inline: 'center' })
localTimes(document)
startComposer(append)
if (log !== null) {
  dayLines(log)
  const last = /** @type {HTMLElement | null} */ (log.querySelector(':scope > .message:last-of-type'))
  if (last !== null && location.hash === '') show(last)
}
startLive(log?.dataset.live === undefined ? null : log, append, () => {
  if (location.pathname === '/status') refresh()
})
