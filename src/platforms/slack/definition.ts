import { definePlatform } from '../../delivery/platform.ts'
import { slackManifest } from './manifest.ts'
import { renderSlack } from './render.ts'
import { slackSettings, slackVariables } from './settings.ts'

export const slack = definePlatform({
  name: 'slack',
  variables: slackVariables,
  settings: slackSettings,
  papersPerPart: 10,
  render: renderSlack,
  create: async ({ connection }, house) =>
    connection === undefined ? undefined : (await import('./connection.ts')).createSlack(connection, house),
  check: async (settings, house, signal) => (await import('./check.ts')).checkSlack(settings, house, signal),
  words: {
    manifest: {
      summary: 'The Slack app as JSON, to be pasted when it is made',
      print: (_settings, { commands, publicUrl }) => slackManifest(commands, publicUrl),
    },
  },
})
