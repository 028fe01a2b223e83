import { expect, it } from 'vitest'
import type { Actor } from '../../src/delivery/platform.ts'
import type { ChannelId, TenantId } from '../../src/message/channel.ts'
import { PERMISSIONS, type PermissionName } from '../../src/platforms/discord/permissions.ts'
import { checkPlace as checkOnDiscord } from '../../src/platforms/discord/place-check.ts'
import type { Places } from '../../src/platforms/discord/places.ts'
import type { Conversation } from '../../src/platforms/slack/directory.ts'
import { checkPlace as checkOnSlack } from '../../src/platforms/slack/place-check.ts'
import { typedText } from '../../src/platforms/slack/typed-text.ts'

const signal = new AbortController().signal
const member = (platform: string, tenant: string): Actor => ({
  platform,
  tenant: tenant as TenantId,
  id: 'U1',
  name: 'Ada',
  rank: 'manager',
})

const identity = { house: 'T1', tenant: 'slack:T1' as TenantId, team: 'Team', userId: 'B1', userName: 'paperboy' }

async function onSlack(place: Conversation | undefined, isAdmin: boolean, joins = true) {
  const directory = {
    conversation: async () => place,
    person: async () => ({ name: 'Ada', ofHouse: true, isAdmin }),
    forget: () => {},
  }
  const call = async () =>
    joins ? ({ kind: 'ok', data: {} } as const) : ({ kind: 'error', error: 'method_not_supported' } as const)
  const found = await checkOnSlack(call, directory, identity, member('slack', 'slack:T1'), 'C2', signal)
  return found.kind === 'fine' ? 'fine' : `${found.why} ${found.next}`
}

it('Slack: another channel will do where the bot is or can come, and the person manages it', async () => {
  expect(await onSlack({ kind: 'seen', isMember: true }, true)).toBe('fine')
  expect(await onSlack({ kind: 'seen', isMember: true, creator: 'U1' }, false)).toBe('fine')
  expect(await onSlack({ kind: 'seen', isMember: false }, true)).toBe('fine')
  expect(await onSlack({ kind: 'seen', isMember: true }, false)).toContain('a manager of the other channel')
  expect(await onSlack({ kind: 'seen', isMember: false }, true, false)).toContain('/invite @paperboy')
  expect(await onSlack({ kind: 'hidden' }, true)).toContain('/invite @paperboy')
  expect(await onSlack(undefined, true)).toContain('Try again in a minute')
})

it('Slack: the id of a channel that is meant is kept where it is escaped', () => {
  expect(typedText('move <#C012|general>', 'ids')).toBe('move #C012')
  expect(typedText('search <#C012|general>')).toBe('search #general')
})

async function onDiscord(bot: readonly PermissionName[], person: readonly PermissionName[], guild = '1') {
  const sum = (names: readonly PermissionName[]) => names.reduce((all, name) => all | PERMISSIONS[name].bit, 0n)
  const places: Pick<Places, 'rights'> = {
    rights: async (_channel, _signal, other) => ({
      kind: 'rights',
      permissions: sum(other === undefined ? bot : person),
      channel: { id: '2', type: 0, guild_id: guild },
    }),
  }
  const channel = 'discord:1/2' as ChannelId
  const found = await checkOnDiscord(places as Places, member('discord', 'discord:1'), channel, signal)
  return found.kind === 'fine' ? 'fine' : `${found.why} ${found.next}`
}

it('Discord: another channel will do of the same server, where the bot may post and the person manages', async () => {
  const all = ['viewChannel', 'sendMessages', 'embedLinks', 'readMessageHistory'] as const
  expect(await onDiscord(all, ['viewChannel', 'manageChannels'])).toBe('fine')
  expect(await onDiscord(all, ['viewChannel', 'manageGuild'])).toBe('fine')
  expect(await onDiscord(all, ['viewChannel'])).toContain('a manager of the other channel')
  expect(await onDiscord(['viewChannel'], ['viewChannel', 'manageChannels'])).toContain('Paperboy lacks Send Messages')
  expect(await onDiscord(all, ['viewChannel', 'manageChannels'], '9')).toContain('none of this server')
})
