import { expect, test } from 'vitest'
import { inviteAddress } from '../../../src/platforms/discord/invite.ts'
import { missing, NEEDED, PERMISSIONS, permissionsIn, permits } from '../../../src/platforms/discord/permissions.ts'

const bits = (...names: readonly (keyof typeof PERMISSIONS)[]) =>
  String(names.reduce((sum, name) => sum | PERMISSIONS[name].bit, 0n))
const guild = (everyone: string, role = '0') => ({
  id: '1',
  owner_id: '9',
  roles: [
    { id: '1', permissions: everyone },
    { id: '2', permissions: role },
    { id: '3', permissions: bits('administrator') },
  ],
})
const channel = (...overwrites: readonly { id: string; type: number; allow: string; deny: string }[]) => ({
  id: '5',
  type: 0,
  permission_overwrites: [...overwrites],
})
const me = { id: '7', roles: ['2'] }

test('roles add up', () => {
  const permissions = permissionsIn(guild(bits('viewChannel'), bits('sendMessages')), channel(), me)
  expect(permits(permissions, 'sendMessages')).toBe(true)
  expect(missing(permissions, ['readMessageHistory'])).toEqual(['readMessageHistory'])
})

test('an overwrite for everyone yields to one for a role, and that to one for the bot', () => {
  const open = guild(bits('viewChannel', 'sendMessages'))
  const everyone = { id: '1', type: 0, allow: '0', deny: bits('sendMessages') }
  const role = { id: '2', type: 0, allow: bits('sendMessages'), deny: '0' }
  const person = { id: '7', type: 1, allow: '0', deny: bits('sendMessages') }
  expect(permits(permissionsIn(open, channel(everyone), me), 'sendMessages')).toBe(false)
  expect(permits(permissionsIn(open, channel(everyone, role), me), 'sendMessages')).toBe(true)
  expect(permits(permissionsIn(open, channel(person, everyone, role), me), 'sendMessages')).toBe(false)
})

test('who can’t see the channel can do nothing in it', () => {
  expect(permits(permissionsIn(guild(bits('sendMessages')), channel(), me), 'sendMessages')).toBe(false)
})

test('administrators and the owner may do everything, whatever an overwrite says', () => {
  const denied = channel({ id: '1', type: 0, allow: '0', deny: bits('viewChannel') })
  expect(permits(permissionsIn(guild('0'), denied, { id: '7', roles: ['3'] }), 'sendMessages')).toBe(true)
  expect(permits(permissionsIn(guild('0'), denied, { id: '9', roles: [] }), 'sendMessages')).toBe(true)
})

test('the link asks for exactly the scopes and permissions that are needed', () => {
  const address = new URL(inviteAddress({ applicationId: '12345' }))
  expect(address.searchParams.get('scope')).toBe('bot applications.commands')
  expect(address.searchParams.get('client_id')).toBe('12345')
  expect(address.searchParams.get('permissions')).toBe(
    String((1n << 10n) | (1n << 11n) | (1n << 14n) | (1n << 16n) | (1n << 38n)),
  )
  expect(NEEDED).toHaveLength(5)
  expect(() => inviteAddress({})).toThrow('DISCORD_APPLICATION_ID')
})
