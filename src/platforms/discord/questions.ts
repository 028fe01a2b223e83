import { z } from 'zod'
import type { Handlers, PlatformHouse, Question } from '../../delivery/platform.ts'
import { channelParts } from '../../message/channel.ts'
import type { Form } from '../../message/form.ts'
import { notice } from '../../message/message.ts'
import type { Reply } from '../../message/reply.ts'
import { channelKey, tenantKey } from '../../store/keys.ts'
import { type Answering, answering, OPEN_FORM } from './answering.ts'
import type { DiscordApi } from './api.ts'
import { plainWithin } from './escape.ts'
import { type Incoming, readInteraction } from './interaction.ts'
import { OPTION_LABEL, SELECT_OPTIONS } from './limits.ts'
import type { Rendering } from './payload.ts'
import { withPermissionNotice } from './permission-notice.ts'
import { SHARE, sharedPayload } from './sharing.ts'

interface QuestionsHouse extends Pick<PlatformHouse, 'commands' | 'store' | 'clock' | 'log'> {
  readonly api: DiscordApi
  readonly rendering: Rendering
  readonly handlers: Handlers
}

/** An answer that takes longer is promised first: a form must come before that, and 3 s is all that Discord gives. */
const PROMPT_MS = 250
/** What is chosen while typing can't be promised. */
const CHOICES_MS = 2000
const LONGEST_MS = 5 * 60_000

/** Answers one interaction as the gateway sent it; never rejects. */
export async function answerInteraction(house: QuestionsHouse, body: unknown, stop: AbortSignal): Promise<void> {
  const { clock, log } = house
  const incoming = readInteraction(body)
  if (incoming.kind === 'ignored') {
    const { id, type, why } = incoming
    return log({ event: 'discord.unreadable', id: id ?? null, type: type ?? null, why })
  }
  const signal = AbortSignal.any([stop, clock.timeout(LONGEST_MS)])
  try {
    const answers = answering({ ...house, signal }, incoming)
    const { asked } = incoming
    if (asked.kind === 'untyped') return await answers.choices([])
    if (asked.kind === 'unreadable') return await answers.reply(tooOld())
    if (asked.kind === 'question') {
      if (asked.question.kind === 'complete') return await complete(house, asked.question, answers, signal)
    } else if (asked.id.action.name === SHARE) return await share(incoming, answers)
    else if (asked.id.action.name === OPEN_FORM) return await openForm(house, incoming, answers)
    const asking: Handlers['ask'] = async (question, options) =>
      withPermissionNotice(await house.handlers.ask(question, options), question, incoming.rights, house.rendering)
    await answer(house, asking, asked.question, answers, signal)
    await resumeDirect(house, incoming)
  } catch (error) {
    log({ event: 'discord.answer-failed', channel: incoming.channel, error })
  }
}

/** At once where that is possible; else the answer is promised, and what is said meanwhile is shown. */
async function answer(
  { clock }: QuestionsHouse,
  ask: Handlers['ask'],
  question: Question,
  answers: Answering,
  signal: AbortSignal,
): Promise<void> {
  const hurry = Promise.withResolvers<void>()
  // One after another: what comes last is what stays.
  let shown: Promise<void> = Promise.resolve()
  const asking = ask(question, {
    signal,
    progress(reply) {
      hurry.resolve()
      shown = shown.then(() => answers.defer()).then(() => answers.reply(reply))
      shown.catch(() => {})
    },
  })
  const waiting = new AbortController()
  const late = Promise.race([clock.sleep(PROMPT_MS, waiting.signal).catch(() => {}), hurry.promise])
  const first = await Promise.race([asking, late.then(() => undefined)])
  waiting.abort()
  if (first !== undefined) return answers.reply(first)
  const deferred = shown.catch(() => {}).then(() => answers.defer())
  const reply = await asking
  await deferred
  await shown.catch(() => {})
  await answers.reply(reply)
}

async function complete(
  { handlers, clock }: QuestionsHouse,
  question: Question,
  answers: Answering,
  signal: AbortSignal,
): Promise<void> {
  const waiting = new AbortController()
  const nothing = clock.sleep(CHOICES_MS, waiting.signal).then(
    (): Reply => ({ kind: 'choices', choices: [] }),
    (): Reply => ({ kind: 'choices', choices: [] }),
  )
  const reply = await Promise.race([handlers.ask(question, { signal }), nothing])
  waiting.abort()
  const choices = reply.kind === 'choices' ? reply.choices : []
  await answers.choices(
    choices
      .filter(({ value }) => value !== '' && value.length <= OPTION_LABEL)
      .slice(0, SELECT_OPTIONS)
      .map(({ value, label }) => ({ name: plainWithin(label, OPTION_LABEL) || value, value })),
  )
}

/** Discord tells nobody that a person takes direct messages again; that they ask something there lets us try. */
async function resumeDirect({ store, handlers }: QuestionsHouse, { actor, channel }: Incoming): Promise<void> {
  if (channelParts(channel).tenant !== `discord:@${actor.id}`) return
  if ((await store.channels.get(channelKey(channel)))?.parked === undefined) return
  await handlers.on({ kind: 'permissions-changed', channel })
}

async function share({ message, actor }: Incoming, answers: Answering): Promise<void> {
  const payload = message === undefined ? undefined : sharedPayload(message, actor.name)
  await (payload === undefined ? answers.reply(tooOld()) : answers.post(payload))
}

const choice = z.object({ value: z.string(), label: z.string() })
const named = { name: z.string(), label: z.string() }
const formShape = z.object({
  title: z.string(),
  submit: z.object({ name: z.string(), args: z.array(z.string()) }),
  fields: z.array(
    z.union([
      z.object({
        ...named,
        kind: z.literal('text'),
        value: z.string().exactOptional(),
        hint: z.string().exactOptional(),
        optional: z.boolean().exactOptional(),
        lines: z.number().exactOptional(),
      }),
      z.object({ ...named, kind: z.literal('choice'), choices: z.array(choice), value: z.string().exactOptional() }),
      z.object({
        ...named,
        kind: z.literal('lookup'),
        command: z.string(),
        option: z.string(),
        optional: z.boolean().exactOptional(),
      }),
    ]),
  ),
})

async function openForm({ store }: QuestionsHouse, incoming: Incoming, answers: Answering): Promise<void> {
  const { asked, actor } = incoming
  const [key = ''] = asked.kind === 'custom' ? asked.id.action.args : []
  const kept = key === '' ? undefined : await store.actions.get(tenantKey(actor.tenant, key))
  const form: Form | undefined = kept === undefined ? undefined : formIn(kept.args[0] ?? '')
  await answers.reply(form === undefined ? tooOld() : { kind: 'form', form })
}

function formIn(text: string): Form | undefined {
  try {
    return formShape.parse(JSON.parse(text))
  } catch {
    return undefined
  }
}

function tooOld(): Reply {
  const message = notice('warning', 'This is from an older message and no longer works.', 'Type /papers help.')
  return { kind: 'message', to: 'asker', message }
}
