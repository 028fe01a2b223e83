// A form in an answer: what was typed stays until it can be taken, and what is wrong stands at its field.
import { announce, ask } from './answers.js'

let faults = 0

/** @param {HTMLFormElement} form @param {() => Promise<void>} changed Called when what it asked for is done. */
export async function sendForm(form, changed) {
  const values = Object.fromEntries([...new FormData(form)].map(([name, value]) => [name, String(value)]))
  const own = /** @type {HTMLElement} */ (form.closest('.private') ?? form)
  form.ariaBusy = 'true'
  const { answer, shown } = await ask('actions', { id: form.dataset.action, values }, (waiting) => own.after(waiting))
  form.ariaBusy = null
  clear(form)
  const fault = answer.error === undefined ? answer.fault : { text: answer.error }
  if (fault !== undefined) {
    shown.remove()
    return tell(form, fault)
  }
  own.remove()
  // A page shows anew by itself what has changed.
  const said =
    document.querySelector('[data-page]') === null ? [] : [...shown.querySelectorAll(':scope .body > .notice')]
  if (said.length > 0) shown.querySelector('.body')?.replaceChildren(...said)
  if (answer.form === undefined) {
    shown.tabIndex = -1
    shown.focus({ preventScroll: true })
    await changed()
  }
}

/** @param {HTMLFormElement} form @param {{ text: string, field?: string }} fault */
function tell(form, { text, field }) {
  const input = field === undefined ? null : form.elements.namedItem(field)
  const said = document.createElement('p')
  said.className = 'fault'
  said.id = `fault-${++faults}`
  said.textContent = text
  const place = input instanceof HTMLElement ? input.closest('.field') : null
  if (place === null || !(input instanceof HTMLElement)) {
    form.querySelector('.buttons')?.before(said)
  } else {
    place.append(said)
    input.setAttribute('aria-invalid', 'true')
    input.setAttribute('aria-describedby', said.id)
    input.focus()
  }
  announce(text)
  said.scrollIntoView({ block: 'nearest' })
}

/** @param {HTMLFormElement} form */
function clear(form) {
  for (const said of form.querySelectorAll('.fault')) said.remove()
  for (const input of form.querySelectorAll('[aria-invalid]')) {
    input.removeAttribute('aria-invalid')
    input.removeAttribute('aria-describedby')
  }
}
