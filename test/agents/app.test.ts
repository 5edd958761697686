import { join } from 'node:path'
import { startApp, type App } from '../../src/app'
import { readConfig } from '../../src/config'
import { createLog } from '../../src/log'
import { call } from '../direct-line/requests'
import { createFolder, removeFolder } from '../direct-line/store'
import { good, secretOf } from './stage'

/** The whole server: its first start, and the one after. */

// Starts and stops take their time on a busy machine.
jest.setTimeout(60_000)

const root = join(__dirname, '../..')
let folder: string
let app: App

const start = (settings: Record<string, string> = {}) =>
  startApp({
    config: readConfig({
      PORT: '0',
      ADMIN_PORT: '0',
      DATA_DIR: folder,
      PACK_DIR: join(root, 'knowledge/packs/icloud-photo-sharing'),
      ...settings,
    }),
    log: createLog('silent'),
    webDir: join(root, 'dist/web'),
  })

beforeEach(() => (folder = createFolder()))
afterEach(async () => {
  await app.close()
  removeFolder(folder)
})

const post = (path: string, body: object) =>
  call(app, 'POST', path, { body, headers: { origin: app.url, 'x-fixladder': 'console' } })

test('the first start gives the link to the first account, and later ones do not', async () => {
  app = await start()
  const voided = app.setUpLink ?? ''
  await app.close()
  app = await start()
  const link = app.setUpLink ?? ''
  expect(link).toMatch(new RegExp(`^${app.url}/console#join=[\\w-]{43}$`))
  const ada = { name: 'Ada', email: 'ada@example.org', password: good }
  const join = (from: string) => post('/console/api/join', { ...ada, secret: secretOf(from) })
  expect((await join(voided)).status).toBe(404)
  const joined = await join(link)
  expect(joined.status).toBe(204)
  const cookie = joined.headers.getSetCookie()[0]?.split(';')[0] ?? ''
  const me = await call(app, 'GET', '/console/api/me', { headers: { cookie } })
  expect(me.json).toMatchObject({ agent: { name: 'Ada', role: 'admin' } })
  expect(me.headers.get('cache-control')).toBe('no-store')
  await app.close()
  app = await start()
  expect(app.setUpLink).toBeUndefined()
})

test('a provider that is down keeps nobody from chatting', async () => {
  app = await start({ OIDC_ISSUER: 'http://127.0.0.1:1/', OIDC_CLIENT_ID: 'console' })
  expect(app.setUpLink).toBeUndefined()
  const answer = await fetch(`${app.url}/console/sign-in`, { redirect: 'manual' })
  expect(answer.headers.get('location')).toBe('/console#sign-in=unavailable')
  expect((await call(app, 'POST', '/api/chat/token', { body: {} })).status).toBe(200)
})
