import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { discordLimits, type PayloadKind } from './discord-limits.ts'
import { specViolations } from './spec-check.ts'

const V2 = 1 << 15
const QUIET = { allowed_mentions: { parse: [] } }
const x = (count: number) => 'x'.repeat(count)
const many = <T>(count: number, make: (at: number) => T) => Array.from({ length: count }, (_, at) => make(at))
const text = (content: string) => ({ type: 10, content })
const button = (more: object = {}) => ({ type: 2, style: 2, custom_id: 'a', label: 'A', ...more })
const link = (url: string) => ({ type: 2, style: 5, label: 'PDF', url })
const row = (...components: object[]) => ({ type: 1, components })
const section = (more: object = {}) => ({ type: 9, components: [text('t')], accessory: button(), ...more })
const option = (at: number) => ({ label: `o${at}`, value: `${at}` })
const select = (more: object = {}) => ({ type: 3, custom_id: 's', options: [option(1)], ...more })
const v2 = (...components: object[]) => ({ flags: V2, components, ...QUIET })
const classic = (...components: object[]) => ({ content: 'c', components, ...QUIET })
const embeds = (...list: object[]) => ({ embeds: list, ...QUIET })
const modal = (more: object = {}, input: object = {}) => ({
  custom_id: 'm',
  title: 'T',
  components: [row({ type: 4, custom_id: 'i', style: 1, label: 'L', ...input })],
  ...more,
})
const command = (more: object = {}) => ({ name: 'papers', description: 'D', ...more })
const string = (more: object = {}) => ({ type: 3, name: 'q', description: 'D', ...more })

const rulesOf = (payload: unknown, kind?: PayloadKind) => discordLimits(payload, kind).map((each) => each.rule)

describe('messages', () => {
  it.each<[string, string, object, object]>([
    [
      'content',
      '2,000 characters (resources/message)',
      { content: x(2_001), ...QUIET },
      { content: x(2_000), ...QUIET },
    ],
    ['embeds', '10 embeds (resources/message)', embeds(...many(11, () => ({ title: 't' }))), embeds({ title: 't' })],
    [
      'embeds-text',
      '6,000 characters over all embeds ("Embed Limits")',
      embeds({ description: x(3_500) }, { description: x(2_501) }),
      embeds({ description: x(3_500) }, { description: x(2_500) }),
    ],
    ['embed-title', 'title 256', embeds({ title: x(257) }), embeds({ title: x(256) })],
    ['embed-description', 'description 4,096', embeds({ description: x(4_097) }), embeds({ description: x(4_096) })],
    ['embed-footer', 'footer 2,048', embeds({ footer: { text: x(2_049) } }), embeds({ footer: { text: x(2_048) } })],
    ['embed-author', 'author 256', embeds({ author: { name: x(257) } }), embeds({ author: { name: x(256) } })],
    [
      'embed-fields',
      '25 fields',
      embeds({ fields: many(26, () => ({ name: 'n', value: 'v' })) }),
      embeds({ fields: many(25, () => ({ name: 'n', value: 'v' })) }),
    ],
    [
      'embed-field-value',
      'a field says something, up to 1,024',
      embeds({ fields: [{ name: 'n', value: '' }] }),
      embeds({ fields: [{ name: 'n', value: x(1_024) }] }),
    ],
    ['embed-empty', 'an embed says something', embeds({ color: 1 }), embeds({ title: 't', color: 1 })],
    [
      'url',
      'an embed leads somewhere',
      embeds({ title: 't', url: 'javascript:1' }),
      embeds({ title: 't', url: 'https://a.b' }),
    ],
    ['empty', 'a message says something', QUIET, { content: 'x', ...QUIET }],
    ['allowed-mentions', 'allowed_mentions with parse []', { content: 'x' }, { content: 'x', ...QUIET }],
    [
      'nonce',
      '25 characters of nonce',
      { content: 'x', nonce: x(26), enforce_nonce: true, ...QUIET },
      { content: 'x', nonce: x(25), enforce_nonce: true, ...QUIET },
    ],
    [
      'nonce-not-enforced',
      'a nonce that counts',
      { content: 'x', nonce: 'n', ...QUIET },
      { content: 'x', nonce: 'n', enforce_nonce: true, ...QUIET },
    ],
    [
      'legacy-field',
      'no content with Components V2 (components/reference)',
      { ...v2(text('t')), content: 'c' },
      v2(text('t')),
    ],
    ['component-flag', 'text displays with IS_COMPONENTS_V2 only', classic(text('t')), v2(text('t'))],
    ['component-place', 'no button outside a row or section', v2(button()), v2(row(button()))],
    [
      'component-place',
      'no container in a container',
      v2({ type: 17, components: [{ type: 17, components: [text('t')] }] }),
      v2({ type: 17, components: [text('t')] }),
    ],
    [
      'components',
      '40 components, nested ones counted',
      v2({ type: 17, components: many(40, () => text('t')) }),
      v2({ type: 17, components: many(39, () => text('t')) }),
    ],
    [
      'displayed-text',
      '4,000 characters over text displays (#8562)',
      v2(text(x(2_000)), text(x(2_001))),
      v2(text(x(2_000)), text(x(2_000))),
    ],
    [
      'displayed-bytes',
      '10,170 bytes, 12 a display (#8554)',
      v2(text(`${'字'.repeat(3_386)}é`)),
      v2(text('字'.repeat(3_386))),
    ],
    [
      'section-texts',
      '1 to 3 texts in a section',
      v2(section({ components: many(4, () => text('t')) })),
      v2(section({ components: many(3, () => text('t')) })),
    ],
    ['section-accessory', 'an accessory in a section', v2(section({ accessory: undefined })), v2(section())],
    [
      'row',
      '5 buttons in a row',
      classic(row(...many(6, (at) => button({ custom_id: `${at}` })))),
      classic(row(...many(5, (at) => button({ custom_id: `${at}` })))),
    ],
    ['row', 'a select by itself in a row', classic(row(select(), button())), classic(row(select()))],
    [
      'rows',
      '5 rows without Components V2',
      classic(...many(6, (at) => row(button({ custom_id: `${at}` })))),
      classic(row(button())),
    ],
    [
      'custom-id',
      'custom_id of 1 to 100',
      classic(row(button({ custom_id: x(101) }))),
      classic(row(button({ custom_id: x(100) }))),
    ],
    [
      'custom-id-twice',
      'custom_id unique in a message',
      v2(row(button()), section()),
      v2(row(button({ custom_id: 'b' })), section()),
    ],
    ['button-label', 'label of 80', classic(row(button({ label: x(81) }))), classic(row(button({ label: x(80) })))],
    [
      'button-target',
      'no url beside a custom_id',
      classic(row(button({ url: 'https://a.b' }))),
      classic(row(link('https://a.b'))),
    ],
    ['url', 'url of 512', classic(row(link(`https://a.b/${x(501)}`))), classic(row(link(`https://a.b/${x(500)}`)))],
    [
      'options',
      '25 options',
      classic(row(select({ options: many(26, option) }))),
      classic(row(select({ options: many(25, option) }))),
    ],
    [
      'option-label',
      'option label of 100',
      classic(row(select({ options: [{ label: x(101), value: 'v' }] }))),
      classic(row(select({ options: [{ label: x(100), value: 'v' }] }))),
    ],
    [
      'option-value',
      'option values differ',
      classic(row(select({ options: [option(1), option(1)] }))),
      classic(row(select({ options: [option(1), option(2)] }))),
    ],
    [
      'placeholder',
      'placeholder of 150',
      classic(row(select({ placeholder: x(151) }))),
      classic(row(select({ placeholder: x(150) }))),
    ],
  ])('%s: %s', (rule, _, wrong, right) => {
    expect(rulesOf(wrong)).toContain(rule)
    expect(rulesOf(right)).toEqual([])
    expect(specViolations('POST /channels/:channel/messages', right)).toEqual([])
  })

  it('an edit of a Components V2 message is one, though its flags say nothing', () => {
    expect(discordLimits({ content: 'x', ...QUIET }, 'edit', { componentsV2: true })).toMatchObject([
      { rule: 'legacy-field', path: ['content'], status: 400 },
    ])
  })

  it('says where and what the servers answer', () => {
    expect(discordLimits(v2(section({ accessory: button({ label: x(81) }) })))).toMatchObject([
      {
        rule: 'button-label',
        path: ['components', 0, 'accessory', 'label'],
        code: 'BASE_TYPE_MAX_LENGTH',
        status: 400,
      },
    ])
  })
})

describe('modals, choices, commands', () => {
  it.each<[string, string, PayloadKind, unknown, unknown]>([
    ['modal-title', 'title of 45', 'modal', modal({ title: x(46) }), modal({ title: x(45) })],
    [
      'modal-rows',
      'five rows',
      'modal',
      modal({ components: many(6, (at) => row({ type: 4, custom_id: `${at}`, style: 1, label: 'L' })) }),
      modal(),
    ],
    ['label', 'label of 45', 'modal', modal({}, { label: x(46) }), modal({}, { label: x(45) })],
    [
      'input-placeholder',
      'placeholder of 100',
      'modal',
      modal({}, { placeholder: x(101) }),
      modal({}, { placeholder: x(100) }),
    ],
    [
      'input-value',
      'value within max_length',
      'modal',
      modal({}, { value: x(11), max_length: 10 }),
      modal({}, { value: x(10), max_length: 10 }),
    ],
    [
      'modal-component',
      'a select only within a label',
      'modal',
      modal({ components: [row(select())] }),
      modal({ components: [{ type: 18, label: 'L', component: select() }] }),
    ],
    [
      'choices',
      '25 choices',
      'choices',
      { choices: many(26, (at) => ({ name: `${at}`, value: at })) },
      { choices: [] },
    ],
    [
      'choice-name',
      'name of 1 to 100',
      'choices',
      { choices: [{ name: '', value: 'v' }] },
      { choices: [{ name: 'n', value: 'v' }] },
    ],
    [
      'choice-value',
      'value of 100',
      'choices',
      { choices: [{ name: 'n', value: x(101) }] },
      { choices: [{ name: 'n', value: x(100) }] },
    ],
    ['command-name', 'the pattern of names', 'command', command({ name: 'a b' }), command({ name: "d'où" })],
    ['command-name', 'lower case', 'command', command({ name: 'Papers' }), command({ name: 'papers-admin' })],
    ['command-description', 'description of 1 to 100', 'command', command({ description: '' }), command()],
    [
      'command-options',
      '25 options',
      'command',
      command({ options: many(26, (at) => string({ name: `q${at}` })) }),
      command({ options: [string()] }),
    ],
    [
      'option-order',
      'required options first',
      'command',
      command({ options: [string(), string({ name: 'r', required: true })] }),
      command({ options: [string({ required: true }), string({ name: 'r' })] }),
    ],
    [
      'option-autocomplete',
      'choices or autocomplete',
      'command',
      command({ options: [string({ autocomplete: true, choices: [{ name: 'n', value: 'v' }] })] }),
      command({ options: [string({ autocomplete: true })] }),
    ],
    [
      'option-kinds',
      'subcommands by themselves',
      'command',
      command({ options: [string(), { ...string(), type: 1, name: 's' }] }),
      command({ options: [{ ...string(), type: 1 }] }),
    ],
    ['option-twice', 'option names differ', 'command', command({ options: [string(), string()] }), command()],
    [
      'command-text',
      '8,000 characters, longest localisation counted',
      'command',
      command({
        options: many(25, (at) =>
          string({ name: `q${at}`, choices: many(4, (n) => ({ name: x(100), value: `${n}` })) }),
        ),
        description_localizations: { de: x(100) },
      }),
      command(),
    ],
    [
      'member-permissions',
      'permissions as a string of bits',
      'command',
      command({ default_member_permissions: 'MANAGE_CHANNELS' }),
      command({ default_member_permissions: '8' }),
    ],
    [
      'member-permissions',
      'permissions as a number of bits',
      'command',
      command({ default_member_permissions: -8 }),
      command({ default_member_permissions: 8 }),
    ],
    ['command-twice', 'command names differ', 'commands', [command(), command()], [command()]],
    [
      'commands',
      '100 commands',
      'commands',
      many(101, (at) => command({ name: `c${at}` })),
      many(100, (at) => command({ name: `c${at}` })),
    ],
  ])('%s: %s', (rule, _, kind, wrong, right) => {
    expect(rulesOf(wrong, kind)).toContain(rule)
    expect(rulesOf(right, kind)).toEqual([])
  })
})

describe('limits and the published schema', () => {
  it('agree on every message that the limits let through', () => {
    const word = fc.string({ minLength: 1, maxLength: 120, unit: 'grapheme' })
    const display = word.map(text)
    const body = fc
      .array(
        fc.oneof(
          display,
          fc.array(display, { minLength: 1, maxLength: 4 }).map((components) => section({ components })),
          fc.constant({ type: 14, divider: true, spacing: 1 }),
          fc
            .array(word, { minLength: 1, maxLength: 6 })
            .map((labels) => row(...labels.map((label, at) => button({ label, custom_id: `${at} ${label}` })))),
        ),
        { minLength: 1, maxLength: 14 },
      )
      .map((components) => v2(...components))
    fc.assert(
      fc.property(body, (payload) => {
        if (discordLimits(payload).length > 0) return
        expect(specViolations('POST /channels/:channel/messages', payload)).toEqual([])
      }),
    )
  })

  it('gives permissions of commands as the documentation has them, though the schema says number', () => {
    const body = [command({ default_member_permissions: '32' })]
    expect(specViolations('PUT /applications/:application/commands', body)).toEqual([])
  })
})
