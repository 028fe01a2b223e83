import { definePlatform } from '../../delivery/platform.ts'
import { inviteAddress } from './invite.ts'
import { renderMessage } from './render.ts'
import { discordSettings, discordVariables } from './settings.ts'

export const discord = definePlatform({
  name: 'discord',
  variables: discordVariables,
  service: { title: 'Discord', guide: 'DISCORD.md', needs: [['DISCORD_TOKEN']] },
  settings: discordSettings,
  papersPerPart: 5,
  render: (message) => renderMessage(message),
  looks: {
    variable: 'DISCORD_RENDERING',
    others: { embeds: (message) => renderMessage(message, { rendering: 'embeds' }) },
  },
  // Whoever has no Discord does not pay for loading its library.
  async create(settings, house) {
    const { token } = settings
    if (token === undefined) return undefined
    const { createDiscord } = await import('./connection.ts')
    return createDiscord({ ...settings, token }, house)
  },
  async check(settings, house, signal) {
    if (settings.token === undefined) return []
    const { checkDiscord } = await import('./check.ts')
    return checkDiscord(settings, house, signal)
  },
  words: {
    invite: {
      summary: 'The link that lets the bot into a Discord server',
      print: (settings) => inviteAddress(settings),
    },
  },
})
