import { join } from 'node:path'
import { startApp, type App } from '../../src/app'
import { readConfig } from '../../src/config'
import { conversationIdOf } from '../../src/channels/teams/addresses'
import { Conversations } from '../../src/conversations'
import { Retention } from '../../src/keeping'
import { createLog } from '../../src/log'
import { SqliteConnection } from '../../src/storage/sqlite/connection'
import { message, openStage, type Stage } from '../conversations/stage'
import { call, chatToken, openStream, startVisitor, until } from '../direct-line/requests'
import { createFolder, removeFolder } from '../direct-line/store'

/** Conversations are erased by age, with all that hangs on them; what came of fixes stays, of nobody. */

const day = 86_400_000
const log = createLog('silent')

let stage: Stage
let connection: SqliteConnection
let removed: string[]
let conversations: Conversations
beforeEach(async () => {
  stage = await openStage()
  connection = SqliteConnection.open(stage.file)
  removed = []
  conversations = new Conversations(stage.database, Date.now, async (ids) => {
    removed.push(...ids)
  })
})
afterEach(async () => {
  connection.close()
  await stage.close()
})

const raw = <R = Record<string, unknown>>(sql: string): R[] => connection.runSql(sql, [])
const ids = () =>
  raw<{ id: string }>('SELECT id FROM conversations ORDER BY id').map(({ id }) => id)
const sweep = (retentionDays = 90, inDays = 0) =>
  new Retention({
    storage: stage.database,
    conversations,
    retentionDays,
    now: () => Date.now() + inDays * day,
    log,
  }).sweep()

/** A conversation whose last word is so many days old. */
async function silentFor(
  id: string,
  days: number,
  channel: 'direct-line' | 'teams' = 'direct-line',
) {
  const at = Date.now() - days * day
  await conversations.create({ id, channel, userId: `dl_${id}` }, [])
  await conversations.append(id, { ...message('hello'), audience: ['person', 'agents'], at })
  raw(`UPDATE conversations SET created_at = ${at} WHERE id = '${id}'`)
}

test('erases what is older than that, and nothing younger', async () => {
  await silentFor('older', 91)
  await silentFor('younger', 89)
  expect(await sweep()).toBe(1)
  expect(ids()).toEqual(['on-stage', 'younger'])
  expect(raw(`SELECT 1 FROM log WHERE conversation = 'older'`)).toEqual([])
  expect(await sweep()).toBe(0)
  expect(await sweep(90, 91)).toBe(2)
})

test('goes through more of them than it reads or erases at once', async () => {
  const count = 1_100
  const at = Date.now() - 91 * day
  const row = `'direct-line', 'dl_x', ${at}, 0, ${at}, 0, 'bot', 0, '{}', 0, 0`
  raw(`INSERT INTO conversations (id, channel, user_id, created_at, last_seq, last_at, bot_cursor, holder, holder_version, state, died_at_seq, deaths)
    WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ${count})
    SELECT CASE WHEN i % 11 = 0 THEN 'old-' ELSE 'new-' END || i, ${row} FROM n`)
  raw(`UPDATE conversations SET last_at = ${Date.now()} WHERE id LIKE 'new-%'`)
  expect(await sweep()).toBe(count / 11)
  expect(ids()).toHaveLength(1 + count - count / 11)
})

test.each([
  ['an agent has it', `UPDATE conversations SET holder = 'agent' WHERE id = 'old'`],
  ['the bot has not read it all', `UPDATE conversations SET bot_cursor = 0 WHERE id = 'old'`],
  [
    'its case waits for a person',
    `INSERT INTO handoffs (id, conversation, version, state, brief, reason, created_at, is_kept) VALUES ('t', 'old', 1, 'queued', '{}', '', 1, 0)`,
  ],
  [
    'a reminder is due',
    `INSERT INTO timers (id, conversation, due_at, name, value) VALUES ('r', 'old', 1, '', '{}')`,
  ],
  [
    'a trouble is still open',
    `INSERT INTO cases (id, conversation, symptom, pack_version, opened_at) VALUES ('c', 'old', '', '', 1)`,
  ],
  [
    'it wants to hear the end of an incident',
    `INSERT INTO incident_waiters (incident, conversation, case_id, asked_at) VALUES ('i', 'old', 'c', 1)`,
  ],
])('stays while %s', async (_why, sql) => {
  await silentFor('old', 200)
  raw(sql)
  expect(await sweep()).toBe(0)
  expect(ids()).toContain('old')
})

test('what came of fixes stays, in numbers and of nobody; files and Teams addresses go, and desks hear of it', async () => {
  await silentFor('old', 100)
  const entry = `INSERT INTO ledger (at, conversation, case_id, what, symptom, fix, result, outcome, pack_version) VALUES`
  raw(`${entry} (1, 'old', 'case-1', 'opened', 's', NULL, NULL, NULL, 'v'), (2, 'old', 'case-1', 'result', 's', 'f', 'helped', NULL, 'v'),
    (3, 'old', 'case-1', 'closed', 's', NULL, NULL, 'solved', 'v'), (4, 'old', 'case-2', 'opened', 's', NULL, NULL, NULL, 'v'),
    (5, 'on-stage', 'case-3', 'opened', 's', NULL, NULL, NULL, 'v')`)
  raw(`INSERT INTO cases (id, conversation, symptom, pack_version, opened_at, closed_at, outcome) VALUES
    ('case-1', 'old', 's', 'v', 1, 3, 'solved'), ('case-3', 'on-stage', 's', 'v', 5, NULL, NULL)`)
  raw(
    `INSERT INTO uploads (id, conversation, type, bytes, at, expires_at) VALUES ('file-1', 'old', 'image/png', 1, 1, 1)`,
  )
  raw(
    `INSERT INTO teams_addresses (conversation, service_url, reference, sent_seq, heard_at) VALUES ('old', '', '{}', 0, 1)`,
  )
  raw(
    `INSERT INTO webhook_tickets (ticket, conversation, state, offer, begun_seq, sent_seq, offered_at) VALUES ('t-1', 'old', 'ended', 1, 0, 0, 1)`,
  )
  expect(await sweep()).toBe(1)

  const ledger = raw(
    'SELECT at, conversation, case_id, what, result, outcome FROM ledger ORDER BY entry',
  )
  expect(ledger.map(({ at, conversation, what }) => [at, conversation, what])).toEqual([
    [1, '', 'opened'],
    [2, '', 'result'],
    [3, '', 'closed'],
    [4, '', 'opened'],
    [5, 'on-stage', 'opened'],
  ])
  expect(ledger.map(({ case_id }) => case_id)).not.toContain('case-1')
  // Still one case and another one.
  expect(new Set(ledger.slice(0, 3).map(({ case_id }) => case_id)).size).toBe(1)
  expect(new Set(ledger.map(({ case_id }) => case_id)).size).toBe(3)
  expect(raw('SELECT id, conversation, outcome FROM cases ORDER BY opened_at')).toEqual([
    { id: ledger[0]?.case_id, conversation: '', outcome: 'solved' },
    { id: 'case-3', conversation: 'on-stage', outcome: null },
  ])
  expect(removed).toEqual(['file-1'])
  expect(raw('SELECT 1 FROM teams_addresses')).toEqual([])
  expect(raw('SELECT ticket, desk FROM farewells')).toEqual([{ ticket: 't-1', desk: 'webhook' }])
})

test('a chat in Teams begins anew under its id, at once', async () => {
  const id = conversationIdOf('19:somebody')
  await silentFor(id, 100, 'teams')
  expect(await sweep()).toBe(1)
  const again = { id, channel: 'teams', userId: 'somebody' } as const
  expect(await conversations.create(again, [message('me again')])).toEqual({ created: true })
})

test('0 days is for ever', () => {
  expect(readConfig({ RETENTION_DAYS: '0' }).RETENTION_DAYS).toBeGreaterThan(36_000)
})

describe('the whole server', () => {
  const folder = createFolder()
  let ahead = 0
  let app: App | undefined
  const start = async () => {
    app = await startApp({
      config: readConfig({
        PORT: '0',
        ADMIN_PORT: '0',
        DATA_DIR: folder,
        PACK_DIR: join(__dirname, '../../knowledge/packs/icloud-photo-sharing'),
      }),
      log,
      webDir: join(__dirname, '../../dist/web'),
      now: () => Date.now() + ahead,
    })
    return app
  }
  afterAll(async () => {
    await app?.close()
    removeFolder(folder)
  })

  test('somebody who comes back after it gets a fresh conversation, and no error', async () => {
    const before = await start()
    const ada = await startVisitor(before)
    await ada.say('hello')
    await until('an answer', async () => (await ada.read()).activities.length > 1)
    // The page asks for a token again now and then, and says nothing: the secret outlives the words.
    ahead = 80 * day
    await chatToken(before, { resume: ada.resume })
    await before.close()
    ahead = 91 * day
    const after = await start()
    // Whoever is quicker than the sweep has the conversation, until it goes.
    let again = await chatToken(after, { resume: ada.resume })
    await until('the sweep', async () => {
      // Asked in the very moment of the erasing, it is 503: clients ask again by themselves.
      if (again.conversationId && again.conversationId !== ada.conversationId) return true
      again = await chatToken(after, { resume: ada.resume })
      return false
    })
    expect(again.conversationId).not.toBe(ada.conversationId)
    const begun = await call(after, 'POST', '/v3/directline/conversations', {
      token: again.token,
      body: {},
    })
    expect(begun.status).toBe(201)
    const stream = openStream(begun.json.streamUrl)
    await until('the greeting', () => stream.texts().length > 0)
    stream.socket.close()
  })
})
