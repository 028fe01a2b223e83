import { z } from 'zod'

/** What Slack sends, as far as we read it (docs.slack.dev: slash commands, interaction payloads, Events API). */

const id = z.string().regex(/^[A-Z0-9]+$/)
const optionalText = z.string().nullish()

export const commandPayload = z.object({
  text: z.string().default(''),
  team_id: id,
  enterprise_id: optionalText,
  is_enterprise_install: z.union([z.boolean(), z.enum(['true', 'false'])]).optional(),
  channel_id: id,
  user_id: id,
  user_name: optionalText,
  response_url: optionalText,
  trigger_id: optionalText,
})

/** The part that button presses, forms and option requests have in common. */
const interaction = z.object({
  team: z.object({ id }).nullish(),
  enterprise: z.object({ id }).nullish(),
  is_enterprise_install: z.boolean().nullish(),
  user: z.object({ id, team_id: optionalText, name: optionalText, username: optionalText }),
  channel: z.object({ id }).nullish(),
  container: z
    .object({ channel_id: optionalText, thread_ts: optionalText, is_ephemeral: z.boolean().optional() })
    .nullish(),
  view: z
    .object({
      private_metadata: z.string().optional(),
      app_installed_team_id: optionalText,
      state: z.unknown().optional(),
    })
    .nullish(),
  response_url: optionalText,
  trigger_id: optionalText,
})

export const pressPayload = interaction.extend({
  actions: z
    .array(
      z.object({
        action_id: z.string().optional(),
        value: z.string().optional(),
        // Of a menu.
        selected_option: z.object({ value: z.string().optional() }).nullish(),
      }),
    )
    .min(1),
})

export const formPayload = interaction
export const lookupPayload = interaction.extend({ action_id: z.string(), value: z.string().default('') })

export type Interaction = z.output<typeof interaction>

const channelOf = z.union([id, z.object({ id, name: z.string().optional() })]).optional()

export const eventPayload = z.object({
  team_id: optionalText,
  event_id: z.string().optional(),
  authorizations: z
    .array(
      z.object({ team_id: optionalText, enterprise_id: optionalText, is_enterprise_install: z.boolean().optional() }),
    )
    .optional(),
  event: z.object({
    type: z.string(),
    user: z.unknown().optional(),
    inviter: z.string().optional(),
    channel: channelOf.catch(undefined),
    tokens: z.object({ bot: z.array(z.string()).optional() }).optional(),
  }),
})

export type SlackEvent = z.output<typeof eventPayload>
