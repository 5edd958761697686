import { once } from 'node:events'
import { createServer, type IncomingMessage, type Server } from 'node:http'
import { connect, type AddressInfo, type Socket } from 'node:net'
import { cutAfter, readChunks, type ChunkLimits } from '../../src/http/chunks'

/** Large bodies as they come, by limits of their own. */

const limits = { bytes: 1000, idleMs: 150, ms: 2000 }
let server: Server
let take: (request: IncomingMessage) => Promise<unknown>
let outcome: Promise<unknown>
const sockets: Socket[] = []

beforeAll(async () => {
  server = createServer((request, response) => {
    outcome = take(request).catch((error: unknown) => error)
    void outcome.then(() => response.end('done'))
  })
  await once(server.listen(0, '127.0.0.1'), 'listening')
})
afterEach(() => {
  for (const socket of sockets.splice(0)) socket.destroy()
})
afterAll(() => server.close())

async function send(headers: string, body = '') {
  const socket = connect((server.address() as AddressInfo).port, '127.0.0.1')
  sockets.push(socket)
  socket.on('error', () => undefined)
  await once(socket, 'connect')
  const asked = once(server, 'request')
  socket.write(`POST / HTTP/1.1\r\nHost: localhost\r\n${headers}\r\n\r\n${body}`)
  await asked
  return socket
}
const readAll = async (request: IncomingMessage, within: ChunkLimits = limits) => {
  let bytes = ''
  for await (const chunk of readChunks(request, within)) bytes += chunk.toString()
  return bytes
}
const refused = (status: number) =>
  expect.objectContaining({ answer: expect.objectContaining({ status }) })

test('a body comes whole, and the next piece waits until the one before was dealt with', async () => {
  take = (request) => readAll(request)
  const socket = await send('Content-Length: 10', 'hello')
  socket.write('world')
  expect(await outcome).toBe('helloworld')
  await send('Content-Length: 0')
  expect(await outcome).toBe('')
})

test('what is too much, packed, cut off or stands still is refused', async () => {
  take = (request) => readAll(request)
  await send('Content-Length: 1001')
  expect(await outcome).toEqual(refused(413))
  await send('Content-Length: 5\r\nContent-Encoding: gzip')
  expect(await outcome).toEqual(refused(415))
  await send('Transfer-Encoding: chunked', `7d0\r\n${'x'.repeat(2000)}\r\n`)
  expect(await outcome).toEqual(refused(413))
  await send('Content-Length: 10', 'half')
  expect(await outcome).toEqual(refused(408))
  const socket = await send('Content-Length: 10', 'half')
  socket.destroy()
  expect(await outcome).toEqual(refused(400))
})

test('who sends a little now and then is cut at the end of the whole time', async () => {
  take = (request) => readAll(request, { ...limits, ms: 400 })
  const socket = await send('Content-Length: 500', 'x')
  const drip = setInterval(() => socket.write('x'), 50)
  expect(await outcome).toEqual(refused(408))
  clearInterval(drip)
})

test('who sends less than the least is cut, and the time that we take is not counted', async () => {
  take = (request) => readAll(request, { ...limits, ms: 20_000, leastPerSecond: 200 })
  const slow = await send('Content-Length: 500', 'x')
  // Never idle: some 20 bytes a second.
  const drip = setInterval(() => slow.write('x'), 50)
  expect(await outcome).toEqual(refused(408))
  clearInterval(drip)

  take = async (request) => {
    let bytes = 0
    for await (const chunk of readChunks(request, { ...limits, leastPerSecond: 200 })) {
      bytes += chunk.length
      await new Promise((resolve) => setTimeout(resolve, 300))
    }
    return bytes
  }
  const quick = await send('Content-Length: 10', 'hello')
  setTimeout(() => quick.write('world'), 20)
  expect(await outcome).toBe(10)
})

test('a body that nobody reads ends the connection, and one that is read does not', async () => {
  take = (request) => {
    cutAfter(request, 50)
    return new Promise(() => undefined)
  }
  const unread = await send('Content-Length: 10', 'half')
  await once(unread, 'close')

  take = (request) => {
    cutAfter(request, 50)
    return readAll(request, { ...limits, idleMs: 5000 })
  }
  const read = await send('Content-Length: 10', 'hello')
  await new Promise((resolve) => setTimeout(resolve, 150))
  read.write('world')
  expect(await outcome).toBe('helloworld')
})
