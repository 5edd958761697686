import { createPlace, shown, waiting, type Place } from './page'
import { refusal, type Fault } from './fake-server'

/** The way to the server: tokens, sockets, requests in their place, and what the page is told of it. */

let place: Place
beforeEach(() => {
  place = createPlace()
})
const opened = async () => {
  const line = place.open()
  await place.clock.pass(100)
  return line
}

test('opens a conversation, and follows it over a socket', async () => {
  const line = place.open()
  expect(line.state.connection).toBe('connecting')
  await place.clock.pass(100)
  expect(line.state).toMatchObject({
    connection: 'open',
    transport: 'socket',
    isBack: false,
    standing: { holder: 'bot' },
  })
  place.server.say(place.server.only, 'There is news')
  expect(shown(line)).toEqual(['Hello', 'There is news'])
  const [first] = place.server.asked
  expect(first).toMatchObject({ what: 'POST token', body: { locale: 'en-GB' } })
})

test('an activity that comes again under its id takes the place of the earlier', async () => {
  const line = await opened()
  const { only } = place.server
  const one = place.server.say(only, 'Maria is asked')
  place.server.say(only, 'Something else')
  place.server.openSockets[0]?.frame(
    JSON.stringify({ activities: [{ ...one, text: 'Maria has joined' }], watermark: '4' }),
  )
  expect(shown(line)).toEqual(['Hello', 'Maria has joined', 'Something else'])
})

test('frames that are no sets are passed over', async () => {
  const line = await opened()
  for (const frame of ['', '{}', 'null', '7', '<html>', '{"activities":{}}', '{"watermark":"9"}'])
    place.server.openSockets[0]?.frame(frame)
  place.server.say(place.server.only, 'Still here')
  expect(shown(line)).toEqual(['Hello', 'Still here'])
})

test('a server that restarts says when to come back, and is left alone until then', async () => {
  const line = await opened()
  await place.clock.pass(5000)
  const [socket] = place.server.openSockets
  const before = place.server.asked.length
  socket?.close('The server restarts. Come back in 3000 ms.')
  await place.clock.pass(2900)
  expect(place.server.asked).toHaveLength(before)
  expect(place.server.openSockets).toEqual([])
  await place.clock.pass(300)
  expect(line.state).toMatchObject({ connection: 'open', transport: 'socket' })
  // Whatever it says, nobody waits for ever, nor takes it for a network that lets no socket through.
  place.server.openSockets[0]?.close('Come back in 999999 ms.')
  await place.clock.pass(31_000)
  expect(line.state.transport).toBe('socket')
})

test('a socket that is cut comes back, and brings what was missed', async () => {
  const line = await opened()
  await place.clock.pass(5000)
  place.server.cutSockets()
  expect(line.state.transport).toBe('poll')
  place.server.say(place.server.only, 'Meanwhile')
  await place.clock.pass(10)
  expect(shown(line)).toEqual(['Hello', 'Meanwhile'])
  await place.clock.pass(2000)
  expect(line.state).toMatchObject({ connection: 'open', transport: 'socket' })
  expect(place.server.openSockets).toHaveLength(1)
})

test.each(['refused', 'hang', 'throws'] as const)(
  'where no socket opens (%s) the log is read by requests, and a socket is tried again every two minutes',
  async (mode) => {
    place.server.socketMode = () => mode
    const line = await opened()
    expect([line.state.connection, shown(line)]).toEqual(['open', ['Hello']])
    await place.clock.pass(60_000)
    place.server.say(place.server.only, 'One')
    await place.clock.pass(3000)
    expect(shown(line)).toEqual(['Hello', 'One'])
    expect(line.state).toMatchObject({ connection: 'open', transport: 'poll' })

    const tried = place.server.count('GET reconnect')
    await place.clock.pass(60_000)
    expect(place.server.count('GET reconnect') - tried).toBeLessThanOrEqual(1)
    place.server.socketMode = () => 'open'
    await place.clock.pass(125_000)
    expect(line.state.transport).toBe('socket')
    place.server.say(place.server.only, 'Two')
    expect(shown(line)).toEqual(['Hello', 'One', 'Two'])
    const polls = place.server.count('GET activities')
    await place.clock.pass(40_000)
    expect(place.server.count('GET activities') - polls).toBeLessThanOrEqual(1)
  },
)

test('a socket that is cut at once three times is given up for two minutes', async () => {
  place.server.socketMode = () => 'short'
  await opened()
  await place.clock.pass(60_000)
  expect(place.server.sockets).toHaveLength(3)
  await place.clock.pass(70_000)
  expect(place.server.sockets).toHaveLength(4)
})

test('a socket that dies in silence is found out within 45 seconds', async () => {
  const line = await opened()
  await place.clock.pass(5000)
  const [socket] = place.server.sockets
  if (socket) socket.isDead = true
  place.server.say(place.server.only, 'Into the void')
  await place.clock.pass(40_000)
  expect(shown(line)).toEqual(['Hello'])
  await place.clock.pass(6000)
  expect(shown(line)).toEqual(['Hello', 'Into the void'])
  await place.clock.pass(2000)
  expect(place.server.sockets).toHaveLength(2)
  expect(line.state.transport).toBe('socket')
})

test('a dead socket that says late that it has closed leaves its successor alone', async () => {
  const line = await opened()
  await place.clock.pass(5000)
  const [socket] = place.server.sockets
  if (socket) socket.isDead = true
  place.server.say(place.server.only, 'Into the void')
  line.wake()
  await place.clock.pass(5000)
  expect(line.state.transport).toBe('socket')
  const polls = place.server.count('GET activities')
  await place.clock.pass(4 * 60_000)
  expect(line.state.transport).toBe('socket')
  expect(place.server.sockets).toHaveLength(2)
  expect(place.server.count('GET activities') - polls).toBeLessThanOrEqual(6)
})

test('a socket of the conversation before says nothing of the one that is shown', async () => {
  const line = await opened()
  const [socket] = place.server.sockets
  if (socket) socket.isDead = true
  await place.clock.during(line.renew())
  await place.clock.pass(3000)
  const before = line.state
  expect(before.transport).toBe('socket')
  await place.clock.pass(30_000)
  let changes = 0
  line.subscribe(() => (changes += 1))
  await place.clock.pass(40_000)
  expect([line.state.transport, changes]).toEqual(['socket', 0])
})

test('sockets that are cut before they were of use are opened ever more seldom', async () => {
  await opened()
  const before = place.server.asked.length
  for (let second = 0; second < 300; second += 3) {
    await place.clock.pass(3000)
    place.server.cutSockets()
  }
  expect(place.server.sockets.length).toBeLessThan(20)
  expect(place.server.asked.length - before).toBeLessThan(150)
})

test('a socket through which nothing comes is given up after three', async () => {
  place.server.socketMode = () => 'deaf'
  const line = await opened()
  for (const text of ['One', 'Two', 'Three', 'Four']) {
    place.server.say(place.server.only, text)
    await place.clock.pass(50_000)
  }
  expect(shown(line)).toEqual(['Hello', 'One', 'Two', 'Three', 'Four'])
  expect(line.state.transport).toBe('poll')
})

test('polls every second while an answer is awaited, then every three, and every ten when nobody looks', async () => {
  let isHidden = false
  place.server.socketMode = () => 'refused'
  const line = place.open({ isHidden: () => isHidden })
  await place.clock.pass(5000)
  const pollsIn = async (ms: number) => {
    const before = place.server.count('GET activities')
    await place.clock.pass(ms)
    return place.server.count('GET activities') - before
  }
  expect(await pollsIn(30_000)).toBe(10)
  line.send({ text: 'Are you there?' })
  await place.clock.pass(2000)
  expect(await pollsIn(10_000)).toBe(10)
  isHidden = true
  await place.clock.pass(30_000)
  expect(await pollsIn(60_000)).toBeLessThanOrEqual(7)
  isHidden = false
  await place.clock.pass(6 * 60_000)
  expect(await pollsIn(60_000)).toBeLessThanOrEqual(8)
})

test('a token is refreshed at 60 % of its life, however the clock is set meanwhile', async () => {
  const line = await opened()
  for (const skew of [0, 86_400_000, -86_400_000]) {
    place.clock.skew = skew
    await place.clock.pass(0.6 * 3600_000)
  }
  expect(place.server.count('POST refresh')).toBe(3)
  expect(place.server.count('POST token')).toBe(1)
  line.send({ text: 'Still good' })
  await place.clock.pass(100)
  expect(place.server.saidIn(place.server.only)).toEqual(['Still good'])
  expect(line.state.outbox).toEqual([])
})

test('how far the clock is off is told, where it matters', async () => {
  const skewAfter = async (skew: number) => {
    const fresh = createPlace()
    const { clock, server } = fresh
    clock.skew = skew
    const line = fresh.open({
      fetch: async (...request) => {
        const response = await server.fetch(...request)
        response.headers.set('date', new Date(clock.now() - clock.skew).toUTCString())
        return response
      },
    })
    await clock.pass(100)
    line.stop()
    return line.state.skewMs
  }
  const day = 86_400_000
  expect(await skewAfter(90_000)).toBeUndefined()
  expect((await skewAfter(2 * day)) ?? 0).toBeCloseTo(-2 * day, -4)
  expect((await skewAfter(-2 * day)) ?? 0).toBeCloseTo(2 * day, -4)
})

test('a token that has expired is had anew by the secret, once for all that ask', async () => {
  const line = await opened()
  const { only } = place.server
  place.server.expireTokens()
  line.send({ text: 'After the night' })
  line.wake()
  await place.clock.pass(100)
  expect(place.server.saidIn(only)).toEqual(['After the night'])
  expect(place.server.count('POST token')).toBe(2)
  expect(line.state).toMatchObject({ connection: 'open', outbox: [], conversationId: only.id })
})

test.each([401, 403])(
  'a token that the server never believes (%i) is asked for with pauses',
  async (status) => {
    const line = await opened()
    place.server.fault = ({ what }) =>
      what.endsWith('activities') ? refusal(status, 'BadToken') : 'none'
    line.send({ text: 'Hi' })
    await place.clock.pass(60_000)
    expect(place.server.count('POST token')).toBeLessThan(30)
    expect(line.state.outbox).toMatchObject([{ state: 'waiting' }])
    place.server.fault = () => 'none'
    await place.clock.pass(31_000)
    expect(line.state).toMatchObject({ connection: 'open', outbox: [] })
  },
)

test('what the server asks to wait is waited, whoever looks in or writes meanwhile', async () => {
  const line = await opened()
  place.server.fault = () => refusal(429, 'TooManyRequests', { 'retry-after': '120' })
  line.wake()
  line.send({ text: 'Hi' })
  await place.clock.pass(1000)
  const before = place.server.asked.length
  for (let round = 0; round < 10; round += 1) {
    line.wake()
    line.send({ text: String(round) })
    await place.clock.pass(5000)
  }
  expect(place.server.asked.length - before).toBe(0)
  expect(line.state).toMatchObject({ connection: 'busy', retryAt: expect.any(Number) })
  place.server.fault = () => 'none'
  await place.clock.pass(75_000)
  expect(line.state).toMatchObject({ connection: 'open', outbox: [] })
})

test('holds no socket while the page is left, and looks at once when it is back', async () => {
  const line = await opened()
  await place.clock.pass(5000)
  line.rest()
  await place.clock.pass(30_000)
  expect(place.server.openSockets).toEqual([])
  place.server.say(place.server.only, 'Meanwhile')
  line.wake()
  await place.clock.pass(2000)
  expect(shown(line)).toEqual(['Hello', 'Meanwhile'])
  expect(line.state.transport).toBe('socket')
})

test('who only comes back to the window asks no more often than every few seconds', async () => {
  const line = await opened()
  await place.clock.pass(10_000)
  const before = place.server.count('GET activities')
  for (let round = 0; round < 10; round += 1) {
    line.wake('seen')
    await place.clock.pass(500)
  }
  expect(place.server.count('GET activities') - before).toBe(2)
})

test('who is turned away sends nothing until let in again', async () => {
  const line = await opened()
  place.server.fault = () => refusal(403, 'OriginNotAllowed')
  line.wake()
  await place.clock.pass(100)
  line.send({ text: 'Hi' })
  const before = place.server.asked.length
  await place.clock.pass(600_000)
  expect(place.server.asked.length - before).toBeLessThan(40)
  expect(line.state.connection).toBe('refused')
  place.server.fault = () => 'none'
  await place.clock.pass(125_000)
  expect(shown(line)).toEqual(['Hello', 'Hi'])
})

test.each([
  ['cut', (): Fault => 'cut', 'unreachable'],
  ['told to wait', () => refusal(429, 'TooManyMessages', { 'retry-after': '60' }), 'busy'],
] as const)(
  'tells when messages are %s, though the log can be read',
  async (_, fault, connection) => {
    const line = await opened()
    place.server.fault = ({ what }) => (what === 'POST activities' ? fault() : 'none')
    const id = line.send({ text: 'Hi' })
    await place.clock.pass(20_000)
    expect(line.state).toMatchObject({ connection, outbox: [{ state: 'waiting' }] })
    line.wake()
    await place.clock.pass(5000)
    expect(line.state.connection).toBe(connection)
    expect(line.state.retryAt !== undefined).toBe(connection === 'busy')
    line.drop(id)
    await place.clock.pass(60_000)
    expect(line.state).toMatchObject({ connection: 'open', retryAt: undefined, outbox: [] })
  },
)

test('says that it is offline, and is back at once when it is', async () => {
  const line = await opened()
  await place.clock.pass(3000)
  place.goOffline()
  line.wake()
  expect(line.state.connection).toBe('offline')
  await place.clock.pass(30_000)
  expect(line.state.connection).toBe('offline')
  place.server.say(place.server.only, 'While you were out')
  place.goOnline()
  line.wake()
  await place.clock.pass(100)
  expect(line.state).toMatchObject({ connection: 'open', transport: 'socket' })
  expect(shown(line)).toEqual(['Hello', 'While you were out'])
})

test('a server that is away: reconnecting, then unreachable, asked with growing pauses', async () => {
  const line = await opened()
  await place.clock.pass(3000)
  place.server.fault = () => 'cut'
  place.server.socketMode = () => 'refused'
  place.server.cutSockets()
  await place.clock.pass(10)
  expect(line.state.connection).toBe('reconnecting')
  await place.clock.pass(2000)
  expect(line.state.connection).toBe('unreachable')
  const before = place.server.asked.length
  await place.clock.pass(120_000)
  expect(place.server.asked.length - before).toBeLessThanOrEqual(10)
  place.goOnline()
  await place.clock.pass(40_000)
  expect(line.state).toMatchObject({ connection: 'open', transport: 'socket' })
})

test('a server that answers every fourth request only is not overrun', async () => {
  const line = await opened()
  let request = 0
  place.server.fault = () => (request++ % 4 === 0 ? 'none' : refusal(502, 'Unavailable'))
  place.server.socketMode = () => 'refused'
  place.server.cutSockets()
  for (const text of ['1', '2', '3', '4', '5', '6', '7', '8']) line.send({ text })
  const before = place.server.asked.length
  await place.clock.pass(60_000)
  expect(place.server.asked.length - before).toBeLessThan(200)
  expect(place.server.saidIn(place.server.only)).toHaveLength(8)
})

test('503 waits as long as it says', async () => {
  place.server.fault = () => refusal(503, 'Unavailable', { 'retry-after': '20' })
  const line = await opened()
  expect(line.state.connection).toBe('unreachable')
  await place.clock.pass(18_000)
  expect(place.server.asked).toHaveLength(1)
  place.server.fault = () => 'none'
  await place.clock.pass(5000)
  expect(line.state.connection).toBe('open')
})

test('429 says until when, and tries again then', async () => {
  place.server.fault = ({ what }) =>
    what === 'POST token' ? refusal(429, 'TooManyConversations', { 'retry-after': '120' }) : 'none'
  const line = await opened()
  expect(line.state.connection).toBe('busy')
  expect(line.state.retryAt).toBeGreaterThan(place.clock.now() + 119_000)
  await place.clock.pass(100_000)
  expect(place.server.asked).toHaveLength(1)
  place.server.fault = () => 'none'
  await place.clock.pass(30_000)
  expect([line.state.connection, line.state.retryAt]).toEqual(['open', undefined])
})

test('a page that the server does not want is told so, and asks seldom, or when woken', async () => {
  place.server.fault = () => refusal(403, 'OriginNotAllowed')
  const line = await opened()
  expect(line.state.connection).toBe('refused')
  await place.clock.pass(600_000)
  expect(place.server.asked).toHaveLength(6)
  place.server.fault = () => 'none'
  line.wake()
  await place.clock.pass(100)
  expect(line.state.connection).toBe('open')
})

test('answers of something in between are none of the server: an HTML page, a 404 or 403 without our code', async () => {
  const line = await opened()
  for (const [status, type] of [
    [200, 'text/html'],
    [404, 'text/html'],
    [403, 'text/plain'],
    [302, 'text/html'],
  ] as const) {
    place.server.fault = () => new Response('<html>', { status, headers: { 'content-type': type } })
    line.wake()
    await place.clock.pass(5000)
    expect(line.state.connection).toBe('unreachable')
    place.server.fault = () => 'none'
    line.wake()
    await place.clock.pass(100)
    expect(line.state.connection).toBe('open')
  }
  expect(place.server.count('POST token')).toBe(1)
})

test('a request that gets no answer is given up after 20 seconds', async () => {
  place.server.fault = () => 'hang'
  const line = await opened()
  expect(line.state.connection).toBe('connecting')
  await place.clock.pass(20_500)
  expect(line.state.connection).toBe('unreachable')
  place.server.fault = () => 'none'
  await place.clock.pass(5000)
  expect(line.state.connection).toBe('open')
})

test('what hangs after a sleep is asked once more on waking, and counts once', async () => {
  const line = await opened()
  let hung = 0
  // The message arrives, and its answer is lost with the network that slept.
  place.server.fault = ({ what }) => {
    if (what !== 'POST activities' || hung > 0) return 'none'
    hung += 1
    return 'hang after'
  }
  line.send({ text: 'Good night' })
  await place.clock.pass(100)
  expect(waiting(line)).toEqual([])
  const before = place.server.count('POST activities')
  place.server.fault = ({ what }) => (what === 'GET activities' && hung++ < 2 ? 'hang' : 'none')
  line.wake()
  await place.clock.pass(5000)
  line.send({ text: 'Good morning' })
  line.wake()
  await place.clock.pass(100)
  expect(place.server.saidIn(place.server.only)).toEqual(['Good night', 'Good morning'])
  expect(place.server.count('POST activities') - before).toBe(2)
  expect(line.state).toMatchObject({ connection: 'open', outbox: [] })
})

test('a server that is slow and no more is not asked again and again by who looks in often', async () => {
  const line = await opened()
  place.server.fault = () => 'hang'
  const before = place.server.asked.length
  line.wake()
  for (let looks = 0; looks < 3; looks += 1) {
    await place.clock.pass(5000)
    line.wake()
  }
  const what = place.server.asked.slice(before).map((each) => each.what)
  expect(what.filter((each) => each === 'GET activities')).toHaveLength(2)
})

test('a log that was put back from a copy is read on from where it ends', async () => {
  place.server.socketMode = () => 'refused'
  const line = await opened()
  const { only } = place.server
  for (const text of ['One', 'Two', 'Three']) place.server.say(only, text)
  await place.clock.pass(4000)
  only.rows.splice(2)
  await place.clock.pass(4000)
  place.server.say(only, 'Another two')
  await place.clock.pass(4000)
  expect(shown(line)).toContain('Another two')
})

test('an agent who types is shown for five seconds, or until they have spoken', async () => {
  const line = await opened()
  place.server.typing('Maria')
  expect(line.state.typing).toEqual({ name: 'Maria', until: place.clock.now() + 5000 })
  await place.clock.pass(5001)
  expect(line.state.typing).toBeUndefined()
  place.server.typing('Maria')
  place.server.say(place.server.only, 'Maria: Hello')
  expect(line.state.typing).toBeUndefined()
})

test('that the person types is told while a person may read it, and not at every key', async () => {
  place.server.standing = { ...place.server.standing, holder: 'agent', agent: 'Maria' }
  const line = await opened()
  const typings = () => place.server.asked.filter(({ body }) => body?.['type'] === 'typing').length
  for (let key = 0; key < 20; key += 1) line.typed()
  await place.clock.pass(3100)
  line.typed()
  await place.clock.pass(10)
  expect(typings()).toBe(2)
})

test('what is known of the desk is asked anew when the other side has spoken, and while waiting', async () => {
  const line = await opened()
  place.server.standing = { ...place.server.standing, holder: 'queue', ahead: 2 }
  place.server.say(place.server.only, 'I ask a colleague')
  await place.clock.pass(10)
  expect(line.state.standing).toMatchObject({ holder: 'queue', ahead: 2 })
  place.server.standing = { ...place.server.standing, ahead: 1 }
  await place.clock.pass(20_100)
  expect(line.state.standing).toMatchObject({ ahead: 1 })
})

test('after stop nothing is asked any more', async () => {
  const line = await opened()
  line.stop()
  const asked = place.server.asked.length
  await place.clock.pass(10 * 3600_000)
  expect(place.server.asked).toHaveLength(asked)
  expect(place.server.openSockets).toEqual([])
})
