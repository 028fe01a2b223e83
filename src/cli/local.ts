import type { Context } from '../../commands/command.ts'
import { answer } from '../../commands/dispatch.ts'
import { commands } from '../../commands/index.ts'
import type { App } from '../app.ts'
import type { Actor } from '../delivery/platform.ts'
import { type ChannelId, channelParts, parseChannel } from '../message/channel.ts'
import type { Reply } from '../message/reply.ts'
import { scopeOf } from '../store/scope.ts'
import { type Io, UsageError } from './verb.ts'

/** The channel that a new install has, and that verbs speak for when none is named. */
export const HOME = 'web:demo/papers' as ChannelId

export function channelNamed(text: string | undefined): ChannelId {
  if (text === undefined) return HOME
  const channel = parseChannel(text)
  if (channel === undefined)
    throw new UsageError(`“${text}” is no channel; web:demo/papers or slack:T012/C345 would be one`)
  return channel
}

/** Whoever can run the program on its data folder is an admin of all of it. */
export function localActor(channel: ChannelId): Actor {
  const { platform, tenant } = channelParts(channel)
  return { platform, tenant, id: 'local', name: 'local', rank: 'admin' }
}

/** What a command works with when it is run as a verb. */
export function localContext(
  app: App,
  channel: ChannelId,
  signal: AbortSignal,
  progress: (reply: Reply) => void = () => {},
): Context {
  const actor = localActor(channel)
  return { ...app.services, actor, scope: scopeOf(actor), channel, signal, progress }
}

/** What takes long is said at once, to whoever waits for it. */
export function telling(io: Pick<Io, 'say'>): (reply: Reply) => void {
  return (reply) => {
    if (reply.kind === 'message') io.say(reply.message.summary)
  }
}

/** A line as if it had been typed in the channel. */
export function askLocally(
  app: App,
  channel: ChannelId,
  text: string,
  signal: AbortSignal,
  progress: (reply: Reply) => void,
): Promise<Reply> {
  return answer(
    commands,
    app.services,
    { kind: 'command', actor: localActor(channel), channel, input: { form: 'text', text } },
    { signal, progress },
  )
}
