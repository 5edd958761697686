import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Client, types } from 'pg'
import { Cluster } from '../postgres/cluster'
import { startServer, type Build, type Running, type Starting } from './server'
import { asStored, type Stored, type StoredRows } from './stored'

/** A PostgreSQL of its own, whose commits wait for the disk, and servers on it. */
export async function openShared() {
  const cluster = await Cluster.start({ isDurable: true })
  const folder = mkdtempSync(join(tmpdir(), 'fixladder-shared-'))
  const started: Starting[] = []
  const name = 'shared'
  await cluster.query(`CREATE DATABASE ${name}`)
  return {
    cluster,
    /** Starts one more; `build` is another one than the user's. */
    async start(build?: Build, settings: Readonly<Record<string, string>> = {}): Promise<Running> {
      const server = startServer(
        join(folder, String(started.length)),
        {
          DATABASE_URL: cluster.url(name),
          SIGNING_KEY: 'the key of all servers on this database',
          ...settings,
        },
        build,
      )
      started.push(server)
      return server.ready
    },
    /** Ends every connection to it. */
    cutAll: () =>
      cluster.query(
        `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '${name}' AND pid <> pg_backend_pid()`,
      ),
    /** Rows that were passed with an apology. */
    apologies: async (): Promise<number> => {
      const like = `SELECT count(*)::int AS count FROM log WHERE body LIKE '%turn_failed%'`
      const [row] = await cluster.query<{ count: number }>(like, name)
      return row?.count ?? 0
    },
    stored: () => readSharedStore(cluster.url(name)),
    async close(): Promise<void> {
      await Promise.all(started.map((server) => server.kill()))
      await cluster.remove()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

export type Shared = Awaited<ReturnType<typeof openShared>>

/** What the database holds at one moment, in the checker's words. */
async function readSharedStore(url: string): Promise<Stored> {
  const client = new Client({ connectionString: url })
  client.setTypeParser(types.builtins.INT8, Number)
  await client.connect()
  const all = async <K extends keyof StoredRows>(table: K): Promise<StoredRows[K]> =>
    (await client.query(`SELECT * FROM ${table}`)).rows as unknown as StoredRows[K]
  try {
    await client.query('BEGIN ISOLATION LEVEL REPEATABLE READ')
    return asStored({
      conversations: await all('conversations'),
      log: await all('log'),
      handoffs: await all('handoffs'),
      teams_addresses: await all('teams_addresses'),
      teams_deliveries: await all('teams_deliveries'),
    })
  } finally {
    await client.end()
  }
}
