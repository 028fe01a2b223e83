import { decodeAction } from '../../message/action.ts'
import type { Form } from '../../message/form.ts'
import type { Message } from '../../message/message.ts'
import type { Reply } from '../../message/reply.ts'
import { answerWay } from './answers.ts'
import { type Asking, askingOf } from './asker.ts'
import { type Ask, askAs, type Desk, payloadsOf, recipientOf } from './desk.ts'
import { OPENS, TURNS } from './elements.ts'
import { LIMITS } from './limits.ts'
import { inviteNotice } from './membership.ts'
import { commandPayload, pressPayload } from './payloads.ts'
import { renderSlack, type SlackPayload } from './render.ts'
import { typedText } from './typed-text.ts'
import { type FormOrigin, formView } from './view.ts'

/** A trigger_id lives for 3 s, and the way to Slack takes some of it. */
const TRIGGER_MS = 2500
/** `/papers …`, acknowledged before. */
export async function answerCommand(desk: Desk, body: unknown): Promise<void> {
  const payload = commandPayload.parse(body)
  const wide = payload.is_enterprise_install === true || payload.is_enterprise_install === 'true'
  const asking: Asking = {
    house: wide ? (payload.enterprise_id ?? undefined) : payload.team_id,
    userId: payload.user_id,
    conversation: payload.channel_id,
    ...(payload.user_name ? { userName: payload.user_name } : {}),
  }
  // Only there a channel itself is meant, which has to be found by its id.
  const text = typedText(payload.text, /^\s*move\s/i.test(payload.text) ? 'ids' : 'names')
  await answer(desk, asking, {
    ...way(payload.response_url, payload.trigger_id),
    ask: (asked) => ({ kind: 'command', ...asked, input: { form: 'text', text } }),
    again: `/papers ${text}`,
    follows: /^(?:subscribe|follow)\b/i.test(text),
  })
}

/** A button pressed or chosen in a menu, acknowledged before. Those that open an address bring nothing to answer. */
export async function answerPress(desk: Desk, body: unknown): Promise<void> {
  const payload = pressPayload.parse(body)
  const [{ selected_option: selected, value = selected?.value, action_id: id } = {}] = payload.actions
  const turns = id?.startsWith(TURNS)
  const conversation = payload.channel?.id ?? payload.container?.channel_id
  if (value === undefined || value === OPENS || !conversation) return
  const thread = payload.container?.thread_ts ?? undefined
  const asking = askingOf(payload, conversation)
  const to = {
    ...way(payload.response_url, payload.trigger_id),
    ...(thread === undefined ? {} : { thread }),
    // A page turned in a private message takes the place of the one before; other answers leave it to be read on.
    inPlace: payload.container?.is_ephemeral === true && turns === true,
    again: value,
  }
  if (value.startsWith('/papers ')) {
    const text = value.slice('/papers '.length)
    await answer(desk, asking, {
      ...to,
      ask: (asked) => ({ kind: 'command', ...asked, input: { form: 'text', text } }),
      follows: false,
    })
    return
  }
  const action = decodeAction(value)
  if (action === undefined) {
    desk.log({ event: 'slack.press.refused' })
    return
  }
  await answer(desk, asking, {
    ...to,
    ask: (asked) => ({ kind: 'action', ...asked, ...action }),
    follows: action.name.startsWith('follow'),
  })
}

interface Target {
  readonly responseUrl?: string
  readonly triggerId?: string
  readonly thread?: string
  readonly inPlace?: boolean
  readonly ask: Ask
  /** What a button has to carry that asks the same again. */
  readonly again: string
  /** Whether something will be posted in the channel because of it. */
  readonly follows: boolean
}

async function answer(desk: Desk, asking: Asking, target: Target): Promise<void> {
  const since = desk.clock.now()
  const back = answerWay(desk, { ...target, conversation: asking.conversation, userId: asking.userId })
  const reply = await askAs(desk, asking, back, target.ask)
  if (reply.kind === 'form') {
    const origin: FormOrigin = {
      conversation: asking.conversation,
      ...(target.responseUrl === undefined ? {} : { responseUrl: target.responseUrl }),
      ...(target.thread === undefined ? {} : { thread: target.thread }),
    }
    const inTime = desk.clock.now() - since < TRIGGER_MS
    if (inTime && (await openForm(desk, target.triggerId, reply.form, origin))) return
    await back.send([openAgain(reply.form, target.again)], 'asker')
    return
  }
  const invite = target.follows ? await inviteNotice(desk, asking.conversation) : undefined
  const said = invite === undefined || reply.kind !== 'message' ? reply : withNode(reply, invite)
  await back.send(payloadsOf(said), recipientOf(said))
}

async function openForm(desk: Desk, trigger: string | undefined, form: Form, origin: FormOrigin): Promise<boolean> {
  const view = formView(form, origin)
  if (view === undefined || trigger === undefined) return false
  const opened = await desk.call('views.open', { trigger_id: trigger, view })
  if (opened.kind === 'ok') return true
  desk.log({ event: 'slack.form.late', answer: opened.kind === 'error' ? opened.error : opened.kind })
  return false
}

/** A new press brings a new trigger, and whether they may is asked again. */
function openAgain(form: Form, again: string): SlackPayload {
  const text = `${form.title}: the form was not ready in time.`
  const [payload] = renderSlack({ summary: text, nodes: [{ kind: 'line', spans: [{ text }] }] })
  if (payload === undefined) throw new Error('a line has no payload')
  if (again.length > LIMITS.buttonValue) return payload
  const button = {
    type: 'button' as const,
    action_id: 'press-0',
    text: { type: 'plain_text' as const, text: 'Open the form', emoji: false },
    value: again,
  }
  return { ...payload, blocks: [...payload.blocks, { type: 'actions', elements: [button] }] }
}

function withNode(reply: Extract<Reply, { kind: 'message' }>, node: Message['nodes'][number]): Reply {
  return { ...reply, message: { ...reply.message, nodes: [...reply.message.nodes, node] } }
}

function way(responseUrl: string | null | undefined, triggerId: string | null | undefined) {
  return { ...(responseUrl ? { responseUrl } : {}), ...(triggerId ? { triggerId } : {}) }
}
