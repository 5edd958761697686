import { Client } from 'pg'
import { FixladderError } from '../../errors'
import { migrations } from '../migrations'
import type { OpenToRead } from '../file'
import { configOf, shown } from './connection'
import { run } from './run'

/** Opens a database that servers may be running on, and changes nothing in it. Throws `storage_failed` when it cannot be read, or holds less than this version reads. */
export async function openPostgresToRead(url: string): Promise<OpenToRead> {
  const client = new Client(configOf(url))
  client.on('error', () => undefined)
  try {
    await client.connect()
    await client.query('SET default_transaction_read_only = on')
    const { rows } = await client.query<{ name: string }>('SELECT name FROM migrations')
    const applied = new Set(rows.map(({ name }) => name))
    if (migrations.some(({ name }) => !applied.has(name)))
      throw new Error(
        'it was last used by an older version; start the server once, which brings it up to this one',
      )
  } catch (cause) {
    await client.end().catch(() => undefined)
    const reason = cause instanceof Error ? cause.message : String(cause)
    throw new FixladderError(
      'storage_failed',
      `The database at ${shown(url)} cannot be read: ${reason}.`,
      { cause },
    )
  }
  return {
    read: (query, parameters) => run(client, query, parameters),
    close: () => client.end(),
  }
}
