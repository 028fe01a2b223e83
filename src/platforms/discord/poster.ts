import { z } from 'zod'
import type { FindResult, OutgoingPart, PostResult, RecallResult, SoughtPart } from '../../delivery/platform.ts'
import type { ChannelId } from '../../message/channel.ts'
import type { Message } from '../../message/message.ts'
import type { Receipt } from '../../store/records.ts'
import type { Answer, DiscordApi } from './api.ts'
import { findPart, readReceipt, receiptOf } from './history.ts'
import { outcomeOf } from './outcomes.ts'
import type { Payload, Rendering } from './payload.ts'
import type { Places } from './places.ts'
import { recallParts } from './recall.ts'
import { renderMessage, renderPart } from './render.ts'

/** What the courier asks of Discord; needs no gateway. */
export interface Poster {
  post(channel: ChannelId, part: OutgoingPart, signal: AbortSignal): Promise<PostResult>
  find(channel: ChannelId, part: SoughtPart, since: number, signal: AbortSignal): Promise<FindResult>
  recall(channel: ChannelId, since: number, signal: AbortSignal): Promise<RecallResult>
  edit(channel: ChannelId, receipt: Receipt, part: OutgoingPart, signal: AbortSignal): Promise<PostResult>
  /** A message that nobody looks for later on; rejects when it can't be posted. */
  say(channel: ChannelId, message: Message, signal: AbortSignal): Promise<void>
}

const CHANNEL = /^discord:(?:\d+\/\d+|@\d+)$/
const sentShape = z.object({ id: z.string().regex(/^\d+$/) })

const embedsShape = z.object({ embeds: z.array(z.unknown()) })
const DELETE_MS = 5000

export function createPoster(api: DiscordApi, places: Places, rendering: Rendering): Poster {
  return {
    async post(channel, part, signal) {
      if (!CHANNEL.test(channel)) return invalidChannel(channel)
      const payload = renderPart(part.message, part.key, rendering)
      if (payload === undefined) return tooBig()
      const place = await places.resolve(channel, signal)
      if (place.kind !== 'place') return outcomeOf(place)
      // For some minutes Discord answers a repeated nonce with the message that is there.
      const body = { ...payload, nonce: part.key, enforce_nonce: true, ...replyTo(part) }
      const answer = await api.request('POST', `/channels/${place.id}/messages`, { signal, body })
      const result = posted(answer, channel, place.id, rendering)
      if (result.kind !== 'posted' || !isBereft(payload, answer)) return result
      // Buttons without their papers help nobody.
      const { message } = readReceipt(result.receipt.id)
      await api.request('DELETE', `/channels/${place.id}/messages/${message}`, { signal, patienceMs: DELETE_MS })
      return noEmbeds()
    },

    find: (channel, part, since, signal) =>
      CHANNEL.test(channel)
        ? findPart({ api, places }, channel, part.key, since, signal)
        : Promise.resolve({ kind: 'absent' }),

    recall: (channel, since, signal) =>
      CHANNEL.test(channel)
        ? recallParts({ api, places }, channel, since, signal)
        : Promise.resolve({ kind: 'recalled', parts: [] }),

    async edit(channel, receipt, part, signal) {
      if (!CHANNEL.test(channel)) return invalidChannel(channel)
      const { message, rendering: form } = readReceipt(receipt.id)
      if (!/^\d+$/.test(message)) {
        return { kind: 'refused', reason: 'message-gone', until: 'never', detail: `no message ${receipt.id}` }
      }
      const payload = renderPart(part.message, part.key, form)
      if (payload === undefined) return tooBig()
      const place = await places.resolve(channel, signal)
      if (place.kind !== 'place') return outcomeOf(place)
      const path = `/channels/${place.id}/messages/${message}`
      const answer = await api.request('PATCH', path, { signal, body: payload })
      if (answer.kind === 'error' && answer.status === 404 && answer.code === 0) {
        return { kind: 'refused', reason: 'message-gone', until: 'never', detail: answer.message }
      }
      return posted(answer, channel, place.id, form)
    },

    async say(channel, message, signal) {
      const place = await places.resolve(channel, signal)
      const payloads = place.kind === 'place' ? renderMessage(message, { rendering }) : []
      if (place.kind !== 'place') throw new Error(told(place))
      for (const body of payloads) {
        const options = { signal, body, patienceMs: 10_000 }
        const answer = await api.request('POST', `/channels/${place.id}/messages`, options)
        if (answer.kind !== 'ok') throw new Error(told(answer))
      }
    },
  }
}

/** A line about a digest is a reply to it, and nothing at all where that is gone. */
function replyTo({ aside, parent }: OutgoingPart) {
  if (aside !== true || parent === undefined) return {}
  return { message_reference: { message_id: readReceipt(parent.id).message, fail_if_not_exists: true } }
}

function posted(answer: Answer, channel: ChannelId, place: string, rendering: Rendering): PostResult {
  if (answer.kind !== 'ok') return outcomeOf(answer)
  const read = sentShape.safeParse(answer.body)
  if (!read.success) return { kind: 'unknown', cause: 'Discord’s answer does not name the message' }
  return { kind: 'posted', receipt: receiptOf(channel, place, read.data.id, rendering) }
}

/** Whether Discord took the message and left its embeds out, as it does for a bot without Embed Links (discord-api-docs, issue 2601). */
function isBereft(payload: Payload, answer: Answer): boolean {
  if (!('embeds' in payload) || payload.embeds.length === 0 || answer.kind !== 'ok') return false
  const read = embedsShape.safeParse(answer.body)
  return read.success && read.data.embeds.length === 0
}

function noEmbeds(): PostResult {
  const detail = 'Discord leaves the papers out while Paperboy lacks Embed Links in the channel'
  return { kind: 'refused', reason: 'forbidden', until: 'permitted', detail }
}

function tooBig(): PostResult {
  return { kind: 'refused', reason: 'too-big', until: 'plainer', detail: 'the part does not fit into one message' }
}

function invalidChannel(channel: ChannelId): PostResult {
  return { kind: 'refused', reason: 'invalid', until: 'never', detail: `${channel} is no channel of Discord` }
}

function told(answer: Exclude<Answer, { readonly kind: 'ok' }>): string {
  const outcome = outcomeOf(answer)
  if (outcome.kind === 'refused') return outcome.detail
  return outcome.kind === 'throttled' ? 'Discord asks to wait' : outcome.kind === 'unknown' ? outcome.cause : ''
}
