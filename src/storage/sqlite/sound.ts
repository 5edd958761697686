import { closeSync, openSync, readSync, statSync } from 'node:fs'
import { basename } from 'node:path'
import { FixladderError } from '../../errors'
import { migrations, stepsFor } from '../migrations'
import { faultsIn, select } from './check'
import { SqliteConnection } from './connection'
import { stateOfWal } from './wal'

/**
 * Up to this size a file is looked at as a whole before every start: some 130,000 rows of the log, in about 0.3 s.
 * A larger one is looked at page by page (a million rows in 0.8 s), and only if it was not closed in order.
 */
const wholeUpToBytes = 64 * 1024 * 1024

/**
 * Sees that a database is as it was left, before anything is written to it. Throws `database_damaged` and changes
 * nothing. A new one is sound. Gives what whoever runs the server has to know.
 */
export function assertSound(file: string): readonly string[] {
  const size = statSync(file, { throwIfNoEntry: false })?.size ?? 0
  const left = statSync(`${file}-wal`, { throwIfNoEntry: false })?.size ?? 0
  if (size === 0 && left === 0) return []
  const state = left > 0 ? stateOfWal(`${file}-wal`) : 'empty'
  if (state === 'damaged')
    throw damaged(file, `what was written last, in ${basename(file)}-wal, is broken`)
  if (state !== 'empty' && !isOfWal(file, size))
    throw damaged(file, `${basename(file)}-wal belongs to another file`)
  const notes = state === 'torn' ? [tornNote(file)] : []
  const isSmall = size <= wholeUpToBytes
  if (!isSmall && left === 0) return notes
  let faults: readonly string[]
  try {
    faults = faultsOf(file, isSmall)
  } catch (error) {
    if (!isOfFile(error)) throw error
    faults = [error.message]
  }
  if (faults[0] !== undefined) throw damaged(file, faults[0])
  return notes
}

const tornNote = (file: string): string =>
  `${file}-wal ends in a broken transaction, which is left out. A power cut in the middle of one does that, and nobody was told that it was kept; a disk that loses data does it, too.`

/** Whether the head of the database says that it is kept with a write-ahead log (bytes 18 and 19); a copy put back beside an old log does not. */
function isOfWal(file: string, size: number): boolean {
  if (size === 0) return false
  const opened = openSync(file, 'r')
  try {
    const versions = Buffer.alloc(2)
    readSync(opened, versions, 0, 2, 18)
    return versions[0] === 2 && versions[1] === 2
  } finally {
    closeSync(opened)
  }
}

function faultsOf(file: string, isSmall: boolean): readonly string[] {
  // Whoever only reads brings nothing from the log into the file.
  const connection = SqliteConnection.openToRead(file)
  try {
    const faults = faultsIn(connection, isSmall ? 'integrity_check' : 'quick_check')
    return faults.length > 0 ? faults : faultsOfTables(connection)
  } finally {
    connection.close()
  }
}

interface Part {
  readonly name: string
  readonly sql: string | null
}

/** Tables and indexes that the migrations which ran have made and that are not there as they made them. What somebody added stays theirs. A trigger that was taken away loses no row; `npm run audit:verify` finds what was done without it. */
function faultsOfTables(connection: SqliteConnection): readonly string[] {
  const parts = `SELECT name, sql FROM sqlite_schema WHERE type IN ('table', 'index') AND name NOT LIKE 'sqlite_%'`
  const there = new Map(select<Part>(connection, parts).map(({ name, sql }) => [name, sql]))
  if (there.size === 0) return []
  if (!there.has('migrations')) return ['it has no table "migrations"']
  const ran = new Set(
    select<{ name: string }>(connection, 'SELECT name FROM migrations').map(({ name }) => name),
  )
  const meant = SqliteConnection.inMemory()
  try {
    for (const migration of migrations.filter(({ name }) => ran.has(name)))
      for (const sql of stepsFor('sqlite', migration)) meant.exec(sql)
    return select<Part>(meant, parts)
      .filter(({ name, sql }) => there.get(name) !== sql)
      .map(({ name }) => `"${name}" is not as it was made`)
  } catch {
    return ['its table "migrations" is not as it was written']
  } finally {
    meant.close()
  }
}

/** SQLite's numbers for a file that is damaged (SQLITE_CORRUPT, SQLITE_NOTADB) or that it cannot make sense of (SQLITE_ERROR). */
const ofFile: ReadonlySet<number> = new Set([1, 11, 26])
const isOfFile = (error: unknown): error is Error & { errcode: number } =>
  error instanceof Error &&
  'errcode' in error &&
  typeof error.errcode === 'number' &&
  ofFile.has(error.errcode & 0xff)

export const damaged = (file: string, fault: string): FixladderError =>
  new FixladderError(
    'database_damaged',
    `The database ${file} is damaged: ${fault.split('\n')[0]}. Nothing was changed. ` +
      `Move it away together with ${basename(file)}-wal and ${basename(file)}-shm, copy a backup (npm run backup) to its place, and start again; "Backing up and restoring" in docs/operating.md says more.`,
  )
