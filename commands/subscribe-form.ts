import type { ChannelId } from '../src/message/channel.ts'
import type { Form } from '../src/message/form.ts'
import { placeWords } from './words.ts'

/** What `/papers subscribe` opens when nothing is named: whom to follow, completed while it is typed where the platform can, or a list. */
export const subscribeForm = (channel: ChannelId): Form => ({
  title: placeWords(channel).them === 'you' ? 'Whom to follow' : 'Follow in this channel',
  submit: { name: 'subscribe-form', args: [] },
  fields: [
    {
      kind: 'lookup',
      name: 'what',
      label: 'Author, category or query',
      command: 'subscribe',
      option: 'what',
      optional: true,
    },
    { kind: 'text', name: 'list', label: 'Or a list, one a line', lines: 4, optional: true },
  ],
})
