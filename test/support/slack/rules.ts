/**
 * The numbers by which Slack's servers work, a rule a line with its source. Paths are pages of docs.slack.dev;
 * `repo#n` is an issue on GitHub; `types` is the package @slack/types 3.2. "Ours" marks a figure that Slack keeps to itself.
 */
export const RULES = {
  /** A command, an action or a view has to be acknowledged within this (interactivity/handling-user-interaction). */
  acknowledgeMs: 3_000,
  /** How long a trigger_id can be exchanged, once (interactivity/handling-user-interaction). */
  triggerMs: 3_000,
  /** How often and how long a response_url takes messages (interactivity/handling-user-interaction). */
  responseUrlUses: 5,
  responseUrlMs: 30 * 60_000,
  /** Modals on top of each other (surfaces/modals). */
  viewStack: 3,
  /** When an event that was not acknowledged comes again, after the attempt before (apis/events-api, "Retries"). */
  eventRetriesMs: [0, 60_000, 300_000],
  /** Socket Mode connections an app may hold at once (apis/events-api/using-socket-mode). */
  sockets: 10,
  /** How long after `warning` or `refresh_requested` the servers close the connection; docs say "about 10 s". */
  socketCloseMs: 10_000,
  /** What the servers call an old signature (authentication/verifying-requests-from-slack); for tests that send one. */
  signatureMs: 5 * 60_000,
  /** A message a second and channel (apis/web-api/rate-limits, "Posting messages"). */
  postsPerSecond: 1,
  /** "Short bursts of more than 1" are let through (same place). How short is ours. */
  postBurst: 4,
  /** "Several hundred messages per minute" and workspace, of chat.postMessage (same place, "Special"). The figure is ours. */
  postsPerMinute: 300,
  /** Calls a minute, method and workspace (apis/web-api/rate-limits, "Rate limit tiers"). */
  tiers: { 1: 1, 2: 20, 3: 50, 4: 100, special: 300 },
  /** "A small amount of burst behavior is tolerated" on tier 1 (same place). The figure is ours. */
  tier1Burst: 5,
  /** conversations.history and .replies of commercial apps outside the Marketplace (changelog/2025/05/29). */
  commercialHistory: { perMinute: 1, objects: 15 },
  /** Items a page: most, and unless told (apis/web-api/pagination and the methods' pages). */
  page: { most: 999, unlessTold: 100 },
  /** How far conversations.history lags behind what was posted; not documented, seen in practice. Ours. */
  historyLagMs: 2_000,
} as const

/** Limits of what is sent. Characters are UTF-16 units, the strictest of the readings. */
export const LIMITS = {
  /** reference/block-kit/blocks. */
  blocks: { message: 50, view: 100 },
  /** chat.postMessage, "Truncating content": aim at 4,000, cut off after 40,000. */
  text: { advised: 4_000, most: 40_000 },
  /** chat.postMessage, `markdown_text`; reference/block-kit/blocks/markdown-block: in all. */
  markdown: 12_000,
  /** All text in a message's blocks: msg_blocks_too_long (bolt-js#2509); some were refused from 11,341 on (bolt-js#2867). */
  blocksText: { safe: 11_000, most: 12_000 },
  /** types, "Block". */
  blockId: 255,
  /** types, "HeaderBlock". */
  header: 150,
  /** types, "SectionBlock". */
  section: { text: 3_000, fields: 10, field: 2_000 },
  /** types, "ContextBlock". */
  context: 10,
  /** types, "ActionsBlock". */
  actions: 25,
  /** types, "ImageBlock". */
  image: { alt: 2_000, title: 2_000, url: 3_000 },
  /** types, "InputBlock". */
  input: { label: 2_000, hint: 2_000 },
  /** types, "CardBlock" and "CarouselBlock". */
  card: { title: 150, body: 200, cards: 10 },
  /** types, "TableBlock". */
  table: { rows: 100, cells: 20, characters: 10_000 },
  /** types, "MrkdwnElement" and "PlainTextElement". */
  textObject: 3_000,
  /** types, "Actionable". */
  actionId: 255,
  /** types, "Button". */
  button: { text: 75, value: 2_000, url: 3_000, label: 75 },
  /** types, "OptionDescriptor"; value: reference/block-kit/composition-objects/option-object says 150. */
  option: { text: 75, value: 150, description: 75, url: 3_000 },
  /** types, "StaticSelect", "Overflow", "Checkboxes", "RadioButtons". */
  options: { select: 100, groups: 100, overflow: 5, choice: 10 },
  placeholder: 150,
  /** types, "ConfirmationDialog". */
  confirm: { title: 100, text: 300, button: 30 },
  /** types, "PlainTextInput". */
  inputLength: 3_000,
  /** types, "ModalView". */
  view: { title: 24, button: 24, privateMetadata: 3_000, callbackId: 255, externalId: 255 },
  /** views.open, `view_too_large`: 250 kB. */
  viewBytes: 250_000,
  /** `metadata_too_large` has no published figure; ours, in bytes of JSON. */
  metadataBytes: 8_000,
  /** types, "MessageMetadata": alphanumeric. */
  metadataType: /^[\w.-]{1,255}$/,
} as const

export type Tier = keyof typeof RULES.tiers

export interface MethodRule {
  readonly tier: Tier
  /** Scopes that a bot token needs, whatever the arguments. */
  readonly scope?: string
  /** Called with the app's token, or with none. */
  readonly token?: 'app' | 'none'
}

/** Every method that is served, with its tier and scope from reference/methods/<name>. */
export const METHODS = {
  'apps.connections.open': { tier: 1, token: 'app' },
  'auth.revoke': { tier: 3 },
  'auth.test': { tier: 'special' },
  'bots.info': { tier: 3, scope: 'users:read' },
  'chat.delete': { tier: 3, scope: 'chat:write' },
  'chat.getPermalink': { tier: 'special' },
  'chat.postEphemeral': { tier: 4, scope: 'chat:write' },
  'chat.postMessage': { tier: 'special', scope: 'chat:write' },
  'chat.update': { tier: 3, scope: 'chat:write' },
  'conversations.history': { tier: 3 },
  'conversations.info': { tier: 3 },
  'conversations.join': { tier: 3, scope: 'channels:join' },
  'conversations.leave': { tier: 3 },
  'conversations.list': { tier: 2 },
  'conversations.members': { tier: 4 },
  'conversations.open': { tier: 3, scope: 'im:write' },
  'conversations.replies': { tier: 3 },
  'files.completeUploadExternal': { tier: 4, scope: 'files:write' },
  'files.getUploadURLExternal': { tier: 4, scope: 'files:write' },
  'oauth.v2.access': { tier: 4, token: 'none' },
  'team.info': { tier: 3, scope: 'team:read' },
  'users.conversations': { tier: 3 },
  'users.info': { tier: 4, scope: 'users:read' },
  'users.list': { tier: 2, scope: 'users:read' },
  'views.open': { tier: 4 },
  'views.publish': { tier: 4 },
  'views.push': { tier: 4 },
  'views.update': { tier: 4 },
} as const satisfies Readonly<Record<string, MethodRule>>

export type MethodName = keyof typeof METHODS

export function isMethod(name: string): name is MethodName {
  return Object.hasOwn(METHODS, name)
}

export function ruleOf(method: MethodName): MethodRule {
  return METHODS[method]
}

/** What a bot is installed with unless told. */
export const USUAL_SCOPES: readonly string[] = [
  'app_mentions:read',
  'channels:history',
  'channels:join',
  'channels:read',
  'chat:write',
  'commands',
  'files:write',
  'groups:history',
  'groups:read',
  'im:history',
  'im:read',
  'im:write',
  'team:read',
  'users:read',
]

/** The scopes that let an app hear an event, by its type or the type's first word (reference/events). */
export const EVENT_SCOPES: Readonly<Record<string, readonly string[]>> = {
  app_mention: ['app_mentions:read'],
  channel: ['channels:read'],
  group: ['groups:read'],
  member: ['channels:read', 'groups:read'],
}
