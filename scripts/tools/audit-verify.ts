import { config as readDotenv } from 'dotenv'
import { verifyAudit } from '../../src/agents/audit-log'
import { readConfig } from '../../src/config'
import { databasePlace, openToRead } from '../../src/storage/open'
import { readArguments, runTool } from '../tool'

const usage = `npm run audit:verify [-- N:HASH]
Follows the chain of the audit log from its first line to its last, and tells the first line that is missing or was changed.
N:HASH is the last line as an earlier run told it; noted elsewhere, it finds a whole chain that was written anew.`

/** `npm run audit:verify`: reads the database file, whether the server runs or not, and changes nothing in it. */
async function main(): Promise<number> {
  const { positionals } = readArguments(usage, {}, 1)
  const [given] = positionals
  const [, n, hash] = /^(\d{1,15}):([\w-]{43})$/.exec(given ?? '') ?? []
  if (given !== undefined && hash === undefined) {
    process.stderr.write(
      `"${given}" is no line, which is for example 12:${'x'.repeat(43)}\n${usage}\n`,
    )
    return 2
  }
  readDotenv({ quiet: true })
  const config = readConfig(process.env)
  const { DATA_DIR } = config
  const file = await openToRead(databasePlace(config))
  if (!file) {
    process.stderr.write(
      `There is no database in ${DATA_DIR} (DATA_DIR). It is made when the server starts for the first time.\n`,
    )
    return 1
  }
  try {
    const found = await verifyAudit(file, hash === undefined ? undefined : { n: Number(n), hash })
    if ('fault' in found) {
      process.stdout.write(
        found.fault === 'missing'
          ? `Line ${found.n} is missing.\n`
          : `Line ${found.n} was changed, or the one before it.\n`,
      )
      return 1
    }
    process.stdout.write(
      found.n === 0
        ? 'The audit log is empty.\n'
        : `All ${found.n} lines are as they were written. The last: ${found.n}:${found.hash}\n`,
    )
    return 0
  } finally {
    await file.close()
  }
}

void runTool(main)
