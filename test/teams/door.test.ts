import { createSecretKey } from 'node:crypto'
import jwt from 'jsonwebtoken'
import { createTeams } from '../../src/channels/teams'
import { FixladderError } from '../../src/errors'
import { statement } from '../../src/storage'
import { createKey } from './microsoft'
import {
  appId,
  bareKey,
  bearer,
  connectorKey,
  installed,
  message,
  partsOf,
  serviceUrl,
  settings,
  signed,
  startStage,
  tenantId,
  webChatKey,
  type Stage,
} from './stage'

const conversationsThere = statement<Record<string, never>>()((db) =>
  db.selectFrom('conversations').select('id'),
)
const addressesThere = statement<Record<string, never>>()((db) =>
  db.selectFrom('teams_addresses').select('conversation'),
)

/** Nothing of a refused call may be left, and nobody may have been answered. */
async function expectNoTrace(stage: Stage): Promise<void> {
  expect(await stage.database.read(conversationsThere, {})).toEqual([])
  expect(await stage.database.read(addressesThere, {})).toEqual([])
  expect(stage.sent()).toEqual([])
}

describe('the door without an app id', () => {
  let stage: Stage
  beforeAll(async () => {
    stage = await startStage({ MicrosoftAppId: undefined })
  })
  afterAll(() => stage.close())

  it('is not there, not even for a good token', async () => {
    expect((await stage.post(message())).status).toBe(404)
    expect((await stage.post(message(), '')).status).toBe(404)
    await expectNoTrace(stage)
  })
})

describe('the door refuses without a credential', () => {
  let stage: Stage
  beforeAll(async () => {
    stage = await startStage()
    await stage.run()
  })
  afterEach(() => expectNoTrace(stage))
  afterAll(() => stage.close())

  const stranger = createKey('connector-key')
  const seconds = () => Math.floor(Date.now() / 1000)
  const claims = () => ({
    iss: 'https://api.botframework.com',
    aud: appId,
    exp: seconds() + 600,
    serviceurl: serviceUrl,
  })
  const publicPem = connectorKey.publicKey.export({ type: 'spki', format: 'pem' })
  const unsigned = () =>
    jwt.sign(claims(), '', { algorithm: 'none', header: { alg: 'none', kid: 'connector-key' } })
  const symmetric = () =>
    jwt.sign(claims(), createSecretKey(Buffer.from(publicPem)), {
      algorithm: 'HS256',
      header: { alg: 'HS256', kid: 'connector-key' },
    })
  const otherRsa = (algorithm: 'RS384' | 'PS256') =>
    jwt.sign(claims(), connectorKey.privateKey, {
      algorithm,
      header: { alg: algorithm, kid: 'connector-key' },
    })
  const withoutKid = () => jwt.sign(claims(), connectorKey.privateKey, { algorithm: 'RS256' })
  const of = (id: string, more: object) =>
    message({
      conversation: { id: 'a', conversationType: 'personal', tenantId: id },
      channelData: { tenant: { id } },
      ...more,
    })
  /** The same bytes of the signature, written in another way. */
  const otherLastBits = (token: string) => {
    const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'
    return token.slice(0, -1) + alphabet[alphabet.indexOf(token.at(-1) ?? '') + 1]
  }
  const cutOff = () => bearer().slice(0, bearer().lastIndexOf('.') + 1)
  const changed = () => {
    const [head, , signature] = bearer().split('.')
    const payload = Buffer.from(JSON.stringify({ ...claims(), exp: seconds() + 9_999 })).toString(
      'base64url',
    )
    return [head, payload, signature].join('.')
  }
  const notJson = () => {
    const [, payload, signature] = bearer().split('.')
    return `Bearer ${Buffer.from('{"alg":').toString('base64url')}.${payload}.${signature}`
  }

  const [goodHeader, goodPayload] = partsOf(bearer())
  const withHeader = (text: string) => signed(text, goodPayload)
  const withPayload = (text: string) => signed(goodHeader, text)
  /** Acknowledged, and nothing comes of it. */
  const harmless = message({ type: 'messageReaction' })

  test.each<[string, number, () => string, unknown?]>([
    ['nothing', 200, bearer, harmless],
    ['no header', 401, () => ''],
    ['Basic', 401, () => `Basic ${Buffer.from(`${appId}:secret`).toString('base64')}`],
    ['Bearer and nothing', 401, () => 'Bearer '],
    ['garbage', 401, () => 'Bearer garbage'],
    ['two parts', 401, () => bearer().split('.').slice(0, 2).join('.')],
    ['two tokens', 401, () => `${bearer()}, ${bearer()}`],
    ['two tokens in one', 401, () => `${bearer()}${bearer().slice('Bearer'.length)}`],
    ['four parts', 401, () => `${bearer()}.e30`],
    ['two blanks', 401, () => bearer().replace(' ', '  ')],
    ['a tab for the blank', 401, () => bearer().replace(' ', '\t')],
    ['a token in quotes', 401, () => `Bearer "${bearer().slice('Bearer '.length)}"`],
    ['the scheme Token', 401, () => bearer().replace('Bearer', 'Token')],
    ['the scheme twice', 401, () => `Bearer ${bearer()}`],
    ['padding', 401, () => `${bearer()}==`],
    ['base64 of the other alphabet', 401, () => bearer().replace('-', '+').replace('_', '/') + '/'],
    [
      'a token as JSON (RFC 7515, 7.2)',
      401,
      () => {
        const [protectedPart, payload, signature] = bearer().slice('Bearer '.length).split('.')
        return `Bearer ${JSON.stringify({ protected: protectedPart, payload, signature })}`
      },
    ],
    ['a huge signature', 403, () => bearer() + 'A'.repeat(9_000)],
    ['last bits that stand for nothing', 403, () => otherLastBits(bearer())],
    ['a header that is not JSON', 403, notJson],
    ['alg none', 403, () => `Bearer ${unsigned()}`],
    ['HS256 signed with the public key', 403, () => `Bearer ${symmetric()}`],
    ['RS384', 403, () => `Bearer ${otherRsa('RS384')}`],
    ['PS256', 403, () => `Bearer ${otherRsa('PS256')}`],
    ['RS256 in small letters', 403, () => withHeader(goodHeader.replace('RS256', 'rs256'))],
    ['RS256 and a NUL', 403, () => withHeader(goodHeader.replace('RS256', 'RS256\\u0000'))],
    ['algs as a list', 403, () => withHeader(goodHeader.replace('"RS256"', '["RS256"]'))],
    ['alg none behind RS256', 403, () => withHeader(goodHeader.replace('}', ',"alg":"none"}'))],
    ['a header that is a list', 403, () => withHeader(`[${goodHeader}]`)],
    ['a header with a byte order mark', 403, () => withHeader(`\ufeff${goodHeader}`)],
    [
      "a stranger's key in the header",
      403,
      () => {
        const jwk = stranger.publicKey.export({ format: 'jwk' })
        return signed(JSON.stringify({ alg: 'RS256', kid: 'mine', jwk }), goodPayload, stranger)
      },
    ],
    [
      'the address of a key in the header',
      403,
      () =>
        signed(
          JSON.stringify({ alg: 'RS256', kid: 'mine', jku: 'https://example.org/keys' }),
          goodPayload,
          stranger,
        ),
    ],
    ['a payload that is no JSON', 403, () => withPayload('{"iss":')],
    ['a payload that is a list', 403, () => withPayload(`[${goodPayload}]`)],
    ['a payload that is a string', 403, () => withPayload(JSON.stringify(goodPayload))],
    ['a payload that is null', 403, () => withPayload('null')],
    [
      'another audience behind ours',
      403,
      () => withPayload(goodPayload.replace('}', ',"aud":"x"}')),
    ],
    ['an end at infinity', 403, () => withPayload(goodPayload.replace(/"exp":\d+/, '"exp":1e999'))],
    ['no kid', 403, () => `Bearer ${withoutKid()}`],
    ['a kid that is a number', 403, () => bearer({}, { header: { kid: 7 } })],
    [
      'an extension that we do not know (crit)',
      403,
      () => bearer({}, { header: { crit: ['b64'] } }),
    ],
    ['no signature', 403, cutOff],
    ['a changed payload', 403, changed],
    ["a stranger's signature under a known kid", 403, () => bearer({}, { key: stranger })],
    ['an unknown kid', 403, () => bearer({}, { kid: 'nobody' })],
    ['a kid from the prototype', 403, () => bearer({}, { kid: '__proto__' })],
    ['a key without endorsements', 403, () => bearer({}, { key: bareKey })],
    ['a key endorsed for Web Chat only', 403, () => bearer({}, { key: webChatKey })],
    ['another issuer', 403, () => bearer({ iss: 'https://login.example.org' })],
    ['no issuer', 403, () => bearer({ iss: undefined })],
    ['issuers as a list', 403, () => bearer({ iss: ['https://api.botframework.com'] })],
    ['another audience', 403, () => bearer({ aud: '00000000-0000-0000-0000-000000000000' })],
    ['no audience', 403, () => bearer({ aud: undefined })],
    ['audiences as a list', 403, () => bearer({ aud: [appId, 'another'] })],
    ['no exp', 403, () => bearer({ exp: undefined })],
    ['EXP in place of exp', 403, () => bearer({ exp: undefined, EXP: 9_999_999_999 })],
    ['exp as text', 403, () => withPayload(goodPayload.replace(/"exp":(\d+)/, '"exp":"$1"'))],
    ['exp as null', 403, () => withPayload(goodPayload.replace(/"exp":\d+/, '"exp":null'))],
    ['nbf as text', 403, () => withPayload(goodPayload.replace(/"nbf":(\d+)/, '"nbf":"$1"'))],
    ['an issuer with a slash more', 403, () => bearer({ iss: 'https://api.botframework.com/' })],
    ['an audience with a blank', 403, () => bearer({ aud: ` ${appId}` })],
    [
      'the channel service of another cloud',
      403,
      () => bearer({ iss: 'https://api.botframework.us' }),
    ],
    ['expired six minutes ago', 403, () => bearer({ exp: seconds() - 360 })],
    ['good only in six minutes', 403, () => bearer({ nbf: seconds() + 360 })],
    ['no serviceurl in the token', 403, () => bearer({ serviceurl: undefined })],
    [
      'an empty serviceurl in both',
      403,
      () => bearer({ serviceurl: '' }),
      message({ serviceUrl: '' }),
    ],
    ['a serviceurl that is no text', 403, () => bearer({ serviceurl: { $regex: '.' } })],
    [
      "an Entra token as the Emulator's",
      403,
      () =>
        bearer({
          iss: `https://sts.windows.net/${tenantId}/`,
          appid: appId,
          ver: '1.0',
          tid: tenantId,
        }),
    ],
    [
      "an Entra token of version 2 as the Emulator's",
      403,
      () =>
        bearer({
          iss: `https://login.microsoftonline.com/${tenantId}/v2.0`,
          azp: appId,
          ver: '2.0',
        }),
    ],
    ['another channel', 403, bearer, message({ channelId: 'emulator' })],
    [
      'a channel that the key endorses and we do not serve',
      403,
      bearer,
      message({ channelId: 'webchat' }),
    ],
    ['an empty channel', 403, bearer, message({ channelId: '' })],
    ['no channel', 403, bearer, message({ channelId: undefined })],
    ['no serviceUrl', 403, bearer, message({ serviceUrl: undefined })],
    ['an empty serviceUrl', 403, bearer, message({ serviceUrl: '' })],
    [
      'another serviceUrl than the token',
      403,
      bearer,
      message({ serviceUrl: 'https://smba.trafficmanager.net/amer/' }),
    ],
    [
      'a slash less than the token',
      403,
      bearer,
      message({ serviceUrl: serviceUrl.replace(/\/$/, '') }),
    ],
    ['a serviceUrl as a list', 403, bearer, message({ serviceUrl: [serviceUrl] })],
    ['{}', 403, bearer, {}],
    ['[]', 403, bearer, []],
    ['a string', 403, bearer, 'message'],
    ['null', 403, bearer, null],
    [
      'another tenant',
      403,
      bearer,
      message({ conversation: { id: 'a', conversationType: 'personal', tenantId: 'x' } }),
    ],
    [
      'no tenant',
      403,
      bearer,
      message({ channelData: null, conversation: { id: 'a', conversationType: 'personal' } }),
    ],
    ['two tenants', 403, bearer, message({ channelData: { tenant: { id: 'another' } } })],
    ['type as a number', 400, bearer, message({ type: 1 })],
    ['text as an object', 400, bearer, message({ text: { $ne: '' } })],
    ['no sender', 400, bearer, message({ from: undefined })],
    ['a sender without an id', 400, bearer, message({ from: {} })],
    ['no id, by which a repeat would be known', 400, bearer, message({ id: undefined })],
    ['an id as a number', 400, bearer, message({ id: 1 })],
    ['an invoke of another tenant', 403, bearer, of('another', { type: 'invoke', name: 'x' })],
    [
      'an installation in another tenant',
      403,
      bearer,
      of('another', { type: 'installationUpdate' }),
    ],
    ['nothing again', 200, bearer, harmless],
  ])('%s: %d', async (_name, status, authorization, body = message()) => {
    const answer = await stage.post(body, authorization())
    expect(answer).toEqual({ status, body: '' })
  })

  /** The token vouches for the address and it is still not one of the connector's. */
  test.each([
    'http://smba.trafficmanager.net/emea/',
    'https://example.org/',
    'https://smba.trafficmanager.net.example.org/',
    'https://example.org/smba.trafficmanager.net/',
    'https://smba.trafficmanager.net@example.org/',
    'https://user:secret@smba.trafficmanager.net/',
    'https://smba.trafficmanager.net:8443/',
    'https://smba.trafficmanager.net./emea/',
    'https://another.trafficmanager.net/',
    'https://notbotframework.com/',
    'https://teams.microsoft.com.example.org/',
    'https://smba.trafficmanager.net/?to=https://example.org',
    'https://smba.trafficmanager.net/#x',
    'https://smba.trafficmanager.net\\@example.org/',
    'https://smba.trafficmanager.net/a/../b',
    ' https://smba.trafficmanager.net/emea/',
    'https://127.0.0.1/',
    'https://2130706433/',
    'https://[::1]/',
    'https://localhost/',
    'file:///etc/hosts',
    'smba.trafficmanager.net',
  ])('a token for the address %s: 403', async (address) => {
    const answer = await stage.post(
      message({ serviceUrl: address }),
      bearer({ serviceurl: address }),
    )
    expect(answer).toEqual({ status: 403, body: '' })
  })

  it('refuses a body that is too large, after the token', async () => {
    expect(
      (await stage.post(message({ text: 'a'.repeat(70_000) }), 'Bearer aaaa.bbbb.cccc')).status,
    ).toBe(403)
    expect((await stage.post(message({ text: 'a'.repeat(70_000) }))).status).toBe(413)
  })

  it('takes nothing from groups and channels that does not name it, and nothing it does not know', async () => {
    const conversation = (conversationType: string) => ({ id: 'a', conversationType, tenantId })
    for (const body of [
      message({ conversation: conversation('groupChat') }),
      message({ conversation: conversation('channel') }),
      message({ conversation: { id: 'a', tenantId } }),
      message({ type: 'typing' }),
      message({ type: 'messageReaction' }),
      installed({ membersAdded: undefined, membersRemoved: [{ id: '29:1person' }] }),
      installed({ type: 'installationUpdate', action: 'remove' }),
      installed({ type: 'installationUpdate', action: 'add-upgrade' }),
    ]) {
      expect(await stage.post(body)).toEqual({ status: 200, body: '' })
    }
  })
})

describe('the door opens', () => {
  let stage: Stage
  beforeAll(async () => {
    stage = await startStage()
  })
  afterAll(() => stage.close())
  const seconds = () => Math.floor(Date.now() / 1000)

  test.each<[string, () => string]>([
    ['a good token', bearer],
    ['a scheme in small letters', () => bearer().replace('Bearer', 'bearer')],
    ['an app id in capitals', () => bearer({ aud: appId.toUpperCase() })],
    ['a clock that is four minutes fast', () => bearer({ exp: seconds() - 240 })],
    ['a clock that is four minutes slow', () => bearer({ nbf: seconds() + 240 })],
    ['a token without nbf', () => bearer({ nbf: undefined })],
  ])('for %s', async (_name, authorization) => {
    expect(await stage.post(message(), authorization())).toEqual({ status: 200, body: '' })
  })

  test.each([
    'https://smba.trafficmanager.net/teams',
    'https://smba.trafficmanager.net',
    'https://smba.infra.gcc.teams.microsoft.com/teams',
    'https://europe.webchat.botframework.com/',
  ])('for the address %s', async (address) => {
    const answer = await stage.post(
      message({ serviceUrl: address }),
      bearer({ serviceurl: address }),
    )
    expect(answer).toEqual({ status: 200, body: '' })
  })
})

describe('the door while the keys cannot be had', () => {
  let stage: Stage
  beforeEach(async () => {
    stage = await startStage()
  })
  afterEach(() => stage.close())

  it('refuses, and opens when they can', async () => {
    stage.microsoft.state.keysDown = true
    expect(await stage.post(message())).toEqual({ status: 403, body: '' })
    stage.microsoft.state.keysDown = false
    stage.clock.ahead += 6_000
    expect((await stage.post(message())).status).toBe(200)
  })
})

describe('the settings', () => {
  const reject = (given: Partial<typeof settings>) => {
    try {
      // Nothing is touched before the settings are read.
      createTeams({ settings: { ...settings, ...given } } as never)
    } catch (error) {
      return error
    }
    return undefined
  }

  test.each([
    [{ MicrosoftAppPassword: undefined }, /MicrosoftAppPassword: needed/],
    [{ MicrosoftAppTenantId: undefined }, /MicrosoftAppTenantId: needed/],
    [{ MicrosoftAppTenantId: 'contoso.onmicrosoft.com' }, /MicrosoftAppTenantId: .*contoso/],
    [
      { MicrosoftAppPassword: undefined, MicrosoftAppTenantId: undefined },
      /MicrosoftAppPassword[^]*MicrosoftAppTenantId/,
    ],
  ])('%j is refused with the reason', (given, words) => {
    const error = reject(given)
    expect(error).toBeInstanceOf(FixladderError)
    expect(error).toMatchObject({ code: 'config_invalid', message: expect.stringMatching(words) })
  })
})
