import type { ChannelId } from '../message/channel.ts'
import { partKey } from '../store/keys.ts'
import type { PartRecord } from '../store/records.ts'
import { within } from './deadline.ts'
import type { CourierHouse } from './house.ts'
import type { Move, StateOf } from './moves.ts'
import { dropped, resume, sendAgain, toldPosted } from './moves.ts'
import type { PartPlace } from './outbox.ts'
import { commitMove, openPartsByChannel, unparkChannel } from './outbox.ts'
import { find } from './requests.ts'

export type AdminWord = 'again' | 'there' | 'drop'

const TELL_MS = 10_000

/** An admin's word on a parked part: post it again, it is there, or give it up. */
export async function answerParked(
  house: CourierHouse,
  place: PartPlace,
  word: AdminWord,
): Promise<'done' | 'not-parked'> {
  for (;;) {
    const part = await house.store.parts.get(partKey(place))
    if (part?.state.kind !== 'parked') return 'not-parked'
    const move = await moveBy(house, part, part.state, word)
    if ((await commitMove({ ...house, now: house.clock.now() }, part, move)) !== undefined) return 'done'
  }
}

/** Lets a channel's parked parts go out, or be looked for where their outcome is unknown. */
export async function resumeParked(house: CourierHouse, channel: ChannelId): Promise<{ readonly resumed: number }> {
  const { store, clock } = house
  await unparkChannel(store, channel)
  let resumed = 0
  for (const part of (await openPartsByChannel(store, channel)).get(channel) ?? []) {
    const { state } = part
    if (state.kind !== 'parked') continue
    const now = clock.now()
    if ((await commitMove({ ...house, now }, part, resume(state, now))) !== undefined) resumed++
  }
  return { resumed }
}

/** At least once: a part counts as told of when the telling has ended. False when it has to be tried again. */
export async function tellOfParked(house: CourierHouse, part: PartRecord): Promise<boolean> {
  const { state } = part
  if (state.kind !== 'parked' || state.told) return true
  const { why, reason, until, retryAt } = state
  const event = {
    kind: 'part-parked',
    part,
    why,
    reason,
    until,
    ...(retryAt === undefined ? {} : { retryAt }),
  } as const
  try {
    await within(house.clock, TELL_MS, () => house.tellAdmin(event))
  } catch (error) {
    house.log({ event: 'courier.admin-not-told', channel: part.channel, key: part.key, error })
    return false
  }
  await commitMove({ ...house, now: house.clock.now() }, part, { state: { ...state, told: true } })
  return true
}

async function moveBy(house: CourierHouse, part: PartRecord, state: StateOf<'parked'>, word: AdminWord): Promise<Move> {
  switch (word) {
    case 'again':
      return sendAgain(state)
    case 'drop':
      return dropped()
    case 'there': {
      const platform = house.platforms(part.channel)
      const found = platform && (await find(house, part, state, platform).catch(() => undefined))
      return toldPosted(state, found?.kind === 'found' ? found.receipt : { id: '' }, house.clock.now())
    }
  }
}
