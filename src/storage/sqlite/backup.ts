import { randomUUID } from 'node:crypto'
import { closeSync, existsSync, fsyncSync, linkSync, openSync, rmSync, statSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { FixladderError } from '../../errors'
import { faultsIn } from './check'
import { SqliteConnection } from './connection'
import { statement } from '../statement'

export interface BackedUp {
  readonly bytes: number
  readonly conversations: number
  /** Rows of the log. */
  readonly rows: number
}

/**
 * Copies a database into a new file, whether a server runs on it or not: all that was acknowledged when this was called,
 * whole and durable once it resolves. The file stands under its name only when it was checked. Throws `backup_failed`.
 */
export async function backUp(from: string, to: string): Promise<BackedUp> {
  if (existsSync(to)) throw failed(`${to} is there already. Name a new file.`)
  const draft = `${to}.${randomUUID().slice(0, 8)}.part`
  try {
    const newest = await copy(from, draft)
    const copied = check(draft, newest)
    sync(draft)
    // A name that somebody has taken meanwhile is not taken from them.
    linkSync(draft, to)
    rmSync(draft)
    sync(dirname(resolve(to)))
    return { ...copied, bytes: statSync(to).size }
  } catch (error) {
    if (error instanceof FixladderError) throw error
    const reason = error instanceof Error ? error.message : String(error)
    throw failed(`The backup could not be written: ${reason}.`, error)
  } finally {
    for (const end of ['', '-journal', '-wal', '-shm']) rmSync(`${draft}${end}`, { force: true })
  }
}

interface NewestRow {
  readonly conversation: string
  readonly seq: number
}

/** Gives the row that was the newest before the copy began, if it is there still. */
async function copy(from: string, draft: string): Promise<NewestRow | undefined> {
  const source = SqliteConnection.openToRead(from)
  try {
    const [newest] = source.run(selectNewest, {})
    closeSync(openSync(draft, 'wx', 0o600))
    await source.copyTo(draft)
    // One that was erased meanwhile is rightly missing.
    return newest && source.run(selectRow, newest).length > 0 ? newest : undefined
  } finally {
    source.close()
  }
}

function check(draft: string, newest: NewestRow | undefined): Omit<BackedUp, 'bytes'> {
  const connection = SqliteConnection.openAlone(draft)
  try {
    const faults = faultsIn(connection, 'integrity_check')
    if (faults.length > 0)
      throw failed(`What was copied is damaged, so the database is: ${faults[0]}.`)
    if (newest && connection.run(selectRow, newest).length === 0)
      throw failed('The newest message is not in the copy.')
    const [conversations] = connection.run(countConversations, {})
    const [rows] = connection.run(countRows, {})
    return {
      conversations: Number(conversations?.count ?? 0),
      rows: Number(rows?.count ?? 0),
    }
  } finally {
    connection.close()
  }
}

/** What was written there, or made or named in there, survives a power cut. Windows does not know that of folders. */
function sync(path: string): void {
  if (process.platform === 'win32' && statSync(path).isDirectory()) return
  const opened = openSync(path, 'r')
  try {
    fsyncSync(opened)
  } finally {
    closeSync(opened)
  }
}

const failed = (message: string, cause?: unknown): FixladderError =>
  new FixladderError('backup_failed', message, { cause })

const selectNewest = statement<Record<string, never>>()((db) =>
  db.selectFrom('log').select(['conversation', 'seq']).orderBy('rowid', 'desc').limit(1),
)

const selectRow = statement<{ conversation: string; seq: number }>()((db, at) =>
  db
    .selectFrom('log')
    .select('seq')
    .where('conversation', '=', at('conversation'))
    .where('seq', '=', at('seq')),
)

const countConversations = statement<Record<string, never>>()((db) =>
  db.selectFrom('conversations').select((column) => column.fn.countAll<number>().as('count')),
)

const countRows = statement<Record<string, never>>()((db) =>
  db.selectFrom('log').select((column) => column.fn.countAll<number>().as('count')),
)
