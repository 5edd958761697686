import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import jwt from 'jsonwebtoken'
import { createKey } from '../../teams/microsoft'

/**
 * Stands between a client that plays Teams and signs nothing, and the server that believes only signed calls: signs what
 * comes by a key of its own, whose public half it publishes as Microsoft publishes theirs.
 */
export async function startSigningProxy({ appId }: { readonly appId: string }) {
  const key = createKey('playground', ['msteams'])
  let target = ''
  const passed: { readonly sent: string; readonly status: number; readonly body: string }[] = []

  async function pass(request: IncomingMessage): Promise<{ status: number; body: string }> {
    const body = await text(request)
    const { serviceUrl } = JSON.parse(body) as { readonly serviceUrl?: string }
    const token = jwt.sign({ serviceurl: serviceUrl }, key.privateKey, {
      algorithm: 'RS256',
      keyid: key.kid,
      issuer: 'https://api.botframework.com',
      audience: appId,
      expiresIn: 600,
    })
    const answer = await fetch(target, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
      body,
    })
    const said = { status: answer.status, body: await answer.text() }
    passed.push({ sent: body, ...said })
    return said
  }

  const published = {
    '/.well-known/openidconfiguration': () => ({ jwks_uri: `${origin}/keys` }),
    '/keys': () => ({
      keys: [
        {
          ...key.publicKey.export({ format: 'jwk' }),
          ...{ kid: key.kid, use: 'sig', endorsements: key.endorsements },
        },
      ],
    }),
  }

  const server = createServer((request, response) => {
    const document = published[request.url as keyof typeof published]
    const answer =
      request.method === 'POST'
        ? // While the server is down, Teams would try again; this client hears of it.
          pass(request).catch(() => ({ status: 503, body: '{}' }))
        : Promise.resolve({ status: 200, body: JSON.stringify(document?.() ?? {}) })
    void answer.then(({ status, body }) => {
      response.writeHead(status, { 'content-type': 'application/json' })
      response.end(body)
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`

  return {
    origin,
    /** The document that `CONNECTOR_KEYS_URL` names. */
    keysUrl: `${origin}/.well-known/openidconfiguration`,
    /** What was sent, and what the server answered, newest last. */
    passed,
    /** Where signed calls go from now on. */
    leadTo: (url: string) => {
      target = url
    },
    close: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}
