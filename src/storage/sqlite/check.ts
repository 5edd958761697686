import type { SqlValue, Statement } from '../statement'
import type { SqliteConnection } from './connection'

/** What SQLite finds wrong with a file; nothing when it is sound. `quick_check` looks at every page, `integrity_check` holds the indexes against the tables, too. */
export function faultsIn(
  connection: Pick<SqliteConnection, 'run'>,
  how: 'quick_check' | 'integrity_check',
): readonly string[] {
  return select<Record<string, string>>(connection, `SELECT * FROM pragma_${how}`)
    .flatMap((row) => Object.values(row))
    .filter((fault) => fault !== 'ok')
}

/** SQL that is no business of Kysely's: what SQLite says of itself. */
export function select<R>(connection: Pick<SqliteConnection, 'run'>, sql: string): R[] {
  const query: Statement<Record<string, SqlValue>, R> = { sql, values: () => [] }
  return connection.run(query, {})
}
