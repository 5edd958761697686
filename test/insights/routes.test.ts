import { spawnSync } from 'node:child_process'
import { request } from 'node:http'
import { join } from 'node:path'
import { startApp, type App } from '../../src/app'
import { readConfig } from '../../src/config'
import type { WireActivity } from '../../src/channels/direct-line/draw'
import { listUnmatched } from '../../src/insights'
import { createLog } from '../../src/log'
import { openFile } from '../../src/storage'
import { call, startVisitor, until } from '../direct-line/requests'
import { createFolder, removeFolder } from '../direct-line/store'

/** The whole server: what visitors leave unmatched, as the admin port and the command line tell it. */

// Starts, stops and the tools' own processes take their time on a busy machine.
jest.setTimeout(60_000)

const root = join(__dirname, '../..')
let folder: string
let app: App

const start = (now = Date.now) =>
  startApp({
    now,
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

beforeAll(async () => {
  folder = createFolder()
  app = await start()
})
afterAll(async () => {
  await app.close()
  removeFolder(folder)
})

interface Listed {
  readonly phrases: readonly {
    readonly text: string
    readonly count: number
    readonly first_at: string
    readonly last_at: string
    readonly why: Readonly<Record<string, number>>
    readonly nearest: readonly string[]
  }[]
}

/** One GET on the admin port, with headers that a browser would not let a page choose. */
const get = (path: string, headers: Record<string, string> = {}) =>
  new Promise<{ status: number | undefined; json: unknown }>((resolve, reject) => {
    const { port, host } = new URL(app.adminUrl)
    request(
      { port, host: '127.0.0.1', path, agent: false, headers: { host, ...headers } },
      (answer) => {
        let body = ''
        answer.setEncoding('utf8').on('data', (part: string) => (body += part))
        answer.on('end', () =>
          resolve({ status: answer.statusCode, json: body === '' ? undefined : JSON.parse(body) }),
        )
      },
    )
      .on('error', reject)
      .end()
  })

const listed = async (query = '') =>
  ((await get(`/api/insights/unmatched${query}`)).json as Listed).phrases

/** The buttons under a message, as a stock client is given them. */
const buttonsOf = (activity: WireActivity | undefined) =>
  (activity?.suggestedActions as { readonly actions: readonly Button[] } | undefined)?.actions ?? []

interface Button {
  readonly title: string
  readonly value: unknown
}

/** Somebody who writes and presses, and waits for each answer. */
async function visit() {
  const visitor = await startVisitor(app)
  const heard = async () => (await visitor.read()).activities
  // It would count as an answer to the first words.
  await until('the greeting', async () => (await heard()).length > 0)
  async function andHear(act: () => Promise<unknown>) {
    const before = (await heard()).length
    await act()
    await until('the answer', async () => (await heard()).length >= before + 2)
  }
  return {
    say: (text: string) => andHear(() => visitor.say(text)),
    press: async (title: string) => {
      const actions = buttonsOf((await heard()).at(-1))
      const button = actions.find((each) => each.title === title)
      if (!button) throw new Error(`There is no button [${title}].`)
      const body = { type: 'message', text: title, value: button.value }
      await andHear(() =>
        call(app, 'POST', `${visitor.at}/activities`, { token: visitor.token, body }),
      )
    },
  }
}

describe.each(['/api/insights/unmatched', '/api/insights/fixes', '/api/match?text=flurb'])(
  '%s',
  (path) => {
    test.each([
      ['of a name that was made to resolve to us', { host: 'rebound.example' }],
      ['of another site', { origin: 'https://elsewhere.example' }],
      ['of a sandboxed page', { origin: 'null' }],
      ['of the chat page', () => ({ origin: app.url })],
      ['that loads it as a picture or a script', { 'sec-fetch-site': 'cross-site' }],
      ['that does so from another port of this machine', { 'sec-fetch-site': 'same-site' }],
    ])('refuses a page %s', async (_who, headers) => {
      const { status, json } = await get(path, typeof headers === 'function' ? headers() : headers)
      expect(status).toBe(403)
      expect(JSON.stringify(json)).not.toMatch(/phrases|fixes/)
    })

    test('is not there for visitors', async () => {
      expect((await call(app, 'GET', path)).status).toBe(404)
    })

    test('answers the desk, and whoever asks from this machine', async () => {
      expect((await get(path)).status).toBe(200)
      expect((await get(path, { 'sec-fetch-site': 'same-origin' })).status).toBe(200)
      expect((await get(path, { origin: new URL(app.adminUrl).origin })).status).toBe(200)
    })
  },
)

test.each([
  'since=0',
  'since=3651',
  'since=x',
  'since=',
  'since=1.5',
  'limit=0',
  'limit=1001',
  'limit=-1',
  'limit=1e2',
  'limit=%2B5',
  'days=7',
])('phrases for %s are refused in a sentence', async (query) => {
  const { status, json } = await get(`/api/insights/unmatched?${query}`)
  expect(status).toBe(400)
  const [name] = query.split('=')
  const about = name === 'days' ? /takes since and limit/ : `"${name}" must be a whole number`
  expect(json).toMatchObject({
    error: { code: 'BadParameter', message: expect.stringMatching(about) },
  })
})

test.each([
  ['symptom=stuck-updating-waitin', /Did you mean "stuck-updating-waiting"\?$/],
  ['symptom=', /no symptom ""\.$/],
  ['symptom=__proto__', /no symptom "__proto__"\.$/],
  ['symptom=howto-leave-album', /is answered and has no fixes\.$/],
  ['since=0', /"since" must be a whole number from 1 to 3650/],
  ['days=7', /takes symptom and since, and nothing else\.$/],
])('outcomes for %s are refused in a sentence', async (query, about) => {
  const { status, json } = await get(`/api/insights/fixes?${query}`)
  expect(status).toBe(400)
  expect(json).toMatchObject({
    error: { code: 'BadParameter', message: expect.stringMatching(about) },
  })
})

test('what visitors say of fixes is counted, and believed after a start', async () => {
  const eve = await visit()
  await eve.say('waiting for photos')
  await eve.press('iPhone')
  await eve.press('Yes')
  const counted = async () => {
    const path = '/api/insights/fixes?symptom=stuck-updating-waiting&since=1'
    const { fixes } = (await get(path)).json as { readonly fixes: readonly Outcomes[] }
    return fixes.filter(({ shown }) => shown > 0)
  }
  const [fix, ...others] = await counted()
  expect(others).toEqual([])
  expect(fix).toMatchObject({ shown: 1, tried: 1, helped: 1, belief: { cases: 0 } })
  await app.close()
  app = await start()
  const [believed] = await counted()
  expect(believed).toMatchObject({ shown: 1, belief: { cases: 1, from: 'all' } })
  expect(believed?.belief.chance).toBeGreaterThan(believed?.authored.chance ?? 1)
})

interface Outcomes {
  readonly shown: number
  readonly authored: { readonly chance: number }
  readonly belief: { readonly chance: number; readonly cases: number }
}

test('what was typed twice, and what was turned down, is listed here and on the command line', async () => {
  const ada = await visit()
  await ada.say('Flurb grommets!')
  const bob = await visit()
  await bob.say('flurb grommets')
  await bob.say('\u001b[31mred flurbs')
  const eve = await visit()
  await eve.say('album problem new pics')
  await eve.press('None of these')

  const phrases = await listed()
  expect(phrases.map(({ count, text }) => [count, text])).toEqual([
    [2, 'flurb grommets'],
    [1, 'album problem new pics'],
    [1, '\u001b[31mred flurbs'],
  ])
  expect(phrases[0]).toMatchObject({
    why: { unknown: 2, off_topic: 0, none_of_these: 0 },
    nearest: [],
  })
  expect(phrases[1]).toMatchObject({
    why: { unknown: 0, off_topic: 0, none_of_these: 1 },
    nearest: expect.arrayContaining(['new-photos-not-appearing', 'general-not-working']),
  })
  const { first_at = '', last_at = '' } = phrases[0] ?? {}
  expect(first_at < last_at).toBe(true)
  expect(new Date(last_at).toISOString()).toBe(last_at)
  expect(await listed('?limit=1&since=1')).toEqual(phrases.slice(0, 1))

  expect(JSON.parse(unmatched('--json').stdout)).toEqual({ phrases })
  const table = unmatched('--limit', '3').stdout
  expect(table).toMatch(/^count +last +why +phrase +nearest\n {0,4}2 .*unknown 2 +flurb grommets\n/)
  expect(table).not.toContain('\u001b')

  await app.close()
  expect(JSON.parse(unmatched('--json').stdout)).toEqual({ phrases })
  app = await start()
  expect(await listed()).toEqual(phrases)
})

test.each([
  ['a symptom', 'waiting for photos on my ipad'],
  ['several', 'album problem new pics'],
  ['another trouble', 'my icloud backup failed'],
  ["another's product", 'how do I cancel my netflix subscription?'],
  ['nothing', 'flurb & grommets + 100%'],
])('a phrase that means %s reads as on the command line', async (_what, text) => {
  const { status, json } = await get(`/api/match?text=${encodeURIComponent(text)}`)
  expect(status).toBe(200)
  const { stdout } = spawnSync(process.execPath, [join(root, 'dist/match.js'), '--json'], {
    cwd: root,
    input: `${text}\n`,
    encoding: 'utf8',
  })
  expect(json).toEqual(JSON.parse(stdout))
})

test('a phrase may be long, and may come with plus signs for spaces', async () => {
  const long = `waiting for photos ${'x '.repeat(2_500)}`
  const { json } = await get(`/api/match?text=${encodeURIComponent(long)}`)
  expect(json).toMatchObject({ text: long, facts: {} })
  expect(
    (await get(`/api/match?${new URLSearchParams({ text: 'a + b' }).toString()}`)).json,
  ).toMatchObject({
    text: 'a + b',
  })
})

test.each(['', '?text=', '?txt=waiting', '?text=waiting&pack=x'])(
  'a match for %j is refused in a sentence',
  async (query) => {
    const { status, json } = await get(`/api/match${query}`)
    expect(status).toBe(400)
    expect(json).toMatchObject({ error: { code: 'BadParameter', message: expect.any(String) } })
  },
)

test('a start erases what is past its time', async () => {
  const ada = await visit()
  await ada.say('flurb of the past')
  expect(await listed()).not.toEqual([])
  await app.close()
  const inNinetyDays = () => Date.now() + 91 * 24 * 60 * 60 * 1_000
  app = await start(inNinetyDays)
  const file = openFile(join(folder, 'fixladder.db'))
  expect(file && (await listUnmatched(file, { retentionDays: 3650, now: Date.now() }))).toEqual([])
  file?.close()
  await app.close()
  app = await start()
})

/** `npm run unmatched`, beside the running server or alone. */
function unmatched(...words: string[]) {
  return spawnSync(process.execPath, [join(root, 'dist/unmatched.js'), ...words], {
    cwd: root,
    env: { ...process.env, DATA_DIR: folder },
    encoding: 'utf8',
  })
}
