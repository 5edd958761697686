import { createHash } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { Client } from 'pg'
import { createLog } from '../../src/log'
import type { Database } from '../../src/storage'
import { openDatabase, type DatabasePlace } from '../../src/storage/open'

/**
 * The engine under test: SQLite in the file, or, where `npm run test:postgres` has started a PostgreSQL, a database of its
 * own there, which is the same one whenever the same file is asked for.
 */
export async function openTestDatabase(file: string): Promise<Database> {
  return openDatabase(await placeOf(file), { log: createLog('silent') })
}

/** What makes a server use the engine under test; nothing where that is SQLite. */
export async function databaseSettings(file: string): Promise<Record<string, string>> {
  const place = await placeOf(file)
  return 'url' in place ? { DATABASE_URL: place.url, SIGNING_KEY: 'k'.repeat(48) } : {}
}

/** All that the database holds, as text: the bytes of its files, or every row of every table. */
export async function textKept(file: string): Promise<string> {
  const place = await placeOf(file)
  if ('file' in place)
    return [file, `${file}-wal`]
      .filter((each) => existsSync(each))
      .map((each) => readFileSync(each, 'latin1'))
      .join('')
  const client = new Client({ connectionString: place.url })
  await client.connect()
  try {
    const tables = await client.query<{ name: string }>(
      `SELECT table_name AS name FROM information_schema.tables WHERE table_schema = 'public' AND table_type = 'BASE TABLE'`,
    )
    const texts: string[] = []
    for (const { name } of tables.rows) {
      const { rows } = await client.query<{ text: string }>(
        `SELECT t::text AS text FROM ${name} AS t`,
      )
      texts.push(...rows.map(({ text }) => text))
    }
    return texts.join('\n')
  } finally {
    await client.end()
  }
}

// The only setting that is the tests' own.
const server = process.env.TEST_DATABASE_URL

async function placeOf(file: string): Promise<DatabasePlace> {
  if (!server) return { file }
  const name = `t_${createHash('sha256').update(file).digest('hex').slice(0, 20)}`
  const client = new Client({ connectionString: server })
  await client.connect()
  try {
    await client.query(`CREATE DATABASE ${name} TEMPLATE fixladder_template`).catch(ifThere)
  } finally {
    await client.end()
  }
  const url = new URL(server)
  url.pathname = `/${name}`
  return { url: url.href }
}

/** PostgreSQL's word for a database that is there already. */
function ifThere(error: Error & { code?: string }): void {
  if (error.code !== '42P04') throw error
}
