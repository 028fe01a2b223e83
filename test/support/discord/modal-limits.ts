import { selectLimits, uniqueCustomIds } from './component-limits.ts'
import { type PlacedComponent, walkComponents } from './component-walk.ts'
import { type JsonObject, listOf, numberOf, objectOf } from './json-value.ts'
import { COMPONENT, LIMITS, SELECTS } from './rules.ts'
import { countOf, type LimitViolation, lengthOf, refused } from './violation.ts'

/** interactions/receiving-and-responding, "Modal", and components/reference for what stands in it. */
export function modalLimits(modal: JsonObject): readonly LimitViolation[] {
  const rows = listOf(modal.components)
  const all = walkComponents(rows)
  return [
    ...lengthOf('modal-title', ['title'], modal.title, LIMITS.modalTitle, 1, true),
    ...lengthOf('custom-id', ['custom_id'], modal.custom_id, LIMITS.customId, 1, true),
    ...countOf('modal-rows', ['components'], rows.length, LIMITS.modalRows, 1),
    ...all.flatMap(inModal),
    ...uniqueCustomIds(all),
  ]
}

function inModal(each: PlacedComponent): readonly LimitViolation[] {
  const { component, path, parent } = each
  switch (component.type) {
    case COMPONENT.row:
      return countOf('modal-row', [...path, 'components'], listOf(component.components).length, 1, 1)
    case COMPONENT.labelled:
      return [
        ...lengthOf('label', [...path, 'label'], component.label, LIMITS.label, 1, true),
        ...lengthOf('label-description', [...path, 'description'], component.description, LIMITS.labelDescription, 1),
      ]
    case COMPONENT.textInput:
      return [
        ...(parent?.type === COMPONENT.labelled
          ? []
          : lengthOf('label', [...path, 'label'], component.label, LIMITS.label, 1, true)),
        ...textInput(each),
      ]
    case COMPONENT.text:
      return lengthOf('text', [...path, 'content'], component.content, LIMITS.displayedText, 1, true)
    default:
      return select(each)
  }
}

function textInput({ component, path }: PlacedComponent): readonly LimitViolation[] {
  const value = component.value
  const most = numberOf(component.max_length) ?? LIMITS.inputValue
  return [
    ...lengthOf('custom-id', [...path, 'custom_id'], component.custom_id, LIMITS.customId, 1, true),
    ...lengthOf('input-placeholder', [...path, 'placeholder'], component.placeholder, LIMITS.inputPlaceholder),
    ...lengthOf('input-value', [...path, 'value'], value, Math.min(most, LIMITS.inputValue)),
  ]
}

/** "Label": selects stand in a modal only within a label. */
function select(each: PlacedComponent): readonly LimitViolation[] {
  const type = numberOf(each.component.type) ?? 0
  const labelled = objectOf(each.parent).type === COMPONENT.labelled
  if (!SELECTS.includes(type) || !labelled) {
    return [
      refused('modal-component', [...each.path, 'type'], 'UNION_TYPE_CHOICES', `Component ${type} cannot stand here.`),
    ]
  }
  return selectLimits(each)
}
