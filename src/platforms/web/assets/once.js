// Buttons that work once and for a while, such as Undo: gone when their time is over, and something said when they were used.

/** @param {Element} within */
export function expire(within) {
  for (const button of within.querySelectorAll('button[data-for]:not([data-ends])')) {
    const own = /** @type {HTMLButtonElement} */ (button)
    own.dataset.ends = ''
    setTimeout(() => own.ariaDisabled !== 'true' && take(own), Number(own.dataset.for))
  }
}

/** @param {HTMLButtonElement} button @param {{ error?: string, fault?: unknown }} answer */
export function used(button, { error, fault }) {
  const { used: word } = button.dataset
  if (word === undefined || error !== undefined) return
  // What could not be undone now can't be later either.
  if (fault !== undefined) return take(button)
  // Not disabled, so that the keyboard's place is kept.
  button.ariaDisabled = 'true'
  button.textContent = word
}

/** @param {HTMLButtonElement} button */
function take(button) {
  const row = button.closest('.buttons')
  button.remove()
  if (row !== null && row.children.length === 0) row.remove()
}
