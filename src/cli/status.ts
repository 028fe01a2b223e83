import { ledgerLines } from '../digest/ledger.ts'
import { parsePaperId } from '../papers/identity.ts'
import { dataVerb } from './beside.ts'
import { channelNamed } from './local.ts'
import { UsageError } from './verb.ts'

export const status = dataVerb({
  name: 'status',
  usage: 'status',
  summary: 'How complete the sources are, what waits and what is parked',
  access: 'read',
  options: {},
  words: 'none',
  async work(app, _read, io) {
    io.out(JSON.stringify(await app.status()))
    return 0
  },
})

export const ledger = dataVerb({
  name: 'ledger',
  usage: 'ledger [--channel C] [--paper ID]',
  summary: 'What became of each paper in each channel, one a line',
  access: 'read',
  options: { channel: 'string', paper: 'string' },
  words: 'none',
  async work(app, read, io) {
    const text = read.text('paper')
    const paper = text === undefined ? undefined : parsePaperId(text)?.id
    if (text !== undefined && paper === undefined) throw new UsageError(`“${text}” is no paper’s id`)
    const channel = read.text('channel') === undefined ? undefined : channelNamed(read.text('channel'))
    for await (const line of ledgerLines(app.services.store, {
      ...(channel === undefined ? {} : { channel }),
      ...(paper === undefined ? {} : { paper }),
    })) {
      io.out(JSON.stringify(line))
    }
    return 0
  },
})
