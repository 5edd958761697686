import { join } from 'node:path'
import jwt from 'jsonwebtoken'
import { hashOf } from '../../src/channels/direct-line/secrets'
import { botRow, call, chatToken, openStream, say, startVisitor, until } from './requests'
import { startServer, type Server } from './start-server'
import { textKept } from '../storage/engine'

const minute = 60_000
let server: Server
let clock = Date.now()

beforeEach(async () => {
  clock = Date.now()
  server = await startServer({
    now: () => clock,
    allowed: ['https://help.example.org'],
    settings: { directLineSecret: 'a secret of thirty-two characters!' },
  })
})
afterEach(() => server.close())

describe('POST /api/chat/token', () => {
  const tokenFrom = (headers: Record<string, string>) =>
    call(server, 'POST', '/api/chat/token', { body: {}, headers })

  test('refuses pages of other origins', async () => {
    for (const origin of ['https://evil.example', 'null', 'http://127.0.0.1:1']) {
      const answer = await tokenFrom({ origin })
      expect([answer.status, answer.json.error.code]).toEqual([403, 'OriginNotAllowed'])
      expect(answer.headers.get('access-control-allow-origin')).toBeNull()
    }
  })

  test('answers its own page, an allowed page and a caller that is no browser', async () => {
    expect((await tokenFrom({ origin: server.url })).status).toBe(200)
    const allowed = await tokenFrom({ origin: 'https://help.example.org' })
    expect(allowed.status).toBe(200)
    expect(allowed.headers.get('access-control-allow-origin')).toBe('https://help.example.org')
    expect((await tokenFrom({})).status).toBe(200)
    expect((await tokenFrom({ 'sec-fetch-site': 'cross-site' })).status).toBe(403)
  })

  test('gives a signed token with a user and one conversation, for an hour', async () => {
    const given = await chatToken(server, {
      user: { id: 'dl_admin', name: ' Ada\n' },
      locale: 'en-GB',
    })
    expect(given).toMatchObject({
      userId: expect.stringMatching(/^dl_[\w-]{22}$/),
      conversationId: expect.stringMatching(/^[\w-]{22}$/),
      resume: expect.stringMatching(/^[\w-]{43}$/),
      expires_in: 3600,
    })
    expect(jwt.decode(given.token)).toMatchObject({
      typ: 'chat',
      user: given.userId,
      conv: given.conversationId,
      name: 'Ada',
      locale: 'en-GB',
    })
    // Only the hash is kept.
    const kept = await textKept(join(server.folder, 'fixladder.db'))
    const holds = (text: string) => kept.includes(text)
    expect([holds(hashOf(given.resume)), holds(given.resume)]).toEqual([true, false])
    expect(await server.conversations.get(given.conversationId)).toBeUndefined()
  })

  test('takes a conversation up again by its resume secret, and starts anew without a good one', async () => {
    const first = await chatToken(server)
    clock += 89 * 24 * 60 * minute
    const again = await chatToken(server, { resume: first.resume })
    expect(again).toMatchObject({
      conversationId: first.conversationId,
      userId: first.userId,
      resume: first.resume,
    })
    const other = await chatToken(server, { resume: 'x'.repeat(43) })
    expect(other.conversationId).not.toBe(first.conversationId)
    clock += 91 * 24 * 60 * minute
    const late = await chatToken(server, { resume: first.resume })
    expect(late.conversationId).not.toBe(first.conversationId)
  })

  test('answers 429 to an address that opens too many, and leaves others alone', async () => {
    const from = (address: string) =>
      call(server, 'POST', '/api/chat/token', { body: {}, headers: { 'x-forwarded-for': address } })
    for (let count = 0; count < 30; count += 1) expect((await from('203.0.113.7')).status).toBe(200)
    const refused = await from('203.0.113.7')
    expect([refused.status, refused.json.error.code]).toEqual([429, 'TooManyConversations'])
    expect(refused.headers.get('retry-after')).toMatch(/^\d+$/)
    expect((await from('203.0.113.8')).status).toBe(200)
    expect((await from('2.2.2.2, 203.0.113.7')).status).toBe(429)
  })

  test('answers 400 to fields of the wrong type', async () => {
    for (const body of [{ resume: { $gt: '' } }, { user: 'Ada' }, { user: { name: 7 } }, [], '"x"'])
      expect((await call(server, 'POST', '/api/chat/token', { body })).status).toBe(400)
  })
})

describe('tokens', () => {
  test('generate refuses without the secret, and names the users that a back end names', async () => {
    const generate = (token?: string, body?: object) =>
      call(server, 'POST', '/v3/directline/tokens/generate', {
        ...(token && { token }),
        ...(body && { body }),
      })
    expect((await generate()).status).toBe(401)
    expect((await generate('another secret of the same kind!!!')).status).toBe(403)
    const secret = 'a secret of thirty-two characters!'
    expect((await generate(secret)).json).toMatchObject({ expires_in: 3600 })
    const named = await generate(secret, { user: { id: 'dl_ada', name: 'Ada' } })
    expect(jwt.decode(named.json.token)).toMatchObject({ user: 'dl_ada', name: 'Ada' })
    expect((await generate(secret, { user: { id: 'ada' } })).status).toBe(400)
    await server.close()
    server = await startServer()
    expect((await generate(secret)).status).toBe(403)
  })

  test('no or a garbled header is 401; forged, foreign and expired tokens are 403', async () => {
    const ada = await startVisitor(server)
    const ben = await startVisitor(server)
    const get = (token?: string, headers?: Record<string, string>) =>
      call(server, 'GET', `${ada.at}/activities`, {
        ...(token && { token }),
        ...(headers && { headers }),
      })
    expect((await get()).status).toBe(401)
    expect((await get(undefined, { authorization: 'Basic YTpi' })).status).toBe(401)
    expect((await get('short')).status).toBe(401)
    const claims = { typ: 'chat', user: ada.userId, conv: ada.conversationId, exp: 9999999999 }
    const none = `${btoa('{"alg":"none"}')}.${btoa(JSON.stringify(claims))}.`.replaceAll('=', '')
    for (const forged of [
      jwt.sign(claims, 'another key that is long enough to sign'),
      none,
      `${ada.token.slice(0, -4)}AAAA`,
      new URL(ada.streamUrl).searchParams.get('t')!,
      'x'.repeat(40),
    ])
      expect((await get(forged)).json.error.code).toBe('BadToken')

    // Another's conversation and none at all cannot be told apart.
    const foreign = await get(ben.token)
    const absent = await call(server, 'GET', '/v3/directline/conversations/nobody/activities', {
      token: ben.token,
    })
    expect([foreign.status, foreign.json]).toEqual([403, absent.json])
    expect(absent.status).toBe(403)

    clock += 61 * minute
    const expired = await get(ada.token)
    expect([expired.status, expired.json.error.code]).toEqual([403, 'TokenExpired'])
  })

  test('live far longer than the client takes to refresh, and refresh only while they live', async () => {
    const ada = await startVisitor(server)
    const refresh = (token: string) =>
      call(server, 'POST', '/v3/directline/tokens/refresh', { token })
    let { token } = ada
    for (let quarter = 0; quarter < 12; quarter += 1) {
      clock += 15 * minute
      const fresh = await refresh(token)
      expect(fresh).toMatchObject({ status: 200, json: { conversationId: ada.conversationId } })
      expect(fresh.json.token).not.toBe(token)
      token = fresh.json.token
    }
    clock += 59 * minute
    expect((await refresh(token)).status).toBe(200)
    clock += 2 * minute
    expect((await refresh(token)).json.error.code).toBe('TokenExpired')
  })
})

describe('conversations', () => {
  test('the first start answers 201 and joins both once, every later one 200', async () => {
    const ada = await chatToken(server, { user: { name: 'Ada' } })
    const start = () =>
      call(server, 'POST', '/v3/directline/conversations', {
        token: ada.token,
        body: { user: { id: 'dl_somebody' }, locale: 'de-DE' },
      })
    const first = await start()
    expect(first.status).toBe(201)
    expect(first.json).toMatchObject({
      conversationId: ada.conversationId,
      token: expect.any(String),
      expires_in: 3600,
      streamUrl: expect.stringMatching(
        `^ws://127.0.0.1:${server.port}/v3/directline/conversations/${ada.conversationId}/stream\\?watermark=0&t=`,
      ),
    })
    expect((await start()).status).toBe(200)
    const rows = await server.rowsOf(ada.conversationId)
    expect(rows).toHaveLength(1)
    expect(rows?.[0]).toMatchObject({
      audience: ['bot'],
      body: {
        type: 'conversationUpdate',
        locale: 'de-DE',
        membersAdded: [{ id: 'fixladder' }, { id: ada.userId, name: 'Ada' }],
      },
    })
  })

  test('a start that asks for the log gets it, and the stream goes on behind it', async () => {
    const ada = await startVisitor(server)
    const start = () =>
      call(server, 'POST', '/v3/directline/conversations', {
        token: ada.token,
        body: { read: true },
      })
    for (let count = 1; count <= 33; count += 1)
      await server.conversations.append(
        ada.conversationId,
        botRow({ kind: 'say', text: `Hello ${count}` }),
      )
    const { status, json } = await start()
    expect([status, json.activities?.length, json.watermark, json.more]).toEqual([
      200,
      32,
      '33',
      true,
    ])
    expect(json.activities?.[0]?.text).toBe('Hello 1')
    expect(json.streamUrl).toContain('watermark=33&')
  })

  test('a start that asks for the log of a new conversation does not wait for ever', async () => {
    const { token } = await chatToken(server)
    const body = { read: true }
    const { status, json } = await call(server, 'POST', '/v3/directline/conversations', {
      token,
      body,
    })
    expect([status, json.activities, json.more]).toEqual([201, [], false])
  })

  test('a reconnect starts one that never was, and carries the watermark into the stream address', async () => {
    const ada = await chatToken(server)
    const get = (watermark: string) =>
      call(
        server,
        'GET',
        `/v3/directline/conversations/${ada.conversationId}?watermark=${watermark}`,
        {
          token: ada.token,
        },
      )
    expect((await get('')).json.streamUrl).toContain('watermark=0&')
    expect(await server.rowsOf(ada.conversationId)).toHaveLength(1)
    expect((await get('17')).json).toMatchObject({
      token: expect.any(String),
      conversationId: ada.conversationId,
      streamUrl: expect.stringContaining('watermark=17&'),
    })
    expect((await get('-1')).status).toBe(400)
    expect((await get('0x')).json.error.code).toBe('BadArgument')
  })

  test('the address of the stream is on PUBLIC_URL when there is one', async () => {
    await server.close()
    server = await startServer({ settings: { publicUrl: 'https://help.example.org' } })
    const ada = await startVisitor(server)
    expect(ada.streamUrl).toMatch(/^wss:\/\/help\.example\.org\/v3\/directline\/conversations\//)
    const strict = await call(server, 'GET', '/healthz')
    expect(strict.headers.get('strict-transport-security')).toContain('max-age')
  })

  test('a token of a conversation that was never started finds none', async () => {
    const ada = await chatToken(server)
    const at = `/v3/directline/conversations/${ada.conversationId}/activities`
    expect((await call(server, 'GET', at, { token: ada.token })).status).toBe(404)
    const post = await call(server, 'POST', at, { token: ada.token, body: { type: 'message' } })
    expect([post.status, post.json.error.code]).toEqual([404, 'ConversationNotFound'])
  })
})

describe('preflights', () => {
  test('allow what the Web Chat bundle asks for, also for GET, and nothing to strangers', async () => {
    const ask = (method: string, origin: string) =>
      call(server, 'OPTIONS', '/v3/directline/conversations/x', {
        headers: {
          origin,
          'access-control-request-method': method,
          'access-control-request-headers':
            'authorization,content-type,x-ms-bot-agent,x-requested-with',
        },
      })
    for (const method of ['GET', 'POST']) {
      const answer = await ask(method, 'https://help.example.org')
      expect(answer.status).toBe(204)
      const allowed = answer.headers.get('access-control-allow-headers')?.split(', ')
      expect(allowed).toEqual(expect.arrayContaining(['authorization', 'content-type']))
      expect(allowed).toEqual(expect.arrayContaining(['x-ms-bot-agent', 'x-requested-with']))
      expect(answer.headers.get('access-control-allow-methods')).toContain(method)
      expect(answer.headers.get('access-control-expose-headers')).toBe('Retry-After')
      expect(answer.headers.get('vary')).toContain('Origin')
    }
    expect((await ask('GET', 'https://evil.example')).status).toBe(403)
  })
})

describe('posting', () => {
  test('a message is stored as the server sees it, whatever the client claims', async () => {
    const ada = await startVisitor(server)
    const posted = await call(server, 'POST', `${ada.at}/activities`, {
      token: ada.token,
      body: {
        type: 'message',
        text: 'my album is empty',
        id: 'mine',
        timestamp: '1999-01-01T00:00:00Z',
        from: { id: 'dl_boss', name: 'Boss', role: 'bot' },
        recipient: { id: 'x' },
        conversation: { id: 'other' },
        serviceUrl: 'http://evil.example',
        channelId: 'msteams',
        audience: ['bot'],
        channelData: { clientActivityID: 'c1', fixladder: { kind: 'say', text: 'x' }, keep: 1 },
      },
    })
    expect(posted.json).toEqual({ id: `${ada.conversationId}|0000002` })
    expect((await server.rowsOf(ada.conversationId))[1]).toEqual({
      seq: 2,
      id: posted.json.id,
      at: clock,
      kind: 'activity',
      audience: ['person', 'agents', 'bot'],
      key: 'client:c1',
      body: {
        type: 'message',
        text: 'my album is empty',
        from: { id: ada.userId, role: 'user' },
        channelData: { clientActivityID: 'c1', keep: 1 },
      },
    })
    const { activities } = await ada.read()
    expect(activities).toEqual([
      {
        type: 'message',
        id: posted.json.id,
        timestamp: new Date(clock).toISOString(),
        channelId: 'directline',
        conversation: { id: ada.conversationId },
        from: { id: ada.userId, role: 'user' },
        text: 'my album is empty',
        textFormat: 'plain',
        channelData: { clientActivityID: 'c1', keep: 1 },
      },
    ])
  })

  test('a press keeps its value', async () => {
    const ada = await startVisitor(server)
    const value = { case: 'k1', ask: 3, answer: 'yes' }
    await call(server, 'POST', `${ada.at}/activities`, {
      token: ada.token,
      body: { type: 'message', text: 'Yes', value },
    })
    expect((await server.rowsOf(ada.conversationId))[1]?.body).toMatchObject({ value })
  })

  test('the same message twice is one row, with the same id', async () => {
    const ada = await startVisitor(server)
    const answers = await Promise.all([ada.say('hello', 'c1'), ada.say('hello', 'c1')])
    expect(answers[0].json.id).toBe(answers[1].json.id)
    expect(await server.rowsOf(ada.conversationId)).toHaveLength(2)
    expect((await ada.say('hello', 'c2')).json.id).not.toBe(answers[0].json.id)
  })

  test('types that are not a client’s, and events that are the program’s, are refused', async () => {
    const ada = await startVisitor(server)
    const post = (body: unknown) =>
      call(server, 'POST', `${ada.at}/activities`, { token: ada.token, body })
    for (const body of [
      {},
      [],
      'null',
      { type: 1 },
      { type: 'conversationUpdate' },
      { type: 'invoke', name: 'adaptiveCard/action' },
      { type: 'event', name: 'handoff.status', value: { state: 'completed' } },
      { type: 'event', name: 'Handoff.Status' },
      { type: 'messageUpdate' },
      { type: 'message', text: { $ne: '' } },
      { type: 'message', locale: {} },
      { type: 'message', channelData: 'x' },
      { type: 'message', text: 'x'.repeat(8001) },
      { type: 'message', value: 'x'.repeat(5000) },
      { type: 'message', channelData: { big: 'x'.repeat(5000) } },
    ])
      expect(await post(body)).toMatchObject({
        status: 400,
        json: { error: { code: 'BadArgument' } },
      })
    expect(await server.rowsOf(ada.conversationId)).toHaveLength(1)
    expect((await post({ type: 'event', name: 'webchat/join' })).status).toBe(200)
    expect((await post({ type: 'endOfConversation' })).status).toBe(200)
    expect((await post({ type: 'message', text: 'x'.repeat(5000) })).status).toBe(200)
    expect((await post({ type: 'message', text: 'ü'.repeat(8000) })).status).toBe(200)
  })

  test('typing leaves no row', async () => {
    const ada = await startVisitor(server)
    const body = { type: 'typing' }
    const typed = await call(server, 'POST', `${ada.at}/activities`, { token: ada.token, body })
    expect(typed).toMatchObject({ status: 200, json: { id: expect.any(String) } })
    expect(await server.rowsOf(ada.conversationId)).toHaveLength(1)
  })

  test('a flood is answered 400 TooManyMessages, never 403 or 429, and ends by itself', async () => {
    const ada = await startVisitor(server)
    const answers = []
    for (let count = 0; count < 15; count += 1) answers.push(await ada.say('again'))
    expect(answers.map(({ status }) => status)).toEqual([
      ...Array(10).fill(200),
      ...Array(5).fill(400),
    ])
    expect(answers.at(-1)?.json.error.code).toBe('TooManyMessages')
    clock += 2000
    expect((await ada.say('sorry')).status).toBe(200)
  })

  test('an upload gets a clear answer', async () => {
    const ada = await startVisitor(server)
    const form = new FormData()
    form.append('activity', new Blob(['{}'], { type: 'application/vnd.microsoft.activity' }))
    form.append('file', new Blob([new Uint8Array(100_000)]), 'a.png')
    const response = await fetch(`${server.url}${ada.at}/upload?userId=${ada.userId}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${ada.token}` },
      body: form,
    })
    expect(response.status).toBe(415)
    expect(await response.json()).toMatchObject({ error: { code: 'UploadsOff' } })
    const body = { type: 'message', attachments: [{ contentUrl: 'https://x.example/a.png' }] }
    const inline = await call(server, 'POST', `${ada.at}/activities`, { token: ada.token, body })
    expect(inline.json.error.code).toBe('UploadsOff')
    const anonymous = await call(server, 'POST', `${ada.at}/upload?userId=a`)
    expect(anonymous.status).toBe(401)
  })

  test('what cannot be kept is not acknowledged', async () => {
    const ada = await startVisitor(server)
    server.conversations.isBroken = true
    const answer = await ada.say('hello')
    expect(answer).toMatchObject({ status: 503, json: { error: { code: 'Unavailable' } } })
    expect(JSON.stringify(answer.json)).not.toContain('disk')
    server.conversations.isBroken = false
    expect((await ada.say('hello')).status).toBe(200)
  })

  test('there are no sessions and no plain streams', async () => {
    const ada = await startVisitor(server)
    const session = '/v3/directline/session/getsessionid'
    expect((await call(server, 'GET', session)).status).toBe(401)
    expect((await call(server, 'GET', session, { token: ada.token })).status).toBe(400)
    expect((await call(server, 'GET', `${ada.at}/stream`, { token: ada.token })).status).toBe(426)
  })
})

describe('reading', () => {
  test('the watermark is the last row considered; 0 and none are the whole log; the future is now', async () => {
    const ada = await startVisitor(server)
    const { conversations } = server
    await ada.say('one')
    await conversations.append(ada.conversationId, botRow(say('two')))
    await conversations.append(ada.conversationId, {
      ...botRow(say('gone')),
      body: null,
    })
    const all = await ada.read()
    expect(all.activities.map(({ text }) => text)).toEqual(['one', 'two'])
    expect(all.watermark).toBe('4')
    expect(await ada.read('0')).toEqual(all)
    expect((await ada.read('2')).activities.map(({ text }) => text)).toEqual(['two'])
    expect(await ada.read('4')).toEqual({ activities: [], watermark: '4' })
    expect(await ada.read('999')).toEqual({ activities: [], watermark: '4' })
  })

  test('a person never reads rows for agents or for the bot', async () => {
    const ada = await startVisitor(server)
    const secret = botRow(say('a remark'), { kind: 'note', audience: ['agents'] })
    await server.conversations.append(ada.conversationId, secret)
    expect((await ada.read()).activities).toEqual([])
  })

  test('buttons are drawn so that the stock client shows the label and sends the press', async () => {
    const ada = await startVisitor(server)
    const buttons = [{ label: 'Something else', answer: 'other' }]
    await server.conversations.append(
      ada.conversationId,
      botRow({ kind: 'ask', text: 'Which device?', ask: 2, case: 'k1', buttons }),
    )
    const { activities } = await ada.read()
    expect(activities[0]).toMatchObject({
      type: 'message',
      from: { id: 'fixladder', name: 'Fixladder', role: 'bot' },
      text: 'Which device?',
      textFormat: 'markdown',
      inputHint: 'expectingInput',
      suggestedActions: {
        actions: [
          {
            type: 'messageBack',
            title: 'Something else',
            text: 'Something else',
            displayText: 'Something else',
            value: { case: 'k1', ask: 2, answer: 'other' },
          },
        ],
      },
    })
  })

  test('beside what stock clients draw stands the reply as it is, and who says it', async () => {
    const ada = await startVisitor(server)
    const at = ada.conversationId
    const buttons = [{ label: 'Yes', answer: 'yes' }]
    const ask = { kind: 'ask', text: 'Did *that* help?', ask: 2, case: 'k1', buttons } as const
    await server.conversations.append(at, botRow(ask))
    const maria = { id: 'agent', name: 'Maria', role: 'agent' } as const
    const row = { at: clock, kind: 'activity', audience: ['person', 'agents'] } as const
    const message = { type: 'message', from: maria } as const
    await server.conversations.append(at, { ...row, body: { ...message, text: 'Hello' } })
    await server.conversations.append(at, {
      ...row,
      body: { ...message, channelData: { fixladder: ask, secret: 1 } },
    })
    const author = { kind: 'agent', name: 'Maria' }
    expect((await ada.read()).activities.map(({ channelData }) => channelData)).toEqual([
      { fixladder: ask, author: { kind: 'bot', name: 'Fixladder' } },
      { author, words: 'Hello' },
      { fixladder: ask, author },
    ])
  })

  test('an agent is shown under the name that the row gives', async () => {
    const ada = await startVisitor(server)
    const from = { id: 'agent-17@corp.example', name: 'Maria', role: 'agent' } as const
    const body = { type: 'message', from, text: 'Hello, I am Maria.' }
    await server.conversations.append(ada.conversationId, { ...botRow(say('')), body })
    const { activities } = await ada.read()
    expect(activities[0]).toMatchObject({
      text: 'Maria: Hello, I am Maria.',
      from: { name: 'Maria', role: 'bot' },
    })
    expect(JSON.stringify(activities)).not.toContain('corp.example')
  })

  test('replyToId goes out only after its target did', async () => {
    const ada = await startVisitor(server)
    const asked = await ada.say('one')
    await server.conversations.append(ada.conversationId, botRow(say('two'), {}, asked.json.id))
    await server.conversations.append(
      ada.conversationId,
      botRow(say('three'), {}, `${ada.conversationId}|0000001`),
    )
    const [, two, three] = (await ada.read()).activities
    expect(two?.replyToId).toBe(asked.json.id)
    expect(three).not.toHaveProperty('replyToId')
    expect((await ada.read('2')).activities[0]).not.toHaveProperty('replyToId')
  })

  test('an update keeps the id and the timestamp of its target', async () => {
    const ada = await startVisitor(server)
    const first = await server.conversations.append(
      ada.conversationId,
      botRow(say('2nd in line'), { at: clock }),
    )
    const update = { kind: 'update', target: first.id, at: clock + 9000 } as const
    await server.conversations.append(ada.conversationId, botRow(say('1st in line'), update))
    await server.conversations.append(
      ada.conversationId,
      botRow(say('lost'), { ...update, target: `${ada.conversationId}|0000001` }),
    )
    const place = { id: first.id, timestamp: new Date(clock).toISOString() }
    const expected = [
      { ...place, text: '2nd in line' },
      { ...place, text: '1st in line' },
    ]
    expect((await ada.read()).activities).toMatchObject(expected)
    expect((await ada.read('2')).activities).toMatchObject(expected.slice(1))
    expect((await ada.read('2')).watermark).toBe('4')
  })
})

describe('the stream', () => {
  test('refuses without a ticket, with a bad, used, foreign or expired one, and from other pages', async () => {
    const ada = await startVisitor(server)
    const ben = await startVisitor(server)
    const open = async (url: string, origin?: string) => {
      const stream = openStream(url, origin ? { origin } : {})
      const status = await stream.opened
      stream.socket.terminate()
      return status
    }
    expect(await open(ada.streamUrl.replace(/&t=.*/, ''))).toBe(401)
    expect(await open(`${ada.streamUrl}x`)).toBe(403)
    expect(await open(ada.streamUrl.replace(/t=.*/, `t=${ada.token}`))).toBe(403)
    expect(await open(ben.streamUrl.replace(ben.conversationId, ada.conversationId))).toBe(403)
    expect(await open(ada.streamUrl.replace('watermark=0', 'watermark=x'))).toBe(400)
    expect(await open(ada.streamUrl, 'https://evil.example')).toBe(403)
    expect(await open(ada.streamUrl.replace('&t=', '&t=a&t='))).toBe(400)
    expect(await open(ada.streamUrl, 'https://help.example.org')).toBe(101)
    expect(await open(ada.streamUrl)).toBe(403)
    clock += 61_000
    expect(await open(ben.streamUrl)).toBe(403)
    expect(await open((await ben.reconnect()).streamUrl)).toBe(101)
  })

  test('replays after the watermark, then follows; the echo comes before the reply', async () => {
    const ada = await startVisitor(server)
    await ada.say('one', 'c1')
    await server.conversations.append(ada.conversationId, botRow(say('two')))
    const stream = openStream(ada.streamUrl)
    await until('the replay', () => stream.texts().length === 2)
    await ada.say('three')
    await server.conversations.append(ada.conversationId, botRow(say('four')))
    await until('what follows', () => stream.texts().length === 4)
    expect(stream.texts()).toEqual(['one', 'two', 'three', 'four'])
    for (const frame of stream.frames)
      expect(Array.isArray(JSON.parse(frame).activities)).toBe(true)
    expect(JSON.parse(stream.frames[0]!).activities[0].channelData).toEqual({
      clientActivityID: 'c1',
    })
    expect(JSON.parse(stream.frames.at(-1)!).watermark).toBe('5')

    const { streamUrl } = await ada.reconnect('3')
    const second = openStream(streamUrl)
    await until('what was missed', () => second.texts().length === 2)
    expect(second.texts()).toEqual(['three', 'four'])
    stream.socket.terminate()
    second.socket.terminate()
  })

  test('two tabs get each activity once', async () => {
    const ada = await startVisitor(server)
    const tabs = [openStream(ada.streamUrl), openStream((await ada.reconnect('0')).streamUrl)]
    await Promise.all(tabs.map(({ opened }) => opened))
    for (let count = 0; count < 9; count += 1) await ada.say(`${count}`)
    await until('all of them', () => tabs.every((tab) => tab.texts().length === 9))
    for (const tab of tabs) {
      expect(tab.texts()).toEqual('012345678'.split(''))
      tab.socket.terminate()
    }
  })

  test('a lost hint costs a moment, not a message', async () => {
    server.conversations.losesHints = true
    const ada = await startVisitor(server)
    const stream = openStream(ada.streamUrl)
    await stream.opened
    await ada.say('anybody?')
    await until('the poll', () => stream.texts().length === 1)
    expect(stream.texts()).toEqual(['anybody?'])
    stream.socket.terminate()
  })

  test('a long log arrives whole and in order', async () => {
    const ada = await startVisitor(server)
    const texts = Array.from({ length: 300 }, (_, index) => `line ${index}`)
    for (const text of texts)
      await server.conversations.append(ada.conversationId, botRow(say(text)))
    const stream = openStream(ada.streamUrl)
    await until('all lines', () => stream.texts().length === 300)
    expect(stream.texts()).toEqual(texts)
    stream.socket.terminate()
  })

  test('ignores what a client sends, and ends one that sends too much or nonsense', async () => {
    const ada = await startVisitor(server)
    const stream = openStream(ada.streamUrl)
    await stream.opened
    stream.socket.send('')
    stream.socket.send('{"type":"message","text":"not this way"}')
    await ada.say('this way')
    await until('the echo', () => stream.texts().length === 1)
    stream.socket.send('x'.repeat(5000))
    expect(await stream.closed).toBe(1009)
    expect(await server.rowsOf(ada.conversationId)).toHaveLength(2)
  })

  test('at most five sockets on one conversation', async () => {
    const ada = await startVisitor(server)
    const streams = []
    for (let count = 0; count < 6; count += 1) {
      const stream = openStream((await ada.reconnect()).streamUrl)
      streams.push(stream)
      expect(await stream.opened).toBe(count < 5 ? 101 : 400)
    }
    streams[0]?.socket.close()
    await streams[0]?.closed
    const next = openStream((await ada.reconnect()).streamUrl)
    expect(await next.opened).toBe(101)
    for (const { socket } of [...streams, next]) socket.terminate()
  })

  test('closes when the token ends, unless it was refreshed', async () => {
    const ada = await startVisitor(server)
    const ben = await startVisitor(server)
    const [adas, bens] = [openStream(ada.streamUrl), openStream(ben.streamUrl)]
    await Promise.all([adas.opened, bens.opened])
    bens.socket.on('ping', () => bens.socket.pong())
    clock += 30 * minute
    await call(server, 'POST', '/v3/directline/tokens/refresh', { token: ben.token })
    await new Promise((resolve) => setTimeout(resolve, 60))
    clock += 31 * minute
    expect(await adas.closed).toBe(1008)
    expect(bens.socket.readyState).toBe(bens.socket.OPEN)
    bens.socket.terminate()
  })

  test('ends a socket that no longer answers pings', async () => {
    const ada = await startVisitor(server)
    const stream = openStream(ada.streamUrl, { autoPong: false })
    await stream.opened
    clock += 26_000
    await new Promise((resolve) => stream.socket.once('ping', resolve))
    clock += 26_000
    expect(await stream.closed).toBe(1006)
  })

  test('at shutdown everyone is told to come back', async () => {
    const ada = await startVisitor(server)
    const stream = openStream(ada.streamUrl)
    await stream.opened
    await server.close()
    expect(await stream.closed).toBe(1012)
  })
})
