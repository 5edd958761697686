import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { config as readDotenv } from 'dotenv'
import { readConfig } from '../../src/config'
import { backUp } from '../../src/storage'
import { readArguments, runTool } from '../tool'

const usage = `npm run backup -- FILE [--json]
Copies the database in DATA_DIR into a new file, whether the server runs or not, and checks what it has written.
Files that people sent (DATA_DIR/uploads, or UPLOADS_DIR) and the signing key are not in it: copy them after it.`

/** `npm run backup`: all that was acknowledged until now, in one file. */
async function main(): Promise<number> {
  const { values, positionals } = readArguments(usage, { json: { type: 'boolean' } } as const, 1)
  const [file] = positionals
  if (!file) {
    process.stderr.write(`${usage}\n`)
    return 2
  }
  readDotenv({ quiet: true })
  const { DATA_DIR, DATABASE_URL } = readConfig(process.env)
  if (DATABASE_URL !== undefined) {
    process.stderr.write(
      'The database is a PostgreSQL (DATABASE_URL), which brings its own tools for this, such as pg_dump.\n',
    )
    return 1
  }
  const database = join(DATA_DIR, 'fixladder.db')
  if (!existsSync(database)) {
    process.stderr.write(
      `There is no database in ${DATA_DIR} (DATA_DIR). It is made when the server starts for the first time.\n`,
    )
    return 1
  }
  const begun = performance.now()
  const written = await backUp(database, file)
  const ms = Math.round(performance.now() - begun)
  const { bytes, conversations, rows } = written
  process.stdout.write(
    values.json
      ? `${JSON.stringify({ file, ...written, ms })}\n`
      : `${file}: ${(bytes / 1_000_000).toFixed(1)} MB with ${conversations} conversations and ${rows} rows, checked, in ${(ms / 1000).toFixed(1)} s.\n`,
  )
  return 0
}

void runTool(main)
