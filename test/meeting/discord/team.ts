import { expect } from 'vitest'
import type {
  FakeChannel,
  FakeGuild,
  FakeInteraction,
  FakeMessage,
  FakeUser,
  OptionValue,
} from '../../support/discord/fake-types.ts'
import type { PermissionName } from '../../support/discord/permissions.ts'
import { Meeting, type MeetingOptions } from './world.ts'

/** A team in its server: a member, a manager, and a channel for papers. */
export interface Team {
  readonly guild: FakeGuild
  readonly channel: FakeChannel
  readonly ada: FakeUser
  readonly boss: FakeUser
  /** Sends `/papers …`; the manager's words are sent as `/papers-admin`. */
  type(subcommand: string, options?: Readonly<Record<string, OptionValue>>, who?: FakeUser): FakeInteraction
  /** The same, and what is read in the end. */
  ask(subcommand: string, options?: Readonly<Record<string, OptionValue>>, who?: FakeUser): Promise<FakeMessage>
  admin(subcommand: string, options?: Readonly<Record<string, OptionValue>>, who?: FakeUser): Promise<FakeMessage>
  /** Presses the first button of that label. */
  press(message: FakeMessage, label: string, who?: FakeUser): FakeInteraction
  click(message: FakeMessage, label: string, who?: FakeUser): Promise<FakeMessage>
}

const BOSS: readonly PermissionName[] = ['MANAGE_CHANNELS']

export function aTeam(meeting: Meeting, name = 'Optics'): Team {
  const { discord } = meeting
  const guild = discord.addGuild({ name, invited: false })
  const channel = discord.addChannel(guild)
  const ada = discord.addUser({ name: 'ada', guild })
  const boss = discord.addUser({ name: 'boss', guild, permissions: BOSS })
  discord.invite(guild)
  const type: Team['type'] = (subcommand, options = {}, user = ada) =>
    discord.command('papers', { subcommand, options }, { user, channel })
  const press: Team['press'] = (message, label, who = ada) => {
    const button = message.buttons.find((each) => each.label.replace(/^\d+ · /, '') === label)
    if (button?.customId === undefined) throw new Error(`no button “${label}” in: ${message.text}`)
    return discord.press(message, button.customId, who)
  }
  return {
    guild,
    channel,
    ada,
    boss,
    type,
    ask: async (...typed) => meeting.reply(type(...typed)),
    admin: async (subcommand, options = {}, user = boss) =>
      meeting.reply(discord.command('papers-admin', { subcommand, options }, { user, channel })),
    press,
    click: async (...pressed) => meeting.reply(press(...pressed)),
  }
}

/** A program that has learnt a first day, in which the team's channel follows Ngozi Okafor. */
export async function following(options: MeetingOptions = {}): Promise<{ meeting: Meeting; team: Team }> {
  const meeting = await Meeting.open(options)
  const team = aTeam(meeting)
  await meeting.start()
  await meeting.until('hello', () => meeting.posts(team.channel).length === 1)
  await meeting.round()
  const followed = await team.ask('subscribe', { what: 'Ngozi Okafor' })
  expect(followed.text).toContain('now follows Ngozi Okafor')
  return { meeting, team }
}

/** What every meeting has in common: nothing that Discord refuses or does not mean was sent, and nobody was ever pinged. */
export function expectProper({ discord }: Meeting): void {
  expect(discord.violations).toEqual([])
  const wrong = discord.requests.filter(({ body }) => hasText(body) && !allowsNobody(body))
  expect(wrong.map(({ method, path, body }) => `${method} ${path} ${JSON.stringify(body)}`)).toEqual([])
}

/** Whether it is, or bears, a message. */
function hasText(body: unknown): boolean {
  if (typeof body !== 'object' || body === null) return false
  if ('data' in body && 'type' in body) return body.type === 4 || body.type === 7 ? hasText(body.data) : false
  return 'components' in body || 'embeds' in body || 'content' in body
}

function allowsNobody(body: unknown): boolean {
  if (typeof body !== 'object' || body === null) return false
  if ('data' in body) return allowsNobody(body.data)
  if (!('allowed_mentions' in body)) return false
  return JSON.stringify(body.allowed_mentions) === '{"parse":[]}'
}
