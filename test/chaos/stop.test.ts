import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer, request, type ClientRequest, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { openStream } from '../direct-line/requests'
import { createKey } from '../teams/microsoft'
import { bearer, message } from '../teams/stage'
import { publishedAt, settingsFor } from './connector'
import { examineFile } from './database'
import { DirectLine } from './direct-line'
import { startServer, type Running, type Starting } from './server'

/** SIGTERM on the built server, with everything under way that can be. */

const visitors = 40
const socketsOfEach = 5
const secret = 'kZ2vQ8xW4nR7tB1mC6yH9dF3sJ5gL0pA'
/** All of it is over within so many milliseconds. */
const mostMs = 10_000

let dataDir: string
let newest: Starting
let others: Awaited<ReturnType<typeof startOthers>>
beforeEach(async () => {
  dataDir = mkdtempSync(join(tmpdir(), 'fixladder-stop-'))
  others = await startOthers()
})
afterEach(async () => {
  await newest.kill()
  await others.close()
  rmSync(dataDir, { recursive: true, force: true })
})

/** Webhooks and a connector that take every call and never answer one; only the keys are given out. */
async function startOthers() {
  const key = createKey('local-key', ['msteams'])
  const asked: string[] = []
  const server = createServer((incoming, response) => {
    const { url = '' } = incoming
    const found = publishedAt(url, key, origin)
    if (found) return void response.end(JSON.stringify(found))
    incoming.resume()
    asked.push(url)
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  return {
    key,
    origin,
    asked,
    settings: {
      HANDOFF_WEBHOOK_URL: `${origin}/handoff`,
      DESK_WEBHOOK_URL: `${origin}/desk`,
      DESK_WEBHOOK_SECRET: secret,
      ...settingsFor(origin),
    },
    async close() {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}

const start = async (settings: Readonly<Record<string, string>> = {}): Promise<Running> => {
  newest = startServer(dataDir, settings)
  return newest.ready
}

/** A message whose second half is still to come. */
function halfSaid(port: number, conversation: string, token: string) {
  const body = JSON.stringify({ type: 'message', text: 'said across the end' })
  const asking = request({
    host: '127.0.0.1',
    port,
    method: 'POST',
    path: `/v3/directline/conversations/${conversation}/activities`,
    headers: {
      authorization: `Bearer ${token}`,
      'content-type': 'application/json',
      'content-length': Buffer.byteLength(body),
    },
  })
  // Of a server that ends at once it hears nothing more.
  asking.on('error', () => undefined)
  asking.write(body.slice(0, 20))
  return { asking, rest: body.slice(20) }
}

const answerTo = async (asking: ClientRequest): Promise<number | undefined> => {
  const [answer] = (await once(asking, 'response')) as [IncomingMessage]
  await text(answer)
  return answer.statusCode
}

/** The status of an address, or undefined when nobody listens any more. */
const statusOf = (port: number, path: string): Promise<number | undefined> =>
  fetch(`http://127.0.0.1:${port}${path}`, { headers: { connection: 'close' } }).then(
    async (response) => {
      await response.text()
      return response.status
    },
    () => undefined,
  )

async function until(what: string, holds: () => boolean): Promise<void> {
  for (let tries = 0; tries < 3_000; tries += 1) {
    if (holds()) return
    await new Promise((resolve) => setTimeout(resolve, 10))
  }
  throw new Error(`Waited in vain: ${what}`)
}

/** Sockets, a message half said, a case for two webhooks and an answer for Teams that nobody takes. */
async function fillUp(server: Running) {
  const line = new DirectLine(server.port)
  const streams: ReturnType<typeof openStream>[] = []
  let last = { token: '', conversationId: '', resume: '' }
  for (let visitor = 0; visitor < visitors; visitor += 1) {
    last = await line.token()
    const { token, conversationId } = last
    await line.start(token)
    for (let socket = 0; socket < socketsOfEach; socket += 1) {
      const opened = await fetch(
        `http://127.0.0.1:${server.port}/v3/directline/conversations/${conversationId}`,
        { headers: { authorization: `Bearer ${token}` } },
      )
      const { streamUrl } = (await opened.json()) as { streamUrl: string }
      streams.push(openStream(streamUrl))
    }
  }
  expect(await Promise.all(streams.map(({ opened }) => opened))).toEqual(streams.map(() => 101))
  await line.say(last.conversationId, last.token, { key: 'person', text: 'talk to a person' })
  // Before the rest, so that it has long begun when the signal comes.
  const half = halfSaid(server.port, last.conversationId, last.token)
  const serviceUrl = `${others.origin}/connector`
  const written = await fetch(`http://127.0.0.1:${server.port}/api/messages`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      authorization: bearer({ serviceurl: serviceUrl }, { key: others.key }),
    },
    body: JSON.stringify(message({ serviceUrl })),
  })
  expect(written.status).toBe(200)
  for (const path of ['/handoff', '/desk', '/connector'])
    await until(path, () => others.asked.some((asked) => asked.startsWith(path)))
  line.close()
  return { streams, last, half }
}

test('it ends in order within ten seconds, whatever is under way, and nothing that was acknowledged is lost', async () => {
  const server = await start(others.settings)
  expect(await statusOf(server.port, '/readyz')).toBe(200)
  const { streams, last, half } = await fillUp(server)
  const reasons = streams.map(
    ({ socket }) =>
      new Promise<string>((resolve) =>
        socket.once('close', (code, reason: Buffer) => resolve(`${code} ${reason.toString()}`)),
      ),
  )

  const begun = performance.now()
  server.signal('SIGTERM')
  // The first sign that it was heard is also the first answer of the load balancer's.
  let ready = await statusOf(server.port, '/readyz')
  while (ready === 200) ready = await statusOf(server.port, '/readyz')
  expect(ready).toBe(503)
  const health: (number | undefined)[] = []
  const watching = (async () => {
    for (;;) {
      const seen = await statusOf(server.port, '/healthz')
      if (seen === undefined) return
      health.push(seen)
      await new Promise((resolve) => setTimeout(resolve, 50))
    }
  })()
  expect(await statusOf(server.port, '/webchat')).toBe(503)
  expect(await statusOf(server.adminPort, '/api/incidents')).toBe(503)
  expect(await statusOf(server.adminPort, '/readyz')).toBe(503)
  half.asking.end(half.rest)
  expect(await answerTo(half.asking)).toBe(200)

  const waits = (await Promise.all(reasons)).map((reason) =>
    Number(/^1012 The server restarts\. Come back in (\d+) ms\.$/.exec(reason)?.[1]),
  )
  expect(Math.min(...waits)).toBeGreaterThanOrEqual(500)
  expect(Math.max(...waits)).toBeLessThanOrEqual(5_000)
  // Spread, not all at one moment.
  expect(new Set(waits.map((ms) => Math.floor(ms / 1_000))).size).toBeGreaterThanOrEqual(4)
  expect(await server.ended).toBe(0)
  const ms = performance.now() - begun
  await watching
  process.stdout.write(
    `SIGTERM: ${streams.length} sockets, over after ${Math.round(ms)} ms, ${health.length} times healthy meanwhile\n`,
  )
  expect(ms).toBeLessThan(mostMs)
  expect(health.length).toBeGreaterThan(1)
  expect(health.every((status) => status === 200)).toBe(true)
  expect(examineFile(dataDir)).toMatchObject({ integrity: 'ok', withGaps: 0, answeredTwice: 0 })

  const next = await start()
  const line = new DirectLine(next.port)
  const { token } = await line.token(last.resume)
  await line.start(token)
  const { activities } = await line.read(last.conversationId, token, '')
  expect(activities.map((each) => each.text)).toContain('said across the end')
  line.close()
})

test('with nothing under way it is gone at once', async () => {
  const server = await start()
  const begun = performance.now()
  server.signal('SIGTERM')
  expect(await server.ended).toBe(0)
  expect(performance.now() - begun).toBeLessThan(mostMs / 3)
})

test('a second signal is not waited for', async () => {
  const server = await start(others.settings)
  await fillUp(server)
  server.signal('SIGTERM')
  // An echo of the first, as a terminal and npm make it, is none.
  server.signal('SIGINT')
  let ready = await statusOf(server.port, '/readyz')
  while (ready === 200) ready = await statusOf(server.port, '/readyz')
  expect(ready).toBe(503)
  const again = setInterval(() => server.signal('SIGINT'), 100)
  const code = await server.ended
  clearInterval(again)
  expect(code).toBe(1)
  // What was acknowledged is there all the same.
  await start()
  await newest.kill()
  expect(examineFile(dataDir)).toMatchObject({ integrity: 'ok', withGaps: 0, answeredTwice: 0 })
})
