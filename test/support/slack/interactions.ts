import type { Clock } from '../../../src/clock.ts'
import { isObject, type JsonObject, listOf, textOf } from '../discord/json-value.ts'
import { answerSubmission, answerSuggestion, elementIn } from './acknowledgements.ts'
import type { Couriers } from './delivery.ts'
import type { FakeInteraction, FakeMessage, FakeUser, FakeView, Outcome, Where } from './fake-types.ts'
import { type Filled, filledValue, missingIn, stateOf } from './form-filling.ts'
import type { Note } from './message-limits.ts'
import { viewMessage, viewOfView } from './message-view.ts'
import * as payloads from './payloads.ts'
import { Refusal } from './refusal.ts'
import type { ResponseUrl, Tickets, Trigger } from './tickets.ts'
import { type Problem, unwantedAt } from './violation.ts'
import type { Channel, Message, Team, User, View, World } from './world.ts'

/** How long to wait for something to become of an interaction before saying that nothing did. */
const PATIENCE_MS = 10_000

export interface Interactions {
  /** Somebody sends a slash command, e.g. `command('/papers', 'search kaplan', where)`. */
  command(command: string, text: string, where: Where): FakeInteraction
  /** Somebody presses a button of a message or a view. */
  press(target: FakeMessage | FakeView, actionId: string, user: FakeUser): FakeInteraction
  /** Somebody chooses from a menu; for an external one give label and value of what it offered. */
  select(target: FakeMessage | FakeView, actionId: string, filled: Filled, user: FakeUser): FakeInteraction
  /** Somebody types into an external menu; throws below its min_query_length, where Slack asks nothing. */
  suggest(target: FakeMessage | FakeView, actionId: string, query: string, user: FakeUser): FakeInteraction
  /** Somebody sends a modal; fields by action_id or block_id, the others as they are. Throws where Slack's client would not send it. */
  submit(view: FakeView, values?: Readonly<Record<string, Filled>>): FakeInteraction
  /** Somebody closes a modal; the app hears of it where `notify_on_close` is set. */
  dismiss(view: FakeView, options?: { readonly cleared?: boolean }): FakeInteraction | undefined
}

interface Open {
  readonly payload: JsonObject
  readonly trigger: Trigger
  readonly url: ResponseUrl | undefined
  outcome: Outcome | undefined
  errors: Readonly<Record<string, string>> | undefined
  choices: readonly { readonly label: string; readonly value: string }[] | undefined
}

export interface InteractionOptions {
  readonly world: World
  readonly clock: Pick<Clock, 'sleep'>
  readonly couriers: Couriers
  readonly tickets: Tickets
  readonly origin: () => string
  note(where: string, problems: readonly Problem[]): void
}

/** What people do with the app, and what they get to see of it. */
export function createInteractions(options: InteractionOptions): Interactions {
  const { world, couriers, tickets, origin } = options

  const person = (user: FakeUser): readonly [Team, User] => {
    const known = world.users.get(user.id)
    const team = known === undefined ? undefined : world.teams.get(known.teamId)
    if (known === undefined || team === undefined) throw new Error(`nobody is called ${user.name}`)
    if (team.state === 'inactive') throw new Error(`the app is not in ${team.name}`)
    return [team, known]
  }
  const channelOf = (id: string): Channel => {
    const channel = world.channels.get(id)
    if (channel === undefined) throw new Error(`there is no channel ${id}`)
    return channel
  }
  /** The message or view behind what a test holds. */
  const behind = (target: FakeMessage | FakeView): { channel: Channel; message: Message } | { view: View } => {
    if ('hash' in target) {
      const view = world.views.get(target.id)
      if (view === undefined || !view.open) throw new Error('the view is closed')
      return { view }
    }
    const channel = channelOf(target.channelId)
    const message = world.messageIn(channel, target.ts)
    if (message === undefined) throw new Error('the message is gone')
    return { channel, message }
  }
  const blocksOf = (place: { message: Message } | { view: View }): readonly JsonObject[] =>
    'view' in place ? listOf(place.view.payload.blocks).filter(isObject) : place.message.blocks

  const begin = (
    kind: 'slash_commands' | 'interactive',
    open: Omit<Open, 'outcome' | 'errors' | 'choices'>,
    acknowledged: (open: Open, payload: unknown) => void,
  ): FakeInteraction => {
    const interaction: Open = { ...open, outcome: undefined, errors: undefined, choices: undefined }
    couriers
      .once(kind, open.payload)
      .then((outcome) => {
        if (outcome.kind === 'acknowledged') acknowledged(interaction, outcome.payload)
        interaction.outcome = outcome
        world.changed()
      })
      // The servers shut down while it was under way.
      .catch(() => {})
    return handleOf(options, interaction)
  }

  const use = (target: FakeMessage | FakeView, actionId: string, user: FakeUser, filled?: Filled): FakeInteraction => {
    const [team, actor] = person(user)
    const place = behind(target)
    const blocks = blocksOf(place)
    const { element, blockId } = elementIn(blocks, actionId)
    const trigger = tickets.trigger(team, actor.id, 'view' in place ? place.view.id : undefined)
    const url = 'view' in place ? undefined : tickets.responseUrl(team, place.channel, actor.id, place.message)
    const action = {
      type: element.type,
      action_id: actionId,
      block_id: blockId,
      action_ts: world.ts(),
      ...(element.type === 'button'
        ? { text: element.text, ...(element.value === undefined ? {} : { value: element.value }) }
        : filledValue(element, filled)),
    }
    const asked = { world, team, user: actor, trigger }
    const state = stateOf(blocks, filled === undefined ? {} : { [actionId]: filled })
    const payload = payloads.actionsPayload(asked, action, place, state, url && payloads.addressOf(origin(), url))
    return begin('interactive', { payload, trigger, url }, (_, answer) => {
      if (answer !== undefined)
        options.note('block_actions', [unwantedAt('ack-payload', '', 'an action takes no answer')])
    })
  }

  return {
    command(command, text, { user, channel }) {
      const [team, actor] = person(user)
      const place = channelOf(channel.id)
      const trigger = tickets.trigger(team, actor.id)
      const url = tickets.responseUrl(team, place, actor.id)
      const asked = { world, team, user: actor, trigger }
      const payload = payloads.commandPayload(asked, command, text, place, payloads.addressOf(origin(), url))
      return begin('slash_commands', { payload, trigger, url }, (_, answer) => {
        if (answer === undefined) return
        const body = isObject(answer) ? answer : { text: String(answer) }
        quietly(
          (problems) => options.note(command, problems),
          (note) => tickets.answer(url, body, note),
        )
      })
    },
    press: (target, actionId, user) => use(target, actionId, user),
    select: (target, actionId, filled, user) => use(target, actionId, user, filled),
    suggest(target, actionId, query, user) {
      const [team, actor] = person(user)
      const place = behind(target)
      const { element, blockId } = elementIn(blocksOf(place), actionId)
      // types, "ExternalSelect": three characters unless told.
      const least = Number(element.min_query_length ?? 3)
      if (query.length < least) throw new Error(`Slack asks from ${least} characters on`)
      const trigger = tickets.trigger(team, actor.id)
      const asked = { world, team, user: actor, trigger }
      const payload = payloads.suggestionPayload(asked, { actionId, blockId }, query, place)
      return begin('interactive', { payload, trigger, url: undefined }, (open, answer) => {
        open.choices = answerSuggestion(answer, (problems) => options.note('block_suggestion', problems))
      })
    },
    submit(fakeView, values = {}) {
      const view = world.views.get(fakeView.id)
      if (view === undefined || !view.open) throw new Error('the view is closed')
      const [team, actor] = person({ id: view.userId, teamId: view.teamId, name: view.userId })
      const blocks = blocksOf({ view })
      const state = stateOf(blocks, values)
      const missing = missingIn(blocks, state)
      if (missing.length > 0) throw new Error(`Slack does not send the form: ${missing.join('; ')}`)
      const trigger = tickets.trigger(team, actor.id, view.id)
      const payload = payloads.submissionPayload({ world, team, user: actor, trigger }, view, state)
      return begin('interactive', { payload, trigger, url: undefined }, (open, answer) => {
        open.errors = answerSubmission(world, team, view, answer, (problems) =>
          options.note('view_submission', problems),
        )
      })
    },
    dismiss(fakeView, { cleared = false } = {}) {
      const view = world.views.get(fakeView.id)
      if (view === undefined || !view.open) throw new Error('the view is closed')
      for (const each of world.views.values()) {
        if (each === view || (cleared && each.rootId === view.rootId)) each.open = false
      }
      world.changed()
      if (view.payload.notify_on_close !== true) return undefined
      const [team, actor] = person({ id: view.userId, teamId: view.teamId, name: view.userId })
      const trigger = tickets.trigger(team, actor.id)
      const payload = payloads.closedPayload({ world, team, user: actor, trigger }, view, cleared)
      return begin('interactive', { payload, trigger, url: undefined }, () => {})
    },
  }
}

/** An answer that Slack refuses shows nothing; that is noted. */
function quietly(note: Note, work: (note: Note) => void): void {
  try {
    work(note)
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    note([{ rule: 'ack-refused', pointer: '', message: error.error, refused: true }])
  }
}

function handleOf({ world, clock }: InteractionOptions, open: Open): FakeInteraction {
  /** Resolves once `read` gives something; rejects, naming what was awaited, when nothing comes of it. */
  const until = async <T>(what: string, read: () => T | undefined): Promise<T> => {
    const patience = new AbortController()
    let stop = () => {}
    const found = new Promise<T>((resolve) => {
      const look = () => {
        const value = read()
        if (value !== undefined) resolve(value)
      }
      stop = world.watch(look)
      look()
    })
    const tired = clock.sleep(PATIENCE_MS, patience.signal).then(() => {
      throw new Error(`no ${what} within ${PATIENCE_MS} ms`)
    })
    try {
      return await Promise.race([found, tired])
    } finally {
      stop()
      tired.catch(() => {})
      patience.abort()
    }
  }
  const replies = () =>
    (open.url?.messages ?? []).filter((each) => each.gone === false).map((each) => viewMessage(world, each))
  return {
    payload: open.payload,
    triggerId: open.trigger.id,
    responseUrl: textOf(open.payload.response_url),
    outcome: () => until('outcome', () => open.outcome),
    async acknowledged() {
      const outcome = await until('outcome', () => open.outcome)
      if (outcome.kind !== 'acknowledged') throw new Error(`not acknowledged: ${outcome.kind}`)
      return outcome.afterMs
    },
    replies: (count = 1) => until(`reply ${count}`, () => (replies().length >= count ? replies() : undefined)),
    reply: () => until('reply', () => replies()[0]),
    modal: async () => viewOfView(await until('modal', () => open.trigger.opened)),
    choices: () => until('choices', () => open.choices),
    errors: () => until('errors', () => open.errors),
  }
}
