import type { JsonObject } from '../discord/json-value.ts'
import { page } from './access.ts'
import { booleanArg, type Handlers, type Servers, stringArg } from './api-call.ts'
import { refuse } from './refusal.ts'
import type { User } from './world.ts'

type Methods = 'auth.test' | 'auth.revoke' | 'bots.info' | 'team.info' | 'users.info' | 'users.list'

/** Who is who: the bot, its workspace, and the people in it. */
export function peopleMethods({ world }: Servers): Pick<Handlers, Methods> {
  return {
    'auth.test': ({ team }) => ({
      url: `https://${team.domain}.slack.com/`,
      team: team.name,
      user: world.users.get(team.botUserId)?.name,
      team_id: team.id,
      user_id: team.botUserId,
      bot_id: team.botId,
      is_enterprise_install: false,
    }),
    'auth.revoke': ({ team, args }) => {
      if (booleanArg(args, 'test') === true) return { revoked: false }
      team.state = 'revoked'
      world.changed()
      return { revoked: true }
    },
    'bots.info': ({ team, args }) => {
      const bot = stringArg(args, 'bot')
      if (bot !== undefined && bot !== team.botId) return refuse('bot_not_found')
      const name = world.users.get(team.botUserId)?.name
      return { bot: { id: team.botId, deleted: false, name, app_id: world.app.id, user_id: team.botUserId } }
    },
    'team.info': ({ team, args }) => {
      const asked = stringArg(args, 'team')
      if (asked !== undefined && asked !== team.id) return refuse('team_not_found')
      return { team: { id: team.id, name: team.name, domain: team.domain, email_domain: '', icon: {} } }
    },
    'users.info': ({ team, args }) => {
      // Of another workspace one knows nothing (users.info, `user_not_found`).
      const user = world.user(team, stringArg(args, 'user') ?? '')
      if (user === undefined) return refuse('user_not_found')
      return { user: userPayload(user, booleanArg(args, 'include_locale') ?? false) }
    },
    'users.list': ({ team, args }) => {
      const users = [...world.users.values()].filter((each) => each.teamId === team.id)
      const { items, next } = page(users, args)
      const locale = booleanArg(args, 'include_locale') ?? false
      return { members: items.map((user) => userPayload(user, locale)), response_metadata: { next_cursor: next } }
    },
  }
}

/** A person as methods show them (reference/objects/user-object); the locale only where it is asked for. */
function userPayload(user: User, locale: boolean): JsonObject {
  const common = { id: user.id, team_id: user.teamId, name: user.name, deleted: user.deleted, is_bot: user.bot }
  // A deactivated person has no time zone and no rank any more.
  if (user.deleted) return { ...common, profile: { real_name: user.name, display_name: user.name } }
  return {
    ...common,
    real_name: user.name,
    tz: user.tz,
    tz_label: user.tz,
    tz_offset: user.tzOffset,
    profile: { real_name: user.name, display_name: user.name },
    is_admin: user.admin,
    is_owner: user.owner,
    is_primary_owner: false,
    is_restricted: false,
    is_ultra_restricted: false,
    is_app_user: false,
    ...(locale ? { locale: user.locale } : {}),
  }
}
