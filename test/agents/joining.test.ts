import { cookieOf, good, hours, secretOf, startStage, type Stage } from './stage'
import { textKept } from '../storage/engine'

let stage: Stage
beforeEach(async () => {
  stage = await startStage()
})
afterEach(() => stage.close())

const check = (link: string) =>
  stage.post('/console/api/join/check', undefined, { secret: secretOf(link) })
const setUpLink = async () => (await stage.agents.setUpLink(stage.origin)) ?? ''
const invite = async (admin: string, body: object) =>
  (await stage.post('/console/api/agents/invite', admin, body)).json
const idOf = async (admin: string, name: string) =>
  (await stage.get('/console/api/agents', admin)).json.agents.find((each) => each.name === name)!.id

describe('the link to the first account', () => {
  test('makes an admin, once', async () => {
    const link = await setUpLink()
    expect(link).toMatch(/^http:\/\/localhost:\d+\/console#join=[\w-]{43}$/)
    expect((await check(link)).json).toEqual({ role: 'admin' })
    const cookie = cookieOf(await stage.join(link, 'Ada', 'Ada@Example.org'))
    expect(await stage.me(cookie)).toMatchObject({
      name: 'Ada',
      email: 'ada@example.org',
      role: 'admin',
    })
    for (const { status, json } of [
      await check(link),
      await stage.join(link, 'Eve', 'e@x.example'),
    ])
      expect([status, json.error.code]).toEqual([404, 'InviteUnknown'])
    expect(await stage.agents.setUpLink(stage.origin)).toBeUndefined()
  })

  test('makes one of two who use it at once', async () => {
    const link = await setUpLink()
    const answers = await Promise.all(
      ['ada', 'eve', 'sue'].map((name) => stage.join(link, name, `${name}@example.org`)),
    )
    expect(answers.map(({ status }) => status).toSorted((one, two) => one - two)).toEqual([
      204, 404, 404,
    ])
    expect(await stage.agents.all()).toHaveLength(1)
  })

  test('is good for a day, and until the next start', async () => {
    const first = await setUpLink()
    const second = await setUpLink()
    expect((await check(first)).status).toBe(404)
    stage.clock.at += hours(24) - 1
    expect((await check(second)).status).toBe(200)
    stage.clock.at += 1
    expect((await check(second)).status).toBe(404)
    expect((await stage.join(second, 'Ada', 'ada@example.org')).status).toBe(404)
  })

  test('of an earlier start lets nobody in once there is an admin', async () => {
    const link = await setUpLink()
    await stage.database.write('makeInvite', {
      id: 'i',
      hash: 'h',
      role: 'admin',
      expiresAt: stage.clock.at + 1,
      by: null,
      at: stage.clock.at,
    })
    await stage.database.write('join', {
      hash: 'h',
      id: 'a',
      name: 'Ada',
      email: 'ada@example.org',
      password: 'x',
      session: { hash: 's' },
      at: stage.clock.at,
    })
    expect((await stage.join(link, 'Eve', 'eve@example.org')).status).toBe(404)
  })
})

describe('an invitation', () => {
  let admin: string
  beforeEach(async () => {
    admin = await stage.setUp()
  })

  test('makes an account with its role, once, and is listed until then', async () => {
    const named = { role: 'supervisor', name: ' Sue\n', email: 'Sue@example.org' }
    const { link, expiresAt } = await invite(admin, named)
    expect(expiresAt).toBe(stage.clock.at + hours(7 * 24))
    const about = { role: 'supervisor', name: 'Sue', email: 'sue@example.org' }
    expect((await check(link)).json).toEqual(about)
    const listed = async () => (await stage.get('/console/api/agents', admin)).json.invites
    expect(await listed()).toEqual([{ ...about, id: expect.any(String), expiresAt }])
    const cookie = cookieOf(await stage.join(link, 'Susan', 'sue@example.org'))
    expect(await stage.me(cookie)).toMatchObject({ name: 'Susan', role: 'supervisor' })
    expect(await listed()).toEqual([])
    expect((await stage.join(link, 'Eve', 'eve@example.org')).status).toBe(404)
  })

  test('is good for seven days', async () => {
    const { link } = await invite(admin, { role: 'agent' })
    stage.clock.at += hours(7 * 24) - 1
    expect((await check(link)).status).toBe(200)
    stage.clock.at += 1
    expect((await check(link)).status).toBe(404)
  })

  test('can be taken back', async () => {
    const { link } = await invite(admin, { role: 'agent' })
    const { json } = await stage.get('/console/api/agents', admin)
    const path = `/console/api/invites/${json.invites[0]!.id}/revoke`
    expect((await stage.post(path, admin)).status).toBe(204)
    expect((await check(link)).status).toBe(404)
    expect((await stage.post(path, admin)).json.error.code).toBe('InviteUnknown')
  })

  test.each([
    ['', 'ada.b@example.org', good, /^Enter your name/],
    ['\u202e \n', 'a.b@example.org', good, /^Enter your name/],
    ['Eve', 'eve', good, /^Enter your e-mail address/],
    ['Eve', 'eve@x@y', good, /^Enter your e-mail address/],
    ['Eve', 'ada@example.org', good, /^There is an account with this e-mail address/],
    ['Eve', 'eve@example.org', 'short one', /^A password needs at least 12 characters/],
    ['Eve', 'eve@example.org', 'Password1234', /^This password is among the first/],
    ['Eve Smith Jones', 'eve@example.org', 'evesmithjones', /^Your name or e-mail address/],
    ['Eve', 'eve@example.org', 'EVE@example.org', /^Your name or e-mail address/],
  ])('is not used up by %j, %j, %j', async (name, email, password, sentence) => {
    const { link } = await invite(admin, { role: 'agent' })
    const { status, json } = await stage.join(link, name, email, password)
    expect([status, json.error.code]).toEqual([400, 'BadAccount'])
    expect(json.error.message).toMatch(sentence)
    expect((await stage.join(link, 'Eve', 'eve@example.org')).status).toBe(204)
  })

  test.each([{}, { role: 'owner' }, { role: ['admin'] }, { role: 'agent', name: 'x'.repeat(81) }])(
    'with %j is not made',
    async (body) => {
      const { status, json } = await stage.post('/console/api/agents/invite', admin, body)
      expect([status, json.error.code]).toEqual([400, 'BadArgument'])
    },
  )

  test('to the address of an account gives a new password, and nothing else', async () => {
    const sue = await stage.add(admin, 'agent', 'Sue')
    const before = await stage.me(sue)
    const asAdmin = await invite(admin, { role: 'admin', email: 'sue@example.org' })
    expect(asAdmin.error).toEqual({
      code: 'BadAccount',
      message:
        'Sue has an account as agent. Change the role there; a link gives them a new password only.',
    })
    const { link } = await invite(admin, { role: 'agent', email: 'sue@example.org' })
    const next = 'cows drink blue water'
    const cookie = cookieOf(await stage.join(link, 'Sue', 'sue@example.org', next))
    expect(await stage.me(cookie)).toEqual(before)
    expect((await stage.get('/console/api/me', sue)).status).toBe(401)
    expect((await stage.signIn('sue@example.org', good)).status).toBe(401)
    expect((await stage.signIn('sue@example.org', next)).status).toBe(204)
  })

  test('to an address is void once its account has another role, a new password, or was made', async () => {
    const first = await invite(admin, { role: 'agent', email: 'sue@example.org' })
    const early = await invite(admin, { role: 'agent', email: 'sue@example.org' })
    const sue = cookieOf(await stage.join(first.link, 'Sue', 'sue@example.org'))
    expect((await check(early.link)).status).toBe(404)
    const second = await invite(admin, { role: 'agent', email: 'sue@example.org' })
    await stage.post('/console/api/password', sue, { old: good, new: 'cows drink blue water' })
    expect((await check(second.link)).status).toBe(404)
    const third = await invite(admin, { role: 'agent', email: 'sue@example.org' })
    await stage.post(`/console/api/agents/${await idOf(admin, 'Sue')}`, admin, { role: 'admin' })
    expect((await check(third.link)).status).toBe(404)
  })

  test('as agent does not open the account of an admin, however it came to be', async () => {
    await stage.add(admin, 'admin', 'Sue')
    const at = stage.clock.at
    const made = { id: 'i', hash: 'h', role: 'agent', email: 'sue@example.org' } as const
    await stage.database.write('makeInvite', { ...made, expiresAt: at + 1, by: null, at })
    const used = { hash: 'h', id: 'a', name: 'Sue', email: 'sue@example.org', password: 'x' }
    expect(await stage.database.write('join', { ...used, session: { hash: 's' }, at })).toBe(
      'taken',
    )
  })

  test('for a new password names the account, and nobody is said to have used it', async () => {
    await stage.add(admin, 'admin', 'Sue')
    const { link } = await invite(admin, { role: 'admin', email: 'sue@example.org' })
    const { id } = (await stage.get('/console/api/agents', admin)).json.invites[0]!
    const sue = `Sue (${await idOf(admin, 'Sue')})`
    cookieOf(await stage.join(link, 'Sue', 'sue@example.org', 'cows drink blue water'))
    const lines = (await stage.audit(admin)).slice(-4)
    expect(lines.map(({ who, what, about }) => [who?.name, what, about])).toEqual([
      ['Ada', 'invite_made', `new password for ${sue}: admin (${id})`],
      [undefined, 'invite_used', `admin (${id}) by ${sue}`],
      [undefined, 'password_changed', `${sue} by the invitation (${id})`],
      ['Sue', 'sign_in', undefined],
    ])
  })

  test('to an address is for that address', async () => {
    const { link } = await invite(admin, { role: 'agent', email: 'bob@example.org' })
    const { status, json } = await stage.join(link, 'Eve', 'eve@example.org')
    expect([status, json.error.code]).toEqual([400, 'BadAccount'])
    expect(json.error.message).toMatch(/^This link was made for another e-mail address/)
    expect((await stage.join(link, 'Bob', 'bob@example.org')).status).toBe(204)
  })

  test('used in a browser where somebody is signed in takes the place of that session', async () => {
    const { link } = await invite(admin, { role: 'agent' })
    const body = { secret: secretOf(link), name: 'Eve', email: 'eve@example.org', password: good }
    const eve = cookieOf(await stage.post('/console/api/join', admin, body))
    expect((await stage.get('/console/api/me', admin)).status).toBe(401)
    expect((await stage.me(eve)).name).toBe('Eve')
  })

  test("for somebody else takes nobody's account over", async () => {
    await stage.add(admin, 'agent', 'Sue')
    const { link } = await invite(admin, { role: 'agent', email: 'eve@example.org' })
    const { json } = await stage.join(link, 'Eve', 'sue@example.org', 'cows drink blue water')
    expect(json.error.code).toBe('BadAccount')
    expect((await stage.signIn('sue@example.org', good)).status).toBe(204)
  })

  test('to a closed account is refused, also if it was closed since', async () => {
    await stage.add(admin, 'agent', 'Sue')
    const { link } = await invite(admin, { role: 'agent', email: 'sue@example.org' })
    await stage.post(`/console/api/agents/${await idOf(admin, 'Sue')}`, admin, { isDisabled: true })
    expect((await stage.join(link, 'Sue', 'sue@example.org')).json.error.code).toBe('InviteUnknown')
    const again = await invite(admin, { role: 'agent', email: 'sue@example.org' })
    expect(again.error.message).toBe('Sue has an account that is closed. Open it again first.')
  })
})

describe('the last admin', () => {
  test('can neither be closed nor made less, and with a second one can', async () => {
    const admin = await stage.setUp()
    const id = await idOf(admin, 'Ada')
    const change = (body: object) => stage.post(`/console/api/agents/${id}`, admin, body)
    for (const body of [
      { role: 'agent' },
      { isDisabled: true },
      { role: 'admin', isDisabled: true },
    ]) {
      const { status, json } = await change(body)
      expect([status, json.error.code]).toEqual([409, 'LastAdmin'])
    }
    const second = await stage.add(admin, 'admin', 'Eve')
    const eve = `/console/api/agents/${await idOf(admin, 'Eve')}`
    expect((await stage.post(eve, admin, { isDisabled: true })).status).toBe(204)
    expect((await change({ role: 'agent' })).status).toBe(409)
    expect((await stage.post(eve, admin, { isDisabled: false })).status).toBe(204)
    expect((await stage.get('/console/api/me', second)).status).toBe(401)
    expect((await change({ role: 'agent' })).status).toBe(204)
    expect((await stage.get('/console/api/me', admin)).status).toBe(401)
  })

  test('is one of two who close each other at once', async () => {
    const ada = await stage.setUp()
    const eve = await stage.add(ada, 'admin', 'Eve')
    const [adaId, eveId] = [await idOf(ada, 'Ada'), await idOf(ada, 'Eve')]
    const answers = await Promise.all([
      stage.post(`/console/api/agents/${eveId}`, ada, { isDisabled: true }),
      stage.post(`/console/api/agents/${adaId}`, eve, { isDisabled: true }),
    ])
    expect(answers.filter(({ status }) => status === 204)).toHaveLength(1)
    expect(await stage.agents.all()).toHaveLength(1)
  })

  test('nobody who is not there can be changed', async () => {
    const admin = await stage.setUp()
    for (const path of ['nobody', 'nobody/sign-out', 'constructor']) {
      const { status, json } = await stage.post(`/console/api/agents/${path}`, admin, {
        role: 'agent',
      })
      expect([status, json.error.code]).toEqual([404, 'AgentUnknown'])
    }
  })
})

test('no secret of a link or a session stands in the database', async () => {
  const link = await setUpLink()
  const admin = cookieOf(await stage.join(link, 'Ada', 'ada@example.org'))
  const invited = await invite(admin, { role: 'agent' })
  const bytes = await textKept(`${stage.folder}/fixladder.db`)
  expect(bytes).toContain('ada@example.org')
  for (const secret of [secretOf(link), admin.replace(/^.*=/, ''), secretOf(invited.link), good])
    expect(bytes).not.toContain(secret)
})
