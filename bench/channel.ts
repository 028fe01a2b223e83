import { type ChannelId, parseChannel } from '../src/message/channel.ts'

/** One of as many channels as are wanted, in a hundred teams. */
export function channelAt(number: number): ChannelId {
  const channel = parseChannel(`slack:T${number % 100}/C${number}`)
  if (channel === undefined) throw new Error('That is no channel.')
  return channel
}
