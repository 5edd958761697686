import { join } from 'node:path'
import { startApp, type App } from '../../src/app'
import { readConfig } from '../../src/config'
import { sign } from '../../src/handoff/webhook/signature'
import { createLog } from '../../src/log'
import { connect, type Connected } from '../direct-line/client'
import { chatToken } from '../direct-line/requests'
import { createFolder, removeFolder } from '../direct-line/store'
import { startFakeDesk, type FakeDesk } from './fake-desk'
import { deskMessage, deskStatus, secret, until } from './stage'

/** The whole server with the unmodified client on one side and a help desk on the other. */
jest.setTimeout(60_000)

const root = join(__dirname, '../..')
let folder: string
let desk: FakeDesk
let app: App
let person: Connected

const start = (settings: Record<string, string>) =>
  startApp({
    config: readConfig({
      PORT: '0',
      ADMIN_PORT: '0',
      DATA_DIR: folder,
      PACK_DIR: join(root, 'knowledge/packs/icloud-photo-sharing'),
      LOG_LEVEL: 'silent',
      ...settings,
    }),
    log: createLog('silent'),
    webDir: join(root, 'dist/web'),
  })

beforeEach(async () => {
  folder = createFolder()
  desk = await startFakeDesk()
  app = await start({ DESK_WEBHOOK_URL: desk.url, DESK_WEBHOOK_SECRET: secret })
  const { token, conversationId } = await chatToken(app)
  person = connect(app.url, { token, conversationId })
})
afterEach(async () => {
  person.client.end()
  await app.close()
  await desk.close()
  removeFolder(folder)
})

async function posts(activity: object): Promise<number> {
  const body = JSON.stringify(activity)
  const seconds = Math.floor(Date.now() / 1000)
  const response = await fetch(`${app.url}/desk/webhook`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      'x-fixladder-timestamp': String(seconds),
      'x-fixladder-signature': sign(secret, seconds, body),
    },
    body,
  })
  return response.status
}

test('a person on the web and an agent at the help desk talk, and the case is closed', async () => {
  await until(() => person.heard.length === 1)
  await person.write('talk to a person')
  await until(() => desk.got.length === 1)
  const id = desk.got[0]?.activity.conversation.id ?? ''
  expect(await posts({ ...deskMessage(id, ''), type: 'typing' })).toBe(200)
  expect(await posts(deskMessage(id, 'Hi, what do you see?'))).toBe(200)
  await until(() => person.texts().includes('Ben: Hi, what do you see?'))
  await person.write('a grey picture')
  await until(() => desk.lines().includes('user: a grey picture'))
  expect(await posts(deskStatus(id, { state: 'completed', fixed: 'other' }))).toBe(200)
  await until(() => desk.lines().at(-1) === 'end closed')
  await until(() => person.texts().some((text) => text?.startsWith('How was it with Ben')))
})

test('without the settings there is no door', async () => {
  await app.close()
  app = await start({})
  expect(await posts(deskMessage('any', 'hello'))).toBe(404)
})
