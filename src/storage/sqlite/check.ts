import type { SqliteConnection } from './connection'

/** What SQLite finds wrong with a file; nothing when it is sound. `quick_check` looks at every page, `integrity_check` holds the indexes against the tables, too. */
export function faultsIn(
  connection: Pick<SqliteConnection, 'runSql'>,
  how: 'quick_check' | 'integrity_check',
): readonly string[] {
  return select<Record<string, string>>(connection, `SELECT * FROM pragma_${how}`)
    .flatMap((row) => Object.values(row))
    .filter((fault) => fault !== 'ok')
}

/** SQL that is no business of Kysely's: what SQLite says of itself. */
export function select<R>(connection: Pick<SqliteConnection, 'runSql'>, sql: string): R[] {
  return connection.runSql<R>(sql, [])
}
