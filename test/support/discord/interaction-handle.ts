import type { Clock } from '../../../src/clock.ts'
import type { FakeInteraction, FakeMessage } from './fake-types.ts'
import type { Interaction } from './interaction-book.ts'
import { textOf } from './json-value.ts'
import { viewMessage } from './message-view.ts'
import type { Servers } from './servers.ts'

/** How long to wait for something to become of an interaction before saying that nothing did. */
const PATIENCE_MS = 10_000

export interface Handles {
  of(interaction: Interaction): FakeInteraction
  behind(handle: FakeInteraction): Interaction
}

/** Interactions as tests hold them. */
export function createHandles(servers: Servers, clock: Pick<Clock, 'sleep'>): Handles {
  const { world, interactions } = servers

  /** Resolves once `read` gives something; rejects, naming what was awaited, when nothing comes of it. */
  const until = async <T>(what: string, read: () => T | undefined): Promise<T> => {
    const patience = new AbortController()
    let stop = () => {}
    const found = new Promise<T>((resolve) => {
      const look = () => {
        const value = read()
        if (value !== undefined) resolve(value)
      }
      stop = interactions.watch(look)
      look()
    })
    const tired = clock.sleep(PATIENCE_MS, patience.signal).then(() => {
      throw new Error(`no ${what} within ${PATIENCE_MS} ms`)
    })
    try {
      return await Promise.race([found, tired])
    } finally {
      stop()
      tired.catch(() => {})
      patience.abort()
    }
  }

  const view = (channelId: string, id: string | undefined): FakeMessage | undefined => {
    const channel = world.channels.get(channelId)
    const message = id === undefined || channel === undefined ? undefined : world.messageIn(channel, id)
    return message === undefined ? undefined : viewMessage(world, message)
  }

  const of = (interaction: Interaction): FakeInteraction => {
    const followUps = () => interaction.followUpIds.flatMap((id) => view(interaction.channelId, id) ?? [])
    const answered = () => (interaction.acknowledgedAt === undefined ? undefined : true)
    return {
      id: interaction.id,
      token: interaction.token,
      get acknowledgedAfterMs() {
        return interaction.acknowledgedAt === undefined ? undefined : interaction.acknowledgedAt - interaction.at
      },
      get callbackType() {
        return interaction.callbackType
      },
      get edits() {
        return [...interaction.edits]
      },
      get followUps() {
        return followUps()
      },
      acknowledged: async () => {
        await until('answer', answered)
      },
      reply: () =>
        until('reply', () => {
          if (interaction.acknowledgedAt === undefined) return undefined
          // A deferred update shows nothing by itself; what is read is the message once edited.
          if (interaction.callbackType === 6 && interaction.edits.length === 0) return undefined
          const message = view(interaction.channelId, interaction.originalId)
          return message === undefined || message.loading ? undefined : message
        }),
      edited: (times) =>
        until(`edit ${times}`, () => (interaction.edits.length >= times ? interaction.edits : undefined)),
      followedUp: (times) =>
        until(`follow-up ${times}`, () => (interaction.followUpIds.length >= times ? followUps() : undefined)),
      choices: () =>
        until('choices', () =>
          interaction.choices?.map(({ name, value }) => ({
            name: textOf(name) ?? '',
            value: typeof value === 'number' ? value : String(value),
          })),
        ),
      modal: () => until('modal', () => interaction.modal),
    }
  }

  return {
    of,
    behind(handle) {
      const interaction = interactions.byToken(handle.token)
      if (interaction === undefined) throw new Error('no interaction of this world')
      return interaction
    },
  }
}
