import { execFileSync } from 'node:child_process'
import { join } from 'node:path'
import { PostgresDatabase } from '../../src/storage/postgres/database'
import { createLog } from '../../src/log'
import { Cluster } from './cluster'

/** One PostgreSQL for all these tests; each database of theirs is a copy of one that is up to date. */
export default async function setUp(): Promise<void> {
  // The storage worker of those that compare with it runs as plain JavaScript.
  execFileSync(process.execPath, [join(__dirname, '../../scripts/build.mjs')], { stdio: 'inherit' })
  const cluster = await Cluster.start({ isDurable: false })
  await cluster.query('CREATE DATABASE fixladder_template')
  const database = await PostgresDatabase.open(
    cluster.url('fixladder_template'),
    createLog('silent'),
  )
  await database.close()
  process.env.TEST_DATABASE_URL = cluster.url()
  shared.postgres = cluster
}

/** What the teardown, which runs in the same process, ends. */
export const shared: { postgres?: Cluster } = ((
  globalThis as { fixladder?: { postgres?: Cluster } }
).fixladder ??= {})
