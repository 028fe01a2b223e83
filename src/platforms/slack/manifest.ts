import type { CommandShape } from '../../delivery/platform.ts'
import { BOT_EVENTS } from './events.ts'

/** What the bot may do, and what for. Doctor compares them with the token's; docs/SLACK.md explains each. */
export const SCOPES: Readonly<Record<string, string>> = {
  commands: 'answer /papers',
  'chat:write': 'post digests and answers',
  'channels:read': 'see a public channel’s name and creator, and whether the bot is in it',
  'groups:read': 'the same for private channels it is in',
  'channels:join': 'come into a public channel in which somebody subscribes',
  'channels:history': 'see whether a post of unknown outcome arrived, so that it is not posted twice',
  'groups:history': 'the same in private channels',
  'im:history': 'the same in direct messages',
  'mpim:history': 'the same in group messages',
  'im:write': 'write to one person',
  'users:read': 'know a person’s name, time zone, and whether they manage the workspace',
}

const HINT_LENGTH = 1000

/** The app as Slack makes it from a manifest: Socket Mode, or with a public address requests to it. */
export function slackManifest(commands: readonly CommandShape[], publicUrl?: string): string {
  const url = publicUrl === undefined ? undefined : `${publicUrl.replace(/\/*$/, '')}/slack/events`
  const manifest = {
    _metadata: { major_version: 2, minor_version: 1 },
    display_information: {
      name: 'Paperboy',
      description: 'New papers by the people and on the subjects that a channel follows.',
      long_description:
        'Paperboy follows researchers, categories and queries for a channel and posts what is new as a digest: title, authors, venue, abstract, and why it is there. Anyone searches papers, authors and citations with /papers; nothing is missed and nothing comes twice.',
      background_color: '#1f3a5f',
    },
    features: {
      app_home: { home_tab_enabled: false, messages_tab_enabled: true, messages_tab_read_only_enabled: false },
      bot_user: { display_name: 'Paperboy', always_online: true },
      slash_commands: [
        {
          command: '/papers',
          description: 'Search papers, and follow their authors',
          usage_hint: commands
            .map(({ name }) => name)
            .join(' | ')
            .slice(0, HINT_LENGTH),
          should_escape: true,
          ...(url === undefined ? {} : { url }),
        },
      ],
    },
    oauth_config: { scopes: { bot: Object.keys(SCOPES) } },
    settings: {
      event_subscriptions: { bot_events: BOT_EVENTS, ...(url === undefined ? {} : { request_url: url }) },
      interactivity: {
        is_enabled: true,
        ...(url === undefined ? {} : { request_url: url, message_menu_options_url: url }),
      },
      org_deploy_enabled: false,
      socket_mode_enabled: url === undefined,
      token_rotation_enabled: false,
    },
  }
  return JSON.stringify(manifest, null, 2)
}
