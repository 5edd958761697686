import {
  accessSync,
  chmodSync,
  closeSync,
  constants,
  existsSync,
  mkdirSync,
  openSync,
  statSync,
} from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { FixladderError } from '../../errors'
import { SqliteConnection } from './connection'

/** Makes the folder that everything is kept in, for our user only, and sees that it can be written. Throws `config_invalid`. */
export function makeFolder(folder: string): void {
  try {
    makeEach(resolve(folder))
    accessSync(folder, constants.R_OK | constants.W_OK | constants.X_OK)
  } catch (cause) {
    throw unusable(folder, cause)
  }
}

/** How long a server that is just ending is waited for. */
const lockWaitMs = 1_000

/** SQLite's number for "database is locked" (SQLITE_BUSY). */
const busy = 5

/**
 * Keeps other servers off the folder for as long as the returned connection lives; two writers would answer everybody
 * twice. The system lets go of the lock when the process ends, however it ends, so nothing stale is ever left.
 * Throws `data_dir_in_use`.
 */
export function lockFolder(folder: string): SqliteConnection {
  try {
    return SqliteConnection.lock(join(folder, 'lock.db'), lockWaitMs)
  } catch (cause) {
    if (!(cause instanceof Error && 'errcode' in cause && cause.errcode === busy))
      throw unusable(folder, cause)
    throw new FixladderError(
      'data_dir_in_use',
      `Another Fixladder is running on ${resolve(folder)}. Stop it, or set DATA_DIR to a folder of its own.`,
      { cause },
    )
  }
}

/** Makes a database readable by our user only; SQLite gives the files beside it the same rights. */
export function keepPrivate(file: string): void {
  if (!existsSync(file)) closeSync(openSync(file, 'wx', 0o600))
  for (const each of [file, `${file}-wal`, `${file}-shm`]) {
    if (existsSync(each)) chmodSync(each, 0o600)
  }
}

/** One after the other: under /proc, `mkdirSync` with `recursive` never returns. */
function makeEach(folder: string): void {
  const found = statSync(folder, { throwIfNoEntry: false })
  if (found?.isDirectory()) return
  if (found) throw new Error(`${folder} is a file`)
  makeEach(dirname(folder))
  try {
    mkdirSync(folder, { mode: 0o700 })
  } catch (error) {
    // Another start made it in the same moment.
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error
  }
}

const unusable = (folder: string, cause: unknown): FixladderError =>
  new FixladderError(
    'config_invalid',
    `DATA_DIR: ${JSON.stringify(folder)} cannot be made or written (${cause instanceof Error ? cause.message : String(cause)}). ` +
      'Set it to a folder that this user can write, for example ./data',
    { cause },
  )
