import { isObject, type JsonObject, listOf } from '../discord/json-value.ts'
import { blocksLimits, textLength } from './block-limits.ts'
import { refuse } from './refusal.ts'
import { LIMITS } from './rules.ts'
import { type Problem, problemDetails, unwantedAt } from './violation.ts'

export interface Content {
  readonly text: string
  readonly blocks: readonly JsonObject[]
  readonly metadata?: JsonObject
  /** The text was longer than what is kept (chat.postMessage, "Truncating content"). */
  readonly truncated: boolean
}

export type Note = (problems: readonly Problem[]) => void

/** Reads what a message says, refusing as the servers do; every limit that is broken is noted first. */
export function readContent(args: JsonObject, note: Note, kind: 'post' | 'update' | 'response' = 'post'): Content {
  const text = typeof args.text === 'string' ? args.text : ''
  const blocks = readBlocks(args.blocks)
  const markdown = typeof args.markdown_text === 'string' ? args.markdown_text : undefined
  if (markdown !== undefined && (text !== '' || blocks.length > 0)) refuse('markdown_text_conflict')
  if (text === '' && blocks.length === 0 && markdown === undefined && listOf(args.attachments).length === 0) {
    refuse('no_text')
  }
  const problems = [...blocksLimits(blocks, 'message'), ...manners(args, text, blocks)]
  note(problems)
  const wrong = problems.filter((problem) => problem.refused)
  if (wrong.length > 0) refuse('invalid_blocks', problemDetails(wrong))
  // respond() with the same blocks goes through (bolt-js#2867).
  if (kind !== 'response' && textLength(blocks) > LIMITS.blocksText.most) refuse('msg_blocks_too_long')
  if ((markdown?.length ?? 0) > LIMITS.markdown) refuse('msg_too_long')
  // chat.update refuses where chat.postMessage cuts off: msg_too_long stands for both, "risk truncation" for posting only.
  if (kind === 'update' && text.length > LIMITS.text.most) refuse('msg_too_long')
  const metadata = readMetadata(args.metadata)
  return {
    text: (markdown ?? text).slice(0, LIMITS.text.most),
    blocks,
    truncated: text.length > LIMITS.text.most,
    ...(metadata === undefined ? {} : { metadata }),
  }
}

/** `blocks` as JSON or as a string of JSON (chat.postMessage). */
export function readBlocks(value: unknown): readonly JsonObject[] {
  const given = parsed(value, 'invalid_blocks_format')
  if (given === undefined) return []
  if (!Array.isArray(given) || !given.every(isObject)) refuse('invalid_blocks_format')
  return given.filter(isObject)
}

/** A JSON argument, which forms carry as a string. */
export function parsed(value: unknown, error: string): unknown {
  if (value === undefined || value === null || value === '') return undefined
  if (typeof value !== 'string') return value
  try {
    return JSON.parse(value)
  } catch {
    return refuse(error)
  }
}

/** Taken by the servers, and never meant by us. */
function manners(args: JsonObject, text: string, blocks: readonly JsonObject[]): readonly Problem[] {
  const blocksText = textLength(blocks)
  return [
    ...(text === '' && blocks.length > 0 && args.replace_original !== false
      ? [
          unwantedAt(
            'fallback-text',
            '/text',
            'blocks without text leave notifications and screen readers with nothing',
          ),
        ]
      : []),
    ...(text.length > LIMITS.text.advised && blocks.length === 0
      ? [unwantedAt('text-advised', '/text', `${text.length} characters; 4,000 are advised`)]
      : []),
    ...(text.length > LIMITS.text.most ? [unwantedAt('text-truncated', '/text', 'cut off at 40,000 characters')] : []),
    ...(blocksText > LIMITS.blocksText.safe && blocksText <= LIMITS.blocksText.most
      ? [unwantedAt('blocks-text', '/blocks', `${blocksText} characters of text; some such messages were refused`)]
      : []),
    ...(args.parse === 'full' || args.link_names === true || args.link_names === 'true'
      ? [unwantedAt('links-names', '/parse', 'names in texts become mentions')]
      : []),
  ]
}

/** types, "MessageMetadata": a type and a payload of flat values, objects of them, or lists of such objects. */
function readMetadata(value: unknown): JsonObject | undefined {
  const given = parsed(value, 'invalid_metadata_format')
  if (given === undefined) return undefined
  if (!isObject(given)) return refuse('invalid_metadata_format')
  if (Object.keys(given).length === 0) return given
  const { event_type: type, event_payload: payload } = given
  if (typeof type !== 'string' || !LIMITS.metadataType.test(type) || !isObject(payload)) {
    return refuse('invalid_metadata_format')
  }
  const flat = (each: unknown) => ['string', 'number', 'boolean'].includes(typeof each)
  const flatObject = (each: unknown) => isObject(each) && Object.values(each).every(flat)
  const fits = (each: unknown) => flat(each) || flatObject(each) || (Array.isArray(each) && each.every(flatObject))
  if (!Object.values(payload).every(fits)) return refuse('invalid_metadata_schema')
  if (Buffer.byteLength(JSON.stringify(given)) > LIMITS.metadataBytes) return refuse('metadata_too_large')
  return given
}
