import type { Fetch } from '../../src/channels/teams/sending/outgoing'
import { addressOf, createKey, serve } from './microsoft'
import { aWhile, bearer, connectorKey, message, startStage, until, type Stage } from './stage'

/** A Teams client on this machine, with keys of its own: what tests against the built server need. */

const localKey = createKey('local-key', ['msteams'])
let client: Awaited<ReturnType<typeof serve>>
let keys: Awaited<ReturnType<typeof serve>>
let jwksUri: (origin: string) => string
let stage: Stage

/** Only this machine is there. */
const onlyHere: Fetch = (input, init = {}) => {
  const url = addressOf(input)
  if (!url.startsWith('http://127.0.0.1:')) throw new Error(`A call left for ${url}.`)
  const headers = new Headers(init.headers)
  headers.set(client.mark.name, client.mark.value)
  return fetch(url, { ...init, headers })
}

beforeEach(async () => {
  jwksUri = (origin) => `${origin}/keys`
  client = await serve(({ method }) => ({
    status: method === 'POST' ? 201 : 404,
    json: { id: `local-${client.asked.length}` },
  }))
  keys = await serve(({ path }) =>
    path === '/keys'
      ? {
          status: 200,
          json: {
            keys: [
              {
                ...localKey.publicKey.export({ format: 'jwk' }),
                ...{ kid: localKey.kid, use: 'sig', endorsements: ['msteams'] },
              },
            ],
          },
        }
      : { status: 200, json: { jwks_uri: jwksUri(keys.origin) } },
  )
  stage = await startStage(
    {
      CONNECTOR_HOSTS: [new URL(client.origin).host],
      CONNECTOR_KEYS_URL: `${keys.origin}/.well-known/openidconfiguration`,
    },
    undefined,
    onlyHere,
  )
  await stage.run()
})
afterEach(async () => {
  await stage.close()
  await Promise.all([client.close(), keys.close()])
})

const serviceUrl = () => `${client.origin}/_connector`
const fromClient = (key = localKey) =>
  stage.post(message({ serviceUrl: serviceUrl() }), bearer({ serviceurl: serviceUrl() }, { key }))

test('writes and is answered, without Microsoft and without a token', async () => {
  expect((await fromClient()).status).toBe(200)
  await until(() => client.asked.length > 0)
  const [{ path, headers } = { path: '', headers: {} }] = client.asked
  expect(path).toMatch(/^\/_connector\/v3\/conversations\/[^/]+\/activities$/)
  expect(headers.authorization).toBeUndefined()
})

test('has to sign, by those keys and with everything in its place', async () => {
  const refused = { status: 403, body: '' }
  expect(await fromClient(connectorKey)).toEqual(refused)
  expect(await fromClient(createKey(localKey.kid))).toEqual(refused)
  expect((await stage.post(message({ serviceUrl: serviceUrl() }), '')).status).toBe(401)
  const another = 'http://127.0.0.1:1/_connector'
  const elsewhere = bearer({ serviceurl: another }, { key: localKey })
  expect(await stage.post(message({ serviceUrl: another }), elsewhere)).toEqual(refused)
  await aWhile()
  expect(client.asked).toEqual([])
})

test('is not believed when its keys are said to be elsewhere', async () => {
  jwksUri = () => 'https://login.botframework.com/v1/.well-known/keys'
  expect((await fromClient()).status).toBe(403)
})
