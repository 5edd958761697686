import { until } from '../direct-line/requests'
import { openHouse, type House } from './house'

/** A person has their conversation erased while an agent has it. */

jest.setTimeout(60_000)

let house: House
beforeAll(async () => {
  house = await openHouse()
})
afterAll(() => house.close())

test('the case goes from every console, the agent who reads it hears why, and nothing can be done with it', async () => {
  const visitor = await house.visitor('Ada')
  await visitor.write('can i talk to a person')
  const maria = await house.agent('Maria')
  const [seat, other] = [await maria.sit(), await (await house.agent('Ole')).sit()]
  await until('the case', () => seat.cases.size === 1 && other.cases.size === 1)
  const [id = ''] = seat.cases.keys()
  seat.send({ type: 'watch', id, after: 0 })
  await maria.command(id, 'claim')
  await until('the claim', () => seat.detail?.line.state === 'held')

  expect(await visitor.forget()).toBe(204)
  await until('the case is gone', () => seat.cases.size === 0 && other.cases.size === 0)
  await until('the reason', () => seat.heard.some(({ type }) => type === 'refused'))
  expect(seat.heard.filter(({ type }) => type === 'refused')).toEqual([
    { type: 'refused', id, message: expect.stringContaining('erased') },
  ])
  expect(other.heard.some(({ type }) => type === 'refused')).toBe(false)

  const late = await maria.command(id, 'answer', { text: 'Hello?' })
  expect([late.status, late.error?.code]).toEqual([404, 'NotFound'])
  const note = await maria.command(id, 'note', { text: 'Gone?' })
  expect(note.status).toBe(404)
  const ended = await house.ask('GET', '/console/api/cases', { cookie: house.adminCookie })
  expect(await ended.json()).toEqual({ cases: [] })

  // The audit log still tells that there was a case, by its id and without a word of it.
  const log = await house.ask('GET', '/console/api/audit', { cookie: house.adminCookie })
  const text = await log.text()
  expect(text).toContain(id)
  expect(text).not.toContain('Ada')

  // The server goes on, also after a restart.
  const ben = await house.visitor('Ben')
  await ben.write('can i talk to a person')
  await until('the next case', () => seat.cases.size === 1)
  await house.restart()
  await (await house.visitor('Cleo')).write('waiting for photos')
})
