import { until } from '../direct-line/requests'
import { openHouse, password, type House } from './house'

/** What people say of their cases, and who reads it. */

jest.setTimeout(60_000)

let house: House
beforeAll(async () => {
  house = await openHouse()
})
afterAll(() => house.close())

const hours = (count: number): number => count * 60 * 60_000

interface Answer {
  readonly ratings: readonly Record<string, unknown>[]
  readonly month: { readonly count: number; readonly average?: number }
}
const read = async (cookie: string): Promise<Answer> =>
  (await (await house.ask('GET', '/console/api/ratings', { cookie })).json()) as Answer

/** Somebody whose case this agent closes, and who says how it was. */
async function rated(
  agent: Awaited<ReturnType<House['agent']>>,
  person: string,
  said: readonly string[],
): Promise<string> {
  const seat = await agent.sit()
  const visitor = await house.visitor(person)
  await visitor.write('waiting for photos on my iphone')
  await visitor.write('can i talk to a person')
  const find = () => [...seat.cases.values()].find((line) => line.person === person)
  await until(`the case of ${person}`, () => find() !== undefined)
  const id = find()?.id ?? ''
  await agent.command(id, 'claim')
  await agent.command(id, 'close', { fixed: 'nothing' })
  await until('the question', async () =>
    (await visitor.said()).some(({ text }) => text?.startsWith('How was it with')),
  )
  for (const words of said) await visitor.write(words)
  return id
}

test('an agent reads their own, supervisors everybody’s, and the average is of 30 days', async () => {
  const maria = await house.agent('Maria')
  const ben = await house.agent('Ben')
  const sue = await house.agent('Sue', 'supervisor')
  expect(await read(maria.cookie)).toEqual({ ratings: [], month: { count: 0 } })

  const anna = await rated(maria, 'Anna', ['2', 'nobody read what I had tried'])
  const carl = await rated(ben, 'Carl', ['5'])
  const dora = await rated(maria, 'Dora', ['4'])

  const all = await read(sue.cookie)
  expect(all).toMatchObject({
    ratings: [
      { case: dora, person: 'Dora', score: 4, agent: { id: maria.id, name: 'Maria' } },
      { case: carl, person: 'Carl', score: 5, agent: { id: ben.id, name: 'Ben' } },
      { case: anna, person: 'Anna', score: 2, words: 'nobody read what I had tried' },
    ],
    month: { count: 3 },
  })
  expect(all.month.average).toBeCloseTo(11 / 3)
  expect(all.ratings[1]).not.toHaveProperty('words')
  expect((await read(house.adminCookie)).ratings).toEqual(all.ratings)

  const own = await read(maria.cookie)
  expect(own.ratings.map(({ case: id }) => id)).toEqual([dora, anna])
  expect(own.month).toEqual({ count: 2, average: 3 })
  expect((await read(ben.cookie)).month).toEqual({ count: 1, average: 5 })

  house.clock.ahead += hours(31 * 24)
  const body = { email: 'sue@example.org', password }
  const signedIn = await house.ask('POST', '/console/api/sign-in', { body })
  const later = await read(signedIn.headers.getSetCookie()[0]?.split(';')[0] ?? '')
  expect(later.month).toEqual({ count: 0 })
  expect(later.ratings).toEqual(all.ratings)
  house.clock.ahead = 0
})
