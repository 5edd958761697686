import { statSync } from 'node:fs'
import { dirname } from 'node:path'
import { parentPort, workerData } from 'node:worker_threads'
import { failPoint } from '../../fail-points'
import { migrations, stepsFor } from '../migrations'
import { statement, type SqlValue, type Statement } from '../statement'
import { Refused, type Tx } from '../tx'
import { writes } from '../writes'
import { busyMs, SqliteConnection } from './connection'
import { keepPrivate, lockFolder } from './folder'
import type { Answer, Ready, Request } from './messages'
import { assertSound } from './sound'
import { Tidy } from './tidy'

/**
 * The only writer of the SQLite file, on a thread of its own. Whatever waits when it comes round is done in ONE
 * transaction, each write in a savepoint: one fsync for all of them, and none of it on the server's event loop.
 */

/** So many writes share a transaction at most; it bounds how long the first of them waits. */
const mostTogether = 500

const { file } = workerData as { readonly file: string }
const lock = lockFolder(dirname(file))
const notes = assertSound(file)
keepPrivate(file)
const connection = SqliteConnection.open(file)
// What an earlier process left is brought into the file, so that the journal holds what is written from here on alone.
connection.exec('PRAGMA wal_checkpoint(TRUNCATE)')
const tx: Tx = {
  run: async <P extends Record<string, SqlValue>, R>(query: Statement<P, R>, parameters: P) =>
    connection.run(query, parameters),
}

const waiting: Request[] = []
let working = false
const tidy = new Tidy({
  file,
  connection,
  isBusy: () => working,
  cleanJournal: () => cleanJournal(),
})

function migrate(): void {
  connection.exec(
    'CREATE TABLE IF NOT EXISTS migrations (name TEXT PRIMARY KEY, applied_at BIGINT NOT NULL)',
  )
  const done = new Set(connection.run(appliedMigrations, {}).map((row) => row.name))
  for (const migration of migrations.filter(({ name }) => !done.has(name))) {
    connection.exec('BEGIN IMMEDIATE')
    for (const sql of stepsFor('sqlite', migration)) connection.exec(sql)
    connection.run(noteMigration, { name: migration.name, at: Date.now() })
    connection.exec('COMMIT')
  }
}

async function work(): Promise<void> {
  working = true
  while (waiting.length > 0) {
    const batch = waiting.splice(0, mostTogether)
    const answers = await runTogether(batch)
    if (batch.some(({ name }) => erasing.has(name))) {
      cleanJournal()
      tidy.erased()
    }
    tidy.wrote()
    parentPort?.postMessage(answers)
  }
  working = false
}

/** What takes words away. */
const erasing: ReadonlySet<string> = new Set([
  'forgetConversation',
  'expireConversation',
  'eraseConversations',
  'leaveTeams',
])

/**
 * So long after somebody was found reading the file it is tried again, in milliseconds: soon, as the server's own reads
 * are short, then up to the longest time, each by chance somewhat sooner, so as not to come with every poll of theirs.
 */
const cleanAgainMs = 20
const longestCleanAgainMs = 1_000
let cleaning: NodeJS.Timeout | undefined

/**
 * What was erased from the file stands in its journal for a while; now it is emptied there too. Who reads the file just
 * then, as a backup does, needs the journal as it is: nobody waits for them, and it is emptied once they are done.
 */
function cleanJournal(againMs = cleanAgainMs): void {
  clearTimeout(cleaning)
  failPoint('checkpoint')
  try {
    connection.exec('PRAGMA busy_timeout = 0; PRAGMA wal_checkpoint(TRUNCATE)')
  } catch (error) {
    // The erasing is done and durable.
    process.emitWarning(`The journal could not be emptied: ${String(error)}`)
  } finally {
    connection.exec(`PRAGMA busy_timeout = ${busyMs}`)
  }
  const size = statSync(`${file}-wal`, { throwIfNoEntry: false })?.size ?? 0
  if (size === 0) return
  const next = Math.min(2 * againMs, longestCleanAgainMs)
  cleaning = setTimeout(() => cleanJournal(next), againMs * (0.5 + Math.random() / 2))
}

async function runTogether(batch: readonly Request[]): Promise<Answer[]> {
  try {
    connection.exec('BEGIN IMMEDIATE')
    const answers: Answer[] = []
    for (const request of batch) answers.push(await runOne(request))
    if (batch.some(({ name }) => erasing.has(name))) tidy.mark()
    connection.exec('COMMIT')
    return answers
  } catch (error) {
    // The disk is full or the file is gone: nothing of the batch was kept, and every sender hears it.
    try {
      connection.exec('ROLLBACK')
    } catch {
      // There was no transaction left to roll back, which is what we want.
    }
    return batch.map(({ id }) => ({
      id,
      error: { code: 'storage_failed', message: String(error) },
    }))
  }
}

async function runOne({ id, name, input }: Request): Promise<Answer> {
  connection.exec('SAVEPOINT one')
  try {
    const write = writes[name] as (tx: Tx, input: unknown) => Promise<unknown>
    const result = await write(tx, input)
    connection.exec('RELEASE one')
    return { id, result }
  } catch (error) {
    connection.exec('ROLLBACK TO one')
    connection.exec('RELEASE one')
    const code = error instanceof Refused ? error.code : 'storage_failed'
    return { id, error: { code, message: error instanceof Error ? error.message : String(error) } }
  }
}

const appliedMigrations = statement<Record<string, never>>()((db) =>
  db.selectFrom('migrations').select('name'),
)
const noteMigration = statement<{ name: string; at: number }>()((db, at) =>
  db.insertInto('migrations').values({ name: at('name'), applied_at: at('at') }),
)

migrate()
if (tidy.isMarked) tidy.erased()
parentPort?.on('message', (message: readonly Request[] | 'close') => {
  if (message === 'close') {
    clearTimeout(cleaning)
    tidy.stop()
    connection.exec('PRAGMA wal_checkpoint(TRUNCATE)')
    connection.close()
    lock.close()
    parentPort?.close()
    return
  }
  waiting.push(...message)
  if (!working) void work()
})
parentPort?.postMessage({ notes } satisfies Ready)
