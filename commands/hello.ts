import { type Message, notice } from '../src/message/message.ts'
import type { ChannelSettings } from '../src/store/records.ts'

/** What the bot says when it is invited: what to type, who may, and how digests will come. */
export function hello(settings: ChannelSettings, zoneIsGuessed = false): Message {
  const zone = zoneIsGuessed
    ? `Times are those of ${settings.timezone}, guessed from whoever invited it`
    : `Times are those of ${settings.timezone}`
  const when =
    settings.schedule === 'immediate'
      ? 'as soon as there is something new'
      : `${settings.schedule}, ${settings.timezone}`
  return {
    summary: 'Paperboy is here: type /papers subscribe and the name of an author',
    nodes: [
      { kind: 'heading', level: 1, text: 'Paperboy brings new papers here' },
      ...notice(
        'info',
        'It follows authors, categories and queries for this channel, and posts what is new.',
        `Digests come ${when}. ${zone}; a manager changes that with /papers settings.`,
      ).nodes,
      {
        kind: 'table',
        columns: ['Type', 'To'],
        rows: [
          { cells: ['/papers subscribe Ethan Perez', 'follow an author; anyone here may'] },
          { cells: ['/papers search constitutional classifiers', 'search; only you see the answer'] },
          { cells: ['/papers settings', 'see when digests come; managers change it'] },
          { cells: ['/papers help', 'see all there is'] },
        ],
      },
    ],
  }
}
