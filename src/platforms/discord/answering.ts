import { createHash } from 'node:crypto'
import { isoAt } from '../../clock.ts'
import type { PlatformHouse } from '../../delivery/platform.ts'
import type { Form } from '../../message/form.ts'
import { type Message, type MessageNode, notice } from '../../message/message.ts'
import type { Reply } from '../../message/reply.ts'
import { tenantKey } from '../../store/keys.ts'
import type { Answer, DiscordApi, RequestOptions } from './api.ts'
import type { Incoming } from './interaction.ts'
import { modalOf } from './modal.ts'
import { COMPONENTS_V2, EPHEMERAL, NO_MENTIONS, type Payload, type Rendering } from './payload.ts'
import { renderMessage } from './render.ts'
import { isShareable, withShareButton } from './sharing.ts'
import { asTypedHere } from './typed-line.ts'

/** The driver's own action: a form that came too late to be shown at once. */
export const OPEN_FORM = 'discord-form'

/** One interaction's answers: the first within 3 s, a promise of one if need be, and the rest within 15 minutes. */
export interface Answering {
  /** Says that an answer is being made; afterwards only messages can follow. */
  defer(): Promise<void>
  reply(reply: Reply): Promise<void>
  /** For all to see. */
  post(payload: Payload): Promise<void>
  choices(choices: readonly { readonly name: string; readonly value: string }[]): Promise<void>
}

interface AnsweringHouse extends Pick<PlatformHouse, 'commands' | 'store' | 'clock' | 'log'> {
  readonly api: DiscordApi
  readonly rendering: Rendering
  readonly signal: AbortSignal
}

const MESSAGE = 4
const DEFERRED = 5
const DEFERRED_UPDATE = 6
const UPDATE = 7
const CHOICES = 8
const MODAL = 9
/** Where the interaction's token ends, fifteen minutes after it began; nothing waits that long. */
const PATIENCE_MS = 20_000
const ATTEMPTS = 3
const AGAIN_MS = 200
/** "Interaction has already been acknowledged" (docs.discord.com, JSON error codes). */
const ACKNOWLEDGED = 40060

export function answering(house: AnsweringHouse, incoming: Incoming): Answering {
  const { api, store, clock, signal } = house
  const { asked, message } = incoming
  // A page turned in a private message takes the place of the one before; in a message of all it would take it from others.
  const turning = asked.kind === 'custom' && asked.id.turns && message?.private === true
  const rendering = turning ? message.rendering : house.rendering
  const ofModal = asked.kind === 'custom' && asked.question.kind === 'form'
  let acknowledged = false

  const path = `/webhooks/${incoming.applicationId}/${incoming.token}`
  const options = (body: unknown): RequestOptions => ({ signal, body, anonymous: true, patienceMs: PATIENCE_MS })

  async function callback(type: number, data?: unknown, file?: RequestOptions['file']): Promise<void> {
    acknowledged = true
    const body = { type, ...(data === undefined ? {} : { data }) }
    const path = `/interactions/${incoming.id}/${incoming.token}/callback`
    await insist('POST', path, { ...options(body), ...(file === undefined ? {} : { file }) }, true)
  }

  /**
   * Sends it again when it was surely not carried out, and, where sending it twice comes to the same, when it may not have
   * been: an interaction is acknowledged once, whatever is sent (40060).
   */
  async function insist(method: 'POST' | 'PATCH', to: string, request: RequestOptions, again: boolean): Promise<void> {
    for (let attempt = 1; ; attempt++) {
      const answer = await api.request(method, to, request)
      if (attempt > 1 && answer.kind === 'error' && answer.code === ACKNOWLEDGED) return
      const pause = attempt < ATTEMPTS ? pauseAfter(answer, again) : undefined
      if (pause === undefined) return expectOk(answer)
      await clock.sleep(pause, signal)
    }
  }

  async function first(payload: Payload, visible: boolean): Promise<void> {
    if (acknowledged) await insist('PATCH', `${path}/messages/@original`, options(edit(payload)), true)
    else if (turning) await callback(UPDATE, payload)
    else await callback(MESSAGE, visible ? payload : hidden(payload))
  }

  async function follow(payload: Payload, visible: boolean): Promise<void> {
    await insist('POST', path, options(visible ? payload : hidden(payload)), false)
  }

  async function say(said: Message, to: 'asker' | 'channel'): Promise<void> {
    const message = asTypedHere(said, house.commands)
    const shares = to === 'asker' && isShareable(message)
    const rendered = renderMessage(message, { rendering, withRoom: shares })
    const [start, ...rest] = shares ? rendered.map(withShareButton) : rendered
    if (start === undefined) return
    const visible = to === 'channel'
    // What was deferred is private for good: only what follows can be for all.
    const deferred = visible && acknowledged
    if (deferred) await first(oneOf(notice('info', 'Answered in the channel.'), rendering), false)
    await (deferred ? follow(start, true) : first(start, visible))
    for (const payload of rest) await follow(payload, visible)
  }

  async function show(form: Form): Promise<void> {
    if (!acknowledged && !ofModal) return callback(MODAL, modalOf(form))
    // A form can only be the first answer, and not one to a form: a button opens it.
    await say({ summary: form.title, nodes: [await opening(form, form.title)] }, 'asker')
  }

  /** The button that opens a form, with what stands in it. */
  async function opening(form: Form, label: string): Promise<MessageNode> {
    const text = JSON.stringify(form)
    const key = createHash('sha256').update(text).digest('base64url').slice(0, 22)
    await store.actions.set(tenantKey(incoming.actor.tenant, key), { args: [text], at: isoAt(clock.now()) })
    const open = { label, style: 'primary' as const, action: { name: OPEN_FORM, args: [key] } }
    return { kind: 'buttons', buttons: [open] }
  }

  async function give({ name, type, body }: Extract<Reply, { kind: 'file' }>): Promise<void> {
    const file = { name, type, body }
    const data = { attachments: [{ id: '0', filename: name }], allowed_mentions: NO_MENTIONS }
    if (!acknowledged) return callback(MESSAGE, { ...data, flags: EPHEMERAL }, file)
    await insist('PATCH', `${path}/messages/@original`, { ...options(data), file }, true)
  }

  return {
    async defer() {
      if (acknowledged) return
      if (turning) await callback(DEFERRED_UPDATE)
      else await callback(DEFERRED, { flags: EPHEMERAL })
    },
    async reply(reply) {
      switch (reply.kind) {
        case 'message':
          if (!ofModal || reply.again === undefined) return say(reply.message, reply.to)
          return say(withNode(reply.message, await opening(reply.again, 'Back to the form')), reply.to)
        case 'form':
          return show(reply.form)
        case 'file':
          return give(reply)
        case 'choices':
      }
    },
    post: (payload) => callback(MESSAGE, payload),
    choices: (choices) => callback(CHOICES, { choices }),
  }
}

function withNode(message: Message, node: MessageNode): Message {
  return { ...message, nodes: [...message.nodes, node] }
}

function hidden(payload: Payload): Payload & { readonly flags: number } {
  return { ...payload, flags: ('flags' in payload ? payload.flags : 0) | EPHEMERAL }
}

/** What a deferred answer becomes; of its flags only the form's can be set. */
function edit(payload: Payload): Payload {
  return 'embeds' in payload ? payload : { ...payload, flags: COMPONENTS_V2 }
}

function oneOf(message: Message, rendering: Rendering): Payload {
  const [payload] = renderMessage(message, { rendering })
  if (payload === undefined) throw new Error('a notice renders to nothing')
  return payload
}

/** An answer that Discord did not take, such as one that came too late. */
export class AnswerError extends Error {
  constructor(message: string) {
    super(message)
    this.name = 'AnswerError'
  }
}

/** How long to wait before it is sent again, in milliseconds; undefined when it is not. */
function pauseAfter(answer: Answer, again: boolean): number | undefined {
  if (answer.kind === 'throttled') return answer.retryAfterMs <= PATIENCE_MS ? answer.retryAfterMs : undefined
  return answer.kind === 'failed' && again ? AGAIN_MS : undefined
}

function expectOk(answer: Answer): void {
  switch (answer.kind) {
    case 'ok':
      return
    case 'error':
      throw new AnswerError(`Discord does not take the answer (${answer.code || answer.status}: ${answer.message})`)
    case 'throttled':
      throw new AnswerError(`Discord asks to wait ${Math.ceil(answer.retryAfterMs / 1000)} s with the answer`)
    case 'failed':
      throw new AnswerError(`the answer may not have arrived: ${answer.cause}`)
  }
}
