import { spawn } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import jwt from 'jsonwebtoken'
import { startApp, type App } from '../../src/app'
import { verifyAudit } from '../../src/agents/audit-log'
import { readConfig } from '../../src/config'
import { createLog } from '../../src/log'
import { openFile, type SqlValue } from '../../src/storage'
import { SqliteConnection } from '../../src/storage/sqlite/connection'
import { call, chatToken, startVisitor, until } from '../direct-line/requests'
import { createFolder, removeFolder } from '../direct-line/store'

/** Whoever runs the server erases a person: over the web, in Teams, in every table and every file, while it runs. */

jest.setTimeout(60_000)

const root = join(__dirname, '../..')
/** As their directory calls them, and as the page's own server does: the same here. */
const person = '5f0c7e1a-1b2c-4d3e-9f80-123456789abc'
const secret = 'the-secret-of-the-page-that-has-the-chat-on-it'

let folder: string
let app: App
let connection: SqliteConnection
beforeEach(async () => {
  folder = createFolder()
  app = await startApp({
    config: readConfig({
      PORT: '0',
      ADMIN_PORT: '0',
      DATA_DIR: folder,
      PACK_DIR: join(root, 'knowledge/packs/icloud-photo-sharing'),
      HANDOFF_ANSWERS_BY: 'within two hours',
      DIRECT_LINE_SECRET: secret,
      UPLOADS: 'on',
    }),
    log: createLog('silent'),
    webDir: join(root, 'dist/web'),
  })
  connection = SqliteConnection.open(join(folder, 'fixladder.db'))
})
afterEach(async () => {
  connection.close()
  await app.close()
  removeFolder(folder)
})

const raw = <R = Record<string, SqlValue>>(sql: string, values: SqlValue[] = []): R[] =>
  connection.runSql<R>(sql, values)

/** The built tool, as its user runs it. */
const erase = (words: readonly string[], port = new URL(app.adminUrl).port) =>
  new Promise<{ status: number | null; stdout: string; stderr: string }>((resolve) => {
    const child = spawn(process.execPath, [join(root, 'dist/erase.js'), ...words], {
      cwd: root,
      env: { ...process.env, ADMIN_PORT: port, PORT: '0' },
    })
    const [out, err]: [string[], string[]] = [[], []]
    child.stdout.on('data', (part: Buffer) => out.push(part.toString()))
    child.stderr.on('data', (part: Buffer) => err.push(part.toString()))
    child.once('close', (status) => resolve({ status, stdout: out.join(''), stderr: err.join('') }))
  })

const post = (body: unknown, headers: Record<string, string> = {}) =>
  call({ url: app.adminUrl }, 'POST', '/api/erasures', { body, headers })

/** Every file below the folder that has these words in it. */
const filesWith = (words: string): string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((file) => readFileSync(file).includes(words))

const vouched = (sub: string, name: string) =>
  jwt.sign({ sub, name, exp: Math.floor(Date.now() / 1000) + 3_600 }, secret)

/** Somebody on a page, who says these things and gets an answer to each. */
async function onTheWeb(user: object) {
  const given = await chatToken(app, { user })
  const { token, conversationId: id } = given
  await call(app, 'POST', '/v3/directline/conversations', { token, body: {} })
  const at = `/v3/directline/conversations/${id}/activities`
  const heard = async () => (await call(app, 'GET', at, { token })).json.activities?.length ?? 0
  await until('the greeting', async () => (await heard()) > 0)
  const say = async (text: string, more: object = {}) => {
    const before = await heard()
    await call(app, 'POST', at, { token, body: { type: 'message', text, ...more } })
    await until(`an answer to ${text}`, async () => (await heard()) >= before + 2)
  }
  const send = async (bytes: Buffer, name: string) => {
    const form = new FormData()
    form.append('file', new Blob([new Uint8Array(bytes)]), name)
    const response = await fetch(`${app.url}/v3/directline/conversations/${id}/upload?userId=x`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}` },
      body: form,
    })
    expect(response.status).toBe(200)
  }
  return { ...given, say, send }
}

/** A picture whose bytes say something, as every program that draws one may write it into it. */
const gifThatSays = (words: string): Buffer =>
  Buffer.concat([
    Buffer.from('GIF89a\x01\0\x01\0\0\0\0', 'latin1'),
    Buffer.from([0x21, 0xfe, words.length]),
    Buffer.from(`${words}\0`, 'latin1'),
    Buffer.from(',\0\0\0\0\x01\0\x01\0\0\x02\x02D\x01\0;', 'latin1'),
  ])

/** What no word of a person is ever in: names of tables, what the pack calls things, ids that others gave. */
const noWords = new Set([
  'ledger.what',
  'handoffs.state',
  'handoffs.desk',
  'uploads.id',
  'uploads.type',
])
const ofThePack = /^(ledger|cases)\.(symptom|fix|device|result|outcome|pack_version|incident)$/
const ofDesks = /^teams_desk_cards\.(thread|activity)$/

/** A row of a chat in Teams in every table that names one, with words in each of its texts. */
function inEveryTable(conversation: string, user: string, canary: (where: string) => string) {
  const tables = raw<{ name: string }>(`SELECT name FROM sqlite_master WHERE type = 'table'`)
  let filled = 0
  for (const { name } of tables) {
    const columns = raw<{ name: string; type: string }>(
      `SELECT name, type FROM pragma_table_info('${name}')`,
    )
    const names = columns.map((column) => column.name)
    if (
      !['conversation', 'ticket'].some((each) => names.includes(each)) &&
      name !== 'conversations'
    )
      continue
    if (name === 'farewells') continue
    const values = columns.map((column): SqlValue => {
      const place = `${name}.${column.name}`
      if (column.name === 'conversation' || place === 'conversations.id') return conversation
      if (column.name === 'ticket' || place === 'handoffs.id') return 'ticket-1'
      if (place === 'conversations.user_id') return user
      if (place === 'conversations.channel') return 'teams'
      if (place === 'conversations.holder') return 'bot'
      if (column.name === 'case_id' || place === 'cases.id') return 'case-1'
      if (place === 'ledger.entry') return 1_000_000
      if (column.type !== 'TEXT') return 1
      if (noWords.has(place) || ofThePack.test(place) || ofDesks.test(place)) return 'plain'
      return canary(place)
    })
    raw(
      `INSERT INTO ${name} (${names.join(', ')}) VALUES (${names.map(() => '?').join(', ')})`,
      values,
    )
    filled += 1
  }
  return filled
}

test('everything of one person goes from every file, words and files, over the web and in Teams', async () => {
  const canaries: string[] = []
  const canary = (where: string) => {
    const word = `${where.replace(/\W/g, '')}${canaries.length}quetzal`
    canaries.push(word)
    return word
  }
  const ada = await onTheWeb({ token: vouched(person, canary('name')) })
  await ada.say(`my frobnicator is ${canary('unmatched')} of`)
  await ada.say(`my shared album is stuck on waiting ${canary('message')}`, {
    channelData: { note: canary('data') },
  })
  await ada.say(`iphone ${canary('device')}`)
  await ada.say(`${canary('long')} ${'very long words '.repeat(450)} ${canary('end')}`)
  await ada.say('no', { value: { pressed: canary('press') } })
  const picture = canary('bytes')
  await ada.send(gifThatSays(picture), `${canary('file')}.gif`)
  await ada.say('talk to a person')
  await ada.say(`${canary('mail')}@person.example`)
  await ada.say(`it began when ${canary('brief')} came`)
  expect(inEveryTable('teams-chat', person, canary)).toBeGreaterThanOrEqual(17)
  expect(canaries.length).toBeGreaterThan(40)
  for (const word of canaries) expect([word, filesWith(word).length > 0]).toEqual([word, true])

  // Somebody else, who stays.
  const ben = await onTheWeb({ token: vouched('ben', 'Ben') })
  await ben.say('otherbird waits for photos')

  const dry = await erase(['--user', person.toUpperCase(), '--dry-run'])
  expect([dry.stderr, dry.status]).toEqual(['', 0])
  // However the id is spelt.
  const went =
    /^(?:Would erase|Erased): 2 conversations, \d+ rows, 2 cases, 2 tickets, 1 ratings, 1 reminders, [2-9] phrases, 2 files\./
  expect(dry.stdout).toMatch(went)
  expect(dry.stdout).toContain('Nothing was erased.')
  for (const word of canaries) expect([word, filesWith(word).length > 0]).toEqual([word, true])

  const ledger = raw('SELECT count(*) AS n FROM ledger')
  expect((await erase(['--user', person])).stdout).toMatch(went)
  for (const word of canaries) expect([word, filesWith(word)]).toEqual([word, []])
  expect(filesWith('quetzal')).toEqual([])
  expect(filesWith(person)).toEqual([])
  expect(filesWith('otherbird')).not.toEqual([])
  expect(readdirSync(join(folder, 'uploads'))).toEqual([])

  // Counts stay, of nobody.
  expect(raw('SELECT count(*) AS n FROM ledger')).toEqual(ledger)
  expect(
    raw(`SELECT 1 FROM ledger WHERE conversation IN ('teams-chat', '${ada.conversationId}')`),
  ).toEqual([])

  const lines = raw(`SELECT by_id, what, about FROM audit WHERE what = 'person_erased'`)
  expect(lines).toEqual([
    {
      by_id: null,
      what: 'person_erased',
      about: expect.stringMatching(/^2 conversations, \d+ rows, 2 files$/),
    },
  ])
  const file = openFile(join(folder, 'fixladder.db'))
  expect(await verifyAudit(file!)).not.toHaveProperty('fault')
  file?.close()

  expect(await erase(['--user', person])).toEqual({
    status: 0,
    stdout: 'Nothing is kept of anybody with this id.\n',
    stderr: '',
  })
  // They come again with the old secret, and it is a fresh conversation.
  const again = await chatToken(app, {
    resume: ada.resume,
    user: { token: vouched(person, 'Ada') },
  })
  expect(again.conversationId).not.toBe(ada.conversationId)
  await ben.say('and otherbird goes on')
})

test('words leave no trace where rows have grown and moved about in the file', async () => {
  const people = await Promise.all(Array.from({ length: 12 }, () => startVisitor(app)))
  // The greeting keeps a state of its own: it comes before what stands in its place here.
  for (const { read } of people)
    await until('the greeting', async () => (await read()).activities.length > 0)
  const size = (turn: number, who: number) => ((turn * 7 + who * 13) % 40) * 60
  for (let turn = 0; turn < 60; turn += 1)
    for (const [who, { conversationId }] of people.entries())
      raw(`UPDATE conversations SET state = ? WHERE id = ?`, [
        JSON.stringify({ words: `bird${who}quetzal `.repeat(1 + size(turn, who) / 14) }),
        conversationId,
      ])
  for (const [who, { userId }] of people.entries()) {
    if (who % 2) continue
    await until('words in a file', async () => filesWith(`bird${who}quetzal`).length > 0)
    await post({ user: userId })
    expect([who, filesWith(`bird${who}quetzal`)]).toEqual([who, []])
  }
  expect(filesWith('bird1quetzal')).not.toEqual([])
})

test('a secret of a conversation that never began goes, too', async () => {
  const { userId, resume, conversationId } = await chatToken(app)
  const { status, json } = await post({ user: userId })
  expect([status, json]).toEqual([
    200,
    { dry_run: false, counts: expect.objectContaining({ conversations: 0 }) },
  ])
  expect((await chatToken(app, { resume })).conversationId).not.toBe(conversationId)
  expect(raw(`SELECT 1 FROM audit WHERE what = 'person_erased'`)).toEqual([])
})

test('a person with more conversations than go at once has one line in the audit log', async () => {
  for (let count = 0; count < 45; count += 1)
    raw(
      `INSERT INTO conversations (id, channel, user_id, created_at, last_seq, last_at, bot_cursor, holder, holder_version, state, died_at_seq, deaths) VALUES (?, 'direct-line', 'dl_many', 1, 0, 1, 0, 'bot', 0, '{}', 0, 0)`,
      [`many-${count}`],
    )
  const { json } = await post({ user: 'many' })
  expect(json).toMatchObject({ counts: { conversations: 45 } })
  expect(raw(`SELECT about FROM audit WHERE what = 'person_erased'`)).toEqual([
    { about: '45 conversations, 0 rows, 0 files' },
  ])
})

test('the tool says what it takes, and that no server is there', async () => {
  expect(await erase([])).toMatchObject({
    status: 2,
    stderr: expect.stringMatching(/^npm run erase/),
  })
  expect(await erase(['--user', 'x'.repeat(201)])).toMatchObject({
    status: 1,
    stderr: expect.stringMatching(/1 to 200 characters/),
  })
  expect(await erase(['--user', 'ada'], '1')).toMatchObject({
    status: 1,
    stdout: '',
    stderr: expect.stringMatching(/^No server answers on port 1 of this machine \(ADMIN_PORT\)\./),
  })
})

test('only this machine erases, and no page', async () => {
  const stays = await startVisitor(app)
  expect((await post({ user: stays.userId }, { 'sec-fetch-site': 'cross-site' })).status).toBe(403)
  expect((await post({ user: stays.userId }, { origin: 'https://evil.example' })).status).toBe(403)
  expect((await post({ user: stays.userId, name: 'x' })).status).toBe(400)
  expect((await call(app, 'POST', '/api/erasures', { body: { user: stays.userId } })).status).toBe(
    404,
  )
  expect((await stays.read()).activities).not.toEqual([])
})
