import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { parseAuthorName } from '../../src/people/author-name.ts'

describe('a name of a byline falls into its parts', () => {
  test.each([
    ['Jared Kaplan', 'Jared', 'Kaplan', undefined],
    ['Kaplan, Jared', 'Jared', 'Kaplan', undefined],
    ['J. Kaplan', 'J.', 'Kaplan', undefined],
    ['Kevin K. Troy', 'Kevin K.', 'Troy', undefined],
    ['Laurens van der Maaten', 'Laurens', 'van der Maaten', undefined],
    ['van der Maaten, Laurens', 'Laurens', 'van der Maaten', undefined],
    ['Adrian Del Maestro', 'Adrian', 'Del Maestro', undefined],
    ['A. Del Maestro', 'A.', 'Del Maestro', undefined],
    ["Ludwig van 't Hoff III", 'Ludwig', "van 't Hoff", 'III'],
    ["Clare O'Hara", 'Clare', "O'Hara", undefined],
    ["Rami Al-Rfou'", 'Rami', "Al-Rfou'", undefined],
    ['Zac Hatfield-Dodds', 'Zac', 'Hatfield-Dodds', undefined],
    ['John H. Clippinger, Jr.', 'John H.', 'Clippinger', 'Jr.'],
    ['John H. Clippinger Jr', 'John H.', 'Clippinger', 'Jr'],
    ['Clippinger, John H., Jr.', 'John H.', 'Clippinger', 'Jr.'],
    ['Clippinger, Jr., John H.', 'John H.', 'Clippinger', 'Jr.'],
    ['Ada Lovelace, PhD', 'Ada', 'Lovelace', 'PhD'],
    ['Manuel Montes y Gomez', 'Manuel', 'Montes y Gomez', undefined],
    ['Vinh Van Nguyen', 'Vinh Van', 'Nguyen', undefined],
    ['Di Wang', 'Di', 'Wang', undefined],
    ['Van Nguyen', 'Van', 'Nguyen', undefined],
    ['Mausam', undefined, 'Mausam', undefined],
    ['Surya Ganesh V', 'Surya Ganesh', 'V', undefined],
    ['LIU Yang', 'Yang', 'LIU', undefined],
    ['Jared KAPLAN', 'Jared', 'KAPLAN', undefined],
    ['刘洋', '洋', '刘', undefined],
    ['欧阳修', '修', '欧阳', undefined],
    ['田中 太郎', '太郎', '田中', undefined],
    ['Yang Liu (刘洋)', 'Yang', 'Liu', '(刘洋)'],
    ['Bo-June (Paul) Hsu', 'Bo-June (Paul)', 'Hsu', undefined],
    ['Ada Lovelace et al.', 'Ada', 'Lovelace', undefined],
    ['Ada Lovelace for the ATLAS Collaboration', 'Ada', 'Lovelace', 'for the ATLAS Collaboration'],
    ['Wei Ai', 'Wei', 'Ai', undefined],
    ['  Jared \n Kaplan ', 'Jared', 'Kaplan', undefined],
    ['María-José García López', 'María-José', 'García López', undefined],
    ['Núria Bel i Queralt', 'Núria', 'Bel i Queralt', undefined],
    ['Maria Beatriz Costa', 'Maria Beatriz', 'Costa', undefined],
    ['María José GARCÍA LÓPEZ', 'María José', 'GARCÍA LÓPEZ', undefined],
    ['VAN DER MAATEN Laurens', 'Laurens', 'VAN DER MAATEN', undefined],
    ['LI Wei', 'Wei', 'LI', undefined],
    ['JRR Tolkien', 'JRR', 'Tolkien', undefined],
    ['Nguyễn Văn An', 'Văn An', 'Nguyễn', undefined],
    ['Петров Иван Сергеевич', 'Иван Сергеевич', 'Петров', undefined],
    ["Lorenzo de' Medici", 'Lorenzo', "de' Medici", undefined],
    ['Prof. Dr. Ada Lovelace, PhD', 'Ada', 'Lovelace', 'PhD'],
    ['Rahman, Md.', 'Md.', 'Rahman', undefined],
    ["R\\'{e}nyi, Alfr\\'ed", 'Alfréd', 'Rényi', undefined],
    ['Ada Lovelace1,2', 'Ada', 'Lovelace', undefined],
    ['Ada Lovelace*†', 'Ada', 'Lovelace', undefined],
    ['Ada Lovelace 1,2', 'Ada', 'Lovelace', undefined],
    ['Ada Lovelace 0001', 'Ada', 'Lovelace', undefined],
    ['Ada Lovelace ✉', 'Ada', 'Lovelace', undefined],
    ['*Ada Lovelace', 'Ada', 'Lovelace', undefined],
    ['Ada Lovelace, Senior Member, IEEE', 'Ada', 'Lovelace', 'Senior Member IEEE'],
    ['Ada Lovelace1,2,*', 'Ada', 'Lovelace', undefined],
    ['Ada Lovelace <ada@example.org>', 'Ada', 'Lovelace', undefined],
    ['Ada Lovelace (ada@example.org)', 'Ada', 'Lovelace', undefined],
    ['and Ada Lovelace', 'Ada', 'Lovelace', undefined],
    ['Lovelace, Ada and', 'Ada', 'Lovelace', undefined],
    ['A. Lovelace.', 'A.', 'Lovelace', undefined],
    ['Lovelace, Ada PhD', 'Ada', 'Lovelace', 'PhD'],
    ['Clippinger Jr., J.', 'J.', 'Clippinger', 'Jr.'],
    ['Dr. rer. nat. Ada Lovelace', 'Ada', 'Lovelace', undefined],
    ['Jan van der BERG', 'Jan', 'van der BERG', undefined],
    ['Berg, Jan van der', 'Jan', 'van der Berg', undefined],
    ['Wei, li', 'li', 'Wei', undefined],
    ['van der Berg', undefined, 'van der Berg', undefined],
    ['XU Zongben', 'Zongben', 'XU', undefined],
    ['MA Fei-Fei', 'Fei-Fei', 'MA', undefined],
    ['JP Serre', 'JP', 'Serre', undefined],
  ])('%s', (name, given, family, suffix) => {
    expect(parseAuthorName(name)).toEqual({
      ...(given === undefined ? {} : { given }),
      family,
      ...(suffix === undefined ? {} : { suffix }),
      kind: 'person',
    })
  })

  test.each([
    'ATLAS Collaboration',
    'The ATLAS Collaboration',
    'DeepSeek-AI',
    'OpenAI',
    'Kimi Team',
    'Team Seedream',
    'CRUK ICGC Prostate Group',
    'LG AI Research',
    'AIMgroup',
    'GPT-5',
    'et al.',
    ':',
  ])('%s is no person', (name) => {
    expect(parseAuthorName(name)).toEqual({ family: name, kind: 'collaboration' })
  })

  test('a collaboration for which a byline is written is itself', () => {
    expect(parseAuthorName('on behalf of the ATLAS Collaboration')).toEqual({
      family: 'the ATLAS Collaboration',
      kind: 'collaboration',
    })
  })

  test('a collaboration whose source called it a family is none', () => {
    expect(parseAuthorName({ name: 'ATLAS Collaboration', family: 'ATLAS Collaboration' }).kind).toBe('collaboration')
  })

  test('parts that the source gave are kept', () => {
    expect(parseAuthorName({ name: 'Rafael Muñoz Guillena', given: 'Rafael', family: 'Muñoz Guillena' })).toEqual({
      given: 'Rafael',
      family: 'Muñoz Guillena',
      kind: 'person',
    })
  })

  test('any text has a family name, and the parts hold nothing but the text', () => {
    const word = fc.constantFrom(
      'Ada',
      'van',
      'de',
      'Jr.',
      'III',
      'O’Hara',
      'K.',
      '刘',
      'y',
      ',',
      'et al.',
      'LIU',
      '(x)',
      'Team',
      "'t",
    )
    fc.assert(
      fc.property(
        fc.oneof(
          fc.array(word).map((words) => words.join(' ')),
          fc.string({ unit: 'binary' }),
        ),
        (text) => {
          const { given = '', family, suffix = '' } = parseAuthorName(text)
          for (const part of [given, family, suffix]) expect(part).toBe(part.trim())
          if (/\p{L}/u.test(text)) expect(family).not.toBe('')
        },
      ),
    )
  })
})
