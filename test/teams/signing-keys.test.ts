import { generateKeyPairSync } from 'node:crypto'
import type { Fetch } from '../../src/channels/teams/sending/outgoing'
import { createSigningKeys } from '../../src/channels/teams/trust/signing-keys'
import { createLog } from '../../src/log'
import { addressOf, createKey, startMicrosoft, type Microsoft } from './microsoft'

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

describe('a published list', () => {
  const own = 'https://login.botframework.com/v1/.well-known/keys'
  const jwk = first.publicKey.export({ format: 'jwk' })
  /** Finds a key in a list that is published at an address. */
  function find(entry: object, address = own) {
    const asked: string[] = []
    const fetch: Fetch = async (input) => {
      asked.push(addressOf(input))
      const isList = asked.length > 1
      return Response.json(isList ? { keys: [entry] } : { jwks_uri: address })
    }
    const keys = createSigningKeys({ fetch, log: createLog('silent'), now: () => 0 })
    return keys.find('first').then((key) => ({ isFound: key !== undefined, asked }))
  }
  const good = { ...jwk, kid: 'first', use: 'sig', endorsements: ['msteams'] }
  const short = generateKeyPairSync('rsa', { modulusLength: 1024 }).publicKey

  test.each<[string, object, boolean]>([
    ['a good key', good, true],
    ['a key for something else', { ...good, use: 'enc' }, false],
    ['a short key', { ...good, ...short.export({ format: 'jwk' }) }, false],
    ['a key of another kind', { ...good, kty: 'oct', k: 'AAAA' }, false],
    ['a key that is none', { ...good, n: '' }, false],
    ['a key that may sign for nobody', { ...good, endorsements: undefined }, false],
  ])('of %s', async (_what, entry, isFound) => {
    expect((await find(entry)).isFound).toBe(isFound)
  })

  test.each<[string, boolean]>([
    [own, true],
    ['https://keys.botframework.com/', true],
    ['https://example.org/keys', false],
    ['https://login.botframework.com.example.org/keys', false],
    ['https://notbotframework.com/keys', false],
    ['http://login.botframework.com/v1/.well-known/keys', false],
    ['http://127.0.0.1/keys', false],
    ['file:///keys', false],
  ])('at %s', async (address, isFound) => {
    const found = await find(good, address)
    expect(found).toMatchObject({ isFound, asked: { length: isFound ? 2 : 1 } })
  })

  it('is waited for five seconds', async () => {
    const timeout = jest.spyOn(AbortSignal, 'timeout')
    await find(good)
    expect(timeout.mock.calls).toEqual([[5_000], [5_000]])
    timeout.mockRestore()
  })
})
