import type { ClientBase, Pool } from 'pg'
import type { SqlValue, Statement } from '../statement'

const names = new Map<string, string>()

/** Runs a statement, which each connection prepares once and knows by its name from then on. */
export async function run<P extends Record<string, SqlValue>, R>(
  on: Pick<ClientBase, 'query'> | Pick<Pool, 'query'>,
  query: Statement<P, R>,
  parameters: P,
): Promise<R[]> {
  const { sql, values } = query.postgres
  const { rows } = await on.query({ name: nameOf(sql), text: sql, values: values(parameters) })
  return rows as R[]
}

function nameOf(sql: string): string {
  const known = names.get(sql)
  if (known !== undefined) return known
  const name = `f${names.size + 1}`
  names.set(sql, name)
  return name
}
