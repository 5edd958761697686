import { DatabaseSync } from '@photostructure/sqlite'
import type { SqlValue, Statement } from '../statement'

/** One connection to the file, with its prepared statements. */
export class SqliteConnection {
  readonly #database: Handle
  readonly #prepared = new Map<
    string,
    { statement: ReturnType<Handle['prepare']>; reads: boolean }
  >()

  constructor(file: string, { readOnly = false } = {}) {
    this.#database = new DatabaseSync(file, { readOnly, timeout: 5_000 })
    if (readOnly) return
    // An acknowledged message survives a power cut (FULL), and erased words leave no trace (secure_delete).
    this.#database.exec(
      'PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA secure_delete = ON; PRAGMA foreign_keys = ON;',
    )
  }

  exec(sql: string): void {
    this.#database.exec(sql)
  }

  run<P extends Record<string, SqlValue>, R>(query: Statement<P, R>, parameters: P): R[] {
    const { statement, reads } = this.#prepare(query.sql)
    const values = query.values(parameters)
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
