import { createServer, request as ask } from 'node:http'
import type { AddressInfo } from 'node:net'
import { buffer } from 'node:stream/consumers'
import { createKey } from '../../teams/microsoft'
import { bearer } from '../../teams/stage'

/**
 * Stands on this machine between the playground, which signs nothing, and the server, which takes nothing unsigned: what
 * comes is handed on with a token of a test key, and that key is served as Microsoft serves its own.
 */
export async function startSigner() {
  const key = createKey('playground-key', ['msteams'])
  const signer = { origin: '', target: '', close }
  const front = createServer((request, response) => {
    if (request.url === '/openidconfiguration') return response.end(JSON.stringify(found()))
    if (request.url === '/keys') return response.end(JSON.stringify(published))
    return void buffer(request).then((body) => {
      const handed = ask(`${signer.target}${request.url}`, {
        method: request.method,
        headers: {
          'content-type': 'application/json',
          'content-length': body.length,
          ...signatureFor(body.toString()),
        },
      })
      handed.on('response', (answer) => {
        response.writeHead(answer.statusCode ?? 502, answer.headers)
        answer.pipe(response)
      })
      handed.on('error', () => response.destroy())
      handed.end(body)
    })
  })
  /** None for the empty call by which the playground looks whether anybody is there. */
  function signatureFor(body: string) {
    if (body === '') return {}
    const { serviceUrl } = JSON.parse(body) as { serviceUrl: string }
    return { authorization: bearer({ serviceurl: serviceUrl }, { key }) }
  }
  const found = () => ({ jwks_uri: `${signer.origin}/keys` })
  const published = {
    keys: [
      {
        ...key.publicKey.export({ format: 'jwk' }),
        ...{ kid: key.kid, use: 'sig', endorsements: key.endorsements },
      },
    ],
  }

  async function close() {
    await new Promise<void>((resolve) => {
      front.close(() => resolve())
      front.closeAllConnections()
    })
  }

  await new Promise<void>((resolve) => front.listen(0, '127.0.0.1', resolve))
  signer.origin = `http://127.0.0.1:${(front.address() as AddressInfo).port}`
  return signer
}
