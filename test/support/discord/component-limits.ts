import { type PlacedComponent, walkComponents } from './component-walk.ts'
import { isGiven, listOf, numberOf, objectOf, textOf } from './json-value.ts'
import { COMPONENT, LIMITS, SELECTS } from './rules.ts'
import { countOf, type LimitViolation, lengthOf, refused } from './violation.ts'

const BUTTON_STYLES = { link: 5, premium: 6 }
/** What only Components V2 has (components/reference, "Component Types"). */
const V2_ONLY: readonly number[] = [9, 10, 11, 12, 13, 14, 17]
/** Where each may stand (components/reference, one section each); `undefined` is the message itself. */
const HOMES: ReadonlyMap<number, readonly (number | undefined)[]> = new Map<number, readonly (number | undefined)[]>([
  [COMPONENT.row, [undefined, COMPONENT.container]],
  [COMPONENT.button, [COMPONENT.row, COMPONENT.section]],
  [COMPONENT.section, [undefined, COMPONENT.container]],
  [COMPONENT.text, [undefined, COMPONENT.container, COMPONENT.section]],
  [COMPONENT.thumbnail, [COMPONENT.section]],
  [COMPONENT.gallery, [undefined, COMPONENT.container]],
  [COMPONENT.file, [undefined, COMPONENT.container]],
  [COMPONENT.separator, [undefined, COMPONENT.container]],
  [COMPONENT.container, [undefined]],
  ...SELECTS.map((type): [number, readonly (number | undefined)[]] => [type, [COMPONENT.row]]),
])

/** components/reference: what the components of one message may be, by themselves and together. */
export function componentLimits(components: readonly unknown[], v2: boolean): readonly LimitViolation[] {
  const all = walkComponents(components)
  return [
    ...all.flatMap((each) => [...home(each, v2), ...inside(each)]),
    ...uniqueCustomIds(all),
    ...(v2 ? together(all) : countOf('rows', ['components'], components.length, LIMITS.rows)),
  ]
}

function home({ component, path, parent }: PlacedComponent, v2: boolean): readonly LimitViolation[] {
  const type = numberOf(component.type) ?? 0
  const place = [...path, 'type']
  const homes = HOMES.get(type)
  if (homes === undefined || !homes.includes(numberOf(parent?.type))) {
    return [refused('component-place', place, 'UNION_TYPE_CHOICES', `Value of field "type" must not be ${type} here.`)]
  }
  return V2_ONLY.includes(type) && !v2
    ? [refused('component-flag', place, 'UNION_TYPE_CHOICES', `Component ${type} needs MessageFlags.IS_COMPONENTS_V2.`)]
    : []
}

function inside(each: PlacedComponent): readonly LimitViolation[] {
  const { component, path } = each
  const type = numberOf(component.type)
  const children = listOf(component.components)
  const within = [...path, 'components']
  switch (type) {
    case COMPONENT.row:
      return row(each)
    case COMPONENT.button:
      return button(each)
    case COMPONENT.section:
      return [
        ...countOf('section-texts', within, children.length, LIMITS.sectionTexts, 1),
        ...children.flatMap((child, at) =>
          objectOf(child).type === COMPONENT.text
            ? []
            : [refused('section-texts', [...within, at, 'type'], 'UNION_TYPE_CHOICES', 'Must be a text display.')],
        ),
        ...(isGiven(component.accessory)
          ? []
          : [refused('section-accessory', [...path, 'accessory'], 'BASE_TYPE_REQUIRED', 'This field is required')]),
      ]
    case COMPONENT.text:
      return lengthOf('text', [...path, 'content'], component.content, LIMITS.displayedText, 1, true)
    case COMPONENT.container:
      return countOf('container', within, children.length, LIMITS.components, 1)
    case COMPONENT.gallery:
      return countOf('gallery', [...path, 'items'], listOf(component.items).length, LIMITS.galleryItems, 1)
    default:
      return SELECTS.includes(type ?? 0) ? selectLimits(each) : []
  }
}

/** "Action Row": up to five buttons, or one select. */
function row({ component, path }: PlacedComponent): readonly LimitViolation[] {
  const children = listOf(component.components)
  const selects = children.filter((child) => SELECTS.includes(numberOf(objectOf(child).type) ?? 0))
  const within = [...path, 'components']
  return selects.length > 0 && children.length > 1
    ? [refused('row', within, 'COMPONENT_LAYOUT_WIDTH_EXCEEDED', 'A select fills a row by itself.')]
    : countOf('row', within, children.length, LIMITS.buttons, 1)
}

/** "Button": a link has a url and no custom_id, the others a custom_id and no url; each has a label or an emoji. */
function button({ component, path }: PlacedComponent): readonly LimitViolation[] {
  const link = component.style === BUTTON_STYLES.link
  const needed = link ? 'url' : 'custom_id'
  const forbidden = link ? 'custom_id' : 'url'
  if (component.style === BUTTON_STYLES.premium) return []
  return [
    ...lengthOf('button-label', [...path, 'label'], component.label, LIMITS.buttonLabel),
    ...(isGiven(component.label) || isGiven(component.emoji)
      ? []
      : [refused('button-label', path, 'BUTTON_COMPONENT_MISSING_LABEL', 'A button needs a label or an emoji.')]),
    ...lengthOf(
      link ? 'url' : 'custom-id',
      [...path, needed],
      component[needed],
      link ? LIMITS.url : LIMITS.customId,
      1,
      true,
    ),
    ...(link && !/^(?:https?|discord):\/\/\S+$/.test(textOf(component.url) ?? '')
      ? [refused('url', [...path, 'url'], 'URL_TYPE_INVALID_URL', 'Not a well formed URL.')]
      : []),
    ...(isGiven(component[forbidden])
      ? [
          refused(
            'button-target',
            [...path, forbidden],
            'BUTTON_COMPONENT_CUSTOM_ID_AND_URL',
            'A custom id and url cannot both be specified',
          ),
        ]
      : []),
  ]
}

/** "String Select" and the selects that fill themselves. */
export function selectLimits({ component, path }: PlacedComponent): readonly LimitViolation[] {
  const options = listOf(component.options).map(objectOf)
  const strings = component.type === COMPONENT.stringSelect
  const values = options.map((option) => option.value)
  const most = numberOf(component.max_values) ?? 1
  return [
    ...lengthOf('custom-id', [...path, 'custom_id'], component.custom_id, LIMITS.customId, 1, true),
    ...lengthOf('placeholder', [...path, 'placeholder'], component.placeholder, LIMITS.placeholder),
    ...(strings ? countOf('options', [...path, 'options'], options.length, LIMITS.options, 1) : []),
    ...options.flatMap((option, at) => [
      ...lengthOf('option-label', [...path, 'options', at, 'label'], option.label, LIMITS.optionText, 1, true),
      ...lengthOf('option-value', [...path, 'options', at, 'value'], option.value, LIMITS.optionText, 1, true),
      ...lengthOf('option-description', [...path, 'options', at, 'description'], option.description, LIMITS.optionText),
    ]),
    ...values.flatMap((value, at) =>
      values.indexOf(value) < at
        ? [
            refused(
              'option-value',
              [...path, 'options', at, 'value'],
              'SELECT_COMPONENT_OPTION_VALUE_DUPLICATED',
              'The specified option value is already used',
            ),
          ]
        : [],
    ),
    ...(strings && most > options.length
      ? [refused('max-values', [...path, 'max_values'], 'NUMBER_TYPE_MAX', 'More than there are options.')]
      : []),
  ]
}

/** "Anatomy of a Component": a custom_id occurs once in a message. */
export function uniqueCustomIds(all: readonly PlacedComponent[]): readonly LimitViolation[] {
  const seen = new Set<unknown>()
  return all.flatMap(({ component, path }) => {
    if (!isGiven(component.custom_id)) return []
    const twice = seen.has(component.custom_id)
    seen.add(component.custom_id)
    return twice
      ? [
          refused(
            'custom-id-twice',
            [...path, 'custom_id'],
            'COMPONENT_CUSTOM_ID_DUPLICATED',
            'Component custom id cannot be duplicated',
          ),
        ]
      : []
  })
}

/** What holds over a whole Components V2 message: components, characters (400) and bytes (500, #8554). */
function together(all: readonly PlacedComponent[]): readonly LimitViolation[] {
  const texts = all
    .filter(({ component }) => component.type === COMPONENT.text)
    .map(({ component }) => textOf(component.content) ?? '')
  const characters = texts.reduce((sum, text) => sum + text.length, 0)
  const bytes = texts.reduce((sum, text) => sum + Buffer.byteLength(text) + LIMITS.displayedBytesEach, 0)
  return [
    ...(all.length > LIMITS.components
      ? [
          refused(
            'components',
            ['components'],
            'COMPONENT_MAX_TOTAL_COMPONENTS_EXCEEDED',
            `The total number of components exceeds the limit of ${LIMITS.components}`,
          ),
        ]
      : []),
    ...(characters > LIMITS.displayedText
      ? [
          refused(
            'displayed-text',
            ['components'],
            'COMPONENT_DISPLAYABLE_TEXT_SIZE_EXCEEDED',
            `The displayable text size exceeds maximum size of ${LIMITS.displayedText}`,
          ),
        ]
      : []),
    ...(bytes > LIMITS.displayedBytes
      ? [
          {
            rule: 'displayed-bytes',
            path: ['components'],
            code: 'INTERNAL',
            message: `${bytes} bytes of text displays, ${LIMITS.displayedBytes} can be stored`,
            status: 500 as const,
          },
        ]
      : []),
  ]
}
