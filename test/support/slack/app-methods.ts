import { type AppHandlers, stringArg } from './api-call.ts'
import { refuse } from './refusal.ts'
import type { Team, World } from './world.ts'

/** A code that somebody brings back from the page on which they let the app in. */
export interface Grant {
  readonly team: Team
  readonly userId: string
  readonly redirectUri: string | undefined
  readonly at: number
}

/** Methods of the app as a whole: a Socket Mode address, and a workspace's token for a code. */
export function appMethods(world: World, socketUrl: () => string, grants: Map<string, Grant>): AppHandlers {
  return {
    'apps.connections.open': () => ({ url: socketUrl() }),
    'oauth.v2.access': ({ args }) => {
      const { clientId, clientSecret, id } = world.app
      if (args.client_id !== clientId) return refuse('invalid_client_id')
      if (args.client_secret !== clientSecret) return refuse('bad_client_secret')
      const code = stringArg(args, 'code') ?? ''
      const grant = grants.get(code)
      // A code lives ten minutes and is good once (authentication/installing-with-oauth).
      grants.delete(code)
      if (grant === undefined || world.now() - grant.at > 600_000) return refuse('invalid_code')
      if (grant.redirectUri !== undefined && grant.redirectUri !== args.redirect_uri) return refuse('bad_redirect_uri')
      const { team, userId } = grant
      if (team.state !== 'installed') team.token = `xoxb-${world.secret(6)}-${world.secret(12)}`
      team.state = 'installed'
      return {
        app_id: id,
        authed_user: { id: userId },
        scope: team.scopes.join(','),
        token_type: 'bot',
        access_token: team.token,
        bot_user_id: team.botUserId,
        team: { id: team.id, name: team.name },
        enterprise: null,
        is_enterprise_install: false,
      }
    },
  }
}
