import { z } from 'zod'
import type { Clock } from './clock.ts'
import { isoAt } from './clock.ts'
import type { Store } from './store/store.ts'
import { put } from './store/store.ts'

const KEY = ['clock']
/** The last moment before each time that the clock leapt forward, or the program was not at work. */
const LEAPS = ['clock', 'leaps']
/** When somebody who runs the program said that the clock is right. */
const TRUSTED = ['clock', 'trusted']
/** A clock that is set right by the network moves by less. */
const TOLERATED_MS = 3_600_000
const LEAP_MS = 600_000
const MOST_LEAPS = 50
const TRUSTED_FOR_MS = 24 * 3_600_000
/** How far back the program can have been at work last where it is not known. */
const LONGEST_FALSE_MS = 14 * 24 * 3_600_000

/**
 * A sentence when the machine's clock stands before a moment at which this data folder was at work; undefined when nothing
 * speaks against it. Until it is right again nothing falls due, and nothing is lost.
 */
export async function clockTrouble(store: Pick<Store, 'meta'>, clock: Clock): Promise<string | undefined> {
  const last = await store.meta.get(KEY)
  const now = clock.now()
  if (typeof last !== 'number' || now >= last - TOLERATED_MS) return undefined
  return `The machine's clock says ${isoAt(now)}, but this data folder was at work at ${isoAt(last)}: set the clock right, and everything goes on by itself. If it is right now and was wrong then, Paperboy goes on once arXiv or a platform answers with the same time, or after paperboy doctor --trust-clock.`
}

/** Keeps the latest moment at which the program was at work. */
export async function noteClock(store: Pick<Store, 'meta' | 'commit'>, clock: Clock): Promise<void> {
  const last = await store.meta.get(KEY)
  const now = clock.now()
  if (typeof last === 'number' && now <= last) return
  if (typeof last !== 'number' || now - last <= LEAP_MS) return store.meta.set(KEY, now)
  const leaps = [...(await leapsOf(store)), last].slice(-MOST_LEAPS)
  await store.commit([put(store.meta, KEY, now), put(store.meta, LEAPS, leaps)])
}

/** Somebody who runs the program says that the clock is right; taken as said for a day of this clock. */
export async function trustClock(store: Pick<Store, 'meta'>, clock: Clock): Promise<void> {
  await store.meta.set(TRUSTED, clock.now())
}

/** Whether somebody has said lately that the clock is right. */
export async function isTrusted(store: Pick<Store, 'meta'>, clock: Clock): Promise<boolean> {
  const at = await store.meta.get(TRUSTED)
  return typeof at === 'number' && Math.abs(clock.now() - at) < TRUSTED_FOR_MS
}

/** The last moment before `now` (epoch ms) at which the program is known to have been at work with the right time. */
export async function lastTrueMoment(store: Pick<Store, 'meta'>, now: number): Promise<number> {
  return (await leapsOf(store)).findLast((leap) => leap <= now) ?? now - LONGEST_FALSE_MS
}

/** The present is the latest moment again: what was noted of later ones was false. */
export async function forgetLaterMoments(store: Pick<Store, 'meta' | 'commit'>, now: number): Promise<void> {
  const leaps = (await leapsOf(store)).filter((leap) => leap <= now)
  await store.commit([put(store.meta, KEY, now), put(store.meta, LEAPS, leaps), put(store.meta, TRUSTED, null)])
}

async function leapsOf(store: Pick<Store, 'meta'>): Promise<readonly number[]> {
  return z.array(z.number()).safeParse(await store.meta.get(LEAPS)).data ?? []
}
