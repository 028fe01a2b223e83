import { z } from 'zod'
import type { Message } from '../../message/message.ts'
import { escapeWithin } from './escape.ts'
import { COMPONENTS_V2, NO_MENTIONS, type Payload } from './payload.ts'

/** The driver's own action: the private answer is posted in the channel. */
export const SHARE = 'discord-share'

/** Whether an answer is worth showing to others: what only tells the asker something is not. */
export function isShareable({ nodes }: Message): boolean {
  return nodes.some(({ kind }) => kind === 'paper' || kind === 'people' || kind === 'table')
}

/** The answer with a button below it that shares it; renderMessage has left room for it. */
export function withShareButton(payload: Payload): Payload {
  const row = { type: 1, components: [{ type: 2, style: 2, label: 'Share', custom_id: SHARE }] } as const
  return 'embeds' in payload
    ? { ...payload, components: [...payload.components, row] }
    : { ...payload, components: [...payload.components, row] }
}

const text = z.object({ type: z.literal(10), content: z.string() })
const button = z.object({
  type: z.literal(2),
  style: z.union([z.literal(1), z.literal(2), z.literal(4)]),
  label: z.string(),
  custom_id: z.string(),
})
const select = z.object({
  type: z.literal(3),
  custom_id: z.string(),
  placeholder: z.string().default('Choose…'),
  options: z.array(z.object({ label: z.string(), value: z.string() })),
})
const row = z.object({ type: z.literal(1), components: z.array(z.union([button, select])) })
const section = z.object({ type: z.literal(9), components: z.array(text), accessory: button })
const separator = z.object({
  type: z.literal(14),
  divider: z.boolean().default(true),
  spacing: z.literal(1).default(1),
})
const container = z.object({
  type: z.literal(17),
  accent_color: z
    .number()
    .nullish()
    .transform((color) => color ?? 0),
  components: z.array(z.union([text, row, section, separator])),
})
const embed = z.object({
  author: z.object({ name: z.string() }).optional(),
  title: z.string().optional(),
  url: z.string().optional(),
  description: z.string().optional(),
  color: z.number().default(0),
})

/** The answer as it stands in the private message, to be posted for all; undefined when it is none of ours. */
export function sharedPayload(
  message: { readonly components: unknown; readonly embeds: unknown },
  by: string,
): Payload | undefined {
  const signed = `-# Shared by ${escapeWithin(by, 100)}`
  const components = z.array(z.union([container, text, row])).safeParse(message.components ?? [])
  if (!components.success) return undefined
  const kept = components.data.filter((each) => !isShareRow(each))
  const embeds = z.array(embed).safeParse(message.embeds ?? [])
  if (embeds.success && embeds.data.length > 0) {
    const shown = embeds.data.map(({ author, title, url, description, color }) => ({
      ...(author === undefined ? {} : { author }),
      ...(title === undefined ? {} : { title }),
      ...(url === undefined ? {} : { url }),
      ...(description === undefined ? {} : { description }),
      color,
    }))
    const rows = kept.filter((each) => each.type === 1)
    return { content: signed, embeds: shown, components: rows, allowed_mentions: NO_MENTIONS }
  }
  if (kept.length === 0) return undefined
  return { flags: COMPONENTS_V2, components: [...kept, { type: 10, content: signed }], allowed_mentions: NO_MENTIONS }
}

function isShareRow(component: z.output<typeof container> | z.output<typeof text> | z.output<typeof row>): boolean {
  return component.type === 1 && component.components.some((each) => each.custom_id === SHARE)
}
