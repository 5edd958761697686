import { WebSocket } from 'ws'
import { createConsole, type ConsoleOptions } from '../../src/console'
import { openHouse, type House } from './house'

/** Every route of the console's cases, and who is let in. */

jest.setTimeout(60_000)

let house: House
beforeAll(async () => {
  house = await openHouse()
})
afterAll(() => house.close())

const commands = [
  'claim',
  'answer',
  'note',
  'fix',
  'mark',
  'symptom',
  'facts',
  'transfer',
  'release',
  'return',
  'close',
]
const reads = ['/console/api/cases', '/console/api/ratings']
const bodies: Record<string, object> = {
  answer: { text: 'Hi.' },
  note: { text: 'Hm.' },
  fix: { fix: 'restart' },
  mark: { fix: 'restart', result: 'no_help' },
  symptom: { symptom: 'stuck-updating-waiting' },
  transfer: { to: 'somebody' },
  close: { fixed: 'nothing' },
}
/** An invented case: whoever is let in hears 404 of it, or of the colleague who is not there. */
const path = (command: string) => `/console/api/cases/none/${command}`

test.each(commands)(
  '%s: nobody without a session, and not a visitor with a token',
  async (verb) => {
    const { status } = await house.ask('POST', path(verb), { body: bodies[verb] })
    expect(status).toBe(401)
    const token = await fetch(`${house.url}/api/chat/token`, { method: 'POST' })
    const { token: bearer } = (await token.json()) as { token: string }
    const asked = await fetch(`${house.url}${path(verb)}`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${bearer}`,
        origin: house.url,
        'x-fixladder': 'console',
        'content-type': 'application/json',
      },
      body: JSON.stringify(bodies[verb] ?? {}),
    })
    expect(asked.status).toBe(401)
  },
)

test.each(reads)('%s is read by nobody without a session, nor by a visitor', async (read) => {
  expect((await house.ask('GET', read)).status).toBe(401)
  const token = await fetch(`${house.url}/api/chat/token`, { method: 'POST' })
  const { token: bearer } = (await token.json()) as { token: string }
  const headers = { authorization: `Bearer ${bearer}` }
  expect((await fetch(`${house.url}${read}`, { headers })).status).toBe(401)
})

test('every way in that is the console’s stands in these tables', async () => {
  const { routes } = createConsole({} as ConsoleOptions)
  expect(routes.map(({ method, path: way }) => `${method} ${way}`).toSorted()).toEqual(
    [
      ...reads.map((read) => `GET ${read}`),
      ...commands.map((verb) => `POST /console/api/cases/:id/${verb}`),
    ].toSorted(),
  )
})

test.each(['agent', 'supervisor', 'admin'] as const)('%s may do each of them', async (role) => {
  const { cookie } = await house.agent(`Doors-${role}`, role)
  for (const verb of commands) {
    const { status } = await house.ask('POST', path(verb), { cookie, body: bodies[verb] ?? {} })
    expect([verb, status]).toEqual([verb, 404])
  }
  for (const read of reads)
    expect([read, (await house.ask('GET', read, { cookie })).status]).toEqual([read, 200])
})

test('not after the session has expired, nor once the account is disabled', async () => {
  const gone = await house.agent('Gone')
  const { status } = await house.ask('POST', `/console/api/agents/${gone.id}`, {
    cookie: house.adminCookie,
    body: { isDisabled: true },
  })
  expect(status).toBe(204)
  expect((await gone.command('none', 'claim')).status).toBe(401)
  for (const read of reads)
    expect((await house.ask('GET', read, { cookie: gone.cookie })).status).toBe(401)
  const idle = await house.agent('Idle')
  house.clock.ahead += 31 * 60_000
  expect((await idle.command('none', 'claim')).status).toBe(401)
  for (const read of reads)
    expect((await house.ask('GET', read, { cookie: idle.cookie })).status).toBe(401)
  house.clock.ahead = 0
})

test.each([
  ['another origin', { origin: 'https://evil.example' }],
  ['no origin', { origin: undefined }],
  ['another site', { 'sec-fetch-site': 'cross-site' }],
  ['no header of the console', { 'x-fixladder': undefined }],
])('a change from %s does not count, whoever is signed in', async (_case, change) => {
  const { cookie } = await house.agent(`Csrf-${_case.replaceAll(' ', '-')}`)
  const headers = {
    cookie,
    origin: house.url,
    'sec-fetch-site': 'same-origin',
    'x-fixladder': 'console',
    'content-type': 'application/json',
    ...change,
  }
  const sent = Object.entries(headers).filter((each): each is [string, string] => Boolean(each[1]))
  const answer = await fetch(`${house.url}${path('claim')}`, {
    method: 'POST',
    headers: Object.fromEntries(sent),
    body: '{}',
  })
  expect(answer.status).toBe(403)
})

test.each([
  ['without a session', () => ({ origin: house.url })],
  [
    'from another page',
    async () => ({ cookie: await someCookie(), origin: 'https://evil.example' }),
  ],
  ['from no page', async () => ({ cookie: await someCookie() })],
])('the live socket does not open %s', async (_case, headersOf) => {
  const headers = await headersOf()
  const status = await new Promise((resolve) => {
    const socket = new WebSocket(`${house.url.replace('http', 'ws')}/console/live`, { headers })
    socket.once('unexpected-response', (_request, answer) => resolve(answer.statusCode))
    socket.once('open', () => resolve('open'))
    socket.on('error', () => undefined)
  })
  expect([401, 403]).toContain(status)
})
let made = 0
const someCookie = async () => (await house.agent(`Socket-${++made}`)).cookie

test.each([
  ['answer', { text: '' }],
  ['answer', { text: 'x'.repeat(4_001) }],
  ['answer', {}],
  ['mark', { fix: 'restart', result: 'wonderful' }],
  ['close', {}],
  ['fix', { fix: 7 }],
  ['transfer', { to: '' }],
])('%s with %j is answered 400 with a sentence', async (verb, body) => {
  const { cookie } = await house.agent(`Bad-${++made}`)
  const answer = await house.ask('POST', path(verb), { cookie, body })
  expect(answer.status).toBe(400)
  expect(await answer.json()).toMatchObject({ error: { code: 'BadCommand' } })
})
