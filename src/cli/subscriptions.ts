import { type Candidate, traitsOf } from '../../commands/candidates.ts'
import type { Context } from '../../commands/command.ts'
import { nothingFound } from '../../commands/findings.ts'
import { type Followed, follow } from '../../commands/follow.ts'
import { entriesOf } from '../../commands/follow-list.ts'
import { namedPerson } from '../../commands/named-person.ts'
import { readChanges, saveSettings, viewSettings } from '../../commands/settings.ts'
import { unfollow } from '../../commands/unsubscribe.ts'
import type { App } from '../app.ts'
import { printExport } from '../following/follow-text.ts'
import { allSubscriptions } from '../following/subscriptions.ts'
import { channelParts } from '../message/channel.ts'
import { canonicalPaperId } from '../papers/identity.ts'
import type { PaperId } from '../papers/paper.ts'
import { platforms } from '../platforms/index.ts'
import { dataVerb } from './beside.ts'
import { channelNamed, localContext, telling } from './local.ts'
import { type ExitCode, type Io, Refusal, UsageError } from './verb.ts'

export const subscribe = dataVerb({
  name: 'subscribe',
  usage: 'subscribe [--channel C] FOLLOW [--all | --person N|PAPER] [--backfill 0|3|10]',
  summary: 'Follow an author, category or query in a channel',
  access: 'write',
  options: { channel: 'string', all: 'boolean', person: 'string', backfill: 'string' },
  words: { needed: 'FOLLOW (author:"Jared Kaplan", cat:cs.CL or a query)' },
  async work(app, read, io) {
    const text = read.words.join(' ').trim()
    const backfill = read.text('backfill')
    if (backfill !== undefined && !['0', '3', '10'].includes(backfill)) throw new UsageError('--backfill is 0, 3 or 10')
    const person = personMeant(read.text('person'))
    const context = localContext(app, channelNamed(read.text('channel')), io.signal, telling(io))
    const entries = entriesOf(text)
    if (entries.length > 1 && person !== undefined) throw new UsageError('--person goes with one name, not with a list')
    let exit: ExitCode = 0
    for (const entry of entries.length === 0 ? [text] : entries) {
      const named = await namedPerson(context, entry)
      if (named?.kind === 'nobody') throw new Refusal(`${named.why} ${named.next.replace('/papers ', 'paperboy ')}`)
      if (named?.kind === 'byline')
        throw new Refusal(`Which author of ${entry}? Write: paperboy subscribe "${entry} #1"`)
      const followed = await follow(context, named?.text ?? entry, {
        ...named?.options,
        all: read.flag('all'),
        ...(person === undefined ? {} : { person }),
        ...(backfill === undefined ? {} : { backfill: Number(backfill) }),
      })
      if (followed.kind === 'wrong' && entries.length < 2) throw new Refusal(followed.why)
      if ((await told(app, context, followed, io)) !== 0) exit = 1
    }
    const { platform } = channelParts(context.channel)
    if (!app.platforms.some(({ name }) => name === platform)) {
      const title = platforms.find(({ name }) => name === platform)?.service?.title ?? platform
      io.say(`Nothing can be posted in ${context.channel} until ${title} is set up.`)
    }
    return exit
  },
})

/** What came of one line, as it is printed. */
async function told(app: App, context: Context, followed: Followed, io: Io): Promise<ExitCode> {
  switch (followed.kind) {
    case 'wrong':
      io.say(followed.why)
      return 1
    case 'several':
      for (const [at, candidate] of followed.candidates.entries())
        io.out(JSON.stringify(candidateLine(candidate, at + 1)))
      io.say(
        followed.candidates.length === 1
          ? `One person may be “${followed.name}”: follow them with --person 1, or whoever bears the name with --all.`
          : `${followed.candidates.length} people may be “${followed.name}”: follow one with --person and its number, or all with --all.`,
      )
      return 1
    case 'already':
      io.say(`${context.channel} follows ${followed.label} already.`)
      return printed(app, followed.record.id, io)
    case 'unknown':
      return 1
    case 'followed': {
      if (followed.trouble !== undefined) io.say(followed.trouble)
      const { record, name, known } = followed
      const follows = record.follows.kind === 'author' ? { kind: 'author' as const, name: name ?? '' } : record.follows
      const warning = await nothingFound(context, follows, record.narrowing, known)
      if (warning !== undefined) io.say(warning)
      return printed(app, followed.record.id, io)
    }
  }
}

export const unsubscribe = dataVerb({
  name: 'unsubscribe',
  usage: 'unsubscribe [--channel C] FOLLOW',
  summary: 'Stop following in a channel',
  access: 'write',
  options: { channel: 'string' },
  words: { needed: 'FOLLOW' },
  async work(app, read, io) {
    const context = localContext(app, channelNamed(read.text('channel')), io.signal)
    const removed = await unfollow(context, read.words.join(' '))
    if (removed.kind !== 'removed')
      throw new Refusal(
        `${context.channel} does not follow “${read.words.join(' ')}”; paperboy export lists what it follows.`,
      )
    io.out(JSON.stringify({ removed: removed.label, subscriptions: removed.records.length }))
    return 0
  },
})

export const settings = dataVerb({
  name: 'settings',
  usage: 'settings [--channel C] [KEY=VALUE …]',
  summary: 'When and how a channel gets its digests, and the next three times',
  access: 'write',
  options: { channel: 'string' },
  words: 'any',
  async work(app, read, io) {
    const context = localContext(app, channelNamed(read.text('channel')), io.signal)
    const changes = Object.assign({}, ...read.words.map(asChange))
    if (read.words.length > 0) {
      const saved = await saveSettings(context, changes)
      if (saved.kind === 'wrong') throw new Refusal(saved.faults.map(({ text }) => text).join(' '))
    }
    const { settings: all, posting, next } = await viewSettings(context)
    const { quiet = null, updates = 'off' } = all
    io.out(JSON.stringify({ channel: context.channel, ...all, quiet, updates, posting, next }))
    if (posting !== undefined) io.say(`${context.channel} posts ${posting}.`)
    return 0
  },
})

export const exportSubscriptions = dataVerb({
  name: 'export',
  usage: 'export [--channel C]',
  summary: 'The subscriptions, one a line, as import reads them',
  access: 'read',
  options: { channel: 'string' },
  words: 'none',
  async work(app, read, io) {
    const only = read.text('channel') === undefined ? undefined : channelNamed(read.text('channel'))
    for await (const subscription of allSubscriptions(app.services.store)) {
      if (only === undefined || subscription.channel === only) io.out(printExport(subscription))
    }
    return 0
  },
})

async function printed(app: App, id: string, io: Io): Promise<ExitCode> {
  for await (const subscription of allSubscriptions(app.services.store)) {
    if (subscription.id === id) io.out(printExport(subscription))
  }
  return 0
}

function personMeant(text: string | undefined): number | PaperId | undefined {
  if (text === undefined) return undefined
  if (/^[1-9]\d{0,3}$/.test(text)) return Number(text)
  const paper = canonicalPaperId(text)
  if (paper === undefined) throw new UsageError('--person is the number of a candidate, or one of their papers')
  return paper
}

function candidateLine(candidate: Candidate, person: number): object {
  const { name, papers } = candidate
  const { years, titles, ...traits } = traitsOf(candidate)
  return {
    person,
    candidate: name,
    papers: papers.length,
    ...(years === undefined ? {} : { years }),
    ...traits,
    latest: titles,
    paper: papers[0]?.id,
  }
}

/** The shell has taken the quotes away already: everything after the first `=` is the value. */
function asChange(word: string): Readonly<Record<string, string>> {
  const at = word.indexOf('=')
  return at < 0 ? readChanges(word) : { [word.slice(0, at)]: word.slice(at + 1) }
}
