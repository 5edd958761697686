import { generateKeyPairSync, type KeyObject } from 'node:crypto'
import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'

/** What a fake is asked, and what it says. `cut` ends the connection without an answer, after the request was read. */
export interface Asked {
  readonly path: string
  readonly headers: IncomingMessage['headers']
  readonly body: string
}
export type Said = { status: number; json?: unknown; headers?: Record<string, string> } | 'cut'

/** A server on this machine that answers as it is told and remembers what it was asked. */
async function serve(answer: (asked: Asked) => Said) {
  const asked: Asked[] = []
  const server = createServer((request, response) => {
    void text(request).then((body) => {
      const one = { path: request.url ?? '', headers: request.headers, body }
      asked.push(one)
      const said = answer(one)
      if (said === 'cut') return response.destroy()
      // In two calls: restify, once loaded, makes every writeHead of the process return nothing.
      response.writeHead(said.status, said.headers)
      return response.end(JSON.stringify(said.json ?? {}))
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  const close = () =>
    new Promise<void>((resolve) => {
      server.close(() => resolve())
      server.closeAllConnections()
    })
  return { asked, close, origin: `http://127.0.0.1:${port}` }
}

export interface Key {
  readonly kid: string
  readonly privateKey: KeyObject
  readonly publicKey: KeyObject
  readonly endorsements?: readonly string[]
}

export const createKey = (kid: string, endorsements?: readonly string[]): Key => ({
  kid,
  endorsements,
  ...generateKeyPairSync('rsa', { modulusLength: 2048 }),
})

/** The three services of Microsoft that a bot talks to, and a `fetch` by which their real addresses lead to them. */
export async function startMicrosoft(published: readonly Key[]) {
  const faults: Said[] = []
  const state = { published, keysDown: false, tokenStatus: 200, sent: 0 }
  const keys = await serve(({ path }) => {
    if (state.keysDown) return { status: 503 }
    if (path.endsWith('/openidconfiguration'))
      return {
        status: 200,
        json: { jwks_uri: 'https://login.botframework.com/v1/.well-known/keys' },
      }
    const list = state.published.map(({ kid, publicKey, endorsements }) => ({
      ...publicKey.export({ format: 'jwk' }),
      kid,
      endorsements,
    }))
    return { status: 200, json: { keys: [{ kty: 'EC', kid: 'another kind' }, ...list] } }
  })
  const login = await serve(() =>
    state.tokenStatus === 200
      ? { status: 200, json: { access_token: `token-${login.asked.length}`, expires_in: 3600 } }
      : { status: state.tokenStatus, json: { error: 'invalid_client', error_codes: [7000222] } },
  )
  const connector = await serve(
    () => faults.shift() ?? { status: 201, json: { id: `teams-message-${++state.sent}` } },
  )
  const origins: Record<string, string> = {
    'login.botframework.com': keys.origin,
    'login.microsoftonline.com': login.origin,
    'smba.trafficmanager.net': connector.origin,
  }
  return {
    keys,
    login,
    connector,
    state,
    /** Answers that the connector gives before it is well again. */
    faults,
    fetch: ((input: string, init: RequestInit) => {
      const { protocol, hostname, pathname, search } = new URL(input)
      const origin = origins[hostname]
      if (protocol !== 'https:' || !origin) throw new Error(`A call left for ${input}.`)
      return fetch(`${origin}${pathname}${search}`, init)
    }) as typeof fetch,
    close: () => Promise.all([keys.close(), login.close(), connector.close()]),
  }
}

export type Microsoft = Awaited<ReturnType<typeof startMicrosoft>>
