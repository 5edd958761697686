import { spawn } from 'node:child_process'
import { createServer, request } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { startApp, type App } from '../../src/app'
import { readConfig } from '../../src/config'
import { createLog } from '../../src/log'
import { call, startVisitor, until } from '../direct-line/requests'
import { createFolder, removeFolder } from '../direct-line/store'

/** The whole server: the incident switch on the admin port and on the command line, and what people and agents get of it. */

// Starts, stops and the command's own processes take their time on a busy machine.
jest.setTimeout(60_000)

const root = join(__dirname, '../..')
let folder: string
let app: App

beforeAll(async () => {
  folder = createFolder()
  app = await startApp({
    config: readConfig({
      PORT: '0',
      ADMIN_PORT: '0',
      DATA_DIR: folder,
      PACK_DIR: join(root, 'knowledge/packs/icloud-photo-sharing'),
      LOG_LEVEL: 'silent',
    }),
    log: createLog('silent'),
    webDir: join(root, 'dist/web'),
  })
})
afterAll(async () => {
  await app.close()
  removeFolder(folder)
})
afterEach(async () => {
  for (const { id } of (await list()).incidents) await ask('DELETE', `/api/incidents/${id}`)
})

interface Answer {
  readonly incident: Incident
  readonly incidents: readonly Incident[]
  readonly names: readonly string[]
  readonly error: { readonly code: string; readonly message: string }
}
interface Incident {
  readonly id: string
  readonly text: string
  readonly ends_at: string | null
  readonly waiting: number
}

/** One request to the admin port, with headers that a browser would not let a page choose. */
const ask = (method: string, path: string, body?: unknown, headers: Record<string, string> = {}) =>
  new Promise<{ status: number | undefined; json: Answer; text: string }>((resolve, reject) => {
    const { port, host } = new URL(app.adminUrl)
    const type = body === undefined ? {} : { 'content-type': 'application/json' }
    const options = {
      method,
      port,
      host: '127.0.0.1',
      path,
      headers: { host, ...type, ...headers },
    }
    const asking = request(options, (answer) => {
      let text = ''
      answer.setEncoding('utf8').on('data', (part: string) => (text += part))
      answer.on('end', () => {
        const isJson = answer.headers['content-type']?.includes('json') ?? false
        resolve({
          status: answer.statusCode,
          json: (isJson ? JSON.parse(text) : {}) as Answer,
          text,
        })
      })
    })
    asking.on('error', reject).end(body === undefined ? undefined : JSON.stringify(body))
  })

const list = async () => (await ask('GET', '/api/incidents')).json
const outage = { name: 'icloud-photos', text: 'Apple is working on it.' }

describe.each([
  ['GET', '/api/incidents', undefined],
  ['POST', '/api/incidents', outage],
  ['DELETE', '/api/incidents/icloud-photos', undefined],
])('%s %s', (method, path, body) => {
  test.each([
    ['of a name that was made to resolve to us', { host: 'rebound.example' }],
    ['of another site', { origin: 'https://elsewhere.example' }],
    ['of a sandboxed page', { origin: 'null' }],
    ['of the chat page', () => ({ origin: app.url })],
    ['that loads it as a picture or a script', { 'sec-fetch-site': 'cross-site' }],
    ['that does so from another port of this machine', { 'sec-fetch-site': 'same-site' }],
  ])('refuses a page %s', async (_who, headers) => {
    const { status } = await ask(
      method,
      path,
      body,
      typeof headers === 'function' ? headers() : headers,
    )
    expect(status).toBe(403)
    expect((await list()).incidents).toEqual([])
  })

  test('is not there for visitors', async () => {
    expect((await call(app, method, path, { body })).status).toBe(404)
  })
})

test('the desk and whoever asks from this machine may declare, change and end one', async () => {
  const started = await ask('POST', '/api/incidents', outage, {
    origin: new URL(app.adminUrl).origin,
    'sec-fetch-site': 'same-origin',
  })
  expect(started).toMatchObject({
    status: 201,
    json: { incident: { ...outage, title: 'iCloud Photos', ends_at: null, waiting: 0 } },
  })
  const changed = await ask('POST', '/api/incidents', { ...outage, text: 'Nearly.', for: '2h' })
  expect(changed.status).toBe(200)
  expect(changed.json.incident).toMatchObject({ id: started.json.incident.id, text: 'Nearly.' })
  expect(Date.parse(changed.json.incident.ends_at ?? '') - Date.now()).toBeGreaterThan(7_000_000)
  expect(await list()).toEqual({
    incidents: [changed.json.incident],
    names: ['icloud-photos', 'apple-account', 'invitations'],
  })
  const ended = await ask('DELETE', '/api/incidents/icloud-photos')
  expect([ended.status, ended.json.incident.id]).toEqual([200, started.json.incident.id])
  expect((await list()).incidents).toEqual([])
})

test.each([
  [{}, 'BadIncident', /^"name" must be/],
  [{ name: 'icloud-photos' }, 'BadIncident', /^"text" must say in 1 to 300 characters/],
  [{ ...outage, text: ' \n ' }, 'BadIncident', /^"text" must say/],
  [{ ...outage, text: 'x'.repeat(301) }, 'BadIncident', /^"text" must say/],
  [{ ...outage, text: 7 }, 'BadIncident', /^"text" must say/],
  [{ ...outage, to: '18:00' }, 'BadIncident', /^No field "to"\./],
  [{ ...outage, for: 'ever' }, 'BadIncident', /^"for" must be/],
  [{ ...outage, for: '1h', until: '18:00' }, 'BadIncident', /not both/],
  ['icloud-photos', 'BadIncident', /^Send \{"name", "text"\} as JSON\.$/],
  [
    { ...outage, name: 'icloud-photo' },
    'UnknownIncident',
    /^No incident "icloud-photo"\. Did you mean "icloud-photos"\? The pack names icloud-photos, apple-account, invitations\.$/,
  ],
  [{ ...outage, name: 'constructor' }, 'UnknownIncident', /^No incident "constructor"\./],
])('%j is refused in a sentence', async (body, code, message) => {
  const { status, json } = await ask('POST', '/api/incidents', body)
  expect(status).toBe(400)
  expect(json.error).toEqual({ code, message: expect.stringMatching(message) })
  expect((await list()).incidents).toEqual([])
})

test('ending what does not run is refused in a sentence', async () => {
  const none = await ask('DELETE', '/api/incidents/icloud-photos')
  expect([none.status, none.json.error.message]).toEqual([
    404,
    'No incident "icloud-photos" is running; none is.',
  ])
  await ask('POST', '/api/incidents', outage)
  const other = await ask('DELETE', '/api/incidents/invitations')
  expect(other.json.error.message).toBe(
    'No incident "invitations" is running. Running: icloud-photos.',
  )
})

test('a text is one line, without what would turn it round', async () => {
  const { json } = await ask('POST', '/api/incidents', {
    ...outage,
    text: ' Wait\n \u202eplease. ',
  })
  expect(json.incident.text).toBe('Wait please.')
})

/** `npm run incident`, beside the running server. */
const incident = (words: readonly string[], port = new URL(app.adminUrl).port) =>
  new Promise<{ status: number | null; stdout: string; stderr: string }>((resolve) => {
    // Not in step with this process, which has to answer it.
    const child = spawn(process.execPath, [join(root, 'dist/incident.js'), ...words], {
      cwd: root,
      env: { ...process.env, ADMIN_PORT: port, PORT: '0' },
    })
    const [out, err]: [string[], string[]] = [[], []]
    child.stdout.on('data', (part: Buffer) => out.push(part.toString()))
    child.stderr.on('data', (part: Buffer) => err.push(part.toString()))
    child.once('close', (status) => resolve({ status, stdout: out.join(''), stderr: err.join('') }))
  })

test('a visitor is told first, waits, and hears of the end', async () => {
  const started = await incident(['start', 'icloud-photos', outage.text, '--for', '2h'])
  expect(started.stderr).toBe('')
  expect(started.stdout).toMatch(
    /^icloud-photos {2}iCloud Photos since \d{4}-\d\d-\d\d \d\d:\d\d until [^,]+, 0 waiting: Apple is working on it\.\n$/,
  )
  const visitor = await startVisitor(app)
  const heard = async () => {
    const { activities } = await visitor.read()
    return String(activities.findLast(({ from }) => from.role === 'bot')?.text)
  }
  const hears = (what: RegExp) => until(String(what), async () => what.test(await heard()))
  await visitor.say('waiting for photos on my iphone')
  await hears(/problem with iCloud Photos at the moment: Apple is working on it\./)
  await visitor.say('yes')
  await hears(/^I'll tell you here/)
  expect((await incident(['list'])).stdout).toMatch(/, 1 waiting: Apple/)
  const json = JSON.parse((await incident(['list', '--json'])).stdout) as unknown
  expect(json).toEqual({ incidents: (await list()).incidents })

  await visitor.say('talk to a person')
  await hears(/known problem with iCloud Photos/)
  expect((await incident(['end', 'icloud-photos'])).stdout).toBe(
    'Ended: iCloud Photos. 1 conversation is told.\n',
  )
  await hears(/^The problem with iCloud Photos is over\. Does it work now\?/)
})

describe('the command says in a sentence', () => {
  test('which incidents there are', async () => {
    const { status, stdout } = await incident(['list'])
    expect([status, stdout]).toEqual([
      0,
      'None is running. The pack names icloud-photos, apple-account, invitations.\n',
    ])
  })

  test('that a name is unknown, and what was meant', async () => {
    const { status, stderr, stdout } = await incident(['start', 'icloud-photo', outage.text])
    expect([status, stdout]).toEqual([1, ''])
    expect(stderr).toMatch(/^No incident "icloud-photo"\. Did you mean "icloud-photos"\?.*\n$/)
  })

  test('that what answers is another server', async () => {
    const other = createServer((_incoming, response) => response.end('hello')).listen(0)
    const { port } = other.address() as AddressInfo
    const { status, stderr } = await incident(['list'], String(port))
    other.close()
    expect(status).toBe(1)
    expect(stderr).toMatch(/^What answers on port \d+ .* does not know incidents\. [^\n]+\n$/)
  })
})
