import type { IncomingMessage } from 'node:http'
import { Refusal } from '../../src/http'
import { cookieOf, good, hours, minutes, startStage, type Asking, type Stage } from './stage'

/** Every route for everybody who may come, as a table; and everything that may come from elsewhere. */

let stage: Stage
/** The cookies of those who come. */
let cookies: Record<Who, string | undefined>

const everybody = ['anonymous', 'agent', 'supervisor', 'admin', 'expired', 'disabled'] as const
type Who = (typeof everybody)[number]

beforeEach(async () => {
  stage = await startStage()
  const early = await stage.setUp('Old', 'old@example.org')
  stage.clock.at += hours(8)
  const admin = cookieOf(await stage.signIn('old@example.org', good))
  const disabled = await stage.add(admin, 'admin', 'Dan')
  const dan = await stage.me(disabled)
  await stage.post(`/console/api/agents/${dan.id}`, admin, { isDisabled: true })
  cookies = {
    anonymous: undefined,
    agent: await stage.add(admin, 'agent', 'Ann'),
    supervisor: await stage.add(admin, 'supervisor', 'Sue'),
    admin,
    expired: early,
    disabled,
  }
})
afterEach(() => stage.close())

const out = { anonymous: 401, expired: 401, disabled: 401 }
const refused = { ...out, agent: 403, supervisor: 403 }
const same = (status: number) =>
  Object.fromEntries(everybody.map((who) => [who, status])) as Record<Who, number>

/** What each route answers to each of them, with a body that is right as far as it can be. */
const table: Record<string, { statuses: Record<Who, number>; body?: object }> = {
  'GET /console/api/me': { statuses: { ...out, agent: 200, supervisor: 200, admin: 200 } },
  'POST /console/api/sign-out': { statuses: same(204) },
  'POST /console/api/sign-in': {
    statuses: same(204),
    body: { email: 'sue@example.org', password: good },
  },
  'POST /console/api/password': {
    statuses: { ...out, agent: 204, supervisor: 204, admin: 204 },
    body: { old: good, new: 'cows drink blue water' },
  },
  'POST /console/api/join/check': { statuses: same(404), body: { secret: 'x' } },
  'POST /console/api/join': {
    statuses: same(404),
    body: { secret: 'x', name: 'Eve', email: 'eve@example.org', password: good },
  },
  'GET /console/api/agents': { statuses: { ...refused, admin: 200 } },
  'POST /console/api/agents/invite': {
    statuses: { ...refused, admin: 200 },
    body: { role: 'admin' },
  },
  'POST /console/api/agents/:id': { statuses: { ...refused, admin: 204 }, body: { role: 'agent' } },
  'POST /console/api/agents/:id/sign-out': { statuses: { ...refused, admin: 204 } },
  'POST /console/api/invites/:id/revoke': { statuses: { ...refused, admin: 204 } },
  'GET /console/api/audit': { statuses: { ...out, agent: 403, supervisor: 200, admin: 200 } },
}

/** The path with somebody, or an invitation, that is there. */
async function pathOf(route: string): Promise<string> {
  const path = route.replace(/^\w+ /, '')
  const { json } = await stage.get('/console/api/agents', cookies.admin)
  const ann = json.agents.find(({ name }) => name === 'Ann')!
  if (!path.includes('/invites/')) return path.replace(':id', ann.id)
  await stage.post('/console/api/agents/invite', cookies.admin, { role: 'agent' })
  const listed = await stage.get('/console/api/agents', cookies.admin)
  return path.replace(':id', listed.json.invites[0]!.id)
}

const lineCount = async () => (await stage.audit(cookies.admin!)).length

test('the table has every route', () => {
  expect(stage.agents.routes.map(({ method, path }) => `${method} ${path}`).toSorted()).toEqual(
    Object.keys(table).toSorted(),
  )
})

const codes: Record<number, string> = {
  401: 'NotSignedIn',
  403: 'NotAllowed',
  404: 'InviteUnknown',
}

test.each(Object.keys(table))('%s', async (route) => {
  const { statuses, body } = table[route]!
  const path = await pathOf(route)
  // The admin comes last: what may change something then does.
  for (const who of ['anonymous', 'expired', 'disabled', 'agent', 'supervisor', 'admin'] as const) {
    const before = await lineCount()
    const answer = await stage.ask(route.replace(/ .*/, ''), path, { cookie: cookies[who], body })
    expect([who, answer.status]).toEqual([who, statuses[who]])
    if (answer.status < 400) continue
    expect([who, answer.json.error.code]).toEqual([who, codes[answer.status]])
    expect([who, answer.cookie, await lineCount()]).toEqual([who, undefined, before])
  }
})

const changes = Object.keys(table).filter((route) => route.startsWith('POST'))
const foreign: readonly [string, Asking['headers']][] = [
  ['of another site', { origin: 'https://elsewhere.example' }],
  ['of a page that may open chats', { origin: 'https://shop.example' }],
  ['of another port of this machine', { origin: 'http://localhost:1' }],
  ['of this machine by another name', { origin: 'http://127.0.0.1' }],
  ['of a sandboxed page', { origin: 'null' }],
  ['without an origin', { origin: undefined }],
  ['that a browser calls cross-site', { 'sec-fetch-site': 'cross-site' }],
  ['that a browser calls same-site', { 'sec-fetch-site': 'same-site' }],
  ['that somebody typed into the address bar', { 'sec-fetch-site': 'none' }],
  ['without the header of the console', { 'x-fixladder': undefined }],
  ['with another header', { 'x-fixladder': 'desk' }],
]

describe.each(changes)('%s', (route) => {
  test('refuses what another page sent', async () => {
    const path = await pathOf(route)
    const before = await lineCount()
    const { body } = table[route]!
    for (const [what, headers] of foreign) {
      const { status, json, cookie } = await stage.post(path, cookies.admin, body, { headers })
      expect([what, status, cookie]).toEqual([what, 403, undefined])
      expect(json.error.code).toMatch(/^(ForeignOrigin|OriginNotAllowed)$/)
    }
    expect(await lineCount()).toBe(before)
    expect((await stage.get('/console/api/me', cookies.admin)).status).toBe(200)
  })

  test('takes the same from an old browser that names its origin only', async () => {
    const headers = { 'sec-fetch-site': undefined }
    const { body, statuses } = table[route]!
    const answer = await stage.post(await pathOf(route), cookies.admin, body, { headers })
    expect(answer.status).toBe(statuses.admin)
  })
})

test.each(changes.filter((route) => table[route]?.body))(
  '%s takes no form and no text',
  async (route) => {
    const path = await pathOf(route)
    for (const type of ['application/x-www-form-urlencoded', 'text/plain', 'multipart/form-data']) {
      const headers = { 'content-type': type }
      const { status } = await stage.post(path, cookies.admin, table[route]?.body, { headers })
      expect([type, status]).toEqual([type, 415])
    }
  },
)

test('pages that may open chats are strangers here, also where they are listed', async () => {
  const there = await startStage({
    settings: { PUBLIC_URL: 'https://help.example.org', ALLOWED_ORIGINS: 'https://shop.example' },
  })
  try {
    const cookie = await there.setUp()
    const ask = (origin: string) =>
      there.post('/console/api/sign-out', cookie, {}, { headers: { origin } })
    const shop = await ask('https://shop.example')
    expect([shop.status, shop.json.error.code]).toEqual([403, 'ForeignOrigin'])
    expect(shop.headers['access-control-allow-credentials']).toBeUndefined()
    const headers = { origin: 'https://shop.example' }
    const read = await there.get('/console/api/me', cookie, { headers })
    expect(read.json.error.code).toBe('ForeignOrigin')
    expect((await ask('https://help.example.org')).status).toBe(204)
  } finally {
    await there.close()
  }
})

test.each([
  [{ 'sec-fetch-site': 'cross-site' }, 403],
  [{ 'sec-fetch-site': 'same-site' }, 403],
  [{ 'sec-fetch-site': 'none' }, 200],
  [{ 'sec-fetch-site': undefined }, 200],
])('reading with %j gives %d', async (headers, status) => {
  for (const path of ['me', 'agents', 'audit'])
    expect((await stage.get(`/console/api/${path}`, cookies.admin, { headers })).status).toBe(
      status,
    )
})

test.each([
  '',
  'x',
  '__Host-fixladder=',
  '__Host-fixladder=x',
  `__Host-fixladder=${'A'.repeat(43)}`,
])('the cookie "%s" is nobody', async (cookie) => {
  expect((await stage.get('/console/api/me', cookie)).status).toBe(401)
})

test('a cookie that comes twice counts as none', async () => {
  const { admin, agent } = cookies
  expect((await stage.get('/console/api/me', `${admin}; ${agent}`)).status).toBe(401)
  expect((await stage.get('/console/api/me', `a=b; ${admin}; __Host-fixladder-x=c`)).status).toBe(
    200,
  )
})

describe('what a page sends for another agent than the one whose cookie the browser has', () => {
  const saysWho = async (who: 'agent' | 'admin') => ({
    headers: { 'x-fixladder-agent': (await stage.me(cookies[who])).id },
  })
  /** What somebody asks who is not in yet, or does not know as whom. */
  const beforeIn = /\/(me|sign-in|join|join\/check)$/

  test.each(Object.keys(table).filter((route) => !beforeIn.test(route)))(
    '%s is refused, and nothing is done',
    async (route) => {
      const path = await pathOf(route)
      const before = await lineCount()
      const { body } = table[route]!
      const asking = { cookie: cookies.admin, body, ...(await saysWho('agent')) }
      const { status, json, cookie } = await stage.ask(route.replace(/ .*/, ''), path, asking)
      expect([status, json.error.code, cookie]).toEqual([409, 'OtherAgent', undefined])
      expect(await lineCount()).toBe(before)
      expect((await stage.get('/console/api/me', cookies.admin)).status).toBe(200)
      const own = { ...asking, ...(await saysWho('admin')) }
      const { status: taken } = await stage.ask(route.replace(/ .*/, ''), path, own)
      expect(taken).toBe(table[route]!.statuses.admin)
    },
  )

  test('does not keep anybody from learning who is signed in', async () => {
    const asking = await saysWho('agent')
    const { json } = await stage.get('/console/api/me', cookies.admin, asking)
    expect(json.agent.role).toBe('admin')
  })
})

describe('an upgrade', () => {
  const upgrade = (headers: Record<string, string | undefined>) =>
    stage.agents.requireUpgrade({
      headers: { host: `localhost:${stage.port}`, origin: stage.origin, ...headers },
    } as unknown as IncomingMessage)
  const refusal = (headers: Record<string, string | undefined>) =>
    upgrade(headers).then(
      () => 'let in',
      (error: unknown) => (error instanceof Refusal ? error.answer.status : error),
    )

  test('names the agent, and is no activity', async () => {
    const { agent, session } = await upgrade({ cookie: cookies.agent })
    expect(agent).toEqual({ id: expect.any(String), name: 'Ann', role: 'agent' })
    for (let passed = 0; passed < 30; passed += 10) {
      await upgrade({ cookie: cookies.agent })
      stage.clock.at += minutes(10)
    }
    expect(await stage.agents.check(session)).toBe('idle')
    expect(await refusal({ cookie: cookies.agent })).toBe(401)
  })

  test.each([
    ['without an origin', { origin: undefined }, 403],
    ['of another site', { origin: 'https://elsewhere.example' }, 403],
    ['of another port', { origin: 'http://localhost:1' }, 403],
    [
      'at a name that was made to resolve to us',
      { host: 'a.example', origin: 'http://a.example' },
      403,
    ],
    ['without a cookie', { cookie: undefined }, 401],
    ['with a cookie of nobody', { cookie: `__Host-fixladder=${'A'.repeat(43)}` }, 401],
  ])('%s is refused', async (_what, headers, status) => {
    expect(await refusal({ cookie: cookies.agent, ...headers })).toBe(status)
  })

  test('of one whose session is over is refused', async () => {
    for (const who of ['expired', 'disabled'] as const)
      expect(await refusal({ cookie: cookies[who] })).toBe(401)
  })
})

describe('what ends a session at once, as an open socket sees it', () => {
  const sessionOf = async (who: 'agent' | 'admin') =>
    (
      await stage.agents.requireUpgrade({
        headers: {
          host: `localhost:${stage.port}`,
          origin: stage.origin,
          cookie: cookies[who],
        },
      } as unknown as IncomingMessage)
    ).session
  const path = async () => pathOf('POST /console/api/agents/:id')

  test.each<[string, () => Promise<unknown>]>([
    [
      'closing the account',
      async () => stage.post(await path(), cookies.admin, { isDisabled: true }),
    ],
    ['another role', async () => stage.post(await path(), cookies.admin, { role: 'admin' })],
    ['signing them out', async () => stage.post(`${await path()}/sign-out`, cookies.admin)],
    ['their own sign-out', () => stage.post('/console/api/sign-out', cookies.agent)],
  ])('%s', async (_what, act) => {
    const [session, admins] = [await sessionOf('agent'), await sessionOf('admin')]
    expect(await stage.agents.check(session)).toBe('good')
    await act()
    expect(await stage.agents.check(session)).toBe('revoked')
    expect(await stage.agents.check(admins)).toBe('good')
    expect((await stage.get('/console/api/me', cookies.agent)).status).toBe(401)
  })

  test('nothing does that changes nothing', async () => {
    const session = await sessionOf('agent')
    await stage.post(await path(), cookies.admin, { role: 'agent', isDisabled: false })
    await stage.post(await path(), cookies.admin, {})
    expect(await stage.agents.check(session)).toBe('good')
  })
})
