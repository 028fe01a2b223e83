import { definePlatform } from '../../delivery/platform.ts'
import { checkSlack } from './check.ts'
import { createSlack } from './connection.ts'
import { slackManifest } from './manifest.ts'
import { renderSlack } from './render.ts'
import { slackSettings, slackVariables } from './settings.ts'

export const slack = definePlatform({
  name: 'slack',
  variables: slackVariables,
  settings: slackSettings,
  papersPerPart: 10,
  render: renderSlack,
  create: ({ connection }, house) => (connection === undefined ? undefined : createSlack(connection, house)),
  check: checkSlack,
  words: {
    manifest: {
      summary: 'The Slack app as JSON, to be pasted when it is made',
      print: (_settings, { commands, publicUrl }) => slackManifest(commands, publicUrl),
    },
  },
})
