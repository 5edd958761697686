import { WebSocket } from 'ws'
import { connect as connectTo, ConnectionStatus, type Connected } from './client'
import { botRow, chatToken, say, until } from './requests'
import { startServer, type Server } from './start-server'
import { createFolder, createStore, removeFolder } from './store'

/** The contract, spoken by the unmodified client of Microsoft. */

let server: Server
const clients: Connected[] = []
const folders: string[] = []

beforeEach(async () => {
  server = await startServer()
})
afterEach(async () => {
  for (const { client } of clients.splice(0)) client.end()
  await server.close()
  folders.splice(0).forEach(removeFolder)
})

function connect(options: Record<string, unknown>) {
  const connected = connectTo(server.url, options)
  clients.push(connected)
  return connected
}

const answer = (id: string, text: string, replyToId?: string) =>
  server.conversations.append(id, botRow(say(text), {}, replyToId))

test('starts, sends under the id of its token, hears its echo first and then the bot', async () => {
  const visitor = await chatToken(server)
  const ada = connect({ token: visitor.token })
  await until('online', () => ada.status() === ConnectionStatus.Online)
  const id = await ada.write('waiting for photos')
  await until('the echo', () => ada.heard.length === 1)
  await answer(visitor.conversationId, 'Which device?', id)
  await until('the answer', () => ada.heard.length === 2)
  expect(ada.heard).toMatchObject([
    { id, text: 'waiting for photos', from: { id: visitor.userId, role: 'user' } },
    { text: 'Which device?', replyToId: id, from: { role: 'bot' } },
  ])
  expect(ada.heard[0]?.channelData).toMatchObject({ clientActivityID: 'c-waiting for photos' })
  const rows = await server.rowsOf(visitor.conversationId)
  expect(rows.map(({ body }) => body?.type)).toEqual(['conversationUpdate', 'message', 'message'])
})

test('a post is answered although nobody has answered the message', async () => {
  const visitor = await chatToken(server)
  const ada = connect({ token: visitor.token })
  expect(await ada.write('is anybody there?')).toBe(`${visitor.conversationId}|0000002`)
})

test('a cut stream is taken up where it was left: everything once, in order', async () => {
  const visitor = await chatToken(server)
  const sockets: WebSocket[] = []
  class Watched extends WebSocket {
    constructor(url: string) {
      super(url)
      sockets.push(this)
    }
  }
  const ada = connect({ token: visitor.token, WebSocket: Watched })
  await ada.write('one')
  await until('the echo', () => ada.heard.length === 1)
  sockets[0]?.terminate()
  await answer(visitor.conversationId, 'two')
  await answer(visitor.conversationId, 'three')
  await until('what was missed', () => ada.heard.length === 3)
  await ada.write('four')
  await until('the next', () => ada.heard.length === 4)
  expect(ada.texts()).toEqual(['one', 'two', 'three', 'four'])
  expect(sockets).toHaveLength(2)
})

test('a conversation goes on after the server was restarted', async () => {
  const folder = createFolder()
  folders.push(folder)
  await server.close()
  server = await startServer({ folder })
  const visitor = await chatToken(server)
  const ada = connect({ token: visitor.token, timeout: 1000 })
  await ada.write('before')
  await until('the echo', () => ada.heard.length === 1)

  const { port } = server
  await server.close()
  const store = await createStore(folder)
  await store.conversations.append(visitor.conversationId, botRow(say('meanwhile')))
  await store.close()
  server = await startServer({ folder, port })

  await until('what was missed', () => ada.heard.length === 2)
  await ada.write('after')
  await until('the next', () => ada.heard.length === 3)
  expect(ada.texts()).toEqual(['before', 'meanwhile', 'after'])
  expect([ada.faults, ada.status()]).toEqual([[], ConnectionStatus.Online])
})

test('a reloaded page has its whole conversation again, and no second greeting', async () => {
  const visitor = await chatToken(server)
  const first = connect({ token: visitor.token, conversationId: visitor.conversationId })
  await first.write('one')
  await answer(visitor.conversationId, 'two')
  await until('both', () => first.heard.length === 2)
  first.client.end()

  const again = await chatToken(server, { resume: visitor.resume })
  const second = connect({
    token: again.token,
    conversationId: again.conversationId,
    watermark: '0',
  })
  await until('the history', () => second.heard.length === 2)
  expect(second.texts()).toEqual(['one', 'two'])
  const rows = await server.rowsOf(visitor.conversationId)
  expect(rows.filter(({ body }) => body?.type === 'conversationUpdate')).toHaveLength(1)
})

test('a client that polls hears the same', async () => {
  const visitor = await chatToken(server)
  const ada = connect({ token: visitor.token, webSocket: false, pollingInterval: 200 })
  await ada.write('one')
  await answer(visitor.conversationId, 'two')
  await until('both', () => ada.heard.length === 2)
  await answer(visitor.conversationId, 'three')
  await until('the third', () => ada.heard.length === 3)
  expect(ada.texts()).toEqual(['one', 'two', 'three'])
})

test('refreshes its token and goes on with the new one', async () => {
  const visitor = await chatToken(server)
  const ada = connect({ token: visitor.token })
  await ada.write('one')
  const refresher = ada.client as unknown as {
    token: string
    refreshToken(): {
      subscribe(next: (token: string) => void, fail: (error: unknown) => void): void
    }
  }
  refresher.token = await new Promise((resolve, reject) =>
    refresher.refreshToken().subscribe(resolve, reject),
  )
  expect(refresher.token).not.toBe(visitor.token)
  await ada.write('two')
  await until('both', () => ada.heard.length === 2)
})

test('the person types: the server hears it, at most once a second, and no row is written', async () => {
  const visitor = await chatToken(server)
  const ada = connect({ token: visitor.token })
  await ada.write('hello')
  const heard: unknown[] = []
  server.presence.onTyping((conversation, who) => heard.push([conversation, who]))
  for (let times = 0; times < 5; times += 1) await ada.post({ type: 'typing' })
  expect(heard).toEqual([[visitor.conversationId, { role: 'person' }]])
  expect(await server.rowsOf(visitor.conversationId)).toHaveLength(2)
})

test('an agent types: the person sees who, and the stream is neither moved nor replayed by it', async () => {
  const visitor = await chatToken(server)
  const sockets: WebSocket[] = []
  const frames: string[] = []
  class Watched extends WebSocket {
    constructor(url: string) {
      super(url)
      sockets.push(this)
      this.on('message', (data: Buffer) => frames.push(data.toString()))
    }
  }
  const ada = connect({ token: visitor.token, WebSocket: Watched })
  const marks = ada.client as unknown as { readonly watermark: string }
  await ada.write('one')
  await until('the echo', () => ada.heard.length === 1)
  const before = marks.watermark
  server.presence.typed(visitor.conversationId, { role: 'agent', name: 'Maria' })
  server.presence.typed(visitor.conversationId, { role: 'agent', name: 'Maria' })
  await until('the sign', () => ada.heard.length === 2)
  expect(ada.heard[1]).toMatchObject({
    type: 'typing',
    from: { id: 'agent', name: 'Maria', role: 'bot' },
    channelId: 'directline',
  })
  expect(Date.parse(ada.heard[1]?.timestamp ?? '')).toBeGreaterThan(Date.now() - 60_000)
  expect(JSON.parse(frames.at(-1) ?? '')).not.toHaveProperty('watermark')
  expect(marks.watermark).toBe(before)

  sockets[0]?.terminate()
  await answer(visitor.conversationId, 'two')
  await until('what was missed', () => ada.heard.length === 3)
  await ada.write('three')
  await until('the next', () => ada.heard.length === 4)
  expect(ada.texts()).toEqual(['one', undefined, 'two', 'three'])
  expect([ada.faults, ada.status()]).toEqual([[], ConnectionStatus.Online])
})

test('the person is here while a page is open or polls', async () => {
  const visitor = await chatToken(server)
  const isHere = () => server.presence.isHere(visitor.conversationId)
  expect(isHere()).toBe(false)
  const ada = connect({ token: visitor.token })
  await until('the stream', isHere)
  ada.client.end()
  const other = await chatToken(server)
  connect({ token: other.token, webSocket: false, pollingInterval: 200 })
  await until('the first question', () => server.presence.isHere(other.conversationId))
})

test('a flood is a failed message, not the end of the connection', async () => {
  await server.close()
  // The limit lets go of a message each second: here the clock stands still, however slow the machine.
  const at = Date.now()
  server = await startServer({ now: () => at })
  const visitor = await chatToken(server)
  const ada = connect({ token: visitor.token })
  const sent = await Promise.allSettled(
    Array.from({ length: 14 }, (_, index) => ada.write(`${index}`)),
  )
  const failed = sent.filter((result) => result.status === 'rejected')
  expect(failed).toHaveLength(4)
  expect(failed[0]).toMatchObject({ reason: { status: 400 } })
  expect(ada.status()).toBe(ConnectionStatus.Online)
})

test('a file is a failed message, and there is no session to sign in with', async () => {
  const visitor = await chatToken(server)
  const ada = connect({ token: visitor.token })
  await ada.write('look at this')
  const attachments = [
    { contentType: 'image/png', contentUrl: `${server.url}/healthz`, name: 'a.png' },
  ]
  await expect(ada.post({ type: 'message', text: 'here', attachments })).rejects.toMatchObject({
    status: 415,
  })
  const session = await new Promise((resolve, reject) =>
    ada.client.getSessionId().subscribe(resolve, reject),
  )
  expect(session).toBe('')
  expect(ada.status()).toBe(ConnectionStatus.Online)
})

test('two clients on one conversation hear each activity once', async () => {
  const visitor = await chatToken(server)
  const ada = connect({ token: visitor.token })
  await ada.write('one')
  const other = connect({
    token: visitor.token,
    conversationId: visitor.conversationId,
    watermark: '0',
  })
  await until('the history', () => other.heard.length === 1)
  await other.write('two')
  await answer(visitor.conversationId, 'three')
  await until('all', () => ada.heard.length === 3 && other.heard.length === 3)
  expect(ada.texts()).toEqual(['one', 'two', 'three'])
  expect(other.texts()).toEqual(['one', 'two', 'three'])
})
