import { createFolder, removeFolder } from '../direct-line/store'
import { cookieOf, good, hours, minutes, startStage, type Stage } from './stage'

let stage: Stage
let admin: string

beforeEach(async () => {
  stage = await startStage()
  admin = await stage.setUp()
})
afterEach(() => stage.close())

const addressOf = (index: number) => `10.${index >> 16}.${(index >> 8) & 255}.${index & 255}`

test('the right password opens a session, in a cookie that no script and no other site gets', async () => {
  const { status, headers, text } = await stage.signIn(' ADA@example.org ', good)
  expect([status, text]).toEqual([204, ''])
  expect(headers['set-cookie']).toEqual([
    expect.stringMatching(
      /^__Host-fixladder=[\w-]{43}; Path=\/; Secure; HttpOnly; SameSite=Strict$/,
    ),
  ])
  const me = await stage.get(
    '/console/api/me',
    cookieOf(await stage.signIn('ada@example.org', good)),
  )
  expect(me.json).toEqual({
    agent: { id: expect.any(String), name: 'Ada', email: 'ada@example.org', role: 'admin' },
    signIn: { kind: 'password' },
  })
})

test('every failure has one text: unknown, wrong, closed, too many tries', async () => {
  await stage.add(admin, 'agent', 'Eve')
  const { json } = await stage.get('/console/api/agents', admin)
  const eve = json.agents.find(({ name }) => name === 'Eve')!
  await stage.post(`/console/api/agents/${eve.id}`, admin, { isDisabled: true })
  const closed = await stage.signIn('eve@example.org', good)
  const unknown = await stage.signIn('nobody@example.org', good)
  const noAddress = await stage.signIn('nobody', good)
  const wrong = await stage.signIn('ada@example.org', 'horses eat green hay')
  for (let index = 0; index < 9; index += 1)
    await stage.signIn('ada@example.org', 'horses eat green hay', { from: addressOf(index) })
  const limited = await stage.signIn('ada@example.org', good, { from: '192.0.2.1' })
  const answers = [closed, unknown, noAddress, wrong, limited]
  expect(new Set(answers.map(({ text }) => text)).size).toBe(1)
  expect(answers.map(({ status, cookie }) => [status, cookie])).toEqual(
    answers.map(() => [401, undefined]),
  )
  expect(closed.json.error.code).toBe('SignInFailed')
})

test.each([
  [{}],
  [{ email: 'ada@example.org' }],
  [{ email: { $regex: '.' }, password: good }],
  [{ email: ['ada@example.org'], password: good }],
  [{ email: 'ada@example.org', password: { length: 12 } }],
  [{ email: 'a'.repeat(255), password: good }],
  [{ email: 'ada@example.org', password: 'a'.repeat(801) }],
  [{ email: 'ada@example.org', password: '' }],
  [null],
  [[]],
  ['ada@example.org'],
])('%j is a bad request and no try', async (body) => {
  for (let index = 0; index < 12; index += 1) {
    const { status, json } = await stage.post('/console/api/sign-in', undefined, body)
    expect([status, json.error.code]).toEqual([400, 'BadArgument'])
  }
  expect((await stage.signIn('ada@example.org', good)).status).toBe(204)
})

describe('of 1,000 guesses', () => {
  test('from one address, five are looked at: the sixth may be right', async () => {
    const answers = []
    for (let index = 0; index < 1000; index += 1)
      answers.push(await stage.signIn('ada@example.org', index < 5 ? 'wrong' : good))
    expect(answers.map(({ status }) => status)).toEqual(
      answers.map((_, index) => (index < 5 ? 401 : 429)),
    )
    const last = answers.at(-1)!
    expect(last.json.error.code).toBe('TooManyTries')
    expect(Number(last.headers['retry-after'])).toBe(300)
    stage.clock.at += minutes(5)
    expect((await stage.signIn('ada@example.org', good)).status).toBe(204)
  })

  test('from as many addresses, ten are looked at: the eleventh may be right', async () => {
    const guess = (index: number) =>
      stage.signIn(
        index % 2 ? 'ada@example.org' : ' Ada@Example.ORG',
        index < 10 ? 'wrong' : good,
        {
          from: addressOf(index),
        },
      )
    const statuses = []
    for (let index = 0; index < 1000; index += 1) statuses.push((await guess(index)).status)
    expect(new Set(statuses)).toEqual(new Set([401]))
    stage.clock.at += minutes(15)
    expect((await stage.signIn('ada@example.org', good)).status).toBe(204)
  })

  test('with something else behind a NUL each time, none is taken for the account before it', async () => {
    for (let index = 0; index < 1000; index += 1) {
      const guess = await stage.signIn(`ada@example.org\0${index}`, index < 10 ? 'wrong' : good, {
        from: addressOf(index),
      })
      expect([guess.status === 204, guess.cookie]).toEqual([false, undefined])
    }
  })

  test('at once from as many addresses, no more are looked at', async () => {
    const answers = await Promise.all(
      Array.from({ length: 200 }, (_, index) =>
        stage.signIn('ada@example.org', index < 10 ? 'wrong' : good, { from: addressOf(index) }),
      ),
    )
    expect(answers.filter(({ status }) => status === 204)).toEqual([])
  })

  test('for accounts that are not there, the same holds', async () => {
    for (let index = 0; index < 5; index += 1)
      expect((await stage.signIn(`nobody${index}@example.org`, good)).status).toBe(401)
    expect((await stage.signIn('another@example.org', good)).status).toBe(429)
  })
})

test('what finds no room to be checked is no try, of the address or of the account', async () => {
  const slow = await startStage({ cost: { ln: 14, r: 8, p: 1 } })
  try {
    await slow.setUp()
    const from = (index: number) => ({ from: addressOf(index % 30) })
    const answers = await Promise.all(
      Array.from({ length: 120 }, (_, index) => slow.signIn('ada@example.org', good, from(index))),
    )
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([204, 429]))
    const refused = answers.findLastIndex(({ status }) => status === 429)
    for (let index = 0; index < 5; index += 1)
      expect((await slow.signIn('ada@example.org', 'wrong', from(refused))).status).toBe(401)
    expect((await slow.signIn('ada@example.org', good, from(refused + 1))).status).toBe(204)
  } finally {
    await slow.close()
  }
})

test('an office behind one address signs in as often as it likes', async () => {
  for (let index = 0; index < 30; index += 1)
    expect((await stage.signIn('ada@example.org', good)).status).toBe(204)
})

test('whoever has a /48 of IPv6 has 25 tries with all of it', async () => {
  const from = (index: number) => ({ from: `2001:db8:0:${index.toString(16)}::1` })
  const statuses = []
  for (let index = 0; index < 26; index += 1)
    statuses.push((await stage.signIn(`n${index}@example.org`, good, from(index))).status)
  expect(statuses).toEqual([...Array<number>(25).fill(401), 429])
  const other = await stage.signIn('ada@example.org', good, { from: '2001:db8:1::1' })
  expect(other.status).toBe(204)
})

test('whoever has one IPv6 address has all of its network', async () => {
  const statuses = []
  for (let index = 0; index < 6; index += 1)
    statuses.push(
      (await stage.signIn(`nobody${index}@example.org`, good, { from: `2001:db8::${index + 1}` }))
        .status,
    )
  expect(statuses).toEqual([401, 401, 401, 401, 401, 429])
  const other = await stage.signIn('nobody@example.org', good, { from: '2001:db8:0:1::1' })
  expect(other.status).toBe(401)
})

describe('a session', () => {
  const isIn = async (cookie: string) => (await stage.get('/console/api/me', cookie)).status === 200

  const act = async (cookie: string) => (await stage.get('/console/api/agents', cookie)).status

  test('ends after half an hour without anything done', async () => {
    stage.clock.at += minutes(29)
    expect(await act(admin)).toBe(200)
    stage.clock.at += minutes(29)
    expect(await act(admin)).toBe(200)
    stage.clock.at += minutes(30)
    expect(await isIn(admin)).toBe(false)
  })

  test('ends likewise while its page asks who is signed in', async () => {
    for (let passed = 0; passed < 30; passed += 1) {
      expect(await isIn(admin)).toBe(true)
      stage.clock.at += minutes(1)
    }
    expect(await isIn(admin)).toBe(false)
  })

  test('ends after eight hours, whatever is done', async () => {
    for (let passed = 0; passed < hours(8) - minutes(20); passed += minutes(20)) {
      stage.clock.at += minutes(20)
      expect(await act(admin)).toBe(200)
    }
    stage.clock.at += minutes(20)
    expect(await isIn(admin)).toBe(false)
  })

  test('is another one after each sign-in, and the one before is over', async () => {
    const { cookie } = await stage.signIn('ada@example.org', good, { cookie: admin })
    expect(cookie).not.toBe(admin)
    expect(await isIn(admin)).toBe(false)
    expect(await isIn(cookieOf({ status: 0, text: '', cookie }))).toBe(true)
  })

  test('ends with the sign-out, which any page state survives', async () => {
    const { status, headers } = await stage.post('/console/api/sign-out', admin)
    expect(status).toBe(204)
    expect(headers['set-cookie']?.[0]).toMatch(/^__Host-fixladder=;.*Max-Age=0$/)
    expect(await isIn(admin)).toBe(false)
    expect((await stage.post('/console/api/sign-out', admin)).status).toBe(204)
    expect((await stage.post('/console/api/sign-out')).status).toBe(204)
  })

  test('is told from outside by its check, which is no activity', async () => {
    const { session } = await stage.agents.require(asked(admin))
    expect(session).not.toContain(admin.replace(/^.*=/, ''))
    for (let passed = 0; passed < 30; passed += 1) {
      expect(await stage.agents.check(session)).toBe('good')
      stage.clock.at += minutes(1)
    }
    expect(await stage.agents.check(session)).toBe('idle')
    stage.clock.at += hours(8)
    expect(await stage.agents.check(session)).toBe('expired')
    expect(await stage.agents.check('nothing')).toBe('revoked')
  })

  test('goes on as long as it is told of activity', async () => {
    const { session } = await stage.agents.require(asked(admin))
    for (let passed = 0; passed < 10; passed += 1) {
      stage.clock.at += minutes(25)
      await stage.agents.touch(session)
    }
    expect(await stage.agents.check(session)).toBe('good')
  })

  test('is written to once a minute at most', async () => {
    const { session } = await stage.agents.require(asked(admin))
    const write = jest.spyOn(stage.database, 'write')
    for (let passed = 0; passed < 10 * 60; passed += 1) {
      stage.clock.at += 1000
      await stage.agents.require(asked(admin))
      await stage.agents.touch(session)
    }
    expect(write.mock.calls.map(([name]) => name)).toEqual(Array(10).fill('touchSession'))
  })

  test('outlives a restart', async () => {
    const folder = createFolder()
    const before = await startStage({ folder })
    const cookie = await before.setUp()
    await before.close()
    const after = await startStage({ folder })
    expect((await after.get('/console/api/me', cookie)).status).toBe(200)
    await after.close()
    removeFolder(folder)
  })
})

test('a new password ends all sessions and opens a new one', async () => {
  const other = cookieOf(await stage.signIn('ada@example.org', good))
  const next = 'cows drink blue water'
  const change = (old: string, now: string) =>
    stage.post('/console/api/password', admin, { old, new: now })
  expect((await change('not the old one', next)).json.error.code).toBe('WrongPassword')
  expect((await change(good, 'short')).json.error.code).toBe('BadAccount')
  const cookie = cookieOf(await change(good, next))
  expect((await stage.get('/console/api/me', other)).status).toBe(401)
  expect((await stage.get('/console/api/me', admin)).status).toBe(401)
  expect((await stage.get('/console/api/me', cookie)).status).toBe(200)
  expect((await stage.signIn('ada@example.org', good)).status).toBe(401)
  expect((await stage.signIn('ada@example.org', next)).status).toBe(204)
})

test('a stolen session cannot guess the old password', async () => {
  for (let index = 0; index < 10; index += 1)
    await stage.post(
      '/console/api/password',
      admin,
      { old: 'wrong', new: 'cows drink blue water' },
      { from: addressOf(index) },
    )
  const right = { old: good, new: 'cows drink blue water' }
  const { json } = await stage.post('/console/api/password', admin, right, { from: '192.0.2.1' })
  expect(json.error.code).toBe('WrongPassword')
})

/** A request in the form that handlers get. */
const asked = (cookie: string) => ({
  method: 'GET',
  path: '/console/api/cases',
  params: {},
  query: new Map<string, string>(),
  host: `localhost:${stage.port}`,
  address: '127.0.0.1',
  header: (name: string) => (name === 'cookie' ? cookie : undefined),
  json: async () => undefined,
  bytes: async () => Buffer.alloc(0),
  chunks: async function* () {},
})

describe('over plain http', () => {
  test.each([
    ['another name than localhost', { PUBLIC_URL: 'http://help.example.org' }, 400, 'NeedsHttps'],
    ['https', { PUBLIC_URL: 'https://help.example.org' }, 401, 'SignInFailed'],
  ])('signing in at %s', async (_where, settings, status, code) => {
    const there = await startStage({ settings })
    try {
      const answer = await there.signIn('ada@example.org', good)
      expect([answer.status, answer.json.error.code]).toEqual([status, code])
      const me = await there.get('/console/api/me')
      expect([me.status, me.json.error.code]).toEqual([
        401,
        code === 'NeedsHttps' ? code : 'NotSignedIn',
      ])
    } finally {
      await there.close()
    }
  })

  test('at a name that nobody told us', async () => {
    const headers = { host: 'help.example.org', origin: undefined }
    const { json } = await stage.get('/console/api/me', undefined, { headers })
    expect(json.error).toEqual({
      code: 'NeedsHttps',
      message: expect.stringMatching(/^Agents sign in over https only\. Set PUBLIC_URL/),
    })
  })
})

test('nobody is told whether there are accounts but the page that has to say it', async () => {
  const empty = await startStage()
  try {
    const { status, json } = await empty.get('/console/api/me')
    expect([status, json]).toEqual([
      401,
      {
        error: { code: 'NotSignedIn', message: 'Sign in to go on.' },
        signIn: { kind: 'password' },
        hasAgents: false,
      },
    ])
    await empty.setUp()
    expect((await empty.get('/console/api/me')).json).toMatchObject({ hasAgents: true })
  } finally {
    await empty.close()
  }
})
