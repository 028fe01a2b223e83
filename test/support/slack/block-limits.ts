import { isObject, type JsonObject, listOf } from '../discord/json-value.ts'
import { elementLimits, type STANDS_IN } from './element-limits.ts'
import { LIMITS } from './rules.ts'
import { optionalText, PLAIN, textObject } from './text-limits.ts'
import { countAt, lengthAt, type Problem, refusedAt, uniqueAt } from './violation.ts'

export type Surface = 'message' | 'modal' | 'home'

type Check = (pointer: string, block: JsonObject) => readonly Problem[]

/** What each kind of block must keep to, beside its block_id (types, "blocks"). */
const BLOCKS: Readonly<Record<string, Check>> = {
  header: (pointer, block) => textObject('header-text', `${pointer}/text`, block.text, LIMITS.header, PLAIN),
  divider: () => [],
  section: (pointer, block) => [
    ...(block.text === undefined && block.fields === undefined
      ? [refusedAt('section', pointer, 'must define either `text` or `fields`')]
      : []),
    ...(block.text === undefined ? [] : textObject('section-text', `${pointer}/text`, block.text, LIMITS.section.text)),
    ...(block.fields === undefined
      ? []
      : [
          ...countAt('section-fields', `${pointer}/fields`, listOf(block.fields).length, LIMITS.section.fields),
          ...listOf(block.fields).flatMap((field, place) =>
            textObject('section-field', `${pointer}/fields/${place}`, field, LIMITS.section.field),
          ),
        ]),
    ...(block.accessory === undefined ? [] : elementLimits(`${pointer}/accessory`, block.accessory, 'section')),
  ],
  context: (pointer, block) => [
    ...countAt('context-elements', `${pointer}/elements`, listOf(block.elements).length, LIMITS.context),
    ...listOf(block.elements).flatMap((element, place) =>
      isObject(element) && element.type === 'image'
        ? elementLimits(`${pointer}/elements/${place}`, element, 'context')
        : textObject('context-text', `${pointer}/elements/${place}`, element),
    ),
  ],
  actions: (pointer, block) => [
    ...countAt('actions-elements', `${pointer}/elements`, listOf(block.elements).length, LIMITS.actions),
    ...elements(pointer, block, 'actions'),
  ],
  image: (pointer, block) => [
    ...lengthAt('image-url', `${pointer}/image_url`, block.image_url, LIMITS.image.url, block.slack_file === undefined),
    ...lengthAt('image-alt', `${pointer}/alt_text`, block.alt_text, LIMITS.image.alt),
    ...optionalText('image-title', `${pointer}/title`, block.title, LIMITS.image.title),
  ],
  input: (pointer, block) => [
    ...textObject('input-label', `${pointer}/label`, block.label, LIMITS.input.label, PLAIN),
    ...optionalText('input-hint', `${pointer}/hint`, block.hint, LIMITS.input.hint),
    ...elementLimits(`${pointer}/element`, block.element, 'input'),
  ],
  rich_text: (pointer, block) => countAt('rich-text', `${pointer}/elements`, listOf(block.elements).length, 1_000),
  markdown: (pointer, block) => lengthAt('markdown-text', `${pointer}/text`, block.text, LIMITS.markdown),
  card: cardLimits,
  carousel: (pointer, block) => [
    ...countAt('carousel-cards', `${pointer}/elements`, listOf(block.elements).length, LIMITS.card.cards),
    ...listOf(block.elements).flatMap((card, place) =>
      isObject(card) ? cardLimits(`${pointer}/elements/${place}`, card) : [],
    ),
  ],
  table: (pointer, block) => [
    ...countAt('table-rows', `${pointer}/rows`, listOf(block.rows).length, LIMITS.table.rows),
    ...listOf(block.rows).flatMap((row, place) =>
      countAt('table-cells', `${pointer}/rows/${place}`, listOf(row).length, LIMITS.table.cells),
    ),
    ...(textLength(block.rows) > LIMITS.table.characters
      ? [refusedAt('table-text', pointer, `must be less than ${LIMITS.table.characters + 1} characters`)]
      : []),
  ],
}

/** Kinds of blocks that a surface does not show (reference/block-kit/blocks). */
const NOT_ON: Readonly<Record<Surface, readonly string[]>> = {
  message: [],
  modal: ['markdown', 'table', 'card', 'carousel'],
  home: ['markdown', 'table', 'card', 'carousel'],
}

/** Every limit that a list of blocks breaks; `pointer` says where the list stands. */
export function blocksLimits(blocks: readonly unknown[], surface: Surface, pointer = '/blocks'): readonly Problem[] {
  const known = blocks.filter(isObject)
  return [
    ...countAt('blocks', pointer, blocks.length, surface === 'message' ? LIMITS.blocks.message : LIMITS.blocks.view, 0),
    ...uniqueAt(
      'block-id-twice',
      pointer,
      known.map((block) => block.block_id),
    ),
    ...blocks.flatMap((block, place) => blockLimits(`${pointer}/${place}`, block, surface)),
  ]
}

function blockLimits(pointer: string, block: unknown, surface: Surface): readonly Problem[] {
  if (!isObject(block)) return [refusedAt('block', pointer, 'must be a block')]
  const kind = String(block.type)
  const check = NOT_ON[surface].includes(kind) ? undefined : BLOCKS[kind]
  if (check === undefined) return [refusedAt('block-type', `${pointer}/type`, `unsupported type: ${kind}`)]
  return [
    ...lengthAt('block-id', `${pointer}/block_id`, block.block_id, LIMITS.blockId, false),
    ...uniqueAt(
      'action-id-twice',
      pointer,
      elementsOf(block).map((element) => element.action_id),
    ),
    ...check(pointer, block),
  ]
}

function cardLimits(pointer: string, card: JsonObject): readonly Problem[] {
  const marked = ['mrkdwn', 'plain_text']
  return [
    ...optionalText('card-title', `${pointer}/title`, card.title, LIMITS.card.title, marked),
    ...optionalText('card-subtitle', `${pointer}/subtitle`, card.subtitle, LIMITS.card.title, marked),
    ...optionalText('card-body', `${pointer}/body`, card.body, LIMITS.card.body, marked),
    ...listOf(card.actions).flatMap((button, at) => elementLimits(`${pointer}/actions/${at}`, button, 'actions')),
  ]
}

function elements(pointer: string, block: JsonObject, place: keyof typeof STANDS_IN): readonly Problem[] {
  return listOf(block.elements).flatMap((each, at) => elementLimits(`${pointer}/elements/${at}`, each, place))
}

/** The elements of one block that people can use. */
export function elementsOf(block: JsonObject): readonly JsonObject[] {
  const cards = block.type === 'carousel' ? listOf(block.elements).filter(isObject) : [block]
  const row = block.type === 'actions' ? listOf(block.elements) : cards.flatMap((card) => listOf(card.actions))
  return [block.accessory, block.element, ...row].filter(isObject)
}

/** The sum of all `text` strings within, however deep (bolt-js#2867 counts so). */
export function textLength(value: unknown): number {
  if (Array.isArray(value)) return value.reduce<number>((sum, each) => sum + textLength(each), 0)
  if (!isObject(value)) return 0
  return Object.entries(value).reduce(
    (sum, [key, each]) => sum + (key === 'text' && typeof each === 'string' ? each.length : textLength(each)),
    0,
  )
}
