/**
 * The numbers by which Discord's servers work, a rule a line with its source.
 * Paths are pages of docs.discord.com/developers; `#n` is an issue of github.com/discord/discord-api-docs.
 */
export const RULES = {
  /** Milliseconds from 1970 to the first second of 2015, where snowflakes begin (reference, "Snowflakes"). */
  epoch: 1_420_070_400_000,
  /** "The past few minutes" in which enforce_nonce looks (resources/message, "Create Message"); two are what can be counted on. */
  nonceMemoryMs: 120_000,
  /** Characters of a nonce (resources/message, "Create Message"). */
  nonceLength: 25,
  /** An interaction not answered by then loses its token (interactions/receiving-and-responding, "Interaction Callback"). */
  acknowledgeMs: 3_000,
  /** How long the token of an answered interaction lives (same place). */
  tokenMs: 15 * 60_000,
  /** All requests of a bot, interaction endpoints excepted (topics/rate-limits, "Global Rate Limit"). */
  globalPerSecond: 50,
  /** 401, 403 and 429 answers (shared ones excepted) that are borne (topics/rate-limits, "Invalid Request Limit"). */
  invalidRequests: 10_000,
  invalidWindowMs: 10 * 60_000,
  /** From this age on edits are counted: 30046 (topics/opcodes-and-status-codes, "JSON"; #4413). */
  oldMessageMs: 60 * 60_000,
  /** Edits of old messages an hour and channel. Discord keeps its figure to itself (#4413); this one is ours. */
  oldMessageEdits: 30,
  /** Creates of application commands a day and guild (interactions/application-commands, "Registering a Command"). */
  commandCreates: 200,
  commandCreatesWindowMs: 24 * 60 * 60_000,
  /** Global or guild commands of type CHAT_INPUT (interactions/application-commands, "Registering a Command"). */
  chatInputCommands: 100,
  /** Messages a page: 1 to 100, 50 unless told (resources/message, "Get Channel Messages"). */
  page: { least: 1, most: 100, unlessTold: 50 },
  /** Bytes of one event an app may send (events/gateway, "Sending Events"). */
  gatewayEventBytes: 4_096,
  /** Identifies a day (events/gateway, "Session Start Limit Object"). */
  sessionStarts: 1_000,
  sessionStartWindowMs: 24 * 60 * 60_000,
  /** Guilds a shard may hold (events/gateway, "Sharding"). */
  guildsPerShard: 2_500,
} as const

/** Limits of what is sent, with their pages. Characters are UTF-16 units, the strictest of the readings. */
export const LIMITS = {
  /** resources/message, "Create Message". */
  content: 2_000,
  embeds: 10,
  /** resources/message, "Embed Limits": summed over every embed of the message. */
  embedsText: 6_000,
  embed: { title: 256, description: 4_096, fields: 25, fieldName: 256, fieldValue: 1_024, footer: 2_048, author: 256 },
  /** components/reference, "Component Object": nested ones are counted. */
  components: 40,
  /** Over all text displays (#8562, enforced by the servers). */
  displayedText: 4_000,
  /** Text displays: UTF-8 bytes + 12 each; beyond it the servers answer 500 (#8554). */
  displayedBytes: 10_170,
  displayedBytesEach: 12,
  /** components/reference, "Action Row". */
  rows: 5,
  buttons: 5,
  /** components/reference, "Section". */
  sectionTexts: 3,
  /** components/reference, "Media Gallery". */
  galleryItems: 10,
  /** components/reference, "Anatomy of a Component": custom_id, unique in its message. */
  customId: 100,
  /** components/reference, "Button". */
  buttonLabel: 80,
  url: 512,
  /** components/reference, "String Select". */
  options: 25,
  optionText: 100,
  placeholder: 150,
  /** components/reference, "Text Input". */
  inputPlaceholder: 100,
  inputValue: 4_000,
  /** components/reference, "Label". */
  label: 45,
  labelDescription: 100,
  /** interactions/receiving-and-responding, "Modal". */
  modalTitle: 45,
  modalRows: 5,
  /** interactions/receiving-and-responding, "Autocomplete". */
  choices: 25,
  choiceText: 100,
  /** interactions/application-commands, "Application Command Object" and its naming rules. */
  commandName: /^[-_'\p{L}\p{N}\p{sc=Deva}\p{sc=Thai}]{1,32}$/u,
  commandDescription: 100,
  commandOptions: 25,
  commandText: 8_000,
  /** resources/channel, "Start Thread from Message". */
  threadName: 100,
} as const

/** Message flags (resources/message, "Message Flags"). */
export const FLAGS = {
  suppressEmbeds: 1 << 2,
  ephemeral: 1 << 6,
  loading: 1 << 7,
  suppressNotifications: 1 << 12,
  componentsV2: 1 << 15,
} as const

/** Component types (components/reference, "Component Types"). */
export const COMPONENT = {
  row: 1,
  button: 2,
  stringSelect: 3,
  textInput: 4,
  userSelect: 5,
  roleSelect: 6,
  mentionableSelect: 7,
  channelSelect: 8,
  section: 9,
  text: 10,
  thumbnail: 11,
  gallery: 12,
  file: 13,
  separator: 14,
  container: 17,
  labelled: 18,
} as const

export const SELECTS: readonly number[] = [3, 5, 6, 7, 8]

/** Gateway intents that an app has to be approved for (events/gateway, "Privileged Intents"). */
export const PRIVILEGED_INTENTS = (1 << 1) | (1 << 8) | (1 << 15)
export const INTENTS = { guilds: 1 << 0, guildMembers: 1 << 1, messageContent: 1 << 15 } as const
