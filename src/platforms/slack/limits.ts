/** What Slack takes (docs.slack.dev, Block Kit reference and chat.postMessage). Lengths are UTF-16 units. */
export const LIMITS = {
  blocksOfMessage: 50,
  blocksOfModal: 100,
  header: 150,
  section: 3000,
  contextText: 2000,
  buttonsOfBlock: 25,
  buttonText: 75,
  buttonValue: 2000,
  accessibilityLabel: 75,
  blockId: 255,
  url: 3000,
  optionText: 75,
  options: 100,
  optionsOfMenu: 5,
  modalTitle: 24,
  modalButton: 24,
  label: 2000,
  hint: 2000,
  inputValue: 3000,
  privateMetadata: 3000,
  /** Advised for `text`; it is only read where blocks can't be shown. */
  fallback: 3000,
  /**
   * Of all text in one message's blocks. `msg_blocks_too_long` has no documented bound; rich text was refused from
   * 11,341 characters on (slackapi/bolt-js#2867).
   */
  textOfMessage: 11_000,
} as const
