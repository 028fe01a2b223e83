import { describe, expect, test } from 'vitest'
import { readLine, splitLine, usage } from '../../commands/grammar.ts'
import { commands } from '../../commands/index.ts'
import { verbs } from '../../src/cli/index.ts'
import { type Action, decodeAction, encodeAction } from '../../src/message/action.ts'
import type { Field, Form } from '../../src/message/form.ts'
import type { Message, MessageNode } from '../../src/message/message.ts'
import { customIdsIn, readCustomId } from '../../src/platforms/discord/custom-id.ts'
import { modalOf } from '../../src/platforms/discord/modal.ts'
import { commandsOf } from '../../src/platforms/discord/registration.ts'
import { renderMessage } from '../../src/platforms/discord/render.ts'
import { platforms } from '../../src/platforms/index.ts'
import { slackManifest } from '../../src/platforms/slack/manifest.ts'
import { renderSlack } from '../../src/platforms/slack/render.ts'
import { formView } from '../../src/platforms/slack/view.ts'
import { renderText } from '../../src/platforms/text/render.ts'
import { renderHtml } from '../../src/platforms/web/render.ts'
import { formMarkup } from '../../src/platforms/web/render-reply.ts'
import { aPaperView } from '../support/console-messages.ts'
import { elementsOf, textOf } from '../support/html-reader.ts'
import { labels, markedTexts } from './discord/limits.ts'
import { readMarkup } from './discord/reader.ts'
import { readPayload } from './slack/payload-reader.ts'

/** What somebody reads, and what they can press there: encoded actions; `native` is what is sent. */
interface Seen {
  readonly text: string
  readonly pressable: readonly string[]
  readonly native: unknown
}

const folded = (text: string) => text.replace(/\s+/g, ' ')

function seenOnDiscord(message: Message, rendering: 'components' | 'embeds'): Seen {
  const payloads = renderMessage(message, { rendering })
  const native = JSON.stringify(payloads)
  const texts = payloads.flatMap((payload) => markedTexts(payload).map((text) => readMarkup(text).text))
  // A menu names what its options do.
  const menus = [...native.matchAll(/"placeholder":"([^"]*)"/g)].map(([, text]) => text)
  const ids = payloads.flatMap(({ components }) => customIdsIn(components))
  return {
    text: folded([...texts, ...menus, ...payloads.flatMap(labels)].join(' ')),
    pressable: [...ids.flatMap((id) => lineOf(readCustomId(id)?.action)), ...valuesIn(native)],
    native: payloads,
  }
}

function seenOnSlack(message: Message): Seen {
  const payloads = renderSlack(message)
  return {
    text: folded(payloads.map((payload) => readPayload(payload).text).join(' ')),
    pressable: valuesIn(JSON.stringify(payloads)),
    native: payloads,
  }
}

function seenOnTheWeb(message: Message): Seen {
  const native = renderHtml(message)
  const ids = elementsOf(native).flatMap(({ attributes }) => attributes.get('data-action') ?? [])
  return { text: folded(textOf(native)), pressable: ids, native }
}

function seenAsText(message: Message): Seen {
  const native = renderText(message)
  return { text: folded(native), pressable: [], native }
}

/** Actions that stand as values of buttons and options. */
function valuesIn(native: string): readonly string[] {
  return [...native.matchAll(/"value":"([^"]*)"/g)].flatMap(([, value = '']) => lineOf(decodeAction(value)))
}

function lineOf(action: Action | undefined): readonly string[] {
  const line = action === undefined ? undefined : encodeAction(action)
  return line === undefined ? [] : [line]
}

/** Every way in which a message is shown. A platform that is not among them fails the first test. */
const ways: Readonly<Record<string, (message: Message) => Seen>> = {
  web: seenOnTheWeb,
  slack: seenOnSlack,
  'discord, components': (message) => seenOnDiscord(message, 'components'),
  'discord, embeds': (message) => seenOnDiscord(message, 'embeds'),
  text: seenAsText,
}

interface Sample<Kind> {
  readonly node: Extract<MessageNode, { readonly kind: Kind }>
  /** What has to be read wherever it is shown. */
  readonly words: readonly string[]
  /** Labels, which only those see who can press something. */
  readonly labels?: readonly string[]
}

const act = (name: string) => ({ name, args: ['x'] })

/** One of each kind of node: a new kind has to be added here before it compiles. */
const samples: { readonly [Kind in MessageNode['kind']]: Sample<Kind> } = {
  heading: { node: { kind: 'heading', level: 1, text: 'Three new papers' }, words: ['Three new papers'] },
  line: {
    node: {
      kind: 'line',
      spans: [{ text: 'Type ' }, { text: '/papers help', style: 'code' }, { text: ' here', style: 'strong' }],
    },
    words: ['Type /papers help here'],
  },
  paper: {
    node: {
      kind: 'paper',
      paper: aPaperView({ collaborators: 'Often with Ben Okri (3)', note: 'v2, 3 March: title changed' }),
    },
    words: [
      'Sparse features of small models',
      'Ada Lovelace, Neel Nanda',
      '1 Sep 2025',
      'arXiv.org Machine Learning',
      'We look at the features of small models. They are sparse.',
      'because you follow Neel Nanda',
      'Often with Ben Okri (3)',
      'v2, 3 March: title changed',
    ],
    labels: ['PDF', 'Why', 'Not Neel Nanda'],
  },
  mention: {
    node: { kind: 'mention', people: [{ id: 'someone', name: 'Ada' }], text: 'you asked for Neel Nanda' },
    words: ['@Ada', 'you asked for Neel Nanda'],
  },
  people: {
    node: {
      kind: 'people',
      title: 'Collaborating authors',
      people: [
        { name: 'Ethan Perez', papers: 24, action: act('author-page') },
        { name: 'Amanda Askell', papers: 17 },
      ],
    },
    words: ['Collaborating authors', 'Ethan Perez', '24', 'Amanda Askell', '17'],
  },
  table: {
    node: {
      kind: 'table',
      columns: ['Setting', 'Value'],
      rows: [{ cells: ['schedule', 'daily 09:00'], button: { label: 'Change', action: act('settings-form') } }],
    },
    words: ['schedule', 'daily 09:00'],
    labels: ['Change'],
  },
  notice: {
    node: { kind: 'notice', tone: 'warning', text: 'One part is parked.', next: 'Invite Paperboy again.' },
    words: ['One part is parked.', 'Invite Paperboy again.'],
  },
  pager: {
    node: { kind: 'pager', shown: '1–3 of 73', previous: act('page-back'), next: act('page-on') },
    words: ['1–3 of 73'],
  },
  question: {
    node: {
      kind: 'question',
      asks: 'Is this your Wei Wang?',
      about: { text: 'Lamps at Night', url: 'https://arxiv.org/abs/2509.00001' },
      buttons: [
        { label: 'Yes', action: act('its-them') },
        { label: 'No', action: act('not-them') },
      ],
    },
    words: ['Is this your Wei Wang?', 'Lamps at Night'],
    labels: ['Yes', 'No'],
  },
  buttons: {
    node: { kind: 'buttons', buttons: [{ label: 'Follow', style: 'primary', action: act('follow') }] },
    words: [],
    labels: ['Follow'],
  },
  divider: { node: { kind: 'divider' }, words: [] },
}

/** Every action in a node, encoded. */
function actionsIn(part: unknown): readonly string[] {
  if (Array.isArray(part)) return part.flatMap(actionsIn)
  if (typeof part !== 'object' || part === null) return []
  const own =
    'name' in part && 'args' in part && Array.isArray(part.args)
      ? lineOf({ name: String(part.name), args: part.args.map(String) })
      : []
  return [...own, ...Object.values(part).flatMap(actionsIn)]
}

function addressesIn(node: MessageNode): readonly string[] {
  return [...JSON.stringify(node).matchAll(/"url":"([^"]*)"/g)].map(([, address = '']) => address)
}

test('every platform of the program is held to parity', () => {
  for (const { name } of platforms)
    expect([name, Object.keys(ways).some((way) => way.split(',')[0] === name)]).toEqual([name, true])
})

describe.each(Object.entries(ways))('on %s', (way, see) => {
  test.each(Object.entries(samples))(
    'a node “%s” is shown in the same words, with the same buttons',
    (_kind, { node, words, labels = [] }) => {
      const between: MessageNode = { kind: 'line', spans: [{ text: 'before and after' }] }
      const { text, pressable, native } = see({ summary: 'A sample', nodes: [between, node, between] })
      expect(words.filter((word) => !text.includes(word))).toEqual([])
      if (way === 'text') return
      const shown = JSON.stringify(native)
      expect(addressesIn(node).filter((address) => !shown.includes(address))).toEqual([])
      expect(labels.filter((label) => !text.includes(label))).toEqual([])
      expect(actionsIn(node).filter((action) => !pressable.includes(action))).toEqual([])
    },
  )

  test('help names every command, in the same words', async () => {
    const rows = commands.map((command) => ({ cells: [usage(command), command.summary] }))
    const { text } = see({ summary: 'Help', nodes: [{ kind: 'table', columns: ['Command', 'What it does'], rows }] })
    expect(
      commands
        .filter(({ name, summary }) => !text.includes(`/papers ${name}`) || !text.includes(summary))
        .map(({ name }) => name),
    ).toEqual([])
  })
})

describe.each(commands.map((command) => [command.name, command] as const))('the command %s', (name, command) => {
  test('is among Discord’s, with its summary and every option', () => {
    const found = commandsOf(commands).flatMap(({ options }) => options.filter((each) => each.name === name))
    expect(found.length).toBeGreaterThan(0)
    for (const { description, options = [] } of found) {
      expect(description).toBe(command.summary)
      expect(options.map((option) => option.name).toSorted()).toEqual(
        command.options.map((option) => option.name).toSorted(),
      )
      for (const { name: option, summary } of command.options)
        expect(options.find((each) => each.name === option)?.description).toBe(summary)
    }
  })

  test('is named to Slack, and can be typed there as its examples say', () => {
    const { features } = JSON.parse(slackManifest(commands))
    expect(features.slash_commands[0].usage_hint.split(' | ')).toContain(name)
    expect(command.examples.length).toBeGreaterThan(0)
    for (const example of command.examples) {
      const line = splitLine(example)
      expect(line.name).toBe(name)
      expect({ example, ...readLine(command, line.rest) }).toMatchObject({ kind: 'options' })
    }
  })

  test('is a verb of the command line', () => {
    expect(verbs.map((verb) => verb.name)).toContain(name)
  })
})

/** One of each kind of field: a new kind has to be added here before it compiles. */
const fields: { readonly [Kind in Field['kind']]: Extract<Field, { readonly kind: Kind }> } = {
  text: { kind: 'text', name: 'cap', label: 'Papers a digest', value: '10' },
  choice: {
    kind: 'choice',
    name: 'schedule',
    label: 'How often',
    choices: [
      { value: 'daily', label: 'Every day' },
      { value: 'weekly', label: 'Every week' },
    ],
  },
  lookup: { kind: 'lookup', name: 'who', label: 'Whom to follow', command: 'subscribe', option: 'what' },
}

describe.each(Object.entries(fields))('a form’s field “%s”', (_kind, field) => {
  const form: Form = { title: 'Settings', submit: act('settings-save'), fields: [field] }
  const words = [
    'Settings',
    field.label,
    ...('choices' in field ? field.choices.map(({ label }) => label) : []),
    ...('value' in field ? [field.value] : []),
  ]
  const forms: Readonly<Record<string, unknown>> = {
    slack: formView(form, { conversation: 'C1' }),
    discord: modalOf(form),
    web: formMarkup(form).toString(),
  }
  test.each(Object.entries(forms))('has the same words and name on %s', (_way, native) => {
    const shown = JSON.stringify(native)
    expect(native).toBeDefined()
    expect([...words, field.name].filter((word) => word !== undefined && !shown.includes(word))).toEqual([])
  })
})
