import { join } from 'node:path'
import type { Log } from '../log'
import type { Database } from './database'
import { openFile, type OpenToRead } from './file'
import { openPostgresToRead } from './postgres/to-read'
import { PostgresDatabase } from './postgres/database'
import { SqliteDatabase } from './sqlite/database'

/** Where the database is: a file of this server's own, or a PostgreSQL that several share. */
export type DatabasePlace = { readonly file: string } | { readonly url: string }

/** Where these settings say that it is. */
export const databasePlace = (config: {
  readonly DATABASE_URL?: string | undefined
  readonly DATA_DIR: string
}): DatabasePlace =>
  config.DATABASE_URL === undefined
    ? { file: join(config.DATA_DIR, 'fixladder.db') }
    : { url: config.DATABASE_URL }

/**
 * Opens the database, making what is not there yet. A file belongs to one process alone. `onFatal` hears it when nothing
 * can be written any more until a restart. Throws `config_invalid`, `data_dir_in_use`, `database_damaged` or `storage_failed`.
 */
export function openDatabase(
  place: DatabasePlace,
  { log, onFatal }: { readonly log: Log; readonly onFatal?: ((error: Error) => void) | undefined },
): Promise<Database> {
  return 'url' in place
    ? PostgresDatabase.open(place.url, log)
    : SqliteDatabase.open(place.file, onFatal)
}

/**
 * Opens the database to be read beside a server that may be running on it; undefined when there is no file yet. Throws
 * `storage_failed` when it cannot be read, or holds less than this version reads.
 */
export const openToRead = async (place: DatabasePlace): Promise<OpenToRead | undefined> =>
  'url' in place ? openPostgresToRead(place.url) : openFile(place.file)
