import { encodeAction } from '../../message/action.ts'
import type { Button as MessageButton, MessageNode } from '../../message/message.ts'
import type { MessageIds } from './custom-id.ts'
import { plainWithin } from './escape.ts'
import { LABEL, OPTION_LABEL, ROW_BUTTONS, SELECT_OPTIONS } from './limits.ts'
import type { Button, Row, Select } from './payload.ts'

/** The button as Discord has it; undefined when its action does not fit an id, or it has no label. */
export function buttonOf(
  { label, action, style }: MessageButton,
  ids: MessageIds,
  options: { readonly turns?: boolean } = {},
): Button | undefined {
  const shown = plainWithin(label, LABEL)
  const id = shown === '' ? undefined : ids.of(action, options)
  return id === undefined ? undefined : { type: 2, style: STYLES[style ?? 'plain'], label: shown, custom_id: id }
}

const STYLES = { plain: 2, primary: 1, danger: 4 } as const

export function buttonsOf(buttons: readonly MessageButton[], ids: MessageIds): readonly Button[] {
  return buttons.flatMap((button) => buttonOf(button, ids) ?? [])
}

export function rowsOf(buttons: readonly Button[]): readonly Row[] {
  return chunks(buttons, ROW_BUTTONS).map((components) => ({ type: 1, components }))
}

export function pagerButtons(node: Extract<MessageNode, { kind: 'pager' }>, ids: MessageIds): readonly Button[] {
  const turn = (label: string, action: MessageButton['action'] | undefined) =>
    action === undefined ? [] : (buttonOf({ label, action }, ids, { turns: true }) ?? [])
  return [turn('Previous', node.previous), turn('Next', node.next)].flat()
}

/** One choice among many things to do, each option being an action; several menus where one does not hold them all. */
export function selectRows(
  placeholder: string,
  choices: readonly { readonly button: MessageButton; readonly about: string }[],
  ids: MessageIds,
): readonly Row[] {
  const seen = new Set<string>()
  const options = choices.flatMap(({ button, about }) => {
    const value = encodeAction(button.action)
    const label = plainWithin(about, OPTION_LABEL)
    if (value === undefined || value.length > OPTION_LABEL || label === '' || seen.has(value)) return []
    seen.add(value)
    return [{ label, value }]
  })
  return chunks(options, SELECT_OPTIONS).flatMap((part) => {
    const id = ids.of({ name: 'pick', args: [] })
    if (id === undefined) return []
    const select: Select = {
      type: 3,
      custom_id: id,
      placeholder: plainWithin(placeholder, OPTION_LABEL),
      options: part,
    }
    return [{ type: 1 as const, components: [select] }]
  })
}

/** The people of a node who have a page. */
export function peopleRows(node: Extract<MessageNode, { kind: 'people' }>, ids: MessageIds): readonly Row[] {
  const choices = node.people.flatMap(({ name, papers, action }) =>
    action === undefined ? [] : [{ button: { label: name, action }, about: `${name} (${papers})` }],
  )
  return selectRows('Open the page of…', choices, ids)
}

/** What can be done with the rows of a table. */
export function tableRows(node: Extract<MessageNode, { kind: 'table' }>, ids: MessageIds): readonly Row[] {
  const choices = node.rows.flatMap(({ cells, button }) =>
    button === undefined ? [] : [{ button, about: cells.slice(0, 2).join(' · ') }],
  )
  const labels = new Set(choices.map(({ button }) => button.label))
  return selectRows(`${labels.size === 1 ? [...labels][0] : 'Choose'}…`, choices, ids)
}

/** The row that does nothing but bear the part's key, where nothing else does. */
export function bearerRows(ids: MessageIds): readonly Row[] {
  const id = ids.bearer()
  if (id === undefined) return []
  return [{ type: 1, components: [{ type: 2, style: 2, label: 'Paperboy', custom_id: id, disabled: true }] }]
}

function chunks<T>(list: readonly T[], size: number): readonly (readonly T[])[] {
  return Array.from({ length: Math.ceil(list.length / size) }, (_, at) => list.slice(at * size, (at + 1) * size))
}
