import { Client } from 'pg'
import { migrations, stepsFor } from '../migrations'
import { configOf } from './connection'
import { migrationKey } from './locks'

/** Brings the database up to this version; of several servers that start at once one does it, and the others wait. */
export async function migrate(url: string): Promise<void> {
  // A large table may take longer than any statement of the server's.
  const client = new Client({
    ...configOf(url),
    options: '-c synchronous_commit=on',
    query_timeout: 0,
  })
  client.on('error', () => undefined)
  await client.connect()
  try {
    await client.query(`SELECT pg_advisory_lock(${migrationKey})`)
    await client.query(
      'CREATE TABLE IF NOT EXISTS migrations (name TEXT COLLATE "C" PRIMARY KEY, applied_at BIGINT NOT NULL)',
    )
    const { rows } = await client.query<{ name: string }>('SELECT name FROM migrations')
    const done = new Set(rows.map(({ name }) => name))
    for (const migration of migrations.filter(({ name }) => !done.has(name))) {
      await client.query('BEGIN')
      for (const sql of stepsFor('postgres', migration)) await client.query(sql)
      await client.query('INSERT INTO migrations VALUES ($1, $2)', [migration.name, Date.now()])
      await client.query('COMMIT')
    }
  } finally {
    await client.end()
  }
}
