import fc from 'fast-check'
import { expect, test } from 'vitest'
import { withoutDoubleEncoding } from '../../src/papers/double-encoding.ts'
import { readableText } from '../../src/papers/latex.ts'

const twice = (text: string) => Buffer.from(text, 'utf8').toString('latin1')

test.each([
  'Weiß',
  'Weißl',
  'Kroiß',
  'Ramírez',
  'Müller',
  'MÜLLER',
  'Émile Zola',
  'José García',
  'Łukasz Żak',
  'Čapek',
  'Åström',
  'Nguyễn',
  'Νίκος Καζαντζάκης',
  'Фёдор',
  '李明',
  'α = β',
  'π/4 and γ(u)',
])('%s is itself again after its bytes were taken for characters', (name) => {
  expect(withoutDoubleEncoding(twice(name))).toBe(name)
  expect(readableText(twice(name))).toBe(name)
})

test.each([
  'São Paulo',
  'IRMÃ',
  '«IRMÃ»',
  'A IRMÃ: «MÃE»',
  '«CAFÉ»',
  '“CAFÉ”',
  'CAFÉ\u0094',
  'IRMÃ\u0094',
  '«Î»',
  'le 1ᵉʳ «MAÏ»',
  'cells of 5 Å² and 12 Å³',
  'Ångström',
  'Größe ± 2 µm',
  '20 °C à 5 ½',
  'Þórarinn Eldjárn',
  'Ðorđe',
  'olá»',
  '¿Qué? ¡Olé!',
  'ÃÃ',
  'Â©',
])('%s was meant so and stays', (text) => {
  expect(withoutDoubleEncoding(text)).toBe(text)
})

test('text without such pairs is never changed, and what was put right stays', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), (text) => {
      if (!/[\xc3-\xf4][\x80-\xbf]/.test(text)) expect(withoutDoubleEncoding(text)).toBe(text)
    }),
  )
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom(...'aZ Ãé¼ÅÉ»²\u0080\u0094\u009f\u00adÐÑ±') }), (text) => {
      const rest = (each: string) => each.replace(/[\x80-\xff]|[^\x20-\x7e]/g, '')
      expect(rest(withoutDoubleEncoding(text))).toBe(rest(text))
    }),
  )
})
