import { once } from 'node:events'
import { createServer, type AddressInfo } from 'node:net'
import jwt from 'jsonwebtoken'
import { WebSocket } from 'ws'
import { createLine, type Line, type LineOptions, type SocketLike } from '../../web/widget/line'
import { openHouse, type House } from '../console/house'
import { until } from '../direct-line/requests'
import { png } from '../uploads/samples'
import { Browser, shown } from './page'

/** The line against the whole server, over real requests and sockets. */

const secret = 'a secret of thirty-two characters!'
let house: House
let browser: Browser
const lines: Line[] = []

beforeAll(async () => {
  // The same port after a restart: a page does not look for another.
  house = await openHouse({
    DIRECT_LINE_SECRET: secret,
    PORT: String(await freePort()),
    UPLOADS: 'on',
  })
})
beforeEach(() => {
  browser = new Browser()
})
afterEach(() => {
  for (const line of lines.splice(0)) line.stop()
})
afterAll(async () => {
  await house.close()
})

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  server.close()
  await once(server, 'close')
  return port
}

/** A page of this browser, as it is loaded. */
function open(more: Partial<LineOptions> = {}): Line {
  const line = createLine({
    base: house.url,
    fetch,
    // A browser's socket does not throw when it breaks.
    openSocket: (url) => new WebSocket(url).on('error', () => undefined) as unknown as SocketLike,
    ...browser.tab(),
    now: Date.now,
    setTimer: (ms, then) => {
      const timer = setTimeout(then, ms)
      return () => clearTimeout(timer)
    },
    isOnline: () => true,
    locale: 'en-GB',
    ...more,
  })
  lines.push(line)
  line.start()
  return line
}

const greeted = async (line: Line): Promise<Line> => {
  await until('the greeting', () => line.state.activities.length > 0)
  return line
}

/** Says something, and waits for the answer to it. */
async function say(line: Line, text: string, value?: unknown): Promise<void> {
  const id = line.send({ text, value })
  const echo = () =>
    line.state.activities.findIndex(({ channelData }) => channelData?.clientActivityID === id)
  await until(`an answer to ${text}`, () => {
    const at = echo()
    return at >= 0 && line.state.activities.slice(at).some(({ from }) => from.role === 'bot')
  })
}

const user = (sub: string, key = secret) =>
  jwt.sign({ sub, exp: Math.floor((Date.now() + house.clock.ahead) / 1000) + 60 }, key)
const own = (line: Line) =>
  line.state.activities
    .filter(({ type, from }) => type === 'message' && from.role === 'user')
    .map(({ text }) => text)

test('talks to the bot: the greeting, a question, a press, and what stands', async () => {
  const line = await greeted(open())
  await until('a socket', () => line.state.transport === 'socket')
  await say(line, 'my shared album is stuck on waiting')
  const reply = line.state.activities.at(-1)?.channelData?.fixladder
  if (reply?.kind !== 'ask') throw new Error(`no question: ${JSON.stringify(reply)}`)
  const { ask, buttons } = reply
  const [button] = buttons
  await say(line, button?.label ?? '', {
    ...(reply.case && { case: reply.case }),
    ask,
    answer: button?.answer,
  })
  expect(line.state.activities.at(-1)?.channelData).toMatchObject({
    author: { kind: 'bot' },
    fixladder: { kind: 'rung', number: 1 },
  })
  await until('what stands', () => line.state.standing !== undefined)
  expect(line.state.standing).toMatchObject({ holder: 'bot', language: 'en' })
  expect([line.state.connection, line.state.outbox]).toEqual(['open', []])
})

test('goes on over a restart of the server, with what was written meanwhile', async () => {
  const line = await greeted(open())
  await say(line, 'hello')
  await until('a socket', () => line.state.transport === 'socket')
  const before = shown(line)
  const restarted = house.restart()
  await until('the loss', () => line.state.transport === 'poll')
  for (const text of ['one', 'two', 'three']) line.send({ text })
  await restarted
  await until('all that was written', () => line.state.outbox.length === 0)
  expect(own(line)).toEqual(['hello', 'one', 'two', 'three'])
  expect(shown(line).slice(0, before.length)).toEqual(before)
  await until('a socket', () => line.state.transport === 'socket')
  expect(line.state.connection).toBe('open')
  await say(line, 'four')
})

test('goes on after a night in which the token ended', async () => {
  const line = await greeted(open())
  await say(line, 'good night')
  house.clock.ahead += 9 * 3600_000
  await say(line, 'good morning')
  expect(own(line)).toEqual(['good night', 'good morning'])
  expect(line.state.connection).toBe('open')
})

test('a reload takes the conversation up, with what did not go out before', async () => {
  const first = await greeted(open())
  await say(first, 'hello')
  const { conversationId } = first.state
  first.stop()
  const away = open({ fetch: () => Promise.reject(new TypeError('Failed to fetch')) })
  away.send({ text: 'from the tunnel' })
  away.stop()
  const again = open()
  await until('what waited', () => own(again).includes('from the tunnel'))
  expect(again.state).toMatchObject({ conversationId, isBack: true, outbox: [] })
  expect(shown(again)).toContain('hello')
})

test('where no socket gets through, requests do', async () => {
  const line = await greeted(
    open({
      openSocket: () => {
        throw new Error('blocked')
      },
    }),
  )
  await say(line, 'hello')
  expect([line.state.connection, line.state.transport]).toEqual(['open', 'poll'])
})

test('renewing begins another; the return link opens the first again', async () => {
  const line = await greeted(open())
  await say(line, 'the first')
  const link = line.returnLink()
  await line.renew()
  await until('the new greeting', () => line.state.activities.length === 1)
  await say(line, 'the second')
  expect(own(line)).toEqual(['the second'])
  expect(await line.openLink(`${link.slice(link.indexOf('#') + 1)}`)).toBe('opened')
  await until('the first', () => own(line).includes('the first'))
  expect(await line.openLink('x'.repeat(43))).toBe('failed')
  expect(own(line)).toEqual(['the first'])
})

test('a flood is slowed down, and all of it arrives in order', async () => {
  const line = await greeted(open())
  const texts = Array.from({ length: 14 }, (_, index) => `line ${index}`)
  for (const text of texts) line.send({ text })
  await until('all of it', () => line.state.outbox.length === 0)
  expect(own(line)).toEqual(texts)
})

test('forgetting erases it for every tab, and the next message begins anew', async () => {
  const line = await greeted(open())
  const other = await greeted(open())
  await say(line, 'my number is 12345')
  await until('the same in the other', () => own(other).length === 1)
  const link = line.returnLink()
  await line.forget()
  await until('the other to hear of it', () => other.state.connection === 'ended')
  for (const each of [line, other])
    expect(each.state).toMatchObject({ connection: 'ended', activities: [] })
  expect(await line.openLink(link.slice(link.indexOf('#') + 1))).toBe('failed')
  await say(line, 'something else')
  expect(own(line)).toEqual(['something else'])
})

test('a conversation that was erased elsewhere has ended here', async () => {
  const line = await greeted(open())
  await say(line, 'old words')
  const elsewhere = new Browser()
  const secretOf = line.returnLink().split('#')[1] ?? ''
  elsewhere.setItem('fixladder:resume', secretOf)
  const other = await greeted(open(elsewhere.tab()))
  await other.forget()
  await until('the end', () => line.state.connection === 'ended')
  expect(own(line)).toEqual(['old words'])
  await say(line, 'new words')
  expect(own(line)).toEqual(['old words', 'new words'])
})

test('people whom the page names have conversations of their own', async () => {
  const line = await greeted(open({ userToken: user('ada') }))
  await say(line, 'I am Ada')
  line.setUser(user('ben'))
  await until('another', () => own(line).length === 0 && line.state.activities.length > 0)
  line.setUser(user('ada'))
  await until('what Ada said', () => own(line).includes('I am Ada'))
  line.setUser(user('eve', 'a secret that is not the server’s own'))
  await until('a refusal', () => line.state.connection === 'refused')
  expect(line.state.activities).toEqual([])
})

test('a picture goes once, however the way breaks, keeps its place, and is in no storage', async () => {
  const shares: number[] = []
  let broken = 2
  const line = await greeted(
    open({
      upload: async (url, init, onProgress) => {
        onProgress(0.5)
        shares.push(line.state.outbox[0]?.progress ?? -1)
        broken -= 1
        // Once the request is lost, once its answer.
        if (broken === 1) throw new Error('The network is gone.')
        const response = await fetch(url, init)
        if (broken === 0) throw new Error('The network is gone.')
        return response
      },
    }),
  )
  const files = [
    { name: 'screen.png', blob: new Blob([new Uint8Array(png)], { type: 'image/png' }) },
  ]
  line.send({ text: 'like this', files })
  line.send({ text: 'and then' })
  expect([...browser.kept.values()].join()).not.toMatch(/like this|screen/)
  await until('both have gone', () => line.state.outbox.length === 0)
  expect(own(line)).toEqual(['like this', 'and then'])
  const [sent] = line.state.activities.flatMap(({ attachments = [] }) => attachments)
  expect(sent).toMatchObject({ contentType: 'image/png', name: 'screen.png' })
  const answer = await fetch(new URL(sent?.contentUrl ?? '', house.url))
  expect(Buffer.from(await answer.arrayBuffer())).toEqual(png)
  // A third time only if its echo was not quicker.
  expect(shares.slice(0, 2)).toEqual([0.5, 0.5])
})

test('a file that the server refuses says why, and can be dropped', async () => {
  const line = await greeted(open())
  const files = [{ name: 'a.png', blob: new Blob(['no picture at all']) }]
  const id = line.send({ text: '', files })
  await until('the refusal', () => line.state.outbox[0]?.state === 'failed')
  expect(line.state.outbox).toMatchObject([{ id, reason: 'UnknownKind', files }])
  line.drop(id)
  expect(line.state.outbox).toEqual([])
})
