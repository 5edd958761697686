import { once } from 'node:events'
import { readdirSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { json } from 'node:stream/consumers'
import { startApp, type App } from '../../src/app'
import { readConfig } from '../../src/config'
import { createLog } from '../../src/log'
import { connect, ConnectionStatus, type Connected } from './client'
import { png } from '../uploads/samples'
import { call, chatToken, until } from './requests'
import { createFolder, removeFolder } from './store'

/** The whole server with the pack that it comes with, spoken to by the unmodified client. */

// Starts, stops and a retry of the webhook take their time on a busy machine.
jest.setTimeout(30_000)

const root = join(__dirname, '../..')
let folder: string
let app: App
let webhook: Server | undefined
const clients: Connected[] = []

const start = (settings: Record<string, string> = {}) =>
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
  app = await start()
})
afterEach(async () => {
  for (const { client } of clients.splice(0)) client.end()
  await app.close()
  webhook?.close()
  webhook?.closeAllConnections()
  removeFolder(folder)
})

/** Somebody at the other end, who writes and presses what is offered. */
async function visit() {
  const { token, conversationId } = await chatToken(app)
  const ada = connect(app.url, { token, conversationId, timeout: 1000 })
  clients.push(ada)
  await until('the greeting', () => ada.heard.length === 1)

  /** Does something and waits until the bot has said so much more than the echo of it. */
  async function andHear(act: () => Promise<unknown>, answers: number) {
    const before = ada.heard.length
    await act()
    await until('the answer', () => ada.heard.length === before + 1 + answers)
  }
  return {
    ...ada,
    conversationId,
    say: (text: string, answers = 1) => andHear(() => ada.write(text), answers),
    /** Presses a button under the newest message. */
    press: (title: string, answers = 1) => {
      const button = buttonsOf(ada).find((each) => each.title === title)
      if (!button) throw new Error(`No button "${title}" under: ${ada.texts().at(-1)}`)
      const { text, value } = button
      return andHear(() => ada.post({ type: 'message', text, value }), answers)
    },
    /** Who said what, in short: `user: Yes`, `bot: First the connection`. */
    transcript: () =>
      ada.heard.map(
        ({ from }, index) =>
          `${from.id === 'agent' ? 'agent' : from.role}: ${
            ada
              .texts()
              [index]?.slice(0, 40)
              .split(/[,.\n]/)[0]
          }`,
      ),
  }
}

interface Button {
  readonly title: string
  readonly text: string
  readonly value: unknown
}

const buttonsOf = ({ heard }: Pick<Connected, 'heard'>): readonly Button[] => {
  const newest = heard.at(-1)
  return newest?.type === 'message'
    ? ((newest.suggestedActions?.actions ?? []) as readonly unknown[] as readonly Button[])
    : []
}

test('a ladder is walked by pressing, over a stop and a start in the middle', async () => {
  const ada = await visit()
  await ada.say('my shared album is stuck on waiting')
  await ada.press('iPhone')
  await ada.press('No')

  const { port } = app
  await app.close()
  app = await start({ PORT: String(port) })

  await ada.press('Already tried')
  await ada.press("It didn't help")
  await ada.press('Yes')
  expect(ada.transcript()).toMatchInlineSnapshot(`
   [
     "bot: Hello",
     "user: my shared album is stuck on waiting",
     "bot: A shared album is stuck on "Waiting"",
     "user: iPhone",
     "bot: First the connection",
     "user: No",
     "bot: Next",
     "user: Already tried",
     "bot: Then we move on",
     "user: It didn't help",
     "bot: Next",
     "user: Yes",
     "bot: Then the fault is at Apple",
   ]
  `)
  expect(new Set(ada.heard.map(({ id }) => id)).size).toBe(ada.heard.length)
  expect([ada.faults, ada.status()]).toEqual([[], ConnectionStatus.Online])
})

test('who asks for the log with the start has the greeting in the answer, and later the link of a picture', async () => {
  await app.close()
  app = await start({ UPLOADS: 'on' })
  const { token, conversationId } = await chatToken(app)
  const begin = async () =>
    (await call(app, 'POST', '/v3/directline/conversations', { token, body: { read: true } })).json
  const [greeting, ...others] = (await begin()).activities ?? []
  expect(others).toEqual([])
  expect(greeting).toMatchObject({
    type: 'message',
    from: { role: 'bot' },
    channelData: { fixladder: { kind: expect.any(String) } },
  })

  const sent = await fetch(`${app.url}/v3/directline/conversations/${conversationId}/upload`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'image/png' },
    body: new Uint8Array(png),
  })
  expect(sent.status).toBe(200)
  const picture = (await begin()).activities?.find(({ from }) => from.role === 'user')
  const [attachment] = (picture?.attachments ?? []) as readonly { contentUrl: string }[]
  const got = await fetch(new URL(attachment?.contentUrl ?? '', app.url))
  expect([got.status, Buffer.from(await got.arrayBuffer())]).toEqual([200, png])
})

test('files lie where UPLOADS_DIR says, which has to be there', async () => {
  const [shared, data, another] = [createFolder(), createFolder(), createFolder()]
  const settings = { UPLOADS: 'on', UPLOADS_DIR: join(shared, 'none'), DATA_DIR: data }
  await expect(start(settings)).rejects.toMatchObject({
    code: 'config_invalid',
    message: expect.stringMatching(/^UPLOADS_DIR: .*none.* Mount it/),
  })
  await app.close()
  app = await start({ ...settings, UPLOADS_DIR: shared, DATA_DIR: folder })
  const { token, conversationId } = await chatToken(app)
  await call(app, 'POST', '/v3/directline/conversations', { token })
  const sent = await fetch(`${app.url}/v3/directline/conversations/${conversationId}/upload`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'image/png' },
    body: new Uint8Array(png),
  })
  expect(sent.status).toBe(200)
  const files = () => readdirSync(shared).filter((name) => name !== 'fixladder-database')
  expect(files()).toEqual([expect.stringMatching(/^[\w-]{22}$/)])
  expect(readdirSync(folder)).not.toContain('uploads')

  // Another database would take them for left over and remove them; the one they belong to finds them again.
  const theirs = { ...settings, UPLOADS_DIR: shared, DATA_DIR: another }
  await expect(start(theirs)).rejects.toMatchObject({
    code: 'config_invalid',
    message: expect.stringMatching(/^UPLOADS_DIR: .* belong to another database/),
  })
  await app.close()
  app = await start({ ...settings, UPLOADS_DIR: shared, DATA_DIR: folder })
  expect(files()).toHaveLength(1)
  for (const each of [shared, data, another]) removeFolder(each)
})

test('the webhook hears of a hand-off once, and again when it did not take it', async () => {
  const told: { body: unknown; key: unknown }[] = []
  webhook = createServer((incoming, response) => {
    void json(incoming).then((body) => {
      told.push({ body, key: incoming.headers['idempotency-key'] })
      response.statusCode = told.length === 1 ? 500 : 204
      response.end()
    })
  }).listen(0, '127.0.0.1')
  await once(webhook, 'listening')
  await app.close()
  const { port } = webhook.address() as AddressInfo
  app = await start({ HANDOFF_WEBHOOK_URL: `http://127.0.0.1:${port}/hook` })

  const ada = await visit()
  await ada.say('my shared album is stuck on waiting')
  await ada.say('talk to a person')
  await until('the second try', () => told.length === 2)
  // Two more rounds of the announcer, in which it has nothing to tell.
  await new Promise((resolve) => setTimeout(resolve, 2500))
  expect(told).toHaveLength(2)
  expect(told[1]).toEqual(told[0])
  expect(told[0]).toMatchObject({
    key: expect.stringMatching(/^[\w-]{36}$/),
    body: {
      event: 'handoff.initiate',
      conversation: ada.conversationId,
      reason: 'asked',
      brief: { symptom: { id: 'stuck-updating-waiting' } },
      url: `${app.url}/console#case=${told[0]?.key as string}`,
    },
  })
})
