import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { usage } from '../../../commands/grammar.ts'
import { commands } from '../../../commands/index.ts'
import { commandsOf } from '../../../src/platforms/discord/registration.ts'
import { typedText } from '../../../src/platforms/discord/typed-line.ts'

test.each([
  [
    'For example: /papers settings cap=20 timezone=Europe/Berlin',
    'For example: /papers-admin settings changes:cap=20 timezone=Europe/Berlin',
  ],
  ['For example: /papers pause for 2 weeks', 'For example: /papers-admin pause until:for 2 weeks'],
  ['/papers subscribe Ethan Perez', '/papers subscribe what:Ethan Perez'],
  ['/papers digest preview shows it to you.', '/papers digest what:See it, alone shows it to you.'],
  ['/papers parked again number:1', '/papers-admin parked answer:Post again number:1'],
  ['/papers parked shows what is in the way.', '/papers-admin parked shows what is in the way.'],
  ['Papers wait; /papers resume ends it now.', 'Papers wait; /papers-admin resume ends it now.'],
  ['/papers mention off ends it.', '/papers mention what:off ends it.'],
  ['/papers settings', '/papers settings'],
  ['/papers subscriptions lists what it follows.', '/papers subscriptions lists what it follows.'],
  ['Usage: /papers settings [CHANGES]', 'Usage: /papers settings [changes]'],
  ['nothing of ours: /papers dance', 'nothing of ours: /papers dance'],
])('%s is typed on Discord as %s', (typed, here) => {
  expect(typedText(typed, commands)).toBe(here)
})

const registered = new Map<string, readonly string[]>(
  commandsOf(commands).flatMap(({ name, options }) =>
    options.map((each) => [`/${name} ${each.name}`, (each.options ?? []).map((option) => option.name)] as const),
  ),
)

/** Every command that is named in the text is one that Discord knows. */
function unknownIn(text: string): readonly string[] {
  return [...text.matchAll(/\/papers(?:-admin)? [a-z]+/g)].map(([line]) => line).filter((line) => !registered.has(line))
}

test('each example and usage of help names a command that Discord knows, with its options', () => {
  for (const command of commands) {
    for (const example of [...command.examples.map((each) => `/papers ${each}`), usage(command)]) {
      const here = typedText(example, commands)
      expect(unknownIn(here)).toEqual([])
      const [, word = '', first] = /^(\S+ [a-z]+)(?: \[?([a-z]+))?/.exec(here) ?? []
      if (first !== undefined) expect(registered.get(word)).toContain(first)
    }
  }
})

test('each hint in our answers names a command that Discord knows', () => {
  const folder = join(import.meta.dirname, '../../../commands')
  const names = new Set(commands.map(({ name }) => name))
  const hints = readdirSync(folder).flatMap((file) => [
    ...readFileSync(join(folder, file), 'utf8').matchAll(/['`]([^'`\n]*\/papers ([a-z]+)[^'`\n]*)['`]/g),
  ])
  expect(hints.length).toBeGreaterThan(30)
  for (const [, hint = '', name = ''] of hints) {
    if (names.has(name)) expect([hint, unknownIn(typedText(hint, commands))]).toEqual([hint, []])
  }
})
