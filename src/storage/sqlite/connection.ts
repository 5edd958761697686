import { backup, DatabaseSync } from '@photostructure/sqlite'
import type { SqlValue, Statement } from '../statement'

/** How long a statement waits while somebody else has the file, in milliseconds. */
export const busyMs = 5_000

/** One connection to the file, with its prepared statements. */
export class SqliteConnection {
  readonly #database: Handle
  readonly #prepared = new Map<
    string,
    { statement: ReturnType<Handle['prepare']>; reads: boolean }
  >()

  private constructor(database: Handle) {
    this.#database = database
  }

  static open(file: string): SqliteConnection {
    const database = new DatabaseSync(file, { timeout: busyMs })
    // An acknowledged message survives a power cut (FULL), and erased words leave no trace (secure_delete).
    database.exec(
      'PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA secure_delete = ON; PRAGMA foreign_keys = ON;',
    )
    return new SqliteConnection(database)
  }

  static openToRead(file: string): SqliteConnection {
    return new SqliteConnection(new DatabaseSync(file, { readOnly: true, timeout: busyMs }))
  }

  /** Opens a file that nobody else has, and leaves nothing beside it. */
  static openAlone(file: string): SqliteConnection {
    const database = new DatabaseSync(file, { timeout: busyMs })
    database.exec('PRAGMA journal_mode = DELETE')
    return new SqliteConnection(database)
  }

  /** One of nobody, to compare with. */
  static inMemory(): SqliteConnection {
    return new SqliteConnection(new DatabaseSync(':memory:'))
  }

  /** Keeps every other connection off the file, after waiting so many milliseconds for one to end. Throws when it does not. */
  static lock(file: string, waitMs: number): SqliteConnection {
    const database = new DatabaseSync(file, { timeout: waitMs })
    // Nothing is ever written there, so it needs no journal beside it.
    database.exec('PRAGMA journal_mode = MEMORY; BEGIN EXCLUSIVE')
    return new SqliteConnection(database)
  }

  /** Copies the database as it stands at this moment into a new file. All in one step: one of several begins anew whenever somebody writes in between. */
  async copyTo(file: string): Promise<void> {
    await backup(this.#database, file, { rate: -1 })
  }

  exec(sql: string): void {
    this.#database.exec(sql)
  }

  run<P extends Record<string, SqlValue>, R>(query: Statement<P, R>, parameters: P): R[] {
    const { sql, values } = query.sqlite
    return this.runSql(sql, values(parameters))
  }

  /** For what is no business of Kysely's, such as what SQLite says of itself. */
  runSql<R>(sql: string, values: readonly SqlValue[]): R[] {
    const { statement, reads } = this.#prepare(sql)
    // SQLite would read such a text up to the NUL, and find the row of another.
    if (values.some((value) => typeof value === 'string' && value.includes('\0')))
      throw new Error('A value for the database has a NUL in it.')
    if (reads) return statement.all(...values) as R[]
    statement.run(...values)
    return []
  }

  close(): void {
    this.#prepared.clear()
    this.#database.close()
  }

  #prepare(sql: string) {
    const known = this.#prepared.get(sql)
    if (known) return known
    const prepared = {
      statement: this.#database.prepare(sql),
      reads: /^\s*(select|with)\b/i.test(sql) || /\breturning\b/i.test(sql),
    }
    this.#prepared.set(sql, prepared)
    return prepared
  }
}

/** The library exports its classes as values only. */
type Handle = InstanceType<typeof DatabaseSync>
