// Posts, edits and completed days as they happen. A page that is hidden lets go of its connection and catches up when it is seen again.
import { announce, elementsOf, showProgress } from './answers.js'

const EVENTS = ['posted', 'edited', 'told', 'progress', 'complete']

/**
 * @param {HTMLElement | null} log The live channel, where the page is one.
 * @param {(shown: HTMLElement, isNews: boolean) => void} append
 * @param {() => void} completed Called when another day has become complete.
 */
export function startLive(log, append, completed) {
  let newest = log?.dataset.newest ?? ''
  /** @type {EventSource | undefined} */
  let source

  function open() {
    if (source !== undefined || document.hidden) return
    const query = new URLSearchParams({
      channel: document.body.dataset.channel ?? '',
      through: complete()?.dataset.through ?? '',
    })
    if (log !== null) query.set('after', newest)
    source = new EventSource(`/api/events?${query}`)
    for (const kind of EVENTS) source.addEventListener(kind, (event) => receive(kind, JSON.parse(event.data)))
    source.addEventListener('error', () => {
      if (source?.readyState !== EventSource.CLOSED) return
      source = undefined
      setTimeout(open, 5000)
    })
  }

  /** @param {string} kind @param {any} data */
  function receive(kind, data) {
    if (kind === 'progress') return showProgress(data)
    if (kind === 'complete') return showComplete(data)
    if (log === null) return
    const card = /** @type {HTMLElement} */ (elementsOf(data.card).firstElementChild)
    const present = card.id === '' ? null : document.getElementById(card.id)
    if (kind === 'edited') {
      present?.replaceWith(card)
    } else if (present === null) {
      if (kind === 'posted') newest = data.key
      card.classList.add('new')
      if (!placeUnder(card)) append(card, true)
      announce(card.getAttribute('aria-label') ?? 'A private message')
    }
    localTimes(card)
  }

  /** @param {{ through: string | null, html: string }} data */
  function showComplete({ through, html }) {
    if (complete()?.dataset.through === (through ?? '')) return
    complete()?.replaceWith(elementsOf(html))
    completed()
  }

  document.addEventListener('visibilitychange', () => {
    if (!document.hidden) return open()
    source?.close()
    source = undefined
  })
  open()
}

/** A line of a thread goes below its post and the lines that stand there. @param {HTMLElement} card */
function placeUnder(card) {
  const { under } = card.dataset
  const post = under === undefined ? null : document.getElementById(under)
  if (post === null) return false
  let last = post
  for (
    let next = last.nextElementSibling;
    next instanceof HTMLElement && next.dataset.under === under;
    next = last.nextElementSibling
  )
    last = next
  last.after(card)
  return true
}

/** @returns {HTMLElement | null} */
function complete() {
  return document.querySelector('.side .complete')
}

/** Times are written in UTC; here they are put into the reader's own zone. @param {ParentNode} within */
export function localTimes(within) {
  for (const time of within.querySelectorAll('.who time[datetime]')) {
    const at = new Date(time.getAttribute('datetime') ?? '')
    time.textContent = at.toLocaleTimeString([], { hour: '2-digit', minute: '2-digit' })
    time.setAttribute('title', at.toLocaleString())
  }
}

/** Sets the day lines anew, by the reader's own days. @param {HTMLElement} log */
export function dayLines(log) {
  for (const line of log.querySelectorAll('.day')) line.remove()
  let day = ''
  for (const message of log.querySelectorAll(':scope > [data-at]')) {
    const at = new Date(message.getAttribute('data-at') ?? '')
    const its = at.toLocaleDateString('en-GB', { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' })
    if (its === day) continue
    day = its
    const line = document.createElement('h2')
    line.className = 'day'
    line.textContent = its.replace(/^(\w+) /, '$1, ')
    message.before(line)
  }
}
