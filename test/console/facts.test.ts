import { until } from '../direct-line/requests'
import { openHouse, type House } from './house'

/** What an agent notes of a person, and puts right afterwards. */

jest.setTimeout(60_000)

let house: House
beforeAll(async () => {
  house = await openHouse()
})
afterAll(() => house.close())

test('device, album and who is affected are noted, and put right, one by one', async () => {
  const maria = await house.agent('Maria')
  const seat = await maria.sit()
  const anna = await house.visitor('Anna')
  await anna.write('waiting for photos on my iphone, ios 18')
  await anna.write('can i talk to a person')
  await until('the case', () => seat.cases.size > 0)
  const [id = ''] = seat.cases.keys()
  await maria.command(id, 'claim')
  seat.send({ type: 'watch', id, after: 0 })
  await until('the brief', () => seat.detail?.brief.device === 'iPhone with iOS 18')

  const known = async (facts: object, told: object) => {
    expect((await maria.command(id, 'facts', facts)).status).toBe(200)
    const isTold = () =>
      Object.entries(told).every(
        ([name, value]) => Reflect.get(seat.detail?.brief ?? {}, name) === value,
      )
    await until(JSON.stringify(told), isTold)
  }
  await known({ role: 'owner' }, { device: 'iPhone with iOS 18', role: 'owner' })
  await known({ role: 'member' }, { device: 'iPhone with iOS 18', role: 'member' })
  await known({ scope: 'everyone' }, { role: 'member', scope: 'everyone' })
  await known({ scope: 'me' }, { role: 'member', scope: 'me' })
  // Another device has another system: the old one's goes with it.
  await known({ device: 'windows' }, { device: 'Windows PC', role: 'member', scope: 'me' })
  await known({ device: 'ipad' }, { device: 'iPad', role: 'member', scope: 'me' })
  expect(seat.cases.get(id)?.device).toBe('iPad')
})
