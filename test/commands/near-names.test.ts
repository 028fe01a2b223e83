import { afterEach, beforeEach, expect, it } from 'vitest'
import { nearNames } from '../../commands/near-names.ts'
import { type Asked, asking, textOf } from '../support/asking.ts'
import { aPaper } from '../support/builders.ts'

let house: Asked
beforeEach(async () => {
  house = await asking()
  const names = ['Jared Kaplan', 'Jared Moore', 'Quentin Quine', 'Mrinank Sharma', 'J. Kaplan']
  await house.learn(aPaper({ id: '2509.00001', authors: names.map((name) => ({ name })) }))
})
afterEach(() => house.close())

it.each([
  ['Jared Kaplann', ['J. Kaplan', 'Jared Kaplan']],
  ['jarred kaplan', ['J. Kaplan', 'Jared Kaplan']],
  ['Kaplann', ['J. Kaplan', 'Jared Kaplan']],
  ['Mrinak Sharma', ['Mrinank Sharma']],
  ['Mrinank Shamra', ['Mrinank Sharma']],
  ['Xyz Q', []],
  ['Zzyzx Qwerty', []],
  ['!!', []],
])('only names that a slip makes of %s are near', async (typed, near) => {
  expect([...(await nearNames(house.app.services, typed, 3))].toSorted()).toEqual(near)
})

it('a page of an author whom nobody knows offers those who may be meant', async () => {
  const page = await house.say('author Jared Kaplann')
  expect(textOf(page)).toContain('Did you mean one of these?')
  expect(textOf(await house.press(page, 'Jared Kaplan'))).toContain('1 paper in the catalogue')
})

it('a slip is found among many hundreds of the same first letters', async () => {
  const letters = [...'abcdefghijklmnopqrst']
  const crowd = letters.flatMap((one) => letters.map((other) => `Jareth Kap${one}${other}ow`))
  const papers = [1, 2].flatMap((n) =>
    Array.from({ length: 20 }, (_, at) =>
      aPaper({
        id: `arxiv:2508.${n}${String(at).padStart(4, '0')}`,
        authors: crowd.slice(at * 20, at * 20 + 20).map((name) => ({ name })),
      }),
    ),
  )
  await house.learn(...papers)
  expect(await nearNames(house.app.services, 'Jared Kaplna', 1)).toEqual(['Jared Kaplan'])
})
