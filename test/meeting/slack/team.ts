import { expect } from 'vitest'
import { readPayload } from '../../platforms/slack/payload-reader.ts'
import type { FakeChannel, FakeInteraction, FakeMessage, FakeTeam, FakeUser } from '../../support/slack/fake-types.ts'
import { Meeting, type MeetingOptions } from './world.ts'

/** A team in its workspace: a member, a manager, and a channel for papers. */
export interface Team {
  readonly workspace: FakeTeam
  readonly channel: FakeChannel
  readonly ada: FakeUser
  readonly boss: FakeUser
  /** Sends `/papers …`. */
  type(text: string, who?: FakeUser): FakeInteraction
  /** The same, and what is read in the end. */
  ask(text: string, who?: FakeUser): Promise<FakeMessage>
  /** The manager asks. */
  admin(text: string): Promise<FakeMessage>
  /** Presses the first button of that label, or the n-th; where there is none, chooses so in a menu. */
  press(message: FakeMessage, label: string, who?: FakeUser, place?: number): FakeInteraction
  click(message: FakeMessage, label: string, who?: FakeUser, place?: number): Promise<FakeMessage>
}

export interface TeamOptions {
  readonly workspace?: FakeTeam
  readonly name?: string
  readonly member?: boolean
  readonly private?: boolean
}

export function aTeam(meeting: Meeting, options: TeamOptions = {}): Team {
  const { slack } = meeting
  const { workspace = meeting.home, name = 'papers', member = true } = options
  const channel = slack.addChannel(workspace, { name, member, private: options.private ?? false })
  const ada = slack.addUser(workspace, { name: 'ada', channels: [channel] })
  const boss = slack.addUser(workspace, { name: 'boss', admin: true, channels: [channel] })
  const type: Team['type'] = (text, user = ada) => slack.command('/papers', text, { user, channel })
  const press: Team['press'] = (message, label, who = ada, place = 0) => {
    const button = message.buttons.filter((each) => each.label === label)[place]
    if (button !== undefined) return slack.press(message, button.actionId, who)
    const choices = message.selects.flatMap(({ actionId, options }) =>
      options.filter((option) => option.label === label).map(({ value }) => ({ actionId, value })),
    )
    const choice = choices[place]
    if (choice === undefined) throw new Error(`no button or choice “${label}” in: ${message.text}`)
    return slack.select(message, choice.actionId, choice.value, who)
  }
  return {
    workspace,
    channel,
    ada,
    boss,
    type,
    ask: async (...typed) => meeting.reply(type(...typed)),
    admin: async (text) => meeting.reply(type(text, boss)),
    press,
    click: async (...pressed) => meeting.reply(press(...pressed)),
  }
}

/** A program that has learnt a first day, in which the team's channel follows Ngozi Okafor. */
export async function following(options: MeetingOptions = {}): Promise<{ meeting: Meeting; team: Team }> {
  const meeting = await Meeting.open(options)
  const team = aTeam(meeting)
  await meeting.start()
  await meeting.round()
  const followed = await team.ask('subscribe Ngozi Okafor')
  expect(followed.text).toContain('now follows Ngozi Okafor')
  return { meeting, team }
}

/** What mark-up of our own does; anything else in it would come from a text. */
const OURS =
  /^(?:bold|italic|strike|bold\+strike|code) |^link .* → https:\/\/(?:arxiv\.org|doi\.org|\w+\.slack\.com\/archives)\//s

/** What every meeting has in common: nothing that Slack refuses or does not mean was sent, nobody was pinged, and links are ours. */
export function expectProper({ slack, home }: Meeting): void {
  expect(slack.violations).toEqual([])
  expect(slack.limited.filter(({ avoidable }) => avoidable)).toEqual([])
  const texts = slack.calls.filter(({ args }) => args.blocks !== undefined || args.text !== undefined)
  expect(home.token).not.toBe('')
  for (const { args } of texts.filter((each) => JSON.stringify(each.args.blocks ?? '').includes('"mrkdwn'))) {
    const blocks: unknown = typeof args.blocks === 'string' ? JSON.parse(args.blocks) : args.blocks
    const { marks, broken } = readPayload({ text: args.text, blocks })
    expect(broken).toEqual([])
    expect(marks.filter((mark) => !OURS.test(mark))).toEqual([])
  }
}
