import type { AccessTokens } from '../../src/channels/teams/trust/access-tokens'
import { createCaller } from '../../src/channels/teams/sending/calls'
import type { Fetch } from '../../src/channels/teams/sending/outgoing'
import { Pace } from '../../src/channels/teams/sending/pace'
import { isServiceUrl, ownersOf } from '../../src/channels/teams/trust/service-urls'
import { addressOf, serve, type Said } from './microsoft'

/** Where the bot's token goes, and where it never does. */

const connector = 'https://smba.trafficmanager.net/emea/'
let asked = 0
const tokens: AccessTokens = {
  get: async () => {
    asked++
    return { kind: 'token', token: 'the-token' }
  },
  drop: () => undefined,
}
beforeEach(() => {
  asked = 0
})

const call = (fetch: Fetch, serviceUrl = connector, hosts: readonly string[] = []) =>
  createCaller({ tokens, fetch, now: Date.now, ownerOf: ownersOf(hosts) })({
    method: 'POST',
    serviceUrl,
    path: ['conversations', 'a;b/../c', 'activities'],
    body: { type: 'message' },
  })

describe('a call', () => {
  let server: Awaited<ReturnType<typeof serve>>
  let said: Said
  beforeEach(async () => {
    server = await serve(() => said)
  })
  afterEach(() => server.close())

  /** Leads the connector's address, and nothing else, to the server. */
  const toServer: Fetch = (input, init = {}) => {
    const url = new URL(addressOf(input))
    expect(url.origin).toBe(new URL(connector).origin)
    const headers = new Headers(init.headers)
    headers.set(server.mark.name, server.mark.value)
    return fetch(server.origin + url.pathname, { ...init, headers })
  }

  it('carries the token, and its path stays in its place', async () => {
    said = { status: 201, json: { id: '1' } }
    expect(await call(toServer)).toEqual({ kind: 'done', json: { id: '1' } })
    expect(server.asked).toMatchObject([
      {
        path: '/emea/v3/conversations/a%3Bb%2F..%2Fc/activities',
        headers: { authorization: 'Bearer the-token' },
      },
    ])
  })

  test.each([301, 302, 303, 307, 308])('follows no redirect: %d', async (status) => {
    const sink = await serve(() => ({ status: 200 }))
    said = { status, headers: { location: `${sink.origin}/stolen` } }
    expect(await call(toServer)).toMatchObject({ kind: 'refused' })
    expect([server.asked.length, sink.asked.length]).toEqual([1, 0])
    await sink.close()
  })

  test.each<[Said, string]>([
    [{ status: 429 }, 'later'],
    [{ status: 412 }, 'later'],
    [{ status: 502 }, 'later'],
    [{ status: 503 }, 'later'],
    [{ status: 504 }, 'later'],
    [{ status: 500 }, 'unknown'],
    [{ status: 408 }, 'unknown'],
    ['cut', 'unknown'],
    [{ status: 401 }, 'later'],
    [{ status: 403 }, 'blocked'],
    [{ status: 404 }, 'refused'],
    [{ status: 413 }, 'refused'],
  ])('is made once, whatever comes of it: %j', async (answer, kind) => {
    said = answer
    expect(await call(toServer)).toMatchObject({ kind })
    expect(server.asked).toHaveLength(1)
  })

  it('is counted as it is made: what waited for a token is not made all at once', async () => {
    let give: () => void = () => undefined
    const waiting = new Promise<void>((resolve) => {
      give = resolve
    })
    const late: AccessTokens = { ...tokens, get: () => waiting.then(() => tokens.get()) }
    let now = 0
    const calls: number[] = []
    const pace = new Pace([{ most: 1, withinMs: 1_000 }])
    const made: Fetch = async () => {
      calls.push(now)
      return new Response('{}')
    }
    const caller = createCaller({ tokens: late, fetch: made, now: () => now, pace })
    const post = () => caller({ method: 'POST', serviceUrl: connector, path: ['conversations'] })
    const first = post()
    now += 1_000
    const second = post()
    give()
    expect(await Promise.all([first, second])).toMatchObject([
      { kind: 'done' },
      { kind: 'later', isHeld: true, retryInMs: 1_000 },
    ])
    expect(calls).toEqual([1_000])
  })

  it('ends after ten seconds, and is not made again', async () => {
    const clock = new AbortController()
    const timeout = jest.spyOn(AbortSignal, 'timeout').mockReturnValue(clock.signal)
    let calls = 0
    const never: Fetch = (_input, init) => {
      calls++
      return new Promise((_resolve, reject) => {
        const signal = init?.signal
        signal?.addEventListener('abort', () => reject(signal.reason))
      })
    }
    const calling = call(never)
    await new Promise((resolve) => setImmediate(resolve))
    expect(timeout.mock.calls).toEqual([[10_000]])
    clock.abort(new DOMException('The operation was aborted due to timeout', 'TimeoutError'))
    expect(await calling).toMatchObject({ kind: 'unknown' })
    expect(calls).toBe(1)
    timeout.mockRestore()
  })
})

/** Addresses that are, or lead, somewhere else. */
function tricks(): string[] {
  const hosts = [
    ...['127.0.0.1', '2130706433', '0x7f000001', '0177.0.0.1', '127.1', '[::1]', '[::ffff:7f00:1]'],
    ...['localhost', '10.0.0.1', '169.254.169.254', '[fe80::1]', '0.0.0.0', 'example.org'],
    ...['smba.trafficmanager.net.example.org', 'xsmba.trafficmanager.net', 'trafficmanager.net'],
    ...['a.smba.trafficmanager.net', 'another.trafficmanager.net', 'notbotframework.com'],
    ...['botframework.com.example.org', 'teams.microsoft.com.example.org', 'microsoft.com'],
    ...['smba.trafficmanager.net.', 'SMBA.trafficmanager.net', 'smba。trafficmanager.net'],
    ...['ｓmba.trafficmanager.net', 'smba.trafficmanager.net%00', 'smba.trafficmanager.net%2eevil'],
    ...[
      'xn--smba-.trafficmanager.net',
      'smba.trafficmanager.net:444',
      'smba.trafficmanager.net:80',
    ],
    ...[
      'smba.trafficmanager.net:443',
      'user@smba.trafficmanager.net',
      'a:b@smba.trafficmanager.net',
    ],
    ...['smba.trafficmanager.net@example.org', 'smba.trafficmanager.net\\@example.org'],
    ...['example.org#smba.trafficmanager.net', 'example.org?smba.trafficmanager.net'],
    ...[
      'example.org\\smba.trafficmanager.net',
      'smba.trafficmanager.net\t',
      '\nsmba.trafficmanager.net',
    ],
  ]
  const ends = ['/', '/emea/', '', '/a/../b', '/?to=x']
  return [
    ...hosts.flatMap((host) => ends.map((end) => `https://${host}${end}`)),
    ...['http', 'HTTPS', 'ftp', 'file', 'ws', 'wss', 'data', 'javascript', 'blob:https'].map(
      (scheme) => `${scheme}://smba.trafficmanager.net/`,
    ),
    ...['', ' ', '/', '//smba.trafficmanager.net/', 'smba.trafficmanager.net', 'https:/', 'https:'],
    ...['https:smba.trafficmanager.net/', 'https:///smba.trafficmanager.net/'],
    ...[` ${connector}`, `${connector} `, `${connector}#`, `${connector}?`, `${connector}\u0000`],
  ]
}

test('two hundred tricks with addresses: no call, and no token asked for', async () => {
  const all = tricks()
  expect(all.length).toBeGreaterThan(200)
  const calls = jest.fn<ReturnType<Fetch>, Parameters<Fetch>>()
  for (const trick of all) {
    expect([trick, await call(calls, trick)]).toEqual([
      trick,
      expect.objectContaining({ kind: 'refused' }),
    ])
    expect(isServiceUrl(trick)).toBe(false)
  }
  expect(calls).not.toHaveBeenCalled()
  expect(asked).toBe(0)
  expect(isServiceUrl(connector)).toBe(true)
})

describe('an extra host', () => {
  const ownerOf = ownersOf(['127.0.0.1:56150', 'localhost', '[::1]:56150', 'proxy.example.org'])

  test.each([
    'http://127.0.0.1:56150/_connector',
    'https://127.0.0.1:56150/',
    'http://localhost:1/',
    'http://localhost/',
    'http://[::1]:56150/',
    'https://proxy.example.org/emea/',
  ])('is %s', (address) => {
    expect(ownerOf(address)).toBe('extra')
    expect(ownersOf()(address)).toBeUndefined()
  })

  test.each([
    'http://127.0.0.1:56151/',
    'http://127.0.0.1/',
    'http://[::1]:1/',
    'http://127.0.0.2:56150/',
    'http://proxy.example.org/',
    'https://proxy.example.org:8443/',
    'https://a.proxy.example.org/',
    'http://localhost:1/?to=x',
    'http://a@localhost:1/',
    'http://localhost.example.org/',
    'http://smba.trafficmanager.net/',
    'ftp://localhost/',
  ])('is not %s', (address) => {
    expect(ownerOf(address)).toBeUndefined()
  })

  it("leaves Microsoft's as they are", () => {
    expect(ownerOf(connector)).toBe('microsoft')
  })

  it("is called without the bot's token", async () => {
    const calls = jest.fn<ReturnType<Fetch>, Parameters<Fetch>>(async () => new Response('{}'))
    expect(await call(calls, 'http://localhost:1/', ['localhost'])).toMatchObject({ kind: 'done' })
    expect(JSON.stringify(calls.mock.calls)).toContain('http://localhost:1/v3/conversations/')
    expect(JSON.stringify(calls.mock.calls)).not.toContain('the-token')
    expect(asked).toBe(0)
  })
})
