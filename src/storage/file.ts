import { existsSync } from 'node:fs'
import { FixladderError } from '../errors'
import { migrations } from './migrations'
import { SqliteConnection } from './sqlite/connection'
import { statement, type Reads } from './statement'

/** A database file opened to be read. */
export interface OpenFile extends Reads {
  close(): void
}

/** A database opened to be read beside a server that may be running on it. */
export interface OpenToRead extends Reads {
  close(): void | Promise<void>
}

/** Opens the file, or gives undefined when there is none. Throws `storage_failed` when it cannot be read, or holds less than this version reads. */
export function openFile(file: string): OpenFile | undefined {
  if (!existsSync(file)) return undefined
  const connection = connect(file)
  return {
    read: async (query, parameters) => connection.run(query, parameters),
    close: () => connection.close(),
  }
}

function connect(file: string): SqliteConnection {
  let applied: readonly string[]
  let connection: SqliteConnection
  try {
    connection = SqliteConnection.openToRead(file)
    applied = connection.run(selectMigrations, {}).map(({ name }) => name)
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause)
    throw new FixladderError('storage_failed', `${file} cannot be read: ${reason}.`, { cause })
  }
  if (migrations.every(({ name }) => applied.includes(name))) return connection
  connection.close()
  throw new FixladderError(
    'storage_failed',
    `${file} was last used by an older version. Start the server once, which brings it up to this one.`,
  )
}

const selectMigrations = statement<Record<string, never>>()((db) =>
  db.selectFrom('migrations').select('name'),
)
