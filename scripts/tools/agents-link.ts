import { randomUUID } from 'node:crypto'
import { existsSync } from 'node:fs'
import { config as readDotenv } from 'dotenv'
import { accountByEmail, plainEmail } from '../../src/agents/accounts'
import { joinLink } from '../../src/agents/join-link'
import { hashOf, newSecret } from '../../src/agents/secrets'
import { readConfig } from '../../src/config'
import { createLog } from '../../src/log'
import { databasePlace, openDatabase } from '../../src/storage/open'
import { readArguments, runTool } from '../tool'

const usage = `npm run agents:link [-- EMAIL]
Makes a link by which whoever runs the server gets in again, while the server is stopped (with DATABASE_URL it may run): with EMAIL to a new password for that account, without to the account of one more admin.
It is good once, for an hour.`

const goodForMs = 60 * 60_000

/** `npm run agents:link`: the way back in when the last admin has forgotten the password. Who can write DATA_DIR can do anything anyway. */
async function main(): Promise<number> {
  const { positionals } = readArguments(usage, {}, 1)
  const email = positionals[0] === undefined ? undefined : plainEmail(positionals[0])
  readDotenv({ quiet: true })
  const config = readConfig(process.env)
  if (config.OIDC_ISSUER)
    return fail('Agents sign in through OIDC_ISSUER; nobody here has a password.')
  const place = databasePlace(config)
  if ('file' in place && !existsSync(place.file))
    return fail(
      `There is no database in ${config.DATA_DIR} (DATA_DIR). Start the server: it prints a link.`,
    )
  const database = await openDatabase(place, { log: createLog('warn') })
  try {
    const account = email === undefined ? undefined : await accountByEmail(database, email)
    if (email !== undefined && !account)
      return fail(`There is no account with the address ${email}.`)
    if (account?.isDisabled)
      return fail(`The account of ${account.name} is closed; an admin can open it again.`)
    const [secret, at] = [newSecret(), Date.now()]
    await database.write('makeInvite', {
      id: randomUUID(),
      hash: hashOf(secret),
      role: account?.role ?? 'admin',
      name: account?.name,
      email,
      expiresAt: at + goodForMs,
      by: null,
      at,
    })
    const url = config.PUBLIC_URL ?? `http://localhost:${config.PORT}`
    process.stdout.write(
      `Open it within the hour, while the server runs: ${joinLink(url, secret)}\n`,
    )
    return 0
  } finally {
    await database.close()
  }
}

function fail(sentence: string): number {
  process.stderr.write(`${sentence}\n`)
  return 1
}

void runTool(main)
