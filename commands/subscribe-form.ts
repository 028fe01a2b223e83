import type { Form } from '../src/message/form.ts'

/** What `/papers subscribe` opens when nothing is named: whom to follow, completed while it is typed where the platform can, or a list. */
export const subscribeForm: Form = {
  title: 'Follow in this channel',
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
}
