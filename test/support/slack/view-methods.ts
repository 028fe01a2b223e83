import { isObject, type JsonObject, listOf, textOf } from '../discord/json-value.ts'
import { type Handlers, type Servers, stringArg } from './api-call.ts'
import { withIds } from './message-view.ts'
import { refuse } from './refusal.ts'
import { RULES } from './rules.ts'
import type { Tickets } from './tickets.ts'
import { readView } from './view-limits.ts'
import type { Team, View, World } from './world.ts'

type Methods = 'views.open' | 'views.push' | 'views.update' | 'views.publish'

/** views.*: modals, opened and stacked by a trigger, and home tabs. */
export function viewMethods({ world }: Servers, tickets: Tickets): Pick<Handlers, Methods> {
  return {
    'views.open': ({ team, args, note }) => {
      const payload = readView(args.view, 'modal', note)
      unusedExternalId(world, team, payload)
      const trigger = tickets.exchange(team, stringArg(args, 'trigger_id'))
      const view = createView(world, team, trigger.userId, payload, undefined)
      tickets.opened(trigger, view)
      return { view: viewPayload(world, view) }
    },
    'views.push': ({ team, args, note }) => {
      const payload = readView(args.view, 'modal', note)
      unusedExternalId(world, team, payload)
      const trigger = tickets.exchange(team, stringArg(args, 'trigger_id'))
      const parent = trigger.viewId === undefined ? undefined : world.views.get(trigger.viewId)
      // views.push works from within a modal only.
      if (parent === undefined || parent.kind !== 'modal' || !parent.open) return refuse('not_found')
      const view = pushView(world, team, parent, payload)
      tickets.opened(trigger, view)
      return { view: viewPayload(world, view) }
    },
    'views.update': ({ team, args, note }) => {
      const view = findView(world, team, stringArg(args, 'view_id'), stringArg(args, 'external_id'))
      if (view === undefined || !view.open) return refuse('not_found')
      const payload = readView(args.view, view.kind, note)
      const hash = stringArg(args, 'hash')
      if (hash !== undefined && hash !== view.hash) return refuse('hash_conflict')
      replaceView(world, view, payload)
      return { view: viewPayload(world, view) }
    },
    'views.publish': ({ team, args, note }) => {
      const user = world.user(team, stringArg(args, 'user_id') ?? '')
      if (user === undefined) return refuse('user_not_found')
      const payload = readView(args.view, 'home', note)
      const home = [...world.views.values()].find((each) => each.kind === 'home' && each.userId === user.id)
      const hash = stringArg(args, 'hash')
      if (home !== undefined && hash !== undefined && hash !== home.hash) return refuse('hash_conflict')
      if (home === undefined)
        return { view: viewPayload(world, createView(world, team, user.id, payload, undefined, 'home')) }
      replaceView(world, home, payload)
      return { view: viewPayload(world, home) }
    },
  }
}

/** A modal on top of another: three at most (surfaces/modals). */
export function pushView(world: World, team: Team, parent: View, payload: JsonObject): View {
  const stack = [...world.views.values()].filter((each) => each.open && each.rootId === parent.rootId)
  if (stack.length >= RULES.viewStack) return refuse('push_limit_reached')
  return createView(world, team, parent.userId, payload, parent)
}

export function replaceView(world: World, view: View, payload: JsonObject): void {
  view.payload = named(world, payload)
  view.hash = hashOf(world)
  world.changed()
}

/** A view as people opened it; the values of its inputs start empty. */
function createView(
  world: World,
  team: Team,
  userId: string,
  payload: JsonObject,
  parent: View | undefined,
  kind: View['kind'] = 'modal',
): View {
  const id = world.id('V')
  const view: View = {
    id,
    teamId: team.id,
    userId,
    kind,
    rootId: parent?.rootId ?? id,
    previousId: parent?.id,
    payload: named(world, payload),
    hash: hashOf(world),
    open: true,
  }
  world.views.set(id, view)
  world.changed()
  return view
}

function named(world: World, payload: JsonObject): JsonObject {
  return { ...payload, blocks: withIds(world, listOf(payload.blocks).filter(isObject)) }
}

function hashOf(world: World): string {
  return `${Math.floor(world.now() / 1_000)}.${world.secret(4)}`
}

function findView(world: World, team: Team, id: string | undefined, externalId: string | undefined): View | undefined {
  return [...world.views.values()].find(
    (each) => each.teamId === team.id && (id === undefined ? each.payload.external_id === externalId : each.id === id),
  )
}

/** `external_id` is one of a kind in its workspace (types, "BaseView"). */
function unusedExternalId(world: World, team: Team, payload: JsonObject): void {
  const externalId = textOf(payload.external_id)
  if (externalId === undefined || externalId === '') return
  const taken = findView(world, team, undefined, externalId)
  if (taken?.open) refuse('duplicate_external_id')
}

/** A view as methods and payloads show it (reference/views). */
export function viewPayload(world: World, view: View, state: JsonObject = {}): JsonObject {
  const { payload } = view
  const team = world.teams.get(view.teamId)
  return {
    ...payload,
    id: view.id,
    team_id: view.teamId,
    type: view.kind,
    private_metadata: textOf(payload.private_metadata) ?? '',
    callback_id: textOf(payload.callback_id) ?? '',
    external_id: textOf(payload.external_id) ?? '',
    clear_on_close: payload.clear_on_close === true,
    notify_on_close: payload.notify_on_close === true,
    state: { values: state },
    hash: view.hash,
    root_view_id: view.rootId,
    previous_view_id: view.previousId ?? null,
    app_id: world.app.id,
    bot_id: team?.botId,
  }
}
