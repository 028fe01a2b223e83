import { definePlatform } from '../../delivery/platform.ts'
import { slackManifest } from './manifest.ts'
import { renderSlack } from './render.ts'
import { slackSettings, slackVariables } from './settings.ts'

export const slack = definePlatform({
  name: 'slack',
  variables: slackVariables,
  service: {
    title: 'Slack',
    guide: 'SLACK.md',
    needs: [['SLACK_BOT_TOKEN'], ['SLACK_APP_TOKEN', 'SLACK_SIGNING_SECRET']],
  },
  settings: slackSettings,
  papersPerPart: 10,
  render: renderSlack,
  // Whoever has no Slack does not pay for loading its library.
  async create({ connection }, house) {
    if (connection === undefined) return undefined
    const { createSlack } = await import('./connection.ts')
    return createSlack(connection, house)
  },
  async check(settings, house, signal) {
    if (settings.connection === undefined) return []
    const { checkSlack } = await import('./check.ts')
    return checkSlack(settings, house, signal)
  },
  words: {
    manifest: {
      summary: 'The Slack app as JSON, to be pasted when it is made',
      print: (_settings, { commands, publicUrl }) => slackManifest(commands, publicUrl),
    },
  },
})
