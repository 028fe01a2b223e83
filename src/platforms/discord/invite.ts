import { PlatformError } from '../../delivery/platform.ts'
import { NEEDED, PERMISSIONS } from './permissions.ts'
import type { DiscordSettings } from './settings.ts'

/** The address under which somebody who manages a server lets the bot in, with exactly the scopes and permissions it needs. */
export function inviteAddress({ applicationId }: Pick<DiscordSettings, 'applicationId'>): string {
  if (applicationId === undefined) {
    throw new PlatformError(
      'The link needs DISCORD_APPLICATION_ID: it is under General Information in the developer portal.',
    )
  }
  const permissions = NEEDED.reduce((sum, name) => sum | PERMISSIONS[name].bit, 0n)
  const query = new URLSearchParams({
    client_id: applicationId,
    scope: 'bot applications.commands',
    permissions: String(permissions),
  })
  return `https://discord.com/oauth2/authorize?${query}`
}
