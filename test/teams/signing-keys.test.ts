import { createSigningKeys } from '../../src/channels/teams/signing-keys'
import { createLog } from '../../src/log'
import { createKey, startMicrosoft, type Microsoft } from './microsoft'

const minute = 60_000
const day = 24 * 60 * minute
const first = createKey('first', ['msteams'])
const second = createKey('second', ['msteams'])

describe("the connector's keys", () => {
  let microsoft: Microsoft
  let time = 0
  const create = () =>
    createSigningKeys({ fetch: microsoft.fetch, log: createLog('silent'), now: () => time })
  const asked = () => microsoft.keys.asked.length

  beforeEach(async () => {
    time = Date.UTC(2026, 10, 22)
    microsoft = await startMicrosoft([first])
  })
  afterEach(() => microsoft.close())

  it('are fetched once for all that ask at the same time', async () => {
    const keys = create()
    const found = await Promise.all(Array.from({ length: 50 }, () => keys.find('first')))
    expect(found.every((key) => key?.endorsements.includes('msteams'))).toBe(true)
    expect(asked()).toBe(2)
  })

  it('are fetched again for an unknown key, once a minute at most', async () => {
    const keys = create()
    await keys.find('first')
    microsoft.state.published = [first, second]
    for (let strange = 0; strange < 20; strange++)
      expect(await keys.find(`strange-${strange}`)).toBeUndefined()
    expect(await keys.find('second')).toBeUndefined()
    expect(asked()).toBe(2)
    time += minute
    expect(await keys.find('second')).toBeDefined()
    expect(asked()).toBe(4)
  })

  it('bridge an outage of five days, and no more', async () => {
    const keys = create()
    await keys.find('first')
    microsoft.state.keysDown = true
    for (let days = 1; days <= 5; days++) {
      expect(await keys.find('first')).toBeDefined()
      time += day
    }
    time += minute
    expect(await keys.find('first')).toBeUndefined()
  })

  it('forget a key that is no longer published, within a day', async () => {
    const keys = create()
    await keys.find('first')
    microsoft.state.published = [second]
    time += day + minute
    await keys.find('first')
    await keys.find('second')
    expect(await keys.find('first')).toBeUndefined()
  })
})
