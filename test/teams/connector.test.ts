import type { AccessTokens } from '../../src/channels/teams/trust/access-tokens'
import { createCaller } from '../../src/channels/teams/sending/calls'
import { createConnector } from '../../src/channels/teams/sending/connector'
import type { Fetch } from '../../src/channels/teams/sending/outgoing'

const now = Date.UTC(2026, 10, 22, 14, 0)
const address = (serviceUrl: string) => ({
  serviceUrl,
  reference: { conversation: 'a', bot: { id: 'b' }, person: { id: 'p' } },
})
const tokens: AccessTokens = {
  get: async () => ({ kind: 'token', token: 't' }),
  drop: () => undefined,
}

const post = (fetch: Fetch, serviceUrl = 'https://smba.trafficmanager.net/emea/') =>
  createConnector(createCaller({ tokens, fetch, now: () => now })).post(
    address(serviceUrl),
    {} as never,
  )
const answering = (status: number, headers: Record<string, string> = {}, body = '{}') =>
  post(async () => new Response(body, { status, headers }))
const failing = (error: Error) => post(() => Promise.reject(error))
const fetchFailed = (code: string) =>
  new TypeError('fetch failed', { cause: Object.assign(new Error(code), { code }) })

describe('what became of a message', () => {
  test.each([
    ['ECONNREFUSED', 'later'],
    ['ENOTFOUND', 'later'],
    ['EAI_AGAIN', 'later'],
    ['UND_ERR_CONNECT_TIMEOUT', 'later'],
    ['ECONNRESET', 'unknown'],
    ['UND_ERR_SOCKET', 'unknown'],
    ['EPIPE', 'unknown'],
  ])('%s: %s', async (code, kind) => {
    expect(await failing(fetchFailed(code))).toMatchObject({ kind, reason: code })
  })

  it('is unknown after ten seconds without an answer', async () => {
    const timeout = new DOMException('The operation was aborted due to timeout', 'TimeoutError')
    expect(await failing(timeout)).toMatchObject({ kind: 'unknown' })
    let signal: AbortSignal | null | undefined
    await post(async (_url, init) => {
      signal = init?.signal
      return new Response('{}')
    })
    expect(signal).toBeInstanceOf(AbortSignal)
  })

  it('is sent, whatever the body of a success says', async () => {
    expect(await answering(201, {}, '{"id":"1"}')).toEqual({ kind: 'sent', activityId: '1' })
    expect(await answering(202, {}, '')).toEqual({ kind: 'sent', activityId: null })
    expect(await answering(200, {}, '{"id":')).toEqual({ kind: 'sent', activityId: null })
    expect(await answering(200, {}, 'a'.repeat(2_000_000))).toEqual({
      kind: 'sent',
      activityId: null,
    })
  })

  test.each([
    ['12', 12_000],
    [new Date(now + 90_000).toUTCString(), 90_000],
    [new Date(now - 90_000).toUTCString(), 0],
    ['99999999', 3_600_000],
    ['soon', 0],
    ['-5', 0],
  ])('a 429 with Retry-After %s: %d ms', async (given, retryInMs) => {
    expect(await answering(429, { 'retry-after': given })).toMatchObject({
      kind: 'later',
      retryInMs,
    })
  })

  it('names the code that Teams gives', async () => {
    const body = '{"error":{"code":"MessageWritesBlocked","message":"…"}}'
    expect(await answering(403, {}, body)).toEqual({
      kind: 'blocked',
      reason: '403 MessageWritesBlocked',
    })
  })

  it('is refused without a call when the stored address is not one of the connector', async () => {
    const fetch = jest.fn()
    expect(await post(fetch, 'https://example.org/')).toMatchObject({ kind: 'refused' })
    expect(fetch).not.toHaveBeenCalled()
  })
})
