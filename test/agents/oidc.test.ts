import { statement } from '../../src/storage'
import { personOf } from '../../src/agents/oidc/claims'
import { assertIssuer } from '../../src/agents/oidc/provider'
import { clientId, clientSecret, startProvider, type Signed } from './provider'
import { cookieOf, minutes, secretOf, startStage, type Stage } from './stage'

/** Signing in through an identity provider: what a browser carries between the two, and everything that can be wrong with it. */

let provider: Awaited<ReturnType<typeof startProvider>>
let stage: Stage
const lines: string[] = []

/** With the provider of this file, unless told otherwise. */
const start = (settings: Record<string, string> = {}) =>
  startStage({
    settings: {
      OIDC_ISSUER: provider.issuer,
      OIDC_CLIENT_ID: clientId,
      OIDC_CLIENT_SECRET: clientSecret,
      OIDC_NAME: 'Contoso',
      ...settings,
    },
    log: (line) => lines.push(line),
  })

beforeAll(async () => {
  provider = await startProvider()
})
afterAll(() => provider.close())
beforeEach(async () => {
  stage = await start()
  stage.clock.at = Date.now()
})
afterEach(async () => {
  provider.reset()
  lines.length = 0
  await stage.close()
})

/** Presses the button: where it leads, and the cookie that the browser now has. */
async function begin(cookie?: string) {
  const answer = await stage.get('/console/sign-in', cookie)
  return { location: String(answer.headers.location), cookie: cookieOf(answer) }
}
/** The whole way: out, sign in there, and back. */
async function signIn(signed: Signed = {}) {
  const { location, cookie } = await begin()
  return back(provider.authorize(location, signed), cookie)
}
/** The browser comes from the provider's page. */
const back = (path: string, cookie?: string) =>
  stage.get(path, cookie, { headers: { 'sec-fetch-site': 'cross-site' } })

const sessions = async () =>
  (
    await stage.database.read(
      statement<Record<string, never>>()((db) => db.selectFrom('agent_sessions').select('hash')),
      {},
    )
  ).length

describe('with an account there', () => {
  test('a first sign-in makes the agent, as the token says', async () => {
    const answer = await signIn({ claims: { roles: ['agent', 'supervisor', 'other'] } })
    expect([answer.status, answer.headers.location]).toEqual([302, '/console'])
    expect(answer.headers['set-cookie']?.[0]).toMatch(
      /^__Host-fixladder=[\w-]{43}; Path=\/; Secure; HttpOnly; SameSite=Strict$/,
    )
    const me = await stage.get('/console/api/me', cookieOf(answer))
    expect(me.json).toEqual({
      agent: {
        id: expect.any(String),
        name: 'Ada Lovelace',
        email: 'ada@example.org',
        role: 'supervisor',
      },
      signIn: { kind: 'oidc', name: 'Contoso', url: '/console/sign-in' },
    })
  })

  test('the way out carries PKCE, state and nonce, and a cookie that only servers can open', async () => {
    const answer = await stage.get('/console/sign-in')
    const { origin, pathname, searchParams } = new URL(String(answer.headers.location))
    expect(origin + pathname).toBe(`${provider.issuer}/authorize`)
    expect(Object.fromEntries(searchParams)).toEqual({
      client_id: clientId,
      redirect_uri: `${stage.origin}/console/sign-in/done`,
      response_type: 'code',
      scope: 'openid profile email',
      state: expect.stringMatching(/^[\w-]{43}$/),
      nonce: expect.stringMatching(/^[\w-]{43}$/),
      code_challenge: expect.stringMatching(/^[\w-]{43}$/),
      code_challenge_method: 'S256',
    })
    expect(answer.headers['set-cookie']).toEqual([
      expect.stringMatching(
        /^__Host-fixladder-sign-in=[\w-]{200,600}; Path=\/; Secure; HttpOnly; SameSite=Lax; Max-Age=600$/,
      ),
    ])
    expect(answer.text).toBe('')
  })

  test('it is the subject that counts: name, e-mail and role are as of today', async () => {
    const first = await stage.me(cookieOf(await signIn()))
    const changed = { name: 'Ada King', email: 'countess@example.org', roles: 'fixladder.admin' }
    const again = cookieOf(await signIn({ claims: changed }))
    expect(await stage.me(again)).toEqual({
      id: first.id,
      name: 'Ada King',
      email: 'countess@example.org',
      role: 'admin',
    })
    const other = await stage.me(cookieOf(await signIn({ claims: { sub: 'eve' } })))
    expect(other.id).not.toBe(first.id)
    expect(await stage.agents.all()).toEqual(
      [
        { id: other.id, name: 'Ada Lovelace', role: 'agent' },
        { id: first.id, name: 'Ada King', role: 'admin' },
      ].toSorted((one, two) => (one.name < two.name ? -1 : 1)),
    )
    expect((await stage.audit(again)).map(({ what }) => what)).toEqual([
      'agent_added',
      'sign_in',
      'agent_changed',
      'sign_in',
      'agent_added',
      'sign_in',
    ])
  })

  test('another role, or none any more, ends what was open before', async () => {
    const before = cookieOf(await signIn({ claims: { roles: ['admin'] } }))
    const lower = cookieOf(await signIn({ claims: { roles: ['agent'] } }))
    expect((await stage.get('/console/api/me', before)).status).toBe(401)
    expect((await stage.get('/console/api/me', lower)).status).toBe(200)
    await signIn({ claims: { roles: [] } })
    expect((await stage.get('/console/api/me', lower)).status).toBe(401)
  })

  test('a sign-in from a page that is signed in takes the place of that session', async () => {
    const before = cookieOf(await signIn())
    const { location, cookie } = await begin(before)
    const after = cookieOf(await back(provider.authorize(location), cookie))
    expect((await stage.get('/console/api/me', before)).status).toBe(401)
    expect((await stage.get('/console/api/me', after)).status).toBe(200)
  })

  test.each([
    ['in the header', ['client_secret_basic']],
    ['in the body', ['client_secret_post']],
    ['in the header, where nothing is said', undefined],
  ])("the client's secret goes %s", async (_where, methods) => {
    provider.state.authMethods = methods
    provider.asked.length = 0
    expect((await signIn()).headers.location).toBe('/console')
    const [{ body, authorization } = {}] = provider.asked
    expect([body?.has('client_secret'), authorization === undefined]).toEqual(
      methods?.[0] === 'client_secret_post' ? [true, true] : [false, false],
    )
    expect(body?.get('code_verifier')).toMatch(/^[\w-]{43,128}$/)
  })
})

/** What a test makes wrong about a sign-in. */
interface Wrong extends Signed {
  readonly state?: Partial<typeof provider.state>
}
const now = () => Math.floor(Date.now() / 1000)

describe('nobody gets in', () => {
  test.each<[string, Wrong | (() => Wrong)]>([
    ['with another state', { answer: { state: 'another' } }],
    ['without state', { answer: { state: null } }],
    ['with another nonce', { claims: { nonce: 'another' } }],
    ['without nonce', { claims: { nonce: undefined } }],
    ['with a token of another issuer', { claims: { iss: 'https://id.example.org/' } }],
    [
      'with a token of another tenant of the same provider',
      () => ({ claims: { iss: provider.issuer.replace('tenant', 'another-tenant') } }),
    ],
    ['with a token without issuer', { claims: { iss: undefined } }],
    ['with a token for another client', { claims: { aud: 'another-client' } }],
    [
      'with a token for several, made for another',
      { claims: { aud: [clientId, 'another'], azp: 'another' } },
    ],
    ['with an expired token', () => ({ claims: { exp: now() - 60, iat: now() - 600 } })],
    ['with a token that never expires', { claims: { exp: undefined } }],
    ['with a token that is not good yet', () => ({ claims: { nbf: now() + 600 } })],
    ['with a token of nobody', { claims: { sub: undefined } }],
    ['with a token of somebody whose name is empty', { claims: { sub: '' } }],
    ['with a token of somebody whose name ends early', { claims: { sub: 'ada\0x' } }],
    ['with a token that another key signed', { signing: 'foreign key' }],
    ['with a token whose key nobody published', { signing: 'unknown key' }],
    ['with a token that was changed', { signing: 'broken' }],
    ['with an unsigned token', { signing: 'none' }],
    [
      'with an unsigned token, though the provider says it makes such',
      { signing: 'none', state: { algorithms: ['none', 'RS256'] } },
    ],
    ['with a token signed by the public key as if it were a secret', { signing: 'HS256' }],
    [
      'with such a token, though the provider says it makes such',
      { signing: 'HS256', state: { algorithms: ['HS256', 'RS256'] } },
    ],
    ['without a token', { state: { withoutToken: true } }],
    ['with an answer of another provider (mix-up)', { answer: { iss: 'https://id.example.org/' } }],
    ['without the issuer that this provider always names', { answer: { iss: null } }],
    ['with a code that was never given', { answer: { code: 'another' } }],
    ['without a code', { answer: { code: null } }],
    ['when the provider refuses', { answer: { code: null, error: 'access_denied' } }],
    ['when the provider says both', { answer: { error: 'access_denied' } }],
  ])('%s', async (_what, wrong) => {
    const { state, ...signed } = typeof wrong === 'function' ? wrong() : wrong
    Object.assign(provider.state, state)
    const answer = await signIn(signed)
    expect([answer.status, answer.headers.location]).toEqual([302, '/console#sign-in=failed'])
    expect(answer.cookie).toBeUndefined()
    expect(await sessions()).toBe(0)
    expect(await stage.agents.all()).toEqual([])
  })

  test.each([
    ['none', undefined],
    ['an empty list', []],
    ['others', ['editor', 'owner']],
    ['a capital letter', ['Admin']],
    ['no text', [['admin'], { admin: true }, 1]],
    ['an object', { admin: true }],
    ['another prefix', ['other.admin', 'fixladder.fixladder.admin']],
  ])('whose roles are %s', async (_what, roles) => {
    const answer = await signIn({ claims: { roles } })
    expect(answer.headers.location).toBe('/console#sign-in=no-role')
    expect([answer.cookie, await sessions()]).toEqual([undefined, 0])
  })

  test('whose answer is used a second time, with the same cookie or a new one', async () => {
    const { location, cookie } = await begin()
    const path = provider.authorize(location)
    expect((await back(path, cookie)).headers.location).toBe('/console')
    expect((await back(path, cookie)).headers.location).toBe('/console#sign-in=failed')
    expect((await back(path, (await begin()).cookie)).headers.location).toMatch(/failed$/)
    // Another code for the same sign-in: state, nonce and verifier would fit.
    expect((await back(provider.authorize(location), cookie)).headers.location).toMatch(/failed$/)
    expect(await sessions()).toBe(1)
  })

  test('in another browser than the one that began', async () => {
    const mine = await begin()
    const theirs = await begin()
    const path = provider.authorize(mine.location)
    expect((await back(path, theirs.cookie)).headers.location).toMatch(/failed$/)
    expect((await back(path)).headers.location).toMatch(/failed$/)
    expect((await back(path, `${mine.cookie}; ${mine.cookie}`)).headers.location).toMatch(/failed$/)
    expect((await back(path, mine.cookie.toLowerCase())).headers.location).toMatch(/failed$/)
    expect(await sessions()).toBe(0)
  })

  test("with somebody else's code in their own answer: the provider sees that the verifier is another", async () => {
    const stolen = new URLSearchParams(
      provider.authorize((await begin()).location).replace(/^.*\?/, ''),
    )
    const mine = await begin()
    const path = provider.authorize(mine.location, { answer: { code: stolen.get('code') } })
    expect((await back(path, mine.cookie)).headers.location).toMatch(/failed$/)
    expect(provider.asked.every(({ body }) => body.has('code_verifier'))).toBe(true)
    expect(await sessions()).toBe(0)
  })

  test('more than ten minutes after they began', async () => {
    const { location, cookie } = await begin()
    stage.clock.at += minutes(10)
    expect((await back(provider.authorize(location), cookie)).headers.location).toMatch(/failed$/)
    expect(await sessions()).toBe(0)
  })

  test('whose account was closed here', async () => {
    const admin = cookieOf(await signIn({ claims: { roles: ['admin'], sub: 'eve' } }))
    const ada = await stage.me(cookieOf(await signIn()))
    const path = `/console/api/agents/${ada.id}`
    expect((await stage.post(path, admin, { isDisabled: true })).status).toBe(204)
    expect((await signIn()).headers.location).toBe('/console#sign-in=failed')
    expect((await stage.post(path, admin, { isDisabled: false })).status).toBe(204)
    expect((await signIn()).headers.location).toBe('/console')
  })

  test('whose provider is another issuer than it says', async () => {
    provider.state.calledItself = 'https://id.example.org/{tenantid}/v2.0'
    const answer = await stage.get('/console/sign-in')
    expect(answer.headers.location).toBe('/console#sign-in=unavailable')
    expect(lines.join('')).toContain('calls itself https://id.example.org/{tenantid}/v2.0')
  })
})

test('what went wrong stands in the log, without a code, a token or a secret', async () => {
  const { location, cookie } = await begin()
  const path = provider.authorize(location, { claims: { aud: 'another-client' } })
  await back(path, cookie)
  await signIn({ answer: { code: null, error: 'access_denied' } })
  const log = lines.join('')
  expect(log).toContain('unexpected JWT \\"aud\\" (audience) claim value')
  expect(log).toContain('access_denied')
  const code = new URLSearchParams(path.replace(/^.*\?/, '')).get('code')!
  for (const secret of [code, cookie.replace(/^.*=/, ''), 'eyJ', clientSecret])
    expect(log).not.toContain(secret)
})

test('a provider that is down is told, and asked again at the next sign-in', async () => {
  provider.state.isDown = true
  const answer = await stage.get('/console/sign-in')
  expect([answer.headers.location, answer.cookie]).toEqual([
    '/console#sign-in=unavailable',
    undefined,
  ])
  expect(lines.join('')).toContain('(OIDC_ISSUER) does not answer as one')
  provider.reset()
  expect((await signIn()).headers.location).toBe('/console')
  // Once it was there, a day passes before it is asked again; then what it said yesterday holds.
  stage.clock.at += minutes(25 * 60)
  provider.state.isDown = true
  expect((await stage.get('/console/sign-in')).headers.location).toContain('/authorize?')
})

test('only names with the prefix count, once it is set', async () => {
  await stage.close()
  stage = await start({ OIDC_ROLES_PREFIX: 'fixladder.' })
  stage.clock.at = Date.now()
  const refused = await signIn({ claims: { roles: ['admin'] } })
  expect(refused.headers.location).toBe('/console#sign-in=no-role')
  const cookie = cookieOf(await signIn({ claims: { roles: ['admin', 'fixladder.agent'] } }))
  expect((await stage.me(cookie)).role).toBe('agent')
})

test.each([
  { 'sec-fetch-site': 'cross-site', 'sec-fetch-dest': 'image' },
  { 'sec-fetch-site': 'cross-site', 'sec-fetch-dest': 'document' },
  { 'sec-fetch-site': 'same-site', 'sec-fetch-dest': 'document' },
  { 'sec-fetch-site': 'same-origin', 'sec-fetch-dest': 'image' },
])('%j begins no sign-in', async (headers) => {
  const answer = await stage.get('/console/sign-in', undefined, { headers })
  expect([answer.headers.location, answer.cookie]).toEqual(['/console', undefined])
  const own = { 'sec-fetch-site': 'none', 'sec-fetch-dest': 'document' }
  const begun = await stage.get('/console/sign-in', undefined, { headers: own })
  expect(begun.headers.location).toContain('/authorize?')
})

test('answers that nobody here asked for fill no log', async () => {
  const admin = cookieOf(await signIn({ claims: { roles: ['admin'] } }))
  const before = await stage.audit(admin)
  lines.length = 0
  for (let index = 0; index < 100; index += 1)
    expect((await back('/console/sign-in/done')).headers.location).toMatch(/failed$/)
  expect(lines.filter((line) => line.includes('no sign-in is under way'))).toHaveLength(20)
  expect(await stage.audit(admin)).toEqual(before)
})

test('passwords, links and roles are off', async () => {
  expect(await stage.agents.setUpLink(stage.origin)).toBeUndefined()
  const admin = cookieOf(await signIn({ claims: { roles: ['admin'] } }))
  for (const path of ['sign-in', 'join', 'join/check', 'password'])
    expect((await stage.post(`/console/api/${path}`, admin)).status).toBe(404)
  const invited = await stage.post('/console/api/agents/invite', admin, { role: 'agent' })
  const me = await stage.me(admin)
  const changed = await stage.post(`/console/api/agents/${me.id}`, admin, { role: 'agent' })
  for (const { status, json } of [invited, changed])
    expect([status, json.error]).toEqual([
      400,
      {
        code: 'PasswordsOff',
        message: 'People sign in with Contoso; who they are and their role are set there.',
      },
    ])
  expect((await stage.get('/console/api/me')).json).toMatchObject({ hasAgents: true })
})

test('a switch to a provider ends the sessions and links of passwords, and back again', async () => {
  const { folder } = stage
  await stage.close()
  const local = await startStage({ folder })
  const link = await local.agents.setUpLink(local.origin)
  const cookie = await local.setUp()
  expect(link).toBeDefined()
  await local.close()

  stage = await startStage({
    folder,
    settings: { OIDC_ISSUER: provider.issuer, OIDC_CLIENT_ID: clientId },
  })
  expect((await stage.get('/console/api/me', cookie)).status).toBe(401)
  expect(await stage.agents.all()).toEqual([])
  expect(secretOf(link ?? '')).toHaveLength(43)
})

test('the issuer is one: what Microsoft says for many tenants is refused', () => {
  const tenant = 'https://login.microsoftonline.com/11111111-2222-3333-4444-555555555555/v2.0'
  expect(() => assertIssuer(tenant, tenant)).not.toThrow()
  for (const named of ['https://login.microsoftonline.com/{tenantid}/v2.0', `${tenant}/`, 'x'])
    expect(() => assertIssuer(named, tenant)).toThrow(/calls itself/)
})

describe('the roles of a token', () => {
  test.each([
    [{ roles: 'supervisor' }, 'roles', 'supervisor'],
    [{ roles: ['agent', 'admin', 'supervisor'] }, 'roles', 'admin'],
    [{ roles: ['fixladder.agent'] }, 'roles', 'agent'],
    [{ groups: ['admin'] }, 'roles', undefined],
    [{ groups: ['admin'] }, 'groups', 'admin'],
    [{ realm_access: { roles: ['agent'] } }, 'realm_access.roles', 'agent'],
    [{ 'https://example.org/roles': ['agent'] }, 'https://example.org/roles', 'agent'],
    [{ roles: ['agent'] }, 'constructor', undefined],
    [{ roles: ['agent'] }, '__proto__.roles', undefined],
  ])('%j by the claim %s are %s', (claims, claim, role) => {
    expect(personOf({ sub: 'ada', ...claims }, { claim }).role).toBe(role)
  })

  test.each([
    [{ roles: ['admin', 'fixladder.agent'] }, 'agent', 'fixladder.'],
    [{ roles: ['admin', 'other.admin'] }, undefined, 'fixladder.'],
    [{ roles: ['desk-admin', 'fixladder.admin'] }, 'admin', 'desk-'],
    [{ roles: ['agent', 'fixladder.admin'] }, undefined, 'desk-'],
  ])('%j are %s with the prefix set to %s', (claims, role, prefix) => {
    expect(personOf({ sub: 'ada', ...claims }, { claim: 'roles', prefix }).role).toBe(role)
  })

  test('a name is one line, and is found somewhere', () => {
    expect(personOf({ sub: 'ada', name: ' Ada\n\u202eKing ' }, { claim: 'roles' }).name).toBe(
      'Ada King',
    )
    const long = `${'x'.repeat(79)}\u{1f40e}`
    expect(personOf({ sub: 'ada', name: long }, { claim: 'roles' }).name).toBe('x'.repeat(79))
    expect(personOf({ sub: 'ada', name: 'Ada\ud83d\0King' }, { claim: 'roles' }).name).toBe(
      'Ada King',
    )
    expect(personOf({ sub: 'a', preferred_username: 'ada@x.example' }, { claim: 'roles' })).toEqual(
      {
        subject: 'a',
        name: 'ada@x.example',
      },
    )
    expect(personOf({ sub: 'a', name: 7, email: 'x@y.example' }, { claim: 'roles' }).name).toBe(
      'x@y.example',
    )
  })
})
