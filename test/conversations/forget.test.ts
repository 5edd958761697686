import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { Conversations } from '../../src/conversations'
import type { SqlValue } from '../../src/storage'
import { SqliteConnection } from '../../src/storage/sqlite/connection'
import { until } from '../direct-line/requests'
import { id, message, openStage, type Stage } from './stage'

/** Erasing a conversation, with everything that hangs on it. */

let stage: Stage
let connection: SqliteConnection | undefined
afterEach(async () => {
  connection?.close()
  connection = undefined
  await stage.close()
})

/** SQL that is known only at run time. */
const raw = <R>(sql: string, values: SqlValue[] = []): R[] => connection!.runSql<R>(sql, values)
const inAnHour = () => Date.now() + 3_600_000

interface Column {
  readonly name: string
  readonly type: string
}

/** Every table of the database as it is, whatever the types say; the audit log alone outlives all. */
const tables = () =>
  raw<{ name: string }>(`SELECT name FROM sqlite_master WHERE type = 'table'`)
    .map(({ name }) => name)
    .filter((name) => !/^(sqlite_|migrations$|audit)/.test(name))
    .map((name) => ({
      name,
      columns: raw<Column>(`SELECT name, type FROM pragma_table_info('${name}')`),
    }))

/** A row of whoever it is in every table that names a conversation or a ticket, with a trace of them in each text. */
function fill(whose: string): number {
  const names = tables().filter(
    ({ name, columns }) =>
      name === 'conversations' ||
      // What it writes itself is not there before.
      (name !== 'farewells' &&
        columns.some((column) => ['conversation', 'ticket'].includes(column.name))),
  )
  for (const { name, columns } of names) {
    const given = columns.filter((column) => name !== 'ledger' || column.name !== 'entry')
    const values = given.map((column): SqlValue => {
      if (column.name === 'conversation' || (name === 'conversations' && column.name === 'id'))
        return whose
      if (column.name === 'ticket' || (name === 'handoffs' && column.name === 'id'))
        return `${whose}-ticket`
      return column.type === 'TEXT' ? `${whose}-${column.name}` : 1
    })
    const places = given.map(() => '?').join(', ')
    raw(
      `INSERT INTO ${name} (${given.map((column) => column.name).join(', ')}) VALUES (${places})`,
      values,
    )
  }
  return names.length
}

/** Tables with a trace of somebody in any column. */
const tracesOf = (whose: string): string[] =>
  tables()
    .filter(({ name, columns }) =>
      columns.some(
        (column) =>
          raw(`SELECT 1 FROM ${name} WHERE CAST(${column.name} AS TEXT) LIKE ?`, [`%${whose}%`])
            .length > 0,
      ),
    )
    .map(({ name }) => name)

test('nothing of it stays in any table that there is, and nobody else loses anything', async () => {
  stage = await openStage()
  connection = SqliteConnection.open(stage.file)
  const count = fill('somebody')
  expect(fill('another')).toBe(count)
  expect(tracesOf('somebody')).toHaveLength(count)
  expect(count).toBeGreaterThanOrEqual(17)

  await stage.conversations.forget('somebody', inAnHour())
  await stage.conversations.forget('somebody', inAnHour())
  // What desks elsewhere are still to hear names the case alone.
  expect(tracesOf('somebody').sort()).toEqual(['farewells', 'forgotten'])
  expect(raw(`SELECT ticket, desk FROM farewells WHERE due_at > 1 ORDER BY desk`)).toEqual([
    { ticket: 'somebody-ticket', desk: 'teams' },
    { ticket: 'somebody-ticket', desk: 'webhook' },
  ])
  expect(tracesOf('another')).toHaveLength(count)
})

test('the words are in no file afterwards', async () => {
  stage = await openStage()
  await stage.conversations.append(id, message('my unmistakable words'))
  const holds = () =>
    readdirSync(dirname(stage.file)).some((file) =>
      readFileSync(join(dirname(stage.file), file)).includes('unmistakable'),
    )
  expect(holds()).toBe(true)
  await stage.conversations.forget(id, inAnHour())
  expect(holds()).toBe(false)
})

test('while somebody else reads the file nobody waits, and the words are gone once they are done', async () => {
  stage = await openStage()
  await stage.conversations.append(id, message('my unmistakable words'))
  const holds = () => readFileSync(`${stage.file}-wal`).includes('unmistakable')
  connection = SqliteConnection.openToRead(stage.file)
  connection.exec('BEGIN')
  raw('SELECT count(*) FROM log')
  await stage.conversations.forget(id, inAnHour())
  expect(await stage.rows()).toEqual([])
  expect(holds()).toBe(true)
  connection.exec('COMMIT')
  await until('the journal is emptied', () => !holds())
})

test('a turn under way loses its commit, and what comes late is refused', async () => {
  let conversations: Conversations | undefined
  let forgotten: Promise<void> | undefined
  stage = await openStage((reader) => ({
    ...reader,
    read: (...given) => {
      forgotten ??= conversations?.forget(id, inAnHour())
      return reader.read(...given)
    },
  }))
  conversations = stage.conversations
  await stage.turns.start()
  await stage.conversations.append(id, message('waiting for photos'))
  await stage.turns.settled()
  expect(forgotten).toBeDefined()
  await forgotten
  expect(await stage.conversations.get(id)).toBeUndefined()
  expect(await stage.rows()).toEqual([])

  const unknown = { code: 'conversation_unknown' }
  await expect(stage.conversations.append(id, message('hello?'))).rejects.toMatchObject(unknown)
  const again = { id, channel: 'direct-line', userId: 'dl_on_stage' } as const
  await expect(stage.conversations.create(again, [])).rejects.toMatchObject(unknown)
  expect(await stage.conversations.isForgotten(id)).toBe(true)

  // Once its last token has ended, the next one that is erased takes its mark away.
  await stage.conversations.forget('older', Date.now() - 1)
  await stage.conversations.forget('next', inAnHour())
  expect(await stage.conversations.isForgotten('older')).toBe(false)
  expect(await stage.conversations.isForgotten(id)).toBe(true)
})
