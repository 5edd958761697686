import { Client } from 'pg'
import { createLog } from '../../src/log'
import { PostgresDatabase } from '../../src/storage/postgres/database'

let count = 0

/** A database of its own, and servers on it. */
export async function openServers() {
  const server = process.env.TEST_DATABASE_URL ?? ''
  const name = `servers_${process.pid}_${(count += 1)}`
  const admin = new Client({ connectionString: server })
  await admin.connect()
  await admin.query(`CREATE DATABASE ${name} TEMPLATE fixladder_template`)
  const url = new URL(server)
  url.pathname = `/${name}`
  const opened: PostgresDatabase[] = []
  const client = new Client({ connectionString: url.href })
  client.on('error', () => undefined)
  await client.connect()
  return {
    url: url.href,
    /** Somebody who is no server of ours. */
    client,
    open: async () => {
      const database = await PostgresDatabase.open(url.href, createLog('silent'))
      opened.push(database)
      return database
    },
    /** Ends every connection of the servers, as a database does that goes away for a moment. */
    cutAll: () =>
      client.query(
        `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = $1 AND pid <> pg_backend_pid()`,
        [name],
      ),
    close: async () => {
      await Promise.all(opened.map((database) => database.close()))
      await client.end()
      await admin.query(`DROP DATABASE ${name} WITH (FORCE)`)
      await admin.end()
    },
  }
}

export type Servers = Awaited<ReturnType<typeof openServers>>
