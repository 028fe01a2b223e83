import type { types, ViewResponseAction } from '@slack/bolt'
import { decodeAction } from '../../message/action.ts'
import type { Choice } from '../../message/form.ts'
import type { Reply } from '../../message/reply.ts'
import { answerWay } from './answers.ts'
import { admitAtOnce, askingOf } from './asker.ts'
import { askAs, type Desk, payloadsOf, recipientOf, soon } from './desk.ts'
import { LIMITS } from './limits.ts'
import { formPayload, lookupPayload } from './payloads.ts'
import { typedText } from './typed-text.ts'
import { formView, lookupOf, optionsOf, readOrigin, readValues } from './view.ts'

/** For what is answered within the acknowledgement, which Slack waits 3 s for. */
const AT_ONCE_MS = 2000

/**
 * A form that was sent. Answers with what the acknowledgement says: nothing, and the modal closes and the answer comes
 * in the channel; what is wrong with a field; or the next form.
 */
export async function answerForm(desk: Desk, body: unknown): Promise<ViewResponseAction | undefined> {
  const payload = formPayload.parse(body)
  const origin = readOrigin(payload.view?.private_metadata)
  const action = origin === undefined ? undefined : decodeAction(origin.submit)
  if (origin === undefined || action === undefined) return undefined
  const values = readValues(payload.view?.state)
  const asking = askingOf(payload, origin.conversation)
  const back = answerWay(desk, { ...origin, userId: asking.userId })
  const asked = askAs(desk, asking, back, (who) => ({ kind: 'form', ...who, ...action, values }))
  const reply = await soon(desk.clock, asked, AT_ONCE_MS)
  if (reply?.kind === 'form') {
    const view = formView(reply.form, origin)
    return view === undefined ? undefined : { response_action: 'update', view }
  }
  const wrong = reply === undefined ? undefined : errorsFor(reply, Object.keys(values))
  if (wrong !== undefined) return { response_action: 'errors', errors: wrong }
  void asked
    .then((late) => back.send(payloadsOf(late), recipientOf(late)))
    .catch((error: unknown) => desk.log({ event: 'slack.question.failed', error }))
  return undefined
}

/** The choices for what is typed into a lookup; none when they don't come in time. */
export async function answerLookup(desk: Desk, body: unknown): Promise<{ options: types.PlainTextOption[] }> {
  const { action_id: id, value, ...payload } = lookupPayload.parse(body)
  const looked = lookupOf(id)
  const origin = readOrigin(payload.view?.private_metadata)
  if (looked === undefined || origin === undefined) return { options: [] }
  const identity = await desk.identity()
  const admission = admitAtOnce(askingOf(payload, origin.conversation), identity)
  if (admission.kind === 'refused') return { options: [] }
  const { actor, channel } = admission
  const asked = desk.handlers.ask(
    { kind: 'complete', actor, channel, input: { form: 'option', ...looked, value: typedText(value) } },
    { signal: AbortSignal.any([desk.stopping, desk.clock.timeout(AT_ONCE_MS)]) },
  )
  const reply = await soon(desk.clock, asked, AT_ONCE_MS)
  const choices: readonly Choice[] = reply?.kind === 'choices' ? reply.choices : []
  return { options: optionsOf(withTyped(choices, typedText(value))) }
}

/** A menu takes nothing but what it offers, and a query or an unknown name is completed by nobody: what was typed is offered as it stands. */
function withTyped(choices: readonly Choice[], typed: string): readonly Choice[] {
  if (typed === '' || choices.some((choice) => choice.value === typed)) return choices
  return [...choices.slice(0, LIMITS.options - 1), { value: typed, label: `As typed: ${typed}` }]
}

/** A form is kept open with what is wrong below the fields that the reply names; below the one that its sentence names, or the first, where it names none. */
function errorsFor(reply: Reply, fields: readonly string[]): Readonly<Record<string, string>> | undefined {
  const [first] = reply.kind === 'message' ? reply.message.nodes : []
  if (first?.kind !== 'notice' || (first.tone !== 'warning' && first.tone !== 'error')) return undefined
  const faults = reply.kind === 'message' ? (reply.faults ?? []) : []
  const below = faults.filter((fault) => fields.includes(fault.field))
  if (below.length > 0) return Object.fromEntries(below.map((fault) => [fault.field, fault.text]))
  const field = fields.find((name) => first.text.toLowerCase().includes(name.toLowerCase())) ?? fields[0]
  return field === undefined ? undefined : { [field]: first.text }
}
