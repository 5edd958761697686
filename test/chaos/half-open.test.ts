import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { openStream, startVisitor, until } from '../direct-line/requests'
import { startServer } from '../direct-line/start-server'

/** Clients that are still there for the network, and never answer again: their process is stopped. */

const visitors = 20
/** The server pings every 25 seconds, and takes who has not answered by the next ping to be gone. */
const pingMs = 26_000

/** Opens a socket for each address and waits. */
const client = `
  const { WebSocket } = require('ws')
  const sockets = process.argv.slice(1).map((address) => new WebSocket(address))
  let open = 0
  for (const socket of sockets)
    socket.on('open', () => ++open === sockets.length && process.stdout.write('open'))
`

test('sockets of a client that is stopped are found and closed, and the others stay', async () => {
  const clock = { ahead: 0 }
  const server = await startServer({ now: () => Date.now() + clock.ahead })
  const stopped = await Promise.all(Array.from({ length: visitors }, () => startVisitor(server)))
  const well = await Promise.all(Array.from({ length: visitors }, () => startVisitor(server)))
  const streams = well.map(({ streamUrl }) => openStream(streamUrl))
  const process = spawn('node', ['-e', client, ...stopped.map(({ streamUrl }) => streamUrl)], {
    cwd: join(__dirname, '../..'),
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  try {
    await new Promise((resolve) => process.stdout.once('data', resolve))
    expect(await Promise.all(streams.map(({ opened }) => opened))).toEqual(well.map(() => 101))
    process.kill('SIGSTOP')
    const pinged = () =>
      Promise.all(
        streams.map(
          ({ socket }) =>
            new Promise((resolve, reject) => {
              socket.once('ping', resolve)
              socket.once('close', () => reject(new Error('One that is well was cut off.')))
            }),
        ),
      )
    const here = (of: readonly { readonly conversationId: string }[]) =>
      of.filter(({ conversationId }) => server.presence.isHere(conversationId)).length

    const first = pinged()
    clock.ahead += pingMs
    await first
    // Both ends live in this process: the answers are read before the clock goes on, or the well ones look gone, too.
    await sleep(200)
    // Nobody is given up before they had their time.
    expect(here(stopped)).toBe(visitors)
    const second = pinged()
    clock.ahead += pingMs
    await second
    await until('the stopped ones are gone', () => here(stopped) === 0)
    expect(here(well)).toBe(visitors)
    global.process.stdout.write(
      `half-open sockets: ${visitors} of a stopped process found at the second ping, ${visitors} others kept\n`,
    )
  } finally {
    process.kill('SIGKILL')
    for (const { socket } of streams) socket.terminate()
    await server.close()
  }
}, 60_000)
