import { followProposed } from '../../commands/follow-list.ts'
import { proposals } from '../../commands/propose.ts'
import { renderText } from '../platforms/text/render.ts'
import { readInput } from './arguments.ts'
import { dataVerb, readLine } from './beside.ts'
import { channelNamed, localContext } from './local.ts'
import { Refusal, type Verb } from './verb.ts'

/** The verb as a running process does it: it gets the bibliography itself, for it may stand in another folder. */
export const proposing = dataVerb({
  name: 'propose',
  usage: 'propose [--channel C] FILE.bib|-|NAME [--yes]',
  summary: 'Whom to follow: those whom a bibliography cites most, or with whom you write; --yes follows them',
  access: 'write',
  options: { channel: 'string', yes: 'boolean' },
  words: { needed: 'FILE.bib, - or NAME' },
  async work(app, read, io) {
    const context = localContext(app, channelNamed(read.text('channel')), io.signal)
    const proposed = await proposals(context, read.words.join(' '))
    switch (proposed.kind) {
      case 'wrong':
        throw new Refusal(`${proposed.why} ${proposed.next}`)
      case 'several':
        io.say(
          `${proposed.candidates.length} people may be “${proposed.name}”; paperboy subscribe 'author:"${proposed.name}"' tells who they are. Propose out of a bibliography instead.`,
        )
        return 1
      case 'proposals': {
        for (const { text, why, paper } of proposed.proposals)
          io.out(JSON.stringify({ follow: text, why, ...(paper === undefined ? {} : { paper }) }))
        if (!read.flag('yes') || proposed.proposals.length === 0) return 0
        const reply = await followProposed(context, proposed.proposals)
        if (reply.kind === 'message') io.say(renderText(reply.message))
        return 0
      }
    }
  },
})

/** Reads the file where it was named. */
export const propose: Verb = {
  ...proposing,
  async run(args, io) {
    const { words } = readLine(proposing, args)
    const [word = ''] = words
    if (words.length > 1 || !(word === '-' || /\.(?:bib|bibtex)$/i.test(word))) return proposing.run(args, io)
    const text = (await readInput(word, io)).trim()
    if (text === '') throw new Refusal(`${word} is empty: nobody is proposed.`)
    return proposing.run(
      args.map((each) => (each === word ? text : each)),
      io,
    )
  },
}
