import { Browser, createPlace, shown, waiting, type Place } from './page'
import { refusal } from './fake-server'

/** What a person sends: once, in order, through everything, and what is shown of it meanwhile. */

let place: Place
beforeEach(() => {
  place = createPlace()
})
const opened = async () => {
  const line = place.open()
  await place.clock.pass(3000)
  return line
}

test('a message is sending until the log shows it', async () => {
  const line = await opened()
  const id = line.send({ text: 'Hi', value: { ask: 3, answer: 'yes' } })
  expect(line.state.outbox).toEqual([
    { id, text: 'Hi', value: { ask: 3, answer: 'yes' }, at: expect.any(Number), state: 'sending' },
  ])
  await place.clock.pass(10)
  expect(line.state.outbox).toEqual([])
  expect(line.state.activities.at(-1)).toMatchObject({
    text: 'Hi',
    value: { ask: 3, answer: 'yes' },
    locale: 'en-GB',
    localTimezone: 'Europe/Berlin',
    channelData: { clientActivityID: id },
  })
})

test('messages go one after another, in the order written', async () => {
  const line = await opened()
  for (const text of ['1', '2', '3']) line.send({ text })
  await place.clock.pass(10)
  expect(place.server.saidIn(place.server.only)).toEqual(['1', '2', '3'])
  expect(new Set(line.state.activities.map(({ id }) => id)).size).toBe(4)
})

test('what was written before the line is open goes when it is', async () => {
  place.goOffline()
  const line = place.open()
  line.send({ text: 'Early' })
  line.send({ text: 'Bird' })
  await place.clock.pass(10)
  expect(waiting(line)).toEqual(['Early waiting', 'Bird waiting'])
  place.goOnline()
  line.wake()
  await place.clock.pass(100)
  expect(shown(line)).toEqual(['Hello', 'Early', 'Bird'])
})

test('an answer that is lost after the message was taken doubles nothing', async () => {
  const line = await opened()
  place.server.fault = ({ what }) => (what === 'POST activities' ? 'lost' : 'none')
  line.send({ text: 'Once' })
  line.send({ text: 'Twice' })
  await place.clock.pass(100)
  place.server.fault = () => 'none'
  await place.clock.pass(5000)
  expect(place.server.saidIn(place.server.only)).toEqual(['Once', 'Twice'])
  expect(line.state.outbox).toEqual([])
})

test('it is repeated after 1, 2, 4 … 30 seconds, give or take a quarter', async () => {
  const line = await opened()
  const times: number[] = []
  place.server.fault = ({ what }) => {
    if (what !== 'POST activities') return 'none'
    times.push(place.clock.elapsed)
    return 'cut'
  }
  line.send({ text: 'Hi' })
  await place.clock.pass(180_000)
  const pauses = times.slice(1).map((time, index) => (time - (times[index] ?? 0)) / 1000)
  for (const [index, wanted] of [1, 2, 4, 8, 16, 30, 30].entries()) {
    expect(pauses[index]).toBeGreaterThanOrEqual(wanted * 0.75)
    expect(pauses[index]).toBeLessThanOrEqual(wanted * 1.25)
  }
  expect(waiting(line)).toEqual(['Hi waiting'])
})

test('one that the server refuses is failed with its code, holds up nothing, and may be tried again or dropped', async () => {
  const line = await opened()
  place.server.fault = ({ body }) =>
    String(body?.['text']).startsWith('No') ? refusal(400, 'BadArgument') : 'none'
  const no = line.send({ text: 'No' })
  const never = line.send({ text: 'Not that either' })
  line.send({ text: 'Yes' })
  await place.clock.pass(60_000)
  expect(line.state.outbox).toMatchObject([
    { id: no, state: 'failed', reason: 'BadArgument' },
    { id: never, state: 'failed' },
  ])
  expect(place.server.asked.filter(({ body }) => body?.['text'] === 'No')).toHaveLength(1)
  place.server.fault = () => 'none'
  line.drop(never)
  line.retry(no)
  expect(waiting(line)).toEqual(['No sending'])
  await place.clock.pass(10)
  expect(shown(line)).toEqual(['Hello', 'Yes', 'No'])
})

test('files that never get through are given up, and the words behind them go', async () => {
  const line = await opened()
  place.server.fault = ({ what }) => (what === 'POST upload' ? 'cut' : 'none')
  line.send({ text: 'See', files: [{ name: 'a.png', blob: new Blob(['x']) }] })
  line.send({ text: 'Are you there?' })
  await place.clock.pass(60_000)
  expect(line.state.outbox).toMatchObject([{ state: 'failed', reason: 'UploadFailed' }])
  expect(shown(line)).toEqual(['Hello', 'Are you there?'])
  expect(line.state.connection).toBe('open')
  expect(place.server.count('POST upload')).toBe(5)
})

test('files that wait for the network are not given up', async () => {
  const line = await opened()
  place.goOffline()
  line.wake()
  line.send({ text: 'See', files: [{ name: 'a.png', blob: new Blob(['x']) }] })
  await place.clock.pass(600_000)
  expect(waiting(line)).toEqual(['See waiting'])
})

test.each([
  ['a flood', () => refusal(400, 'TooManyMessages')],
  ['an outage', () => refusal(503, 'Unavailable')],
  ['a slow gateway', () => new Response('', { status: 408 })],
  ['a limit on the way', () => new Response('', { status: 429, headers: { 'retry-after': '2' } })],
])('%s is no refusal of the message', async (_, answer) => {
  const line = await opened()
  place.server.fault = ({ what }) => (what === 'POST activities' ? answer() : 'none')
  line.send({ text: 'Patience' })
  await place.clock.pass(500)
  expect(waiting(line)).toEqual(['Patience waiting'])
  place.server.fault = () => 'none'
  await place.clock.pass(4000)
  expect(shown(line)).toEqual(['Hello', 'Patience'])
})

test('a reload goes on with the conversation and with what waited', async () => {
  const before = await opened()
  place.goOffline()
  before.send({ text: 'First' })
  before.send({ text: 'Second' })
  await place.clock.pass(5000)
  before.stop()

  const line = place.open()
  line.send({ text: 'Third' })
  expect(waiting(line)).toEqual(['First waiting', 'Second waiting', 'Third waiting'])
  await place.clock.pass(5000)
  place.goOnline()
  line.wake()
  await place.clock.pass(100)
  expect(place.server.saidIn(place.server.only)).toEqual(['First', 'Second', 'Third'])
  expect(line.state).toMatchObject({ isBack: true, outbox: [] })
  expect([...place.browser.kept.keys()]).toEqual(['fixladder:resume'])
})

test('a reload after the answer was lost sends it again under the same id', async () => {
  const before = await opened()
  place.server.fault = ({ what }) => (what === 'POST activities' ? 'lost' : 'none')
  before.send({ text: 'Once' })
  before.stop()
  await place.clock.pass(100)
  place.server.fault = () => 'none'
  const line = place.open()
  await place.clock.pass(5000)
  expect(place.server.saidIn(place.server.only)).toEqual(['Once'])
  expect(line.state.outbox).toEqual([])
})

test.each([
  ['undefined', () => ({ storage: undefined, onStorage: undefined })],
  [
    'blocked',
    () => {
      const blocked = new Browser()
      blocked.isBlocked = true
      return blocked.tab()
    },
  ],
])('with storage %s everything goes on in memory', async (_, storage) => {
  const line = place.open(storage())
  await place.clock.pass(3000)
  place.goOffline()
  line.send({ text: 'One' })
  await place.clock.pass(5000)
  place.goOnline()
  place.server.expireTokens()
  line.wake()
  await place.clock.pass(2000)
  line.send({ text: 'Two' })
  await place.clock.pass(100)
  expect(place.server.saidIn(place.server.only)).toEqual(['One', 'Two'])
})

test('storage that fills up in the middle loses nothing, and another tab cannot take away what it never saw', async () => {
  const { storage, onStorage } = place.browser.tab()
  let isFull = false
  const full = new Proxy(storage as object, {
    get: (target, key) =>
      key === 'setItem' && isFull
        ? () => {
            throw new Error('QuotaExceededError')
          }
        : (Reflect.get(target, key) as unknown),
  }) as typeof storage
  const line = place.open({ storage: full, onStorage })
  await place.clock.pass(3000)
  isFull = true
  place.goOffline()
  line.send({ text: 'Only in memory' })
  place.browser.tab().storage?.setItem('fixladder:out:x', 'not ours')
  await place.clock.pass(100)
  expect(waiting(line)).toEqual(['Only in memory waiting'])
  place.goOnline()
  line.wake()
  await place.clock.pass(100)
  expect(shown(line)).toContain('Only in memory')
})

test('what lies in storage and is not ours does no harm', async () => {
  for (const [index, junk] of ['', '{', 'null', '[]', '{"id":1}', '"x"'].entries())
    place.browser.setItem(`fixladder:out:${index}`, junk)
  place.browser.setItem('fixladder:resume', '<script>')
  const line = await opened()
  line.send({ text: 'Hi' })
  await place.clock.pass(100)
  expect(shown(line)).toEqual(['Hello', 'Hi'])
})

test('a clock that jumps changes neither order nor sending', async () => {
  const line = await opened()
  place.goOffline()
  for (const [index, skew] of [0, -86_400_000, 86_400_000, -3600_000].entries()) {
    place.clock.skew = skew
    line.send({ text: String(index) })
  }
  await place.clock.pass(1000)
  line.stop()
  place.goOnline()
  const after = place.open()
  await place.clock.pass(1000)
  expect(place.server.saidIn(place.server.only)).toEqual(['0', '1', '2', '3'])
  expect(after.state.outbox).toEqual([])
})

test('an echo that the socket never brings is looked for', async () => {
  place.server.socketMode = () => 'deaf'
  const line = await opened()
  line.send({ text: 'Hello?' })
  await place.clock.pass(3500)
  expect(shown(line)).toEqual(['Hello', 'Hello?'])
  expect(line.state.outbox).toEqual([])
})
