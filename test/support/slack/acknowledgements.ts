import { isObject, type JsonObject, listOf, textOf } from '../discord/json-value.ts'
import type { Note } from './message-limits.ts'
import { placedElements } from './message-view.ts'
import { Refusal } from './refusal.ts'
import { LIMITS } from './rules.ts'
import { groupsLimits, optionsLimits } from './text-limits.ts'
import { readView } from './view-limits.ts'
import { pushView, replaceView } from './view-methods.ts'
import { unwantedAt } from './violation.ts'
import type { Team, View, World } from './world.ts'

/** What a view_submission's acknowledgement does (surfaces/modals, "Handling and responding to interactions"). */
export function answerSubmission(
  world: World,
  team: Team,
  view: View,
  payload: unknown,
  note: Note,
): Readonly<Record<string, string>> | undefined {
  const answer = isObject(payload) ? payload : {}
  const refused = (message: string) =>
    note([{ ...unwantedAt('response-action', '/response_action', message), refused: true }])
  try {
    switch (answer.response_action) {
      case undefined:
        view.open = false
        break
      case 'clear':
        for (const each of world.views.values()) if (each.rootId === view.rootId) each.open = false
        break
      case 'update':
        replaceView(world, view, readView(answer.view, 'modal', note))
        break
      case 'push':
        pushView(world, team, view, readView(answer.view, 'modal', note))
        break
      case 'errors':
        return errorsOf(view, answer, refused)
      default:
        refused(`unknown response_action ${String(answer.response_action)}`)
    }
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    // People read "We had some trouble connecting"; the modal stays.
    refused(`the answer was refused: ${error.error}`)
  }
  world.changed()
  return undefined
}

/** Errors stand under inputs, by block_id; anything else shows nothing at all. */
function errorsOf(
  view: View,
  answer: JsonObject,
  refused: (message: string) => void,
): Readonly<Record<string, string>> {
  const errors = isObject(answer.errors) ? answer.errors : {}
  const inputs = listOf(view.payload.blocks)
    .filter(isObject)
    .filter((block) => block.type === 'input')
    .map((block) => block.block_id)
  if (Object.keys(errors).length === 0) refused('errors without any')
  for (const blockId of Object.keys(errors)) {
    if (!inputs.includes(blockId)) refused(`no input has the block_id "${blockId}"`)
  }
  return Object.fromEntries(Object.entries(errors).map(([blockId, error]) => [blockId, String(error)]))
}

/** The answer of an external menu: up to 100 options, or groups of them (reference/block-kit/block-elements/select-menu). */
export function answerSuggestion(
  payload: unknown,
  note: Note,
): readonly { readonly label: string; readonly value: string }[] | undefined {
  const answer = isObject(payload) ? payload : {}
  const grouped = answer.option_groups !== undefined
  const problems = grouped
    ? groupsLimits('/option_groups', answer.option_groups, 0)
    : optionsLimits('/options', answer.options, LIMITS.options.select, 0)
  note(problems)
  // With anything wrong people read "no results".
  if (problems.length > 0 || (!grouped && answer.options === undefined)) {
    if (problems.length === 0) note([unwantedAt('suggestion', '', 'neither options nor option_groups')])
    return undefined
  }
  const groups = listOf(answer.option_groups).filter(isObject)
  return [...listOf(answer.options), ...groups.flatMap((group) => listOf(group.options))]
    .filter(isObject)
    .map((option) => ({
      label: textOf(isObject(option.text) ? option.text.text : undefined) ?? '',
      value: textOf(option.value) ?? '',
    }))
}

/** The element with this action_id; throws where people see none. */
export function elementIn(blocks: readonly JsonObject[], actionId: string) {
  const placed = placedElements(blocks).find(({ element }) => element.action_id === actionId)
  if (placed === undefined) throw new Error(`there is nothing with the action_id "${actionId}" to use`)
  return placed
}
