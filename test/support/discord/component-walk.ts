import { isObject, type JsonObject, listOf } from './json-value.ts'
import type { Path } from './violation.ts'

/** A component with its place, and the component it stands in. */
export interface PlacedComponent {
  readonly component: JsonObject
  readonly path: Path
  readonly parent: JsonObject | undefined
}

/** Every component, nested ones after what they stand in: children, accessories, and what a label holds. */
export function walkComponents(
  components: readonly unknown[],
  path: Path = ['components'],
  parent?: JsonObject,
): readonly PlacedComponent[] {
  return components.flatMap((component, at) => placed(component, [...path, at], parent))
}

function placed(component: unknown, path: Path, parent: JsonObject | undefined): readonly PlacedComponent[] {
  if (!isObject(component)) return []
  return [
    { component, path, parent },
    ...walkComponents(listOf(component.components), [...path, 'components'], component),
    ...placed(component.accessory, [...path, 'accessory'], component),
    ...placed(component.component, [...path, 'component'], component),
  ]
}
