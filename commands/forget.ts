import { ulid } from '../src/random.ts'
import { forgetPerson } from '../src/store/forget.ts'
import { defineCommand } from './command.ts'
import { privately, tell } from './replies.ts'

export const forget = defineCommand({
  name: 'forget',
  summary: 'Delete what is kept of you here; it asks first',
  examples: ['forget me'],
  rank: 'member',
  options: [
    {
      name: 'whom',
      summary: 'The word “me”',
      type: 'text',
      required: true,
      choices: [{ value: 'me', label: 'me' }],
    },
  ],
  async run(context, { whom }) {
    if (whom !== 'me') return tell('warning', 'Only you yourself can be forgotten.', 'Type /papers forget me.')
    return privately({
      summary: 'Delete what is kept of you here?',
      nodes: [
        {
          kind: 'notice',
          tone: 'warning',
          text: 'Delete what is kept of you here? It can’t be undone.',
          next: 'Your name goes from what you follow for channels, which itself stays, from who did what and from your words on papers; your lists and all that your direct messages follow and were given are deleted.',
        },
        {
          kind: 'buttons',
          buttons: [{ label: 'Forget me', style: 'danger', action: { name: 'forget', args: [context.actor.id] } }],
        },
      ],
    })
  },
  actions: {
    forget: {
      rank: 'member',
      async run({ store, actor, scope, clock, random }, [id]) {
        if (id !== actor.id) return tell('warning', 'Only you yourself can be forgotten.', 'Type /papers forget me.')
        const edition = ulid(clock.now(), random)
        const { tenant } = scope
        const { traces } = await forgetPerson(store, { tenant, id: actor.id, name: actor.name, edition })
        // Also when nothing was found: an earlier try may have ended before this.
        const held = (await store.purge()) === 'held'
        return tell(
          'success',
          traces === 0 ? 'Nothing was kept of you here.' : 'You are forgotten here.',
          `${held ? 'The store is being read by another program: its journal keeps what it held until both have ended. ' : ''}Backups keep what they hold until they are deleted.`,
        )
      },
    },
  },
})
