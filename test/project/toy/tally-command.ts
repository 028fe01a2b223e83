import { type Context, defineCommand } from '../../../commands/command.ts'
import { privately } from '../../../commands/replies.ts'
import { type Message, notice } from '../../../src/message/message.ts'

/** `/papers tally cs.CL`: how many papers of a category the catalogue holds, at most a hundred. */
export const tally = defineCommand({
  name: 'tally',
  summary: 'How many papers of a category the catalogue holds',
  examples: ['tally cs.CL'],
  rank: 'member',
  options: [{ name: 'category', summary: 'The category', type: 'category', rest: true, required: true }],
  async run(context, { category }) {
    const message = await count(context, String(category))
    const show = { label: 'Show to all', action: { name: 'tally-show', args: [String(category)] } }
    return privately({ ...message, nodes: [...message.nodes, { kind: 'buttons', buttons: [show] }] })
  },
  actions: {
    'tally-show': {
      rank: 'manager',
      run: async (context, [category = '']) => ({
        kind: 'message',
        to: 'channel',
        message: await count(context, category),
      }),
    },
  },
})

async function count({ catalog }: Context, category: string): Promise<Message> {
  const { hits, more } = await catalog.search({ kind: 'category', category }, { limit: 100 })
  return notice('info', `${more ? 'More than ' : ''}${hits.length} papers in ${category}.`)
}
