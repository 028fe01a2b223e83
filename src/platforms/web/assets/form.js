// A form in an answer: what was typed stays until it can be taken, and what is wrong stands at its field.
import { announce, ask } from './answers.js'

let faults = 0

/** @param {HTMLFormElement} form @param {() => Promise<void>} changed Called when what it asked for is done. */
export async function sendForm(form, changed) {
  const values = Object.fromEntries([...new FormData(form)].map(([name, value]) => [name, String(value)]))
  const own = /** @type {HTMLElement} */ (form.closest('.private') ?? form)
  form.ariaBusy = 'true'
  const stays = form.dataset.stays !== undefined
  const { answer, shown } = await ask('actions', { id: form.dataset.action, values }, (waiting) => {
    if (stays && own.nextElementSibling?.matches('.private')) own.nextElementSibling.remove()
    own.after(waiting)
  })
  form.ariaBusy = null
  clear(form)
  const fault = answer.error === undefined ? answer.fault : { text: answer.error }
  // A way out that is a button is pressed where it is said; what was typed stays beside it.
  if (fault !== undefined && answer.actions?.length > 0) return focus(shown)
  if (fault !== undefined) {
    shown.remove()
    return tell(form, fault)
  }
  if (stays) {
    form.reset()
    focus(shown)
    return changed()
  }
  own.remove()
  // A page shows anew by itself what has changed.
  const said =
    document.querySelector('[data-page]') === null ? [] : [...shown.querySelectorAll(':scope .body > .notice')]
  if (said.length > 0) shown.querySelector('.body')?.replaceChildren(...said)
  if (answer.form === undefined) {
    focus(shown)
    await changed()
  }
}

/** @param {HTMLElement} shown */
function focus(shown) {
  shown.tabIndex = -1
  shown.focus({ preventScroll: true })
}

/** @param {HTMLFormElement} form @param {{ text: string, fields?: { field: string, text: string }[] }} fault */
function tell(form, { text, fields = [{ field: '', text }] }) {
  const [first] = fields.map((each) => show(form, each))
  announce(text)
  first?.input?.focus()
  first?.said.scrollIntoView({ block: 'nearest' })
}

/** @param {HTMLFormElement} form @param {{ field: string, text: string }} fault */
function show(form, { field, text }) {
  const named = field === '' ? null : form.elements.namedItem(field)
  const input = named instanceof HTMLElement ? named : undefined
  const said = document.createElement('p')
  said.className = 'fault'
  said.id = `fault-${++faults}`
  said.textContent = text
  const place = input?.closest('.field')
  if (place) place.append(said)
  else (form.querySelector('.buttons') ?? form.lastElementChild)?.before(said)
  input?.setAttribute('aria-invalid', 'true')
  input?.setAttribute('aria-describedby', said.id)
  return { input, said }
}

/** @param {HTMLFormElement} form */
function clear(form) {
  for (const said of form.querySelectorAll('.fault')) said.remove()
  for (const input of form.querySelectorAll('[aria-invalid]')) {
    input.removeAttribute('aria-invalid')
    input.removeAttribute('aria-describedby')
  }
}
