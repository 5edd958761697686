import {
  createHash,
  createHmac,
  generateKeyPairSync,
  randomUUID,
  sign,
  type KeyObject,
} from 'node:crypto'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'

/** An identity provider on this machine, as strict as one has to be: codes are good once, for one client, with PKCE. */

export const clientId = 'fixladder-console'
export const clientSecret = 'a secret of the console, for tests'

const pair = () => generateKeyPairSync('rsa', { modulusLength: 2048 })
const keys = { own: pair(), foreign: pair() }

/** How an ID token is signed. */
export type Signing = 'RS256' | 'foreign key' | 'unknown key' | 'none' | 'HS256' | 'broken'

/** How the person comes back. */
export interface Signed {
  readonly claims?: Readonly<Record<string, unknown>>
  readonly signing?: Signing
  /** Besides, or instead of, what stands in the address; null leaves something out. */
  readonly answer?: Readonly<Record<string, string | null>>
}

interface Granted {
  readonly nonce: string | null
  readonly challenge: string | null
  readonly redirectUri: string | null
  readonly claims: Readonly<Record<string, unknown>>
  readonly signing: Signing
}

/** What a test changes; `reset` puts it back. */
const wellBehaved = {
  isDown: false,
  calledItself: undefined as string | undefined,
  namesIss: true,
  algorithms: ['RS256'] as readonly string[],
  authMethods: ['client_secret_basic', 'client_secret_post'] as readonly string[] | undefined,
  withoutToken: false,
}

export async function startProvider(now: () => number = Date.now) {
  const state = { ...wellBehaved }
  const codes = new Map<string, Granted>()
  /** What came to the token endpoint. */
  const asked: { readonly body: URLSearchParams; readonly authorization: string | undefined }[] = []
  let issuer = ''

  const tokenFor = (body: URLSearchParams, authorization: string | undefined) => {
    const granted = codes.get(body.get('code') ?? '')
    codes.delete(body.get('code') ?? '')
    const challenge = createHash('sha256')
      .update(body.get('code_verifier') ?? '')
      .digest('base64url')
    const basic = Buffer.from(authorization?.replace(/^Basic /, '') ?? '', 'base64').toString()
    const [id = '', secret = ''] = basic
      .split(':')
      .map((part) => decodeURIComponent(part.replaceAll('+', ' ')))
    const isClient =
      body.get('client_secret') === clientSecret || (id === clientId && secret === clientSecret)
    if (!isClient) return { status: 401, json: { error: 'invalid_client' } }
    if (
      !granted ||
      granted.challenge !== challenge ||
      granted.redirectUri !== body.get('redirect_uri')
    )
      return { status: 400, json: { error: 'invalid_grant' } }
    const seconds = Math.floor(now() / 1000)
    const claims = {
      iss: issuer,
      aud: clientId,
      sub: 'ada',
      iat: seconds,
      exp: seconds + 300,
      nonce: granted.nonce ?? undefined,
      name: 'Ada Lovelace',
      email: 'ada@example.org',
      roles: ['agent'],
      ...granted.claims,
    }
    return {
      status: 200,
      json: {
        access_token: 'an access token that nobody needs',
        token_type: 'Bearer',
        ...(state.withoutToken ? {} : { id_token: signed(claims, granted.signing) }),
      },
    }
  }

  /** Gives a code for what the browser came with. */
  function back(
    location: string,
    { claims = {}, signing = 'RS256', answer = {} }: Signed = {},
  ): string {
    const wanted = new URL(location).searchParams
    const code = randomUUID()
    codes.set(code, {
      nonce: wanted.get('nonce'),
      challenge: wanted.get('code_challenge'),
      redirectUri: wanted.get('redirect_uri'),
      claims,
      signing,
    })
    const given = {
      code,
      state: wanted.get('state'),
      iss: state.namesIss ? issuer : null,
      ...answer,
    }
    const url = new URL(wanted.get('redirect_uri') ?? '')
    for (const [key, value] of Object.entries(given))
      if (value !== null) url.searchParams.set(key, value)
    return url.href
  }

  const server = createServer((request, response) => {
    void text(request).then((raw) => {
      const path = (request.url ?? '').replace(/\?.*/, '')
      const answer = (() => {
        if (state.isDown) return { status: 503, json: {} }
        if (path.endsWith('/.well-known/openid-configuration'))
          return {
            status: 200,
            json: {
              issuer: state.calledItself ?? issuer,
              authorization_endpoint: `${issuer}/authorize`,
              token_endpoint: `${issuer}/token`,
              jwks_uri: `${issuer}/keys`,
              response_types_supported: ['code'],
              subject_types_supported: ['public'],
              id_token_signing_alg_values_supported: state.algorithms,
              token_endpoint_auth_methods_supported: state.authMethods,
              code_challenge_methods_supported: ['S256'],
              authorization_response_iss_parameter_supported: state.namesIss,
            },
          }
        if (path.endsWith('/keys'))
          return {
            status: 200,
            json: {
              keys: [
                {
                  ...keys.own.publicKey.export({ format: 'jwk' }),
                  kid: 'own',
                  use: 'sig',
                  alg: 'RS256',
                },
              ],
            },
          }
        if (path.endsWith('/token')) {
          const body = new URLSearchParams(raw)
          const { authorization } = request.headers
          asked.push({ body, authorization })
          return tokenFor(body, authorization)
        }
        return { status: 404, json: {} }
      })()
      // Where a browser comes by itself; whoever it is signs in at once.
      if (path.endsWith('/authorize')) {
        response.writeHead(302, {
          location: back(`${issuer}${request.url?.replace(/^.*\?/, '/authorize?')}`),
        })
        return response.end()
      }
      // In two calls: restify, once loaded, makes every writeHead of the process return nothing.
      response.writeHead(answer.status, { 'content-type': 'application/json' })
      return response.end(JSON.stringify(answer.json))
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}/tenant/v2.0`

  return {
    issuer,
    state,
    asked,
    reset: () => Object.assign(state, wellBehaved),
    /** The person signs in here: the address that their browser is sent back to, without the host. */
    authorize: (location: string, signed: Signed = {}) => {
      const { pathname, search } = new URL(back(location, signed))
      return pathname + search
    },
    close: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

function signed(claims: object, signing: Signing): string {
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url')
  const alg = signing === 'HS256' || signing === 'none' ? signing : 'RS256'
  const kid = signing === 'unknown key' ? 'another' : 'own'
  const content = `${part({ alg, kid, typ: 'JWT' })}.${part(claims)}`
  const rs256 = (key: KeyObject) => sign('sha256', Buffer.from(content), key).toString('base64url')
  const signature = {
    RS256: () => rs256(keys.own.privateKey),
    'foreign key': () => rs256(keys.foreign.privateKey),
    'unknown key': () => rs256(keys.own.privateKey),
    none: () => '',
    // The public key, which everybody has, taken for a shared secret.
    HS256: () =>
      createHmac('sha256', keys.own.publicKey.export({ type: 'spki', format: 'pem' }))
        .update(content)
        .digest('base64url'),
    broken: () => rs256(keys.own.privateKey).replace(/^./, (first) => (first === 'A' ? 'B' : 'A')),
  }[signing]()
  return `${content}.${signature}`
}
