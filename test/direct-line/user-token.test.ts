import { generateKeyPairSync } from 'node:crypto'
import jwt from 'jsonwebtoken'
import { call, chatToken } from './requests'
import { startServer, type Server } from './start-server'

/** The embedding page's own server says who the person is, by a token that it signs with our shared secret. */

const secret = 'a secret of thirty-two characters!'
const start = Date.UTC(2026, 2, 2, 9)
const hour = 3600
let clock = start
let server: Server

beforeEach(async () => {
  clock = start
  server = await startServer({ now: () => clock, settings: { directLineSecret: secret } })
})
afterEach(() => server.close())

const inAn = (hours: number) => Math.floor(clock / 1000) + hours * hour
const tokenOf = (claims: object, key = secret, options: jwt.SignOptions = {}) =>
  jwt.sign({ sub: 'ada', exp: inAn(1), ...claims }, key, { noTimestamp: true, ...options })
const unsigned = (header: object, claims: object) =>
  [header, claims]
    .map((part) => Buffer.from(JSON.stringify(part)).toString('base64url'))
    .concat('')
    .join('.')

const ask = (token: unknown, more: object = {}) =>
  call(server, 'POST', '/api/chat/token', { body: { user: { token }, ...more } })

test('a good token names the user and what they are called, whatever the page says', async () => {
  const token = tokenOf({ name: ' Ada\u0007 L. ' })
  const given = await call(server, 'POST', '/api/chat/token', {
    body: { user: { name: 'Eve', token } },
  })
  expect(given).toMatchObject({ status: 200, json: { userId: 'dl_ada' } })
  expect(jwt.decode(given.json.token)).toMatchObject({ user: 'dl_ada', name: 'Ada  L.' })
})

test('a bad one is refused, and tells nothing of why', async () => {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
  const claims = { sub: 'ada', exp: inAn(1) }
  const bad = {
    'another key': tokenOf({}, 'another secret of the same length!'),
    'no signature': unsigned({ alg: 'none' }, claims),
    'no signature, another case': unsigned({ alg: 'nOnE' }, claims),
    'another algorithm': tokenOf({}, secret, { algorithm: 'HS512' }),
    'a public key': jwt.sign(claims, privateKey, { algorithm: 'RS256' }),
    'no end': jwt.sign({ sub: 'ada' }, secret),
    'an end in words': unsigned({ alg: 'HS256' }, { ...claims, exp: 'soon' }),
    'an end that has come': tokenOf({ exp: inAn(0) - 61 }),
    'an end too far ahead': tokenOf({ exp: inAn(8) + 61 }),
    'not good yet': tokenOf({ nbf: inAn(0) + 61 }),
    nobody: jwt.sign({ exp: inAn(1) }, secret),
    'an empty name': tokenOf({ sub: '' }),
    'a name with more in it': tokenOf({ sub: 'ada\n' }),
    'a long name': tokenOf({ sub: 'a'.repeat(121) }),
    'a number': tokenOf({ sub: 7 }),
    'a token of a chat': (await chatToken(server)).token,
    nothing: '',
  }
  for (const [what, token] of Object.entries(bad)) {
    const { status, json } = await ask(token)
    expect([what, status, json.error?.code]).toEqual([what, 403, 'BadUserToken'])
  }
  expect((await ask('x'.repeat(2049))).status).toBe(400)
  expect((await ask(7)).status).toBe(400)
  expect((await ask(tokenOf({ sub: 'a'.repeat(120), exp: inAn(8), name: 7 }))).status).toBe(200)
})

test('the clock of the other server may be a minute off, either way', async () => {
  const near = [{ nbf: inAn(0) + 30 }, { nbf: inAn(0) + 60 }, { exp: inAn(0) - 59 }]
  for (const claims of near)
    expect([claims, (await ask(tokenOf(claims))).status]).toEqual([claims, 200])
  expect((await ask(tokenOf({ exp: inAn(0) - 60 }))).status).toBe(403)
})

test('a resume secret opens the conversation of the same user only', async () => {
  const ada = (await ask(tokenOf({}))).json
  const again = (await ask(tokenOf({ name: 'Ada' }), { resume: ada.resume })).json
  expect([again.conversationId, again.resume]).toEqual([ada.conversationId, ada.resume])

  const ben = (await ask(tokenOf({ sub: 'ben' }), { resume: ada.resume })).json
  expect(ben.userId).toBe('dl_ben')
  expect(ben.conversationId).not.toBe(ada.conversationId)
  expect(ben.resume).not.toBe(ada.resume)

  const nobody = await chatToken(server)
  const known = (await ask(tokenOf({}), { resume: nobody.resume })).json
  expect(known.conversationId).not.toBe(nobody.conversationId)
})

test('without the secret no user token is believed', async () => {
  await server.close()
  server = await startServer({ now: () => clock })
  expect((await ask(tokenOf({}))).json.error.code).toBe('BadUserToken')
  expect((await ask(tokenOf({}, 'undefined'))).status).toBe(403)
})
