import { rmSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openPartsByChannel } from '../../src/delivery/outbox.ts'
import type { PaperId } from '../../src/papers/paper.ts'
import { StoreError } from '../../src/store/store-error.ts'
import { type Interruption, Meter } from '../support/counted.ts'
import { everyFault } from './chat-services.ts'
import { waitingIn } from './deliveries.ts'
import {
  check,
  type Life,
  live,
  moments,
  type Remains,
  type ThreePlatforms,
  threePlatforms,
} from './three-platforms.ts'
import { inOrder, type JobName } from './world.ts'

/** Every effect, before and after it, those of the harvest as well: EVERY_EFFECT=1. */
const whole = process.env.EVERY_EFFECT === '1'
/** All orders of the jobs afterwards instead of one (24 times as long): ALL_ORDERS=1. */
const allOrders = process.env.ALL_ORDERS === '1'

/** Every effect of an undisturbed life, in order. */
let effects: readonly string[] = []
/** The morning of the second day: the channels follow, and nothing was posted yet. */
let morning: Remains = { folder: '', at: 0 }

beforeAll(async () => {
  await inThree(undefined, 1, async (three) => {
    const meter = new Meter()
    await live(three, { meter })
    await check(three)
    effects = meter.effects
  })
  await inThree(undefined, 1, async (three) => {
    await live(three, { through: 0 })
    await three.world.stop()
    morning = { folder: three.world.copy(), at: moments[1] ?? 0 }
  })
})
afterAll(() => rmSync(morning.folder, { recursive: true, force: true }))

async function inThree(
  from: Remains | undefined,
  seed: number,
  work: (three: ThreePlatforms) => Promise<void>,
): Promise<void> {
  const three = await threePlatforms(from, seed)
  try {
    await work(three)
  } finally {
    await three.world.dispose()
  }
}

/** What a harvest writes is interrupted, effect by effect, in the sweep over the web alone. */
const isOfHarvest = (effect: string) => effect === 'meta.set' || effect === 'catalog.upsert'
const isRequest = (effect: string) => /\.(post|find|edit)$/.test(effect)

/** The places (from 1) before which, or after which, something is to go wrong; before an effect is mostly after the last. */
function places(when: 'before' | 'after'): readonly number[] {
  return effects.flatMap((effect, at) =>
    whole || (when === 'after' ? !isOfHarvest(effect) : isRequest(effect)) ? at + 1 : [],
  )
}

function orders(jobs: readonly JobName[]): readonly (readonly JobName[])[] {
  if (jobs.length === 0) return [[]]
  return jobs.flatMap((job) => orders(jobs.filter((each) => each !== job)).map((rest) => [job, ...rest]))
}
const everyOrder = orders(inOrder)

/** The process ends; the next one begins at once or, every third time, on the last day. */
async function dieAndLiveOn(three: ThreePlatforms, interruption: Interruption, life: Life): Promise<void> {
  const meter = new Meter(interruption)
  await live(three, { meter })
  expect(meter.stopped).toBe(true)
  await three.world.kill()
  const { clock } = three.world
  const last = moments.at(-1) ?? 0
  if (clock.now() >= (moments[1] ?? 0) && interruption.at % 3 === 0)
    await clock.advance(Math.max(0, last - clock.now()))
  await live(three, life)
}

describe('each paper is posted or listed once on the web, Slack and Discord, and all agree,', () => {
  it('when the process ends before or after any effect, and the jobs begin again in any order', {
    timeout: 7_200_000,
  }, async () => {
    let lives = 0
    for (const when of ['before', 'after'] as const) {
      for (const at of places(when)) {
        const chosen = allOrders ? everyOrder : [everyOrder[(at * 7) % everyOrder.length] ?? inOrder]
        for (const first of chosen) {
          await inThree(undefined, at, async (three) => {
            await dieAndLiveOn(three, { kind: 'stop', when, at }, { first })
            await check(three)
          }).catch((cause) => {
            throw new Error(`the process ended ${when} effect ${at}, ${effects[at - 1]}; then ${first.join(', ')}`, {
              cause,
            })
          })
          lives++
        }
      }
    }
    console.log(`three platforms: ${effects.length} effects, ${lives} lives after an end`)
    expect(lives).toBeGreaterThan(60)
  })

  it('when any one effect fails, before it is done or after', { timeout: 3_600_000 }, async () => {
    const errors = [
      new StoreError('full', 'Could not write: the disk is full.'),
      new StoreError('busy', 'Could not write: another process is writing.'),
    ]
    let lives = 0
    for (const when of ['before', 'after'] as const) {
      for (const at of places(when)) {
        const error = errors[at % 2] ?? new Error('full')
        await inThree(undefined, at, async (three) => {
          await live(three, { meter: new Meter({ kind: 'reject', when, at, error }) })
          await check(three)
        }).catch((cause) => {
          throw new Error(`effect ${at}, ${effects[at - 1]}, failed ${when} it was done`, { cause })
        })
        lives++
      }
    }
    console.log(`three platforms: ${lives} lives with an effect that fails`)
    expect(lives).toBeGreaterThan(60)
  })

  it('when any request meets with any fault of the servers, also while a part is looked for', {
    timeout: 3_600_000,
  }, async () => {
    const met = new Map<string, number>()
    for (const fault of everyFault) {
      for (let at = 1, there = true; there; at++) {
        await inThree(morning, at, async (three) => {
          const { slack, discord, requests } = three.services
          // The first post of each is to be looked for.
          slack.faults.on('replyLost', { methods: ['chat.postMessage'], times: 1 })
          discord.faults.on('replyLost', { routes: ['POST /channels/:channel/messages'], times: 1 })
          three.services.atRequest(at, fault)
          await live(three)
          there = Math.max(requests.slack, requests.discord) >= at
          if (there)
            met.set(
              fault.name,
              (met.get(fault.name) ?? 0) + Number(requests.slack >= at) + Number(requests.discord >= at),
            )
          await check(three)
        }).catch((cause) => {
          throw new Error(`request ${at} met with ${fault.name}`, { cause })
        })
      }
    }
    console.log(`three platforms: requests that met with a fault ${JSON.stringify(Object.fromEntries(met))}`)
    expect(Math.min(...met.values())).toBeGreaterThan(12)
  })
})

/** What becomes of a part of unknown outcome that can’t be looked for, whether or not it stands there. */
const words: Readonly<
  Record<
    string,
    { readonly more: (stands: number) => number; readonly marked?: true; act(three: ThreePlatforms): Promise<unknown> }
  >
> = {
  'an admin says: post it again': { more: () => 1, act: (three) => answer(three, 'again') },
  'an admin says: it is there': { more: () => 0, act: (three) => answer(three, 'there') },
  'an admin gives it up': { more: () => 0, act: (three) => answer(three, 'drop') },
  'looking is permitted again': {
    more: (stands) => 1 - stands,
    act: async ({ services, world, channels }) => {
      services.mayLook(true)
      for (const channel of channels) await world.app.courier.resumeChannel(channel)
    },
  },
  'nobody says anything for a day': {
    more: () => 1,
    marked: true,
    act: ({ world }) => world.clock.advance(25 * 3_600_000),
  },
}

async function answer({ world }: ThreePlatforms, word: 'again' | 'there' | 'drop'): Promise<void> {
  for (const part of [...(await openPartsByChannel(world.app.house.store)).values()].flat())
    expect(await world.app.services.answerParked(part, word)).toBe('done')
}

describe('a part of unknown outcome that can’t be looked for is parked, an admin is asked, and', () => {
  for (const [word, { more, marked = false, act }] of Object.entries(words)) {
    for (const [what, stands] of [
      ['replyLost', 1],
      ['dropped', 0],
    ] as const) {
      it(`when ${word}, it stands there ${stands + more(stands)} times (${what})`, async () => {
        for (let nth = 1; nth <= 3; nth++) {
          await inThree(morning, nth, async (three) => {
            const { world, services, channels } = three
            services.mayLook(false)
            services.atPost(nth, what)
            // The third is of the day after.
            await live(three, { through: nth < 3 ? 1 : 2 })
            const parked = [...(await openPartsByChannel(world.app.house.store)).values()].flat()
            expect(parked.map(({ state }) => state.kind)).toEqual(['parked', 'parked'])
            expect(world.events.filter(({ event }) => event === 'part.parked')).toHaveLength(2)
            // By then Discord has forgotten the nonce by which it knows a repetition.
            await world.clock.advance(600_000)
            await act(three)
            await world.round()
            await world.clock.advance(Math.max(0, (moments[2] ?? 0) - world.clock.now()))
            await world.round()
            const posts = services.standing()
            for (const channel of channels.slice(1)) {
              const inDoubt = parked.find((part) => part.channel === channel)?.papers ?? []
              expect(inDoubt.length).toBeGreaterThan(0)
              for (const number of ['2509.07001', '2509.07002', '2509.07003', '2509.08001']) {
                const paper = `arxiv:${number}` as PaperId
                const showing = posts.filter(
                  (post) => post.channel === channel && post.papers.some(({ id }) => id === paper),
                )
                const isInDoubt = inDoubt.includes(paper)
                expect([number, showing.length]).toEqual([number, isInDoubt ? stands + more(stands) : 1])
                const marks = showing.filter(({ text }) => text.includes('(may repeat)')).length
                expect(marks).toBe(marked && isInDoubt ? 1 : 0)
              }
            }
            expect(await waitingIn(world.app)).toEqual({ pending: 0, open: 0 })
            expect(services.wrongs()).toEqual([])
          })
        }
      })
    }
  }
})
