import { dayForPeople } from '../src/digest/paper-view.ts'
import { isPaused, pauseEnd } from '../src/digest/pause.ts'
import { nextSlots, postingInWords } from '../src/digest/schedule.ts'
import { scheduleExamples, scheduleForms } from '../src/digest/schedule-text.ts'
import { type ChangedSettings, changeSettings, settingsOf } from '../src/digest/settings.ts'
import type { FieldFault, Form } from '../src/message/form.ts'
import { type MessageNode, notice } from '../src/message/message.ts'
import type { Reply } from '../src/message/reply.ts'
import { channelKey } from '../src/store/keys.ts'
import type { ChannelSettings } from '../src/store/records.ts'
import { noted } from './audit.ts'
import { mayAs } from './authorize.ts'
import { type Context, defineCommand } from './command.ts'
import { privately, tell } from './replies.ts'
import { placeWords } from './words.ts'

export interface SettingsView {
  readonly settings: ChannelSettings
  /** When papers are posted where no times are set, or that they are not. */
  readonly posting?: string
  /** The next three slots, ISO 8601 with the zone's offset, after a pause where there is one; none while it has no end. Without set times, when it is next looked for papers that wait. */
  readonly next: readonly string[]
}

export const settings = defineCommand({
  name: 'settings',
  summary: 'When and how this channel gets its digests',
  examples: ['settings', 'settings schedule="daily 09:00" timezone=Europe/Berlin', 'settings cap=20 quiet=22:00-07:00'],
  rank: 'member',
  options: [
    {
      name: 'changes',
      summary: 'KEY=VALUE of schedule, timezone, quiet (or off), cap (papers a digest) and updates (thread or off)',
      type: 'text',
      rest: true,
    },
  ],
  async run(context, { changes }) {
    if (changes === undefined) return shown(context)
    return change(context, readChanges(String(changes)))
  },
  actions: {
    'settings-form': {
      rank: 'manager',
      run: async (context) => ({ kind: 'form', form: formFor((await viewSettings(context)).settings) }),
    },
    'settings-save': { rank: 'manager', run: (context, _args, values) => change(context, values) },
  },
})

export async function viewSettings(context: Context): Promise<SettingsView> {
  const current = await settingsOf(context.store, context.scope.tenant, context.channel)
  const now = context.clock.now()
  if (isPaused(current, now)) {
    const until = current.paused?.until
    // What falls due with the end itself comes then.
    const next = until === undefined ? [] : nextSlots(current, Date.parse(until) - 1, 3)
    return { settings: current, posting: `nothing ${pauseEnd(current)}`, next }
  }
  const posting = postingInWords(current, now)
  return { settings: current, ...(posting === undefined ? {} : { posting }), next: nextSlots(current, now, 3) }
}

/** Changes all or none; sentences say what can't be taken. */
export async function saveSettings(
  context: Context,
  changes: Readonly<Record<string, string>>,
): Promise<{ readonly kind: 'saved'; readonly view: SettingsView } | Extract<ChangedSettings, { kind: 'wrong' }>> {
  const { settings: current } = await viewSettings(context)
  const changed = changeSettings(current, changes)
  if (changed.kind === 'wrong') return changed
  await context.store.settings.set(channelKey(context.channel), changed.settings)
  await noted(
    context,
    `settings: ${Object.entries(changes)
      .map(([key, value]) => `${key}=${value}`)
      .join(' ')}`,
  )
  return { kind: 'saved', view: await viewSettings(context) }
}

/** `schedule="daily 09:00" cap=20` as keys and values; a word without `=` is kept as a key, so that it is named in the error. */
export function readChanges(text: string): Readonly<Record<string, string>> {
  const changes: Record<string, string> = {}
  for (const [, key = '', quoted, plain] of text.matchAll(/([^\s=]+)(?:=(?:"([^"]*)"|(\S*)))?/g))
    changes[key] = quoted ?? plain ?? ''
  return changes
}

async function change(context: Context, changes: Readonly<Record<string, string>>): Promise<Reply> {
  if (!mayAs(context.actor, 'manager'))
    return tell('warning', 'Settings are changed by a manager of the channel; ask one of them.')
  const saved = await saveSettings(context, changes)
  if (saved.kind === 'wrong') {
    const { faults } = saved
    const said = notice('warning', faults.map(({ text }) => text).join(' '), exampleFor(faults))
    const again = filledIn(formFor((await viewSettings(context)).settings), changes)
    return { kind: 'message', to: 'asker', message: said, faults, again }
  }
  return shown(context, 'Saved.')
}

const EXAMPLES: Readonly<Record<string, string>> = {
  schedule: 'schedule="daily 09:00"',
  timezone: 'timezone=Europe/Berlin',
  quiet: 'quiet=22:00-07:00',
  cap: 'cap=20',
  updates: 'updates=thread',
}

/** A line that mends all that is wrong. */
function exampleFor(faults: readonly FieldFault[]): string {
  const named = new Set(faults.map(({ field }) => field.trim().toLowerCase()))
  const examples = Object.keys(EXAMPLES).flatMap((key) => (named.has(key) ? [EXAMPLES[key]] : []))
  return `For example: /papers settings ${examples.length === 0 ? EXAMPLES.schedule : examples.join(' ')}`
}

async function shown(context: Context, done?: string): Promise<Reply> {
  const { settings: current, posting, next } = await viewSettings(context)
  const rows = [
    { cells: ['schedule', current.schedule] },
    { cells: ['timezone', current.timezone] },
    { cells: ['quiet', current.quiet ?? 'off'] },
    { cells: ['cap', `${current.cap} papers a digest`] },
    {
      cells: [
        'updates',
        current.updates === undefined
          ? 'off: in the paper’s place alone'
          : 'thread: also a line in the digest’s thread',
      ],
    },
    ...(isPaused(current, context.clock.now()) ? [{ cells: ['paused', pauseEnd(current)] }] : []),
  ]
  const slots = next.map((slot) => `${dayForPeople(slot)}, ${slot.slice(11, 16)}`).join(' · ')
  const isEnding = current.paused?.until !== undefined && current.schedule !== 'immediate' && slots !== ''
  const when = posting === undefined ? slots : `${posting}${isEnding ? `; then ${slots}` : ''}`
  const nodes: readonly MessageNode[] = [
    ...(done === undefined ? [] : [{ kind: 'notice' as const, tone: 'success' as const, text: done }]),
    {
      kind: 'heading',
      level: 1,
      text: placeWords(context.channel).them === 'you' ? 'Your settings' : 'Settings of this channel',
    },
    { kind: 'table', columns: ['Setting', 'Value'], rows },
    { kind: 'line', spans: [{ text: 'Next: ', style: 'strong' }, { text: when }] },
    ...(mayAs(context.actor, 'manager')
      ? [{ kind: 'buttons' as const, buttons: [{ label: 'Change', action: { name: 'settings-form', args: [] } }] }]
      : []),
  ]
  return privately({ summary: `Digests ${current.schedule}, ${current.timezone}`, nodes })
}

/** The form with what somebody typed into it. */
function filledIn(form: Form, typed: Readonly<Record<string, string>>): Form {
  const fields = form.fields.map((field) => {
    const value = Object.hasOwn(typed, field.name) ? typed[field.name] : undefined
    return value === undefined || field.kind === 'lookup' ? field : { ...field, value }
  })
  return { ...form, fields }
}

function formFor(current: ChannelSettings): Form {
  return {
    title: 'Channel settings',
    submit: { name: 'settings-save', args: [] },
    fields: [
      {
        kind: 'text',
        name: 'schedule',
        label: 'Schedule',
        value: current.schedule,
        hint: scheduleForms,
        examples: scheduleExamples,
      },
      {
        kind: 'text',
        name: 'timezone',
        label: 'Time zone',
        value: current.timezone,
        hint: 'A city’s zone, as Europe/Berlin or America/New_York',
        takes: 'time-zone',
      },
      {
        kind: 'text',
        name: 'quiet',
        label: 'Quiet hours',
        value: current.quiet ?? 'off',
        hint: '22:00-07:00, or off; nothing is lost, it waits',
        optional: true,
      },
      {
        kind: 'text',
        name: 'cap',
        label: 'Papers in one digest',
        value: String(current.cap),
        hint: 'A number from 1 to 100; the rest is a button away',
      },
      {
        kind: 'choice',
        name: 'updates',
        label: 'When a posted paper changes',
        value: current.updates ?? 'off',
        choices: [
          { value: 'off', label: 'Bring it up to date in its place' },
          { value: 'thread', label: 'Add a line in the digest’s thread as well' },
        ],
      },
    ],
  }
}
