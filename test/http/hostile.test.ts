import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { rmSync } from 'node:fs'
import { connect, type Socket } from 'node:net'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { gzipSync } from 'node:zlib'
import { build } from 'esbuild'
import { openStream, startVisitor } from '../direct-line/requests'
import { createFolder, removeFolder } from '../direct-line/store'

/** Requests that end a server built on the stock parts. Each gets a 4xx here, and the process goes on. */

/** Beside the storage worker, which it starts. */
const script = join(__dirname, `../../dist/hostile-${process.pid}.js`)
const folder = createFolder()
let child: ChildProcess
let port: number
let noise = ''

beforeAll(async () => {
  await build({
    entryPoints: [join(__dirname, 'child-server.ts')],
    outfile: script,
    bundle: true,
    platform: 'node',
    packages: 'external',
    logLevel: 'silent',
  })
  child = spawn(process.execPath, [script, folder], { stdio: ['ignore', 'pipe', 'pipe'] })
  child.stderr?.on('data', (chunk) => (noise += String(chunk)))
  const [line] = await once(child.stdout!, 'data')
  port = Number(line)
})

afterAll(async () => {
  child.kill('SIGKILL')
  await once(child, 'exit')
  rmSync(script)
  removeFolder(folder)
})

afterEach(async () => {
  expect(
    await status(`GET /healthz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n`),
  ).toBe(200)
  expect([child.exitCode, child.signalCode, noise]).toEqual([null, null, ''])
})

const open = async (): Promise<Socket> => {
  const socket = connect(port, '127.0.0.1')
  socket.on('error', () => socket.destroy())
  await once(socket, 'connect')
  return socket
}

/** Sends bytes as they are and reads until the other side has said enough for a status line and its body. */
async function send(...parts: readonly (string | Buffer)[]): Promise<string> {
  const socket = await open()
  for (const part of parts) socket.write(part)
  let heard = ''
  const ended = once(socket, 'close')
  socket.on('data', (chunk) => {
    heard += String(chunk)
    const [head, body] = heard.split('\r\n\r\n')
    const length = /content-length: (\d+)/i.exec(head ?? '')?.[1]
    if (body !== undefined && Buffer.byteLength(body) >= Number(length ?? 0)) socket.destroy()
  })
  await ended
  return heard
}

const status = async (...parts: readonly (string | Buffer)[]): Promise<number> =>
  Number((await send(...parts)).split(' ')[1])

const get = (target: string, headers = ''): string =>
  `GET ${target} HTTP/1.1\r\nHost: localhost:1\r\n${headers}\r\n`

const post = (
  path: string,
  body: string | Buffer,
  headers = 'Content-Type: application/json\r\n',
) => [
  `POST ${path} HTTP/1.1\r\nHost: localhost:1\r\n${headers}Content-Length: ${Buffer.byteLength(body)}\r\n\r\n`,
  body,
]

const upgrade = (path: string, more = '') =>
  get(
    path,
    `Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n${more}`,
  )

describe('bodies', () => {
  const json = 'Content-Type: application/json\r\n'
  const path = '/api/chat/token'

  test('an encoded body, good or bad, is refused unread', async () => {
    for (const body of [
      'not gzip at all',
      gzipSync('{}'),
      gzipSync(Buffer.alloc(1e7)).subarray(0, 99),
    ])
      expect(await status(...post(path, body, `${json}Content-Encoding: gzip\r\n`))).toBe(415)
  })

  test('other types are refused: forms, multipart, CSV, JSON in another charset', async () => {
    for (const type of [
      'application/x-www-form-urlencoded',
      'multipart/form-data; boundary=x',
      'text/csv',
      'application/json; charset=utf-16',
      'application/jsonp',
    ])
      expect(await status(...post(path, '{}', `Content-Type: ${type}\r\n`))).toBe(415)
  })

  test('a refused sender is heard out before the connection closes, so that no reset takes the answer', async () => {
    const close = 'Content-Type: multipart/form-data; boundary=x\r\nConnection: close\r\n'
    const [head, body] = post(path, 'x'.repeat(300_000), close)
    const socket = await open()
    const heard: string[] = []
    socket.on('data', (chunk) => heard.push(String(chunk)))
    socket.on('error', (error) => heard.push(error.message))
    const ended = once(socket, 'close')
    socket.write(head!)
    await sleep(50)
    expect(heard).toEqual([])
    socket.write(body!)
    await ended
    expect(heard).toEqual([expect.stringMatching(/^HTTP\/1.1 415 /)])
  })

  test('a body too large is refused, announced or not', async () => {
    const large = `"${'x'.repeat(70_000)}"`
    expect(await status(...post(path, large))).toBe(413)
    const chunked = `POST ${path} HTTP/1.1\r\nHost: localhost\r\n${json}Transfer-Encoding: chunked\r\n\r\n`
    const chunk = `4000\r\n${'x'.repeat(0x4000)}\r\n`
    expect(await status(chunked, ...Array<string>(6).fill(chunk))).toBe(413)
  })

  test('a body that trickles in is refused', async () => {
    const [head] = post(path, '{"resume":"x"}')
    expect(await status(head!, '{"res')).toBe(408)
  })

  test('a body that stops half-way is forgotten', async () => {
    const [head] = post(path, '{"resume":"x"}')
    for (const end of ['destroy', 'resetAndDestroy', 'end'] as const) {
      const socket = await open()
      let heard = ''
      socket.on('data', (chunk) => (heard += String(chunk)))
      socket.write(head!)
      socket.write('{"res')
      await sleep(20)
      socket[end]()
      await once(socket, 'close')
      expect(heard).toMatch(/^$|^HTTP\/1\.1 400 /)
    }
  })

  test('what is not JSON, not UTF-8 or too deep is refused', async () => {
    const deep = (depth: number) => '['.repeat(depth) + ']'.repeat(depth)
    for (const body of ['{', '', ' ', 'undefined', "{'a':1}", Buffer.from('"\xff"', 'latin1')])
      expect([200, 400]).toContain(await status(...post(path, body)))
    expect(await status(...post(path, '{'))).toBe(400)
    expect(await status(...post(path, Buffer.from('{"resume":"\xff"}', 'latin1')))).toBe(400)
    expect(await status(...post(path, `{"locale":${deep(40)}}`))).toBe(400)
    expect(await status(...post(path, deep(30_000)))).toBe(400)
  })

  test('keys that reach prototypes are dropped', async () => {
    const body =
      '{"__proto__":{"resume":{}},"constructor":{"prototype":{"polluted":1}},"user":{"__proto__":1}}'
    expect(await status(...post(path, body))).toBe(200)
    expect(await status(...post(path, '{}'))).toBe(200)
  })
})

describe('addresses', () => {
  test.each([
    '/%00',
    '/..%2fpackage.json',
    '/assets/..%2f..%2fpackage.json',
    '/../package.json',
    '//evil.example/%2f..',
    '/%',
    '/%c0%ae%c0%ae/',
    '/healthz?a=1&a=2',
    'http://evil.example/healthz',
    '/v3/directline/conversations/%00/activities',
  ])('%s is refused', async (target) => {
    const answer = await send(get(target))
    expect(answer).toMatch(/^HTTP\/1\.1 400 /)
    expect(answer).toContain('{"error":{"code":"BadRequest"')
  })

  test.each(['/api/messages', '/assets/unknown.js', '/assets/', '/package.json'])(
    '%s is not there, and the answer does not repeat it',
    async (target) => {
      const answer = await send(get(target))
      expect(answer).toMatch(/^HTTP\/1\.1 404 /)
      expect(answer).not.toContain(target)
    },
  )

  test('the connector’s address is closed', async () => {
    for (const body of ['{}', '{"type":1}', 'x'])
      expect(await status(...post('/api/messages', body))).toBe(404)
  })

  test('a Host header that is no host is refused', async () => {
    for (const host of ['[', 'a b', 'a/b', '', '%', 'x:99999999'])
      expect(await status(`GET /healthz HTTP/1.1\r\nHost: ${host}\r\n\r\n`)).toBe(400)
    expect(await status('GET /healthz HTTP/1.1\r\n\r\n')).toBe(400)
    expect(await status('GET /healthz HTTP/1.0\r\n\r\n')).toBe(400)
  })

  test('methods that nothing takes are refused', async () => {
    for (const method of ['PUT', 'DELETE', 'PATCH', 'TRACE', 'PROPFIND'])
      expect(await status(`${method} /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n`)).toBe(405)
    for (const path of ['/', '/chat', '/webchat', '/widget.js'])
      for (const method of ['POST', 'PUT', 'DELETE', 'TRACE'])
        expect([
          path,
          await status(`${method} ${path} HTTP/1.1\r\nHost: localhost\r\n\r\n`),
        ]).toEqual([path, path === '/widget.js' ? 404 : 405])
    expect(await status(get('/api/chat/forget'))).toBe(405)
    expect(await status(...post('/api/chat/standing', '{}'))).toBe(405)
    expect(await status('BREW /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n')).toBe(400)
    expect(await status('OPTIONS * HTTP/1.1\r\nHost: localhost\r\n\r\n')).toBe(400)
    expect((await status('CONNECT a:1 HTTP/1.1\r\nHost: localhost\r\n\r\n')) || 400).toBe(400)
  })

  test('noise is refused', async () => {
    expect(await status('\x16\x03\x01\x02\x00\x01\x00\r\n\r\n')).toBe(400)
    expect(await status(get('/healthz', `X: ${'x'.repeat(20_000)}\r\n`))).toBe(431)
    expect(
      await status(get('/healthz', 'Content-Length: 1\r\nTransfer-Encoding: chunked\r\n')),
    ).toBe(400)
  })

  test('answers carry the headers that browsers are protected by, and no name of the server', async () => {
    const answer = (await send(get('/healthz'))).toLowerCase()
    for (const header of [
      "content-security-policy: default-src 'none'; frame-ancestors 'none'",
      'x-content-type-options: nosniff',
      'referrer-policy: no-referrer',
      'cache-control: no-store',
    ])
      expect(answer).toContain(header)
    expect(answer).not.toMatch(/\r\n(server|x-powered-by):/)
  })

  test('the pages carry policies of their own, and only those that are allowed frame the chat', async () => {
    const headOf = async (path: string) => (await send(get(path))).split('\r\n\r\n')[0] ?? ''
    const chat = await headOf('/chat')
    expect(chat).toContain("frame-ancestors 'self' https://shop.example;")
    expect(await headOf('/')).toContain("frame-ancestors 'none'")
    for (const path of ['/', '/chat', '/chat/', '/webchat']) {
      const head = await headOf(path)
      expect(head).toMatch(/^HTTP\/1\.1 200 /)
      expect(head).toMatch(/x-content-type-options: nosniff/i)
      expect(head).toMatch(/cache-control: no-store/i)
      expect(head).toMatch(/content-security-policy: default-src 'none'; script-src 'self';/i)
      expect(head).not.toContain('unsafe')
    }
    // Whatever stands in the address, the page is the same.
    expect(await status(get('/chat?x=%3Cscript%3E'))).toBe(200)
    for (const path of [
      '/chat/assets/',
      '/chat/assets/..%2findex.html',
      '/chat/x',
      '/site/assets/',
    ])
      expect([404, 400]).toContain(await status(get(path)))
    expect(await status(get('/chat', 'Origin: https://evil.example\r\n'))).toBe(403)
    expect(await headOf('/widget.js')).toMatch(/cross-origin-resource-policy: cross-origin/i)
  })

  test('nothing is erased without a token, whatever is sent', async () => {
    for (const body of ['{}', '[]', '"x"', '{"conversation":"x"}'])
      expect(await status(...post('/api/chat/forget', body))).toBe(401)
    const bearer = 'Authorization: Bearer ' + 'x'.repeat(40) + '\r\n'
    expect(await status(...post('/api/chat/forget', '', bearer))).toBe(403)
    expect(await status(get('/api/chat/standing'))).toBe(401)
    expect(await status(get('/api/chat/standing', bearer))).toBe(403)
  })

  test('a file that is there is served, to HEAD without its body', async () => {
    expect(await send(get('/assets/known.js'))).toMatch(/^HTTP\/1\.1 200 .*known$/s)
    expect(await status(get('/assets/known.js', 'If-None-Match: "1"\r\n'))).toBe(304)
    const head = await send(
      'HEAD /assets/known.js HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n',
    )
    expect(head).toMatch(/^HTTP\/1\.1 200 .*\r\n\r\n$/s)
  })
})

describe('upgrades', () => {
  test('to something unknown is answered and closed, and a reset on the way does no harm', async () => {
    for (const path of ['/', '/socket.io/', '/v3/directline/conversations', '/healthz'])
      expect(await status(upgrade(path))).toBe(404)
    expect(await status(upgrade('/%00'))).toBe(400)
    for (let count = 0; count < 20; count += 1) {
      const socket = await open()
      socket.write(upgrade('/nowhere'))
      socket.resetAndDestroy()
      await once(socket, 'close')
    }
  })

  test('without a good ticket or in bad form is refused', async () => {
    const path = '/v3/directline/conversations/abc/stream'
    expect(await status(upgrade(path))).toBe(401)
    expect(await status(upgrade(`${path}?t=x`))).toBe(403)
    expect(await status(upgrade(`${path}?t=x&t=y`))).toBe(400)
    expect(await status(upgrade(`${path}?t=x`, 'Origin: https://evil.example\r\n'))).toBe(403)
    expect(await status(get(`${path}?t=x`, 'Connection: Upgrade\r\nUpgrade: h2c\r\n'))).toBe(403)
  })

  test('a broken frame ends its own stream and nothing else', async () => {
    const ada = await startVisitor({ url: `http://127.0.0.1:${port}` })
    for (const bytes of [
      [0xff, 0xff, 0xff],
      [0x81, 0x05, 1, 2, 3, 4, 5],
      [0x88, 0x01, 0x00],
      [0x82, 0xff, 0x7f, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff],
      [0xc1, 0x80, 0, 0, 0, 0],
    ]) {
      const stream = openStream((await ada.reconnect()).streamUrl)
      expect(await stream.opened).toBe(101)
      const raw = (stream.socket as unknown as { _socket: Socket })._socket
      raw.write(Buffer.from(bytes))
      expect([1002, 1006, 1007, 1009]).toContain(await stream.closed)
    }
    const reset = openStream((await ada.reconnect()).streamUrl)
    await reset.opened
    ;(reset.socket as unknown as { _socket: Socket })._socket.resetAndDestroy()
    expect((await ada.say('still here')).status).toBe(200)
  })

  test('a ticket in a stream address with a bad key is refused', async () => {
    const ada = await startVisitor({ url: `http://127.0.0.1:${port}` })
    const { pathname, search } = new URL(ada.streamUrl)
    const headers = 'Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n'
    expect(await status(get(pathname + search, `${headers}Sec-WebSocket-Key: short\r\n`))).toBe(400)
  })
})
