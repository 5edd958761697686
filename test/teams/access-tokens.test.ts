import { generateKeyPairSync } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import jwt from 'jsonwebtoken'
import { createAccessTokens } from '../../src/channels/teams/trust/access-tokens'
import { readCredentials } from '../../src/channels/teams/trust/credentials'
import type { Fetch } from '../../src/channels/teams/sending/outgoing'
import { createLog } from '../../src/log'
import { addressOf, serve, type Asked, type Said } from './microsoft'
import { appId, settings, tenantId, until } from './stage'

/** What gives out tokens, played on this machine; the addresses are the real ones until the last moment. */

const minute = 60_000
const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
const pem = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()
const sha256 = 'AB'.repeat(32)
const sha1 = 'cd'.repeat(20)

let giver: Awaited<ReturnType<typeof serve>>
let answer: (asked: Asked) => Said
let time: number
let calls: { url: string; init: RequestInit }[]

/** Ends every call at the giver, whatever address it was for. */
const toGiver: Fetch = (input, init = {}) => {
  const url = new URL(addressOf(input))
  calls.push({ url: url.href, init })
  const headers = new Headers(init.headers)
  headers.set(giver.mark.name, giver.mark.value)
  return fetch(`${giver.origin}${url.pathname}${url.search}`, { ...init, headers })
}

const create = (given: Partial<typeof settings> = {}) => {
  const credentials = readCredentials({ ...settings, ...given })
  if (!credentials) throw new Error('There is no bot.')
  return createAccessTokens({
    credentials,
    fetch: toGiver,
    log: createLog('silent'),
    now: () => time,
  })
}
const entra = (): Said => ({
  status: 200,
  json: { token_type: 'Bearer', expires_in: 3599, access_token: `token-${giver.asked.length}` },
})
const form = ({ body }: Asked) => Object.fromEntries(new URLSearchParams(body))

beforeEach(async () => {
  time = Date.UTC(2026, 10, 26, 12)
  calls = []
  answer = entra
  giver = await serve((asked) => answer(asked))
})
afterEach(() => giver.close())

const tokenUrl = `https://login.microsoftonline.com/${tenantId}/oauth2/v2.0/token`

describe('what Entra is asked', () => {
  it('with a client secret', async () => {
    expect(await create().get()).toEqual({ kind: 'token', token: 'token-1' })
    expect(calls.map(({ url }) => url)).toEqual([tokenUrl])
    expect(giver.asked.map(form)).toEqual([
      {
        grant_type: 'client_credentials',
        client_id: appId,
        client_secret: settings.MicrosoftAppPassword,
        scope: 'https://api.botframework.com/.default',
      },
    ])
  })

  const certificate = {
    MicrosoftAppPassword: undefined,
    CertificateThumbprint: sha256,
    CertificatePrivateKey: pem,
  }

  test.each([
    ['SHA-256', sha256, 'PS256', 'x5t#S256'],
    ['SHA-256 with colons', 'AB:'.repeat(32).slice(0, -1), 'PS256', 'x5t#S256'],
    ['SHA-1', sha1, 'RS256', 'x5t'],
  ] as const)('with a certificate of fingerprint %s', async (_kind, thumbprint, alg, name) => {
    await create({ ...certificate, CertificateThumbprint: thumbprint }).get()
    const {
      client_assertion: assertion = '',
      client_assertion_type,
      ...rest
    } = form(giver.asked[0] as Asked)
    expect(client_assertion_type).toBe('urn:ietf:params:oauth:client-assertion-type:jwt-bearer')
    expect(rest).toEqual({
      grant_type: 'client_credentials',
      client_id: appId,
      scope: 'https://api.botframework.com/.default',
    })
    const clockTimestamp = time / 1000
    const { header, payload } = jwt.verify(assertion, publicKey, {
      ...{ algorithms: [alg], audience: tokenUrl, issuer: appId, subject: appId },
      ...{ clockTimestamp, complete: true },
    })
    const digits = thumbprint.replaceAll(':', '')
    expect(header).toEqual({
      alg,
      typ: 'JWT',
      [name]: Buffer.from(digits, 'hex').toString('base64url'),
    })
    expect(payload).toMatchObject({
      ...{ nbf: clockTimestamp, iat: clockTimestamp, exp: clockTimestamp + 300 },
      jti: expect.stringMatching(/^[\da-f-]{36}$/),
    })
  })

  it('with a new assertion each time, from a key in one line or in a file', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'fixladder-key-'))
    const file = join(folder, 'bot.key')
    writeFileSync(file, pem)
    for (const key of [pem.replaceAll('\n', '\\n'), file])
      await create({ ...certificate, CertificatePrivateKey: key }).get()
    rmSync(folder, { recursive: true })
    const assertions = giver.asked.map((asked) => form(asked).client_assertion ?? '')
    const ids = assertions.map((each) => jwt.decode(each, { json: true })?.jti)
    expect(new Set(ids).size).toBe(2)
    for (const each of assertions) {
      const options = { algorithms: ['PS256' as const], clockTimestamp: time / 1000 }
      expect(() => jwt.verify(each, publicKey, options)).not.toThrow()
    }
  })

  it('for a bot of several tenants at Microsoft', async () => {
    await create({ MicrosoftAppType: 'MultiTenant', ALLOWED_TENANTS: ['*'] }).get()
    expect(calls[0]?.url).toBe(
      'https://login.microsoftonline.com/botframework.com/oauth2/v2.0/token',
    )
  })
})

describe('what Azure is asked for a managed identity', () => {
  const identity = { MicrosoftAppType: 'UserAssignedMSI', MicrosoftAppPassword: undefined } as const
  const query = (url: string) => Object.fromEntries(new URL(url).searchParams)

  it('on App Service and in Container Apps', async () => {
    // They say when it ends, as text, and not how long it lives.
    answer = () => ({
      status: 200,
      json: { access_token: 'mine', expires_on: String(time / 1000 + 3600), token_type: 'Bearer' },
    })
    const tokens = create({
      ...identity,
      IDENTITY_ENDPOINT: 'http://localhost:42356/msi/token',
      IDENTITY_HEADER: 'a header of the platform',
    })
    expect(await tokens.get()).toEqual({ kind: 'token', token: 'mine' })
    const [{ url, init } = { url: '', init: {} }] = calls
    expect(url).toMatch(/^http:\/\/localhost:42356\/msi\/token\?/)
    expect(query(url)).toEqual({
      'api-version': '2019-08-01',
      resource: 'https://api.botframework.com',
      client_id: appId,
    })
    expect(init).toMatchObject({
      method: 'GET',
      redirect: 'manual',
      headers: { 'x-identity-header': 'a header of the platform' },
    })
    time += 54 * minute
    await tokens.get()
    expect(giver.asked).toHaveLength(1)
    time += 5 * minute
    await tokens.get()
    expect(giver.asked).toHaveLength(2)
  })

  it('on a virtual machine', async () => {
    answer = () => ({
      status: 200,
      json: {
        ...{ access_token: 'mine', refresh_token: '', expires_in: '3599' },
        ...{ expires_on: String(time / 1000 + 3599), token_type: 'Bearer' },
      },
    })
    expect(await create(identity).get()).toEqual({ kind: 'token', token: 'mine' })
    const [{ url, init } = { url: '', init: {} }] = calls
    expect(url).toMatch(/^http:\/\/169\.254\.169\.254\/metadata\/identity\/oauth2\/token\?/)
    expect(query(url)).toEqual({
      'api-version': '2018-02-01',
      resource: 'https://api.botframework.com',
      client_id: appId,
    })
    expect(init).toMatchObject({ method: 'GET', headers: { metadata: 'true' } })
  })

  test.each([
    [404, 5_000],
    [410, 5_000],
    [429, 5_000],
    [500, 5_000],
    [400, 60_000],
  ])('again after its %d in %d ms', async (status, retryInMs) => {
    answer = () => ({ status, json: { error: 'identity_not_found' } })
    expect(await create(identity).get()).toEqual({ kind: 'none', retryInMs })
  })
})

describe('a token', () => {
  it('is asked for once by all that wait, and kept', async () => {
    const tokens = create()
    const got = await Promise.all(Array.from({ length: 50 }, () => tokens.get()))
    expect(new Set(got.map((each) => each.kind === 'token' && each.token))).toEqual(
      new Set(['token-1']),
    )
    time += 50 * minute
    expect(await tokens.get()).toEqual({ kind: 'token', token: 'token-1' })
    expect(giver.asked).toHaveLength(1)
  })

  it('is renewed before its end, and nobody waits for it', async () => {
    const tokens = create()
    await tokens.get()
    time += 56 * minute
    expect(await tokens.get()).toEqual({ kind: 'token', token: 'token-1' })
    await until(() => giver.asked.length === 2)
    await until(async () => {
      const got = await tokens.get()
      return got.kind === 'token' && got.token === 'token-2'
    })
    expect(giver.asked).toHaveLength(2)
  })

  it('serves through an outage while it lives, and no longer', async () => {
    const tokens = create()
    await tokens.get()
    answer = () => ({ status: 503 })
    for (const minutes of [55, 56, 57, 58]) {
      time = Date.UTC(2026, 10, 26, 12, minutes)
      expect(await tokens.get()).toEqual({ kind: 'token', token: 'token-1' })
    }
    await until(() => giver.asked.length > 1)
    time = Date.UTC(2026, 10, 26, 12, 59)
    expect(await tokens.get()).toMatchObject({ kind: 'none' })
    answer = entra
    time += minute
    expect(await tokens.get()).toMatchObject({ kind: 'token' })
  })

  it('is dropped when the connector does not take it', async () => {
    const tokens = create()
    await tokens.get()
    tokens.drop('another')
    expect(await tokens.get()).toEqual({ kind: 'token', token: 'token-1' })
    tokens.drop('token-1')
    expect(await tokens.get()).toEqual({ kind: 'token', token: 'token-2' })
  })

  it('that was refused is not asked for again at once, and Retry-After is kept', async () => {
    const tokens = create()
    answer = () => ({ status: 401, json: { error: 'invalid_client', error_codes: [7000222] } })
    expect(await tokens.get()).toEqual({ kind: 'none', retryInMs: 60_000 })
    time += 20_000
    expect(await tokens.get()).toEqual({ kind: 'none', retryInMs: 40_000 })
    expect(giver.asked).toHaveLength(1)
    time += 40_000
    answer = () => ({ status: 429, headers: { 'retry-after': '90' } })
    expect(await tokens.get()).toEqual({ kind: 'none', retryInMs: 90_000 })
  })

  it('is not taken from where a redirect leads', async () => {
    answer = ({ path }) =>
      path === '/elsewhere'
        ? entra()
        : { status: 307, headers: { location: `${giver.origin}/elsewhere` } }
    expect(await create().get()).toMatchObject({ kind: 'none' })
    expect(giver.asked).toHaveLength(1)
  })

  test.each([{}, { access_token: '', expires_in: 3600 }, { access_token: 'a' }, [], null, 'token'])(
    'is none: %j',
    async (json) => {
      answer = () => ({ status: 200, json })
      expect(await create().get()).toMatchObject({ kind: 'none' })
    },
  )

  it('is waited for ten seconds', async () => {
    const timeout = jest.spyOn(AbortSignal, 'timeout')
    await create().get()
    expect(timeout.mock.calls).toEqual([[10_000]])
    timeout.mockRestore()
  })
})
