import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { connect, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { Conversations, type NewRow } from '../../src/conversations'
import { SqliteDatabase } from '../../src/storage/sqlite/database'
import { check, tell } from './checker/check'
import { readStored, untilAnswered } from './database'
import { DirectLine } from './direct-line'
import { Follower } from './follower'
import { Record } from './record'
import { startServer, type Running } from './server'
import { Visitor } from './visitor'

/**
 * Clients that open a stream of a long conversation and read nothing of it: more than the system keeps for them.
 * `SLOW_READERS=100 npm run test:chaos -- chaos/slow` is the long run.
 */
const readers = Number(process.env.SLOW_READERS ?? 20)
/** Sockets that one conversation may have open. */
const socketsEach = 5
/** What is in a long conversation: some six megabytes. */
const rows = 800
const row: Omit<NewRow, 'at'> = {
  kind: 'activity',
  audience: ['person', 'agents'],
  body: {
    type: 'message',
    from: { id: 'fixladder', role: 'bot' },
    text: 'a long story '.repeat(600),
  },
}
const livelyVisitors = 8
/** As many read all of it before: what that takes is not what the slow ones cost. */
const warmUps = 2
/** By how much the server may grow for all of them, in bytes. */
const mostGrowth = 96 * 1024 * 1024
/** Each is given ten seconds to take something; all are gone within so many milliseconds. */
const goneWithinMs = 30_000

test(`${readers} clients that do not read are cut off, and cost the others nothing`, async () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'fixladder-slow-'))
  const record = new Record()
  let newest = startServer(dataDir)
  const slow: Socket[] = []
  try {
    const first = await newest.ready
    const talks = await begin(first, Math.ceil(readers / socketsEach))
    first.signal('SIGTERM')
    await first.ended
    await fill(dataDir, talks)
    newest = startServer(dataDir)
    const server = await newest.ready
    const line = new DirectLine(server.port)

    const visitors = Array.from(
      { length: livelyVisitors },
      (_none, index) => new Visitor({ name: `v${index}`, record, hasStream: true, onAck: count }),
    )
    const writing = Promise.all(visitors.map((visitor) => visitor.write(line)))
    const all = talks.flatMap((talk) => Array.from({ length: socketsEach }, () => talk))
    for (let time = 0; time < warmUps; time += 1) {
      await Promise.all(all.map((talk) => readThrough(line, record, talk)))
      // Until the server has seen that they have gone.
      await sleep(500)
    }
    const before = { bytes: bytesOf(server), acks }
    const measured = performance.now()
    slow.push(...(await Promise.all(all.map((talk) => openAndStare(line, talk)))))
    const ports = new Set(slow.map(({ localPort = 0 }) => localPort))
    let most = 0
    await until(() => {
      most = Math.max(most, bytesOf(server))
      return openTo(server, ports) === 0
    }, goneWithinMs)
    const tookMs = performance.now() - measured
    const perSecond = ((acks - before.acks) / tookMs) * 1_000

    // Each of them can go on from where they were, and a reader who reads gets all of it.
    await Promise.all(talks.map((talk) => readThrough(line, record, talk)))
    await server.kill()
    await writing
    line.close()

    newest = startServer(dataDir)
    await newest.ready
    await untilAnswered(dataDir)
    await newest.kill()
    const report = check(record.with(readStored(dataDir)))
    process.stdout.write(
      `slow readers: ${readers} that read nothing, all cut off after ${(tookMs / 1_000).toFixed(1)} s, the server grew by ` +
        `${((most - before.bytes) / 1024 / 1024).toFixed(0)} MB, the others had ${perSecond.toFixed(0)} answers a second; ${tell(report)}\n`,
    )
    expect(report.faults).toEqual([])
    expect(most - before.bytes).toBeLessThan(mostGrowth)
    expect(acks - before.acks).toBeGreaterThan(0)
  } finally {
    for (const socket of slow) socket.destroy()
    await newest.kill()
    rmSync(dataDir, { recursive: true, force: true })
  }
})

let acks = 0
const count = () => {
  acks += 1
}

interface Talk {
  readonly id: string
  readonly token: string
}

async function begin({ port }: Running, talks: number): Promise<Talk[]> {
  const line = new DirectLine(port)
  const begun: Talk[] = []
  for (let each = 0; each < talks; each += 1) {
    const { token, conversationId: id } = await line.token()
    await line.start(token)
    begun.push({ id, token })
  }
  line.close()
  return begun
}

/** Writes long conversations at once; by messages it would take hours. */
async function fill(dataDir: string, talks: readonly Talk[]): Promise<void> {
  const database = await SqliteDatabase.open(join(dataDir, 'fixladder.db'))
  const conversations = new Conversations(database)
  for (const { id } of talks)
    await Promise.all(
      Array.from({ length: rows }, () => conversations.append(id, { ...row, at: Date.now() })),
    )
  await database.close()
}

/** Follows a long conversation from its beginning to its end. */
async function readThrough(line: DirectLine, record: Record, { id, token }: Talk): Promise<void> {
  const follower = new Follower(record, `reads ${id}`, id)
  await follower.open(line, token, { reachesEnd: true })
  // The beginning and the greeting came before them.
  await until(() => follower.seq === rows + 2, goneWithinMs)
  await follower.close()
}

/** Opens a stream from the beginning by hand, and takes nothing of it but the first bytes. */
async function openAndStare(line: DirectLine, { id, token }: Talk): Promise<Socket> {
  const { streamUrl } = await line.reconnect(id, token, '0')
  const { hostname, port, pathname, search, host } = new URL(streamUrl)
  const socket = connect({ host: hostname, port: Number(port) })
  socket.on('error', () => undefined)
  const opened = new Promise<string>((resolve) =>
    socket.once('data', (bytes: Buffer) => {
      socket.pause()
      resolve(bytes.toString('latin1'))
    }),
  )
  socket.write(
    [
      `GET ${pathname}${search} HTTP/1.1`,
      `Host: ${host}`,
      'Connection: Upgrade',
      'Upgrade: websocket',
      'Sec-WebSocket-Version: 13',
      'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==',
      '\r\n',
    ].join('\r\n'),
  )
  expect((await opened).slice(0, 12)).toBe('HTTP/1.1 101')
  return socket
}

/** The memory that the server has, in bytes. */
function bytesOf({ pid }: Running): number {
  const [, kilobytes] = /VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? []
  return Number(kilobytes) * 1024
}

/** How many of these clients the server still has a connection to. */
function openTo({ port }: Running, clients: ReadonlySet<number>): number {
  const lines = readFileSync('/proc/net/tcp', 'utf8').split('\n').slice(1)
  const portOf = (address = '') => Number.parseInt(address.slice(address.indexOf(':') + 1), 16)
  return lines.filter((line) => {
    const [, local, remote, state] = line.trim().split(/\s+/)
    return state === established && portOf(local) === port && clients.has(portOf(remote))
  }).length
}
const established = '01'

async function until(isSo: () => boolean, ms: number): Promise<void> {
  const end = performance.now() + ms
  while (!isSo()) {
    if (performance.now() > end) throw new Error(`Waited in vain for ${isSo.toString()}`)
    await sleep(50)
  }
}
