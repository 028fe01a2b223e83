// The line at the bottom: suggestions as one types, arrows, Enter, Tab and Escape; earlier lines by arrow up.
import { ask, complete, copyOf } from './answers.js'

const DELAY_MS = 120

/** Without the stroke that calls the line from elsewhere. @param {string} text */
const plain = (text) => text.replace(/^\/(?!papers\b|papers-admin\b)/, '')

/** @param {(shown: HTMLElement) => void} append */
export function startComposer(append) {
  const form = /** @type {HTMLFormElement | null} */ (document.getElementById('composer'))
  if (form === null) return
  const line = /** @type {HTMLInputElement} */ (document.getElementById('line'))
  const list = /** @type {HTMLElement} */ (document.getElementById('choices'))
  /** @type {string[]} */
  const said = []
  let back = 0
  let chosen = -1
  let asked = 0
  let timer = 0

  /** @param {{ value: string, label: string }[]} choices */
  function offer(choices) {
    list.replaceChildren(
      ...choices.map(({ value, label }, place) => {
        const item = document.createElement('li')
        item.id = `choice-${place}`
        item.role = 'option'
        item.dataset.value = value
        item.textContent = label
        return item
      }),
    )
    list.hidden = choices.length === 0
    line.setAttribute('aria-expanded', String(!list.hidden))
    choose(-1)
  }

  /** @param {number} place */
  function choose(place) {
    chosen = place
    for (const [at, item] of [...list.children].entries()) item.setAttribute('aria-selected', String(at === place))
    const item = list.children[place]
    if (item === undefined) return line.removeAttribute('aria-activedescendant')
    line.setAttribute('aria-activedescendant', item.id)
    item.scrollIntoView({ block: 'nearest' })
  }

  /** @param {Element | undefined} item */
  function take(item) {
    const value = /** @type {HTMLElement | undefined} */ (item)?.dataset.value
    if (value === undefined) return
    const isWord = !value.includes(' ')
    line.value = isWord ? `${value} ` : value
    offer([])
    line.focus()
    if (isWord) suggest()
  }

  function suggest() {
    clearTimeout(timer)
    const number = ++asked
    const text = line.value.slice(0, line.selectionStart ?? undefined)
    if (text.trim() === '') return offer([])
    timer = setTimeout(async () => {
      const choices = await complete(plain(text)).catch(() => [])
      if (number === asked) offer(choices.filter((choice) => choice.value !== text))
    }, DELAY_MS)
  }

  async function send() {
    const text = plain(line.value.trim())
    if (text === '') return
    said.push(text)
    back = said.length
    asked++
    clearTimeout(timer)
    line.value = ''
    offer([])
    const echo = copyOf('echo')
    const code = /** @type {HTMLElement} */ (echo.querySelector('code'))
    code.textContent = `/papers ${text.replace(/^\/papers(-admin)?\s+/, '')}`
    append(echo)
    const { answer } = await ask('commands', { text }, append)
    // What could not be read is there to be mended; what is typed now takes its place.
    if ((answer.error ?? answer.fault) === undefined || line.value !== '' || document.activeElement !== line) return
    line.value = text
    line.select()
  }

  // On a phone the keyboard would cover what is to be read; a link to a post leads to the post.
  if (matchMedia('(hover: hover) and (pointer: fine)').matches && location.hash === '')
    line.focus({ preventScroll: true })
  line.addEventListener('input', suggest)
  line.addEventListener('blur', () => offer([]))
  line.addEventListener('keydown', (event) => {
    if (event.isComposing) return
    const count = list.children.length
    const open = !list.hidden
    if (event.key === 'ArrowDown' && open) choose((chosen + 1) % count)
    else if (event.key === 'ArrowUp' && open) choose((Math.max(chosen, 0) - 1 + count) % count)
    else if (event.key === 'ArrowUp' && back > 0) line.value = said[--back] ?? ''
    else if (event.key === 'ArrowDown' && back < said.length) line.value = said[++back] ?? ''
    else if (event.key === 'Enter' && open && chosen >= 0) take(list.children[chosen])
    else if (event.key === 'Tab' && open && !event.shiftKey) take(list.children[Math.max(chosen, 0)])
    else if (event.key === 'Escape' && open) offer([])
    else return
    event.preventDefault()
  })
  list.addEventListener('mousedown', (event) => {
    event.preventDefault()
    take(/** @type {Element} */ (event.target).closest('li') ?? undefined)
  })
  form.addEventListener('submit', (event) => {
    event.preventDefault()
    send()
  })
  document.addEventListener('click', (event) => {
    const start = /** @type {HTMLElement} */ (event.target).closest?.('[data-type]')
    if (!(start instanceof HTMLElement)) return
    line.value = start.dataset.type ?? ''
    line.focus()
    suggest()
  })
}
