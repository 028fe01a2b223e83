import { type ChannelId, channelParts } from '../src/message/channel.ts'

/** What sentences call the place in which somebody asks: a channel, or whoever has direct messages of their own. */
export interface PlaceWords {
  readonly who: 'You' | 'This channel'
  readonly whose: 'Your' | 'This channel’s'
  /** Of the verb: `follow` or `follows`, `do` or `does`. */
  readonly follow: 'follow' | 'follows'
  readonly does: 'do' | 'does'
  /** In the middle of a sentence. */
  readonly them: 'you' | 'this channel'
}

export function placeWords(channel: ChannelId): PlaceWords {
  return channelParts(channel).place.startsWith('@')
    ? { who: 'You', whose: 'Your', follow: 'follow', does: 'do', them: 'you' }
    : { who: 'This channel', whose: 'This channel’s', follow: 'follows', does: 'does', them: 'this channel' }
}

/** `1 paper`, `2 papers`. */
export function count(n: number, noun: string): string {
  return `${n} ${noun}${n === 1 ? '' : 's'}`
}

/** Without the quotes that people put around a whole name; the last may be forgotten. */
export function unquoted(text: string): string {
  return text.replace(/^"([^"]*)"?$/s, '$1').trim()
}
