import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import { connect, type AddressInfo, type Socket } from 'node:net'
import { Readable } from 'node:stream'
import { writeAnswer } from '../../src/http/answer'

/** Large answers, to readers who take them and to some who do not. */

const bytes = 64_000_000
let server: Server
let file: Readable
let written: Promise<void>
let socket: Socket
let patience: number
const piece = Buffer.alloc(64_000)

beforeAll(async () => {
  server = createServer((_, response) => {
    let left = bytes / piece.length
    file = new Readable({
      read() {
        this.push(left > 0 ? piece : null)
        left -= 1
      },
    })
    written = writeAnswer(response, { status: 200, stream: { bytes, open: () => file } }, patience)
  })
  await once(server.listen(0, '127.0.0.1'), 'listening')
})
afterEach(() => socket.destroy())
afterAll(() => server.close())

async function ask() {
  socket = connect((server.address() as AddressInfo).port, '127.0.0.1').pause()
  await once(socket, 'connect')
  const asked = once(server, 'request')
  socket.write('GET / HTTP/1.1\r\nHost: localhost\r\n\r\n')
  await asked
}

test('a reader who takes nothing is ended, and the file is closed', async () => {
  patience = 150
  await ask()
  const closed = once(socket, 'close')
  await written
  expect([file.destroyed, file.readableEnded]).toEqual([true, false])
  socket.on('error', () => undefined).resume()
  await closed
})

test('a reader who takes it slowly has all of it', async () => {
  patience = 1000
  await ask()
  let taken = 0
  let pauses = 0
  const whole = new Promise<void>((resolve) =>
    socket.on('data', (chunk) => {
      taken += chunk.length
      if (taken > bytes) resolve()
      // Longer in all than anybody may stand still.
      if (taken < (pauses + 1) * 8_000_000 || pauses >= 6) return
      pauses += 1
      socket.pause()
      setTimeout(() => socket.resume(), 200)
    }),
  )
  socket.resume()
  await whole
  await written
  expect([file.readableEnded, pauses]).toEqual([true, 6])
})
