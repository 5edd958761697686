import { join } from 'node:path'
import { startApp, type App } from '../../src/app'
import { readConfig } from '../../src/config'
import { createLog } from '../../src/log'
import { call, chatToken, openStream, startVisitor } from '../direct-line/requests'
import { createFolder, removeFolder } from '../direct-line/store'

/** Which pages may have the chat: frames, answers, tokens and sockets all go by one list. */

const folder = createFolder()
const settings = (more: Record<string, string> = {}) => ({
  PORT: '0',
  ADMIN_PORT: '0',
  DATA_DIR: folder,
  PACK_DIR: join(__dirname, '../../knowledge/packs/icloud-photo-sharing'),
  LOG_LEVEL: 'silent',
  ALLOWED_ORIGINS: 'https://shop.example,https://intern.example:8443,http://localhost:5173',
  ...more,
})
let app: App
beforeAll(async () => {
  app = await startApp({
    config: readConfig(settings()),
    log: createLog('silent'),
    webDir: join(__dirname, '../../dist/web'),
  })
})
afterAll(async () => {
  await app.close()
  removeFolder(folder)
})

const own = () => app.url
const portOf = () => Number(new URL(app.url).port)

/** The origins, and whether they may. */
const cases: readonly (readonly [what: string, origin: () => string | undefined, may: boolean])[] =
  [
    ['none, as no browser sends it', () => undefined, true],
    ['our own', own, true],
    ['one that is allowed', () => 'https://shop.example', true],
    ['one that is allowed, with its port', () => 'https://intern.example:8443', true],
    ['one that is allowed, unencrypted', () => 'http://localhost:5173', true],
    ['another', () => 'https://evil.example', false],
    ['"null", of a sandbox or a file', () => 'null', false],
    ['an empty one', () => '', false],
    ['the same by http', () => 'http://shop.example', false],
    ['the same on another port', () => 'https://shop.example:8443', false],
    ['the same without its port', () => 'https://intern.example', false],
    ['a name below', () => 'https://a.shop.example', false],
    ['a name that begins like it', () => 'https://shop.example.evil.example', false],
    ['a name that ends like it', () => 'https://evilshop.example', false],
    ['a name with a letter of another script', () => 'https://xn--shp-tna.example', false],
    ['it, as a user of another', () => 'https://shop.example@evil.example', false],
    ['it and another', () => 'https://shop.example, https://evil.example', false],
    ['it with a path', () => 'https://shop.example/', false],
    ['it in capitals, as no browser writes it', () => 'https://SHOP.example', false],
    ['our machine on another port', () => `http://localhost:${portOf() + 1}`, false],
    ['our machine by another name', () => `http://127.0.0.1:${portOf()}`, false],
    ['our own, encrypted', () => app.url.replace('http:', 'https:'), false],
  ]

test.each(cases)('%s', async (_what, originOf, may) => {
  const origin = originOf()
  const headers: Record<string, string> = origin === undefined ? {} : { origin }
  const readable = may && origin !== undefined ? origin : null

  const token = await call(app, 'POST', '/api/chat/token', { body: {}, headers })
  expect([token.status, token.headers.get('access-control-allow-origin')]).toEqual([
    may ? 200 : 403,
    readable,
  ])
  const asking = await call(app, 'OPTIONS', '/v3/directline/conversations', {
    headers: { ...headers, 'access-control-request-method': 'POST' },
  })
  expect([asking.status, asking.headers.get('access-control-allow-origin')]).toEqual([
    may ? 204 : 403,
    readable,
  ])
  // Nothing is loosened for whoever else has a token: not even reading.
  const visitor = await startVisitor(app)
  for (const path of ['/api/chat/standing', `${visitor.at}/activities`]) {
    const answer = await call(app, 'GET', path, { token: visitor.token, headers })
    expect([path, answer.status]).toEqual([path, may ? 200 : 403])
    expect(answer.headers.get('access-control-allow-credentials')).toBeNull()
  }
  const stream = openStream(visitor.streamUrl, origin === undefined ? {} : { headers })
  expect(await stream.opened).toBe(may ? 101 : 403)
  stream.socket.terminate()

  const framers = await framersOf('/chat')
  // Who frames always has an origin.
  const isListed = framers.includes(origin === own() ? "'self'" : (origin ?? "'self'"))
  expect(isListed).toBe(may)
  const script = await fetch(`${app.url}/widget.js`, { headers })
  expect([script.status, script.headers.get('access-control-allow-origin')]).toEqual([200, '*'])
  await script.text()
})

const framersOf = async (path: string): Promise<readonly string[]> => {
  const { headers } = await get(path)
  const policy = headers.get('content-security-policy') ?? ''
  return policy.split('frame-ancestors ')[1]?.split(';')[0]?.split(' ') ?? []
}

async function get(path: string, init: RequestInit = {}) {
  const response = await fetch(app.url + path, init)
  return { status: response.status, headers: response.headers, text: await response.text() }
}

test('who may frame which page', async () => {
  const listed = ["'self'", 'https://shop.example', 'https://intern.example:8443']
  const all = [...listed, 'http://localhost:5173']
  expect(await framersOf('/chat')).toEqual(all)
  expect(await framersOf('/chat/')).toEqual(all)
  expect(await framersOf('/webchat')).toEqual(all)
  for (const path of ['/', '/console', '/console/', '/healthz', '/nowhere', '/api/chat/standing'])
    expect([path, await framersOf(path)]).toEqual([path, ["'none'"]])
})

test('a list that would let everybody in is refused at the start', () => {
  for (const list of [
    '*',
    'null',
    'https://*.a.example',
    'https://a.example;script-src',
    'a.example',
    'https:',
  ])
    expect(() => readConfig(settings({ ALLOWED_ORIGINS: list }))).toThrow('ALLOWED_ORIGINS')
})

test('nothing personal is kept by a browser or on the way; what never changes is, for ever', async () => {
  const { token, at } = await startVisitor(app)
  const authorization = `Bearer ${token}`
  const kept: Record<string, string | null> = {}
  for (const path of [
    '/',
    '/chat',
    '/webchat',
    '/console',
    '/api/chat/standing',
    `${at}/activities`,
  ])
    kept[path] = (await get(path, { headers: { authorization } })).headers.get('cache-control')
  expect([...new Set(Object.values(kept))]).toEqual(['no-store'])
  const given = await call(app, 'POST', '/api/chat/token', { body: {} })
  expect(given.headers.get('cache-control')).toBe('no-store')
  const forgotten = await call(app, 'POST', '/api/chat/forget', { token })
  expect([forgotten.status, forgotten.headers.get('cache-control')]).toEqual([204, 'no-store'])

  for (const page of ['/', '/chat', '/webchat', '/console']) {
    const { text } = await get(page)
    const assets = [...text.matchAll(/(?:src|href)="(\/[\w/.-]+)"/g)].map(([, path]) => path ?? '')
    const hashed = assets.filter((path) => /-[0-9a-f]{10}\.(js|css)$/.test(path))
    expect([page, hashed.length > 0]).toEqual([page, true])
    for (const path of hashed) {
      const { status, headers } = await get(path)
      expect([path, status, headers.get('cache-control')]).toEqual([
        path,
        200,
        'public, max-age=31536000, immutable',
      ])
    }
  }
  const script = await get('/widget.js')
  expect(script.headers.get('cache-control')).toBe('public, max-age=300')
})

test('no answer sets a cookie, and every page of ours that can be is under Trusted Types', async () => {
  for (const path of ['/', '/chat', '/webchat', '/console', '/widget.js', '/healthz']) {
    const { headers } = await get(path)
    expect([path, headers.get('set-cookie')]).toEqual([path, null])
    const policy = headers.get('content-security-policy') ?? ''
    const isPage = ['/', '/chat', '/console'].includes(path)
    // Stock Web Chat writes markup by itself.
    expect([path, policy.includes("require-trusted-types-for 'script'")]).toEqual([path, isPage])
  }
})

test('only the script is for every page: no other file, and no other way to ask for it', async () => {
  const headers = { origin: 'https://evil.example' }
  const { text } = await get('/chat')
  const [, asset = ''] = /src="(\/chat\/assets\/[^"]+)"/.exec(text) ?? []
  expect((await get(asset)).status).toBe(200)
  expect((await get(asset, { headers })).status).toBe(403)
  expect((await get('/chat', { headers })).status).toBe(403)
  for (const method of ['POST', 'PUT', 'DELETE', 'OPTIONS'])
    expect((await get('/widget.js', { method, headers })).status).toBe(403)
  expect((await get('/widget.js?x', { method: 'HEAD', headers })).status).toBe(200)
  expect((await chatToken(app)).token).toBeDefined()
})
