import type { GatewayConnection } from './gateway-connection.ts'
import { isObject, type JsonObject } from './json-value.ts'
import type { Guild, World } from './world.ts'

/** topics/opcodes-and-status-codes, "Gateway Opcodes". */
export const OP = {
  dispatch: 0,
  heartbeat: 1,
  identify: 2,
  resume: 6,
  reconnect: 7,
  invalidSession: 9,
  hello: 10,
  heartbeatAck: 11,
} as const
/** Opcodes an app may send that change nothing here: presence, voice state, members, soundboard. */
export const HEARD: readonly (number | undefined)[] = [3, 4, 8, 31]

/** topics/opcodes-and-status-codes, "Gateway Close Event Codes". */
const CLOSING: Readonly<Record<number, string>> = {
  4001: 'Unknown opcode.',
  4003: 'Not authenticated.',
  4004: 'Authentication failed.',
  4005: 'Already authenticated.',
  4010: 'Invalid shard.',
  4011: 'Sharding required.',
  4013: 'Invalid intents.',
  4014: 'Disallowed intents.',
}

/** Closes a connection with a code and its words. */
export function refuseWith(connection: GatewayConnection, code: number): undefined {
  connection.close(code, CLOSING[code] ?? 'Unknown error.')
}

/** events/gateway, "Sharding": a guild's shard by the time in its id; direct messages go to the first. */
export function shardOf(guildId: string | undefined, count: number): number {
  return guildId === undefined ? 0 : Number((BigInt(guildId) >> 22n) % BigInt(count))
}

export function guildsOfShard(world: World, [id, count]: readonly [number, number]): readonly Guild[] {
  return [...world.guilds.values()].filter(
    (guild) => guild.present && !guild.deleted && shardOf(guild.id, count) === id,
  )
}

/** One event an app sent; undefined when it is no JSON object. */
export function parsed(text: string): JsonObject | undefined {
  try {
    const value: unknown = JSON.parse(text)
    return isObject(value) ? value : undefined
  } catch {
    return undefined
  }
}
