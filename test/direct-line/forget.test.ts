import { startServer, type Server } from './start-server'
import { botRow, call, chatToken, openStream, say, startVisitor, until } from './requests'

/** A person has their conversation erased. */

let clock = Date.UTC(2026, 2, 2, 9)
let server: Server
beforeEach(async () => {
  server = await startServer({ now: () => clock })
})
afterEach(() => server.close())

const forget = (token?: string) =>
  call(server, 'POST', '/api/chat/forget', token === undefined ? {} : { token })

test('refuses without a token, and with one that has expired', async () => {
  const ada = await startVisitor(server)
  expect((await forget()).status).toBe(401)
  expect((await forget('x'.repeat(40))).status).toBe(403)
  clock += 61 * 60_000
  expect((await forget(ada.token)).json.error.code).toBe('TokenExpired')
  expect(await server.rowsOf(ada.conversationId)).not.toEqual([])
})

test('erases the conversation at once, and again does no harm', async () => {
  const ada = await startVisitor(server)
  const ben = await startVisitor(server)
  await ada.say('one')
  await ben.say('two')
  const stream = openStream(ada.streamUrl)
  await until('the replay', () => stream.texts().length === 1)

  expect((await forget(ada.token)).status).toBe(204)
  expect(await stream.closed).toBe(1008)
  expect((await forget(ada.token)).status).toBe(204)
  expect(await server.rowsOf(ada.conversationId)).toEqual([])
  expect(server.presence.isHere(ben.conversationId)).toBe(true)
  expect((await ben.read()).activities).toHaveLength(1)
  expect((await ben.say('three')).status).toBe(200)
})

test('a stream ends when somebody else erases its conversation, and no word of it comes', async () => {
  server.conversations.losesHints = true
  const ada = await startVisitor(server)
  const stream = openStream(ada.streamUrl)
  await stream.opened
  await server.conversations.forget(ada.conversationId, clock + 60_000)
  expect(await stream.closed).toBe(1008)
})

test('a socket that is opened in the very moment is closed', async () => {
  const ada = await startVisitor(server)
  const { secrets } = server
  const usual = secrets.useTicket.bind(secrets)
  secrets.useTicket = async (...ticket) => {
    const isGood = await usual(...ticket)
    await forget(ada.token)
    return isGood
  }
  const stream = openStream(ada.streamUrl)
  expect(await stream.opened).toBe(101)
  expect(await stream.closed).toBe(1008)
})

test('whoever comes late with a token of it hears that it is gone, and none of them begins it anew', async () => {
  const ada = await startVisitor(server)
  const { token, at, streamUrl } = ada
  await forget(token)
  for (const [method, path] of [
    ['POST', '/v3/directline/conversations'],
    ['POST', '/v3/directline/tokens/refresh'],
    ['POST', `${at}/activities`],
    ['GET', at],
    ['GET', `${at}/activities`],
    ['GET', '/api/chat/standing'],
  ] as const) {
    const body = { type: 'message', text: 'late' }
    const answer = await call(server, method, path, { token, ...(method === 'POST' && { body }) })
    expect([path, answer.status, answer.json?.error.code]).toEqual([
      path,
      404,
      'ConversationNotFound',
    ])
  }
  const stream = openStream(streamUrl)
  expect(await Promise.race([stream.closed, stream.opened.then(() => stream.closed)])).toBe(1008)
  await expect(
    server.conversations.append(ada.conversationId, botRow(say('late'))),
  ).rejects.toMatchObject({ code: 'conversation_unknown' })
  expect(await server.conversations.get(ada.conversationId)).toBeUndefined()
})

test('the resume secret opens a new conversation, and can never open the old one', async () => {
  const ada = await startVisitor(server)
  await forget(ada.token)
  const again = await chatToken(server, { resume: ada.resume })
  expect(again.conversationId).not.toBe(ada.conversationId)
  expect(again.resume).not.toBe(ada.resume)
  // A request that found the secret a moment before keeps nothing either.
  const kept = { conversation: ada.conversationId, user: ada.userId, expiresAt: clock + 1_000 }
  expect(await server.secrets.keep('a hash', kept)).toBe(false)
})

test('one that was never begun is erased as well', async () => {
  const { token, resume, conversationId } = await chatToken(server)
  expect((await forget(token)).status).toBe(204)
  expect((await chatToken(server, { resume })).conversationId).not.toBe(conversationId)
})

test('who asks without end is told to wait, for that conversation alone', async () => {
  const ada = await startVisitor(server)
  const ben = await startVisitor(server)
  const asks = {
    standing: () => call(server, 'GET', '/api/chat/standing', { token: ada.token }),
    token: () => call(server, 'POST', '/api/chat/token', { body: { resume: ada.resume } }),
    forget: () => forget(ada.token),
  }
  for (let count = 0; count < 60; count += 1)
    expect((await (count % 2 ? asks.standing() : asks.token())).status).toBe(200)
  for (const ask of Object.values(asks)) {
    const refused = await ask()
    expect([refused.status, refused.json.error.code]).toEqual([429, 'TooManyRequests'])
    expect(refused.headers.get('retry-after')).toBe('5')
  }
  expect(await server.rowsOf(ada.conversationId)).not.toEqual([])
  expect((await chatToken(server, { resume: ben.resume })).conversationId).toBe(ben.conversationId)
  // Whoever has been quiet for a moment is heard, and what is gone is not erased again.
  clock += 1_000
  const erasing = jest.spyOn(server.conversations, 'forget')
  expect((await asks.forget()).status).toBe(204)
  expect((await asks.forget()).status).toBe(204)
  expect(erasing).toHaveBeenCalledTimes(1)
})
