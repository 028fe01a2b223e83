import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { compareNames, nameKeys } from '../../src/people/compare.ts'

describe('two names of one spelling are the same', () => {
  test.each([
    ['Jared Kaplan', 'Kaplan, Jared'],
    ['Jared Kaplan', 'JARED KAPLAN'],
    ['Sören Mindermann', 'Soren Mindermann'],
    ['Hinrich Schütze', 'Hinrich Schuetze'],
    ['Kenneth Bøgh', 'Kenneth Boegh'],
    ['Hans Dybkjær', 'Hans Dybkjaer'],
    ['Łukasz Kaiser', 'Lukasz Kaiser'],
    ['Kwang-Sung Kim', 'Kwangsung Kim'],
    ['Zac Hatfield-Dodds', 'Zac Hatfield Dodds'],
    ['Laurens van der Maaten', 'van der Maaten, Laurens'],
    ["Clare O'Hara", 'Clare O’Hara'],
    ['Александр Пушкин', 'Aleksandr Pushkin'],
    ['刘洋', 'Yang Liu'],
    ['ATLAS Collaboration', 'atlas collaboration'],
    ['Kaplan, Jared', 'Jared Kaplan'],
    ['van der Maaten, Laurens', 'Laurens van der Maaten'],
    ['Kwangsung Jun', 'Kwang-Sung Jun'],
    ['Soren Mindermann', 'Sören Mindermann'],
    ['Soeren Mindermann', 'Sören Mindermann'],
    ['Soeren Mindermann', 'Soren Mindermann'],
    ['Weiß, Karl', 'Karl Weiss'],
    ['Kenneth Bøgh', 'Kenneth Bogh'],
    ['ATLAS Collaboration', 'The ATLAS Collaboration'],
    ['DeepSeek-AI', 'DeepSeek AI'],
    ['KAPLAN Jared', 'Jared Kaplan'],
    ['María José GARCÍA LÓPEZ', 'Maria Jose Garcia Lopez'],
    ['Dr. Jared Kaplan, PhD', 'Jared Kaplan'],
    ['Jared Kaplan et al.', 'Jared Kaplan'],
    ['Jared Kaplan*', 'Jared Kaplan'],
    ['Jared Kaplan1,2', 'Jared Kaplan'],
    ["R\\'{e}nyi, Alfr\\'ed", 'Alfréd Rényi'],
    ['Tolúl\\d{o}pé Ògúnrèmí', 'Tolulope Ogunremi'],
    ['Rapha"el Metz', 'Raphaël Metz'],
    ['曾国藩', 'Guofan Zeng'],
    ['Γιώργος Παπαδόπουλος', 'Giorgos Papadopoulos'],
    ['Ευάγγελος Κανουλάς', 'Evangelos Kanoulas'],
    ["Rami Al-Rfou'", 'Rami Al-Rfou'],
    ['王伟', 'Wei Wang'],
    ['Clare OHara', "Clare O'Hara"],
  ])('%s, %s', (a, b) => expect(compareNames(a, b)).toBe('same'))
})

describe('nothing speaks against one person', () => {
  test.each([
    ['Jared Kaplan', 'J. Kaplan'],
    ['Kwang-Sung Kim', 'K.-S. Kim'],
    ['Kwangsung Kim', 'K.-S. Kim'],
    ['José A.R. Fonollosa', 'J. Fonollosa'],
    ['Adrian Del Maestro', 'A. Del Maestro'],
    ['Laurens van der Maaten', 'Laurens Maaten'],
    ['Theodore R. Sumers', 'Theodore Sumers'],
    ['Sam Marks', 'Samuel Marks'],
    ['Ted Sumers', 'Theodore Sumers'],
    ['M. Teresa Martín', 'Teresa Martín'],
    ['Rafael Muñoz', 'Rafael Muñoz Guillena'],
    ['Jose Camacho', 'José Camacho-Collados'],
    ['Yang Liu', 'Liu Yang'],
    ['Sergey Ivanov', 'Sergei Ivanov'],
    ['Nikolay Arefyev', 'Nikolay Arefiev'],
    ['Kaplan', 'Jared Kaplan'],
    ['Edward Stabler', 'Edward P. Stabler, Jr.'],
    ['김광성', 'Kwang-Sung Kim'],
    ['김광성', 'K. Kim'],
    ['Jan Landsbergen', 'S. P. J. Landsbergen'],
    ['Miguel Rodríguez Hernández', 'Miguel Ángel Rodríguez'],
    ['Naoaki Tanaka', 'Naoki Tanaka'],
    ['J. Kaplan', 'Jared Kaplan'],
    ['Jared D. Kaplan', 'Jared Kaplan'],
    ['Núria Bel i Queralt', 'Nuria Bel'],
    ["Ludwig van 't Hoff III", "L. van 't Hoff"],
    ['María-José García López', 'Maria Jose Garcia'],
    ['María-José García López', 'M. J. García'],
    ['María-José García López', 'M. López'],
    ['Kwang-Sung Jun', 'K.-S. Jun'],
    ['Kwangsung Jun', 'K.-S. Jun'],
    ['Theodore Sumers', 'Theodore R. Sumers'],
    ['Kaplan J', 'Jared Kaplan'],
    ['Kaplan J.D.', 'Jared Kaplan'],
    ['Kaplan JD', 'Jared D. Kaplan'],
    ['JD Kaplan', 'Jared Kaplan'],
    ['KAPLAN JARED', 'Jared Kaplan'],
    ['吕布', 'Bu Lv'],
    ['陳信希', 'Hsin-Hsi Chen'],
    ['許明', 'Ming Hsu'],
    ['박지성', 'Ji-Sung Park'],
    ['이준', 'June Lee'],
    ['Seong-Jin Kim', 'Sung-Jin Kim'],
    ['Kyeong-Min Lee', 'Kyoungmin Lee'],
    ['Евгений Иванов', 'Evgeny Ivanov'],
    ['Юрий Щербаков', 'Y. Shcherbakov'],
    ['Петров Иван Сергеевич', 'Ivan Petrov'],
    ['محمد علي', 'Mohamed Ali'],
    ['أحمد حسن', 'Ahmed Hassan'],
    ['خالد يوسف', 'Khaled Youssef'],
    ['राहुल शर्मा', 'Rahul Sharma'],
    ['יוסי כהן', 'Yossi Cohen'],
    ['Mohammed El-Sayed', 'Mohamed Elsayed'],
    ["Rami Al-Rfou'", 'R. Rfou'],
    ['Tsuyoshi Ohno', 'Tuyosi Ono'],
    ['Xiaojun Lü', 'Xiaojun Lv'],
    ['Nguyễn Văn An', 'An Nguyen'],
    ['Nguyen Van An', 'An Van Nguyen'],
    ['Pushpak Bhattacharyya', 'P. Bhattacharya'],
    ["O'Hara, C.", 'Clare O’Hara'],
    ['Ma. Teresa Lopez', 'María Teresa López'],
  ])('%s, %s', (a, b) => expect(compareNames(a, b)).toBe('compatible'))
})

describe('two people are two people', () => {
  test.each([
    ['Jared Kaplan', 'Jared Kaplansky'],
    ['Amy Weinberg', 'Amy Weinberger'],
    ['Jared Kaplan', 'Daniel Kaplan'],
    ['Jared Kaplan', 'D. Kaplan'],
    ['John A. Smith', 'John B. Smith'],
    ['Jia Liu', 'Jiaming Liu'],
    ['Yan Wang', 'Yang Wang'],
    ['Wei Li', 'Wei Liu'],
    ['Roberto Rossi', 'Roberta Rossi'],
    ['Hal Daumé Jr.', 'Hal Daumé III'],
    ['Lakshmi S.', 'Arunima S.'],
    ['ATLAS Collaboration', 'CMS Collaboration'],
    ['Kimi Team', 'Kimi Teame'],
    ['Иван Петров', 'Nikolai Sidorov'],
    ['김광성', 'Min-Ho Kim'],
    ['Maria Rossi', 'Marta Rossi'],
    ['Ofer Sabo', 'Ofer Saboo'],
    ['Seong-Jin Kim', 'Seong-Min Kim'],
    ['محمد علي', 'Ahmed Ali'],
    ['Jared Kaplan', 'James Kaplan'],
    ['陈大文', 'Tai-Man Chan'],
    ['Zimmer, Ann', 'Zimmerman, Ann'],
    ['李明', 'Ming Wang'],
    ['Jun Li', 'Jun Liu'],
    ['Wei Zhang', 'Wen Zhang'],
    ['Hong Yu', 'Hong-Yu Zhou'],
    ['Takashi Ninomiya', 'Takeshi Ninomiya'],
    ['Rajesh Sharma', 'Rakesh Sharma'],
    ['Jean Martin', 'Jeanne Martin'],
  ])('%s, %s', (a, b) => expect(compareNames(a, b)).toBe('different'))
})

test('parts that a source gave are compared as given', () => {
  expect(
    compareNames({ name: 'R. Muñoz Guillena', given: 'R.', family: 'Muñoz Guillena' }, 'Muñoz Guillena, Rafael'),
  ).toBe('compatible')
  expect(compareNames({ family: 'Kaplan', given: 'Jared', kind: 'person' }, 'Jared Kaplan')).toBe('same')
})

describe('whatever two names', () => {
  const word = fc.constantFrom(
    'Yang',
    'Liu',
    'J.',
    'Jared',
    'Kaplan',
    'Sam',
    'Samuel',
    'M.',
    'Maria',
    'van',
    'Müller',
    'Mueller',
    'Muller',
    'Kwang-Sung',
    'Kwangsung',
    'K.-S.',
    'Kim',
    'Itoh',
    'Ito',
    'de',
    'Arefyev',
    'Arefiev',
    '刘',
    'Bill',
    'William',
    'III',
    'Nguyen',
    'Fonollosa',
    'Fonolosa',
  )
  const name = fc.array(word, { minLength: 1, maxLength: 4 }).map((words) => words.join(' '))

  test('the order of asking makes no difference, and a name is itself', () => {
    fc.assert(
      fc.property(name, name, (a, b) => {
        expect(compareNames(a, b)).toBe(compareNames(b, a))
        expect(compareNames(a, a)).toBe('same')
      }),
      { numRuns: 3000 },
    )
  })

  test('names that may be one person share a key', () => {
    fc.assert(
      fc.property(name, name, (a, b) => {
        fc.pre(compareNames(a, b) !== 'different')
        const keys = new Set(nameKeys(a))
        expect(
          nameKeys(b).some((key) => keys.has(key)),
          `${a} / ${b}`,
        ).toBe(true)
      }),
      { numRuns: 2000 },
    )
  })

  test('any text is compared without an exception', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.string({ unit: 'binary' }), (a, b) => void compareNames(a, b)),
    )
  })
})
