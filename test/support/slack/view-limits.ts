import { isObject, type JsonObject, listOf } from '../discord/json-value.ts'
import { blocksLimits } from './block-limits.ts'
import { type Note, parsed } from './message-limits.ts'
import { refuse } from './refusal.ts'
import { LIMITS } from './rules.ts'
import { optionalText, PLAIN, textObject } from './text-limits.ts'
import { lengthAt, type Problem, problemDetails, refusedAt } from './violation.ts'

/** Reads a view, refusing as the servers do: `invalid_arguments` with the places of what is wrong (views.open). */
export function readView(value: unknown, kind: 'modal' | 'home', note: Note): JsonObject {
  const view = parsed(value, 'invalid_arguments')
  if (!isObject(view)) return refuse('invalid_arguments')
  const problems = viewLimits(view, kind)
  note(problems)
  const wrong = problems.filter((problem) => problem.refused)
  if (wrong.length > 0) refuse('invalid_arguments', problemDetails(wrong))
  if (Buffer.byteLength(JSON.stringify(view)) > LIMITS.viewBytes) refuse('view_too_large')
  return view
}

function viewLimits(view: JsonObject, kind: 'modal' | 'home'): readonly Problem[] {
  const blocks = listOf(view.blocks)
  const asks = blocks.some((block) => isObject(block) && block.type === 'input')
  const modal =
    kind === 'home'
      ? []
      : [
          ...textObject('view-title', '/view/title', view.title, LIMITS.view.title, PLAIN),
          ...optionalText('view-submit', '/view/submit', view.submit, LIMITS.view.button),
          ...optionalText('view-close', '/view/close', view.close, LIMITS.view.button),
          // types, "ModalView": required when an input block is within.
          ...(asks && view.submit === undefined
            ? [refusedAt('view-submit', '/view/submit', 'missing required field')]
            : []),
        ]
  return [
    ...(view.type === kind ? [] : [refusedAt('view-type', '/view/type', `must be ${kind}`)]),
    ...modal,
    ...(Array.isArray(view.blocks) ? [] : [refusedAt('blocks', '/view/blocks', 'missing required field')]),
    ...lengthAt(
      'private-metadata',
      '/view/private_metadata',
      view.private_metadata,
      LIMITS.view.privateMetadata,
      false,
    ),
    ...lengthAt('callback-id', '/view/callback_id', view.callback_id, LIMITS.view.callbackId, false),
    ...lengthAt('external-id', '/view/external_id', view.external_id, LIMITS.view.externalId, false),
    ...blocksLimits(blocks, kind, '/view/blocks'),
  ]
}
