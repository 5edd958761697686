import { join } from 'node:path'
import { config as readDotenv } from 'dotenv'
import { PackError } from '../knowledge'
import { startApp } from './app'
import { readConfig, type Config } from './config'
import { FixladderError } from './errors'
import { settleHeap } from './heap'
import { createLog } from './log'

/** A terminal and npm both pass on the same Ctrl-C, one right after the other; in milliseconds. */
const echoMs = 300

/** Starts the server, and stops it when it is asked to. */
async function main(): Promise<void> {
  readDotenv({ quiet: true })
  const config = readConfig(process.env)
  const log = createLog(config.LOG_LEVEL)
  const fatal = (error: Error) => {
    // Nothing can be trusted to work any more; the log of the conversations holds every acknowledged message,
    // so a fresh start loses none.
    log.error({ err: error }, 'the server cannot go on')
    process.exit(1)
  }
  process.on('uncaughtException', fatal)
  const webDir = join(__dirname, 'web')
  const app = await startApp({ config, log, webDir, onFatal: fatal }).catch((error: unknown) => {
    throw namingThePort(error, config)
  })

  // Before it says that it is ready: whoever reads that may send one at once.
  let stoppingSince: number | undefined
  const stop = (signal: string) => {
    if (stoppingSince !== undefined) {
      // Whoever asks twice will not wait. Nothing that was acknowledged is lost by it.
      if (performance.now() - stoppingSince > echoMs) process.exit(1)
      return
    }
    stoppingSince = performance.now()
    log.info({ signal }, 'stopping')
    app.close().then(
      () => process.exit(0),
      (error: unknown) => {
        log.error({ err: error }, 'the shutdown failed')
        process.exit(1)
      },
    )
  }
  process.on('SIGHUP', () => void app.reloadKnowledge())
  process.on('SIGTERM', stop)
  process.on('SIGINT', stop)

  settleHeap()
  process.stdout.write(
    [
      `Fixladder is ready: ${app.url}`,
      `People who ask for a person: ${app.url}/console`,
      `For the tools on this machine: ${app.adminUrl}`,
      ...(app.setUpLink ? [`Make the first agent's account, once: ${app.setUpLink}`] : []),
    ]
      .map((line) => `${line}\n`)
      .join(''),
  )
}

/** The HTTP servers know their ports by number; whoever has to change one needs the setting. */
function namingThePort(error: unknown, { ADMIN_PORT }: Config): unknown {
  if (!(error instanceof FixladderError && error.code === 'port_in_use')) return error
  const taken = (error.cause as { readonly port?: number }).port
  const setting = taken === ADMIN_PORT ? 'ADMIN_PORT' : 'PORT'
  return new FixladderError(
    'port_in_use',
    `${error.message} Stop that program, or set ${setting} to another number.`,
    { cause: error },
  )
}

main().catch((error: unknown) => {
  const isOurs = error instanceof FixladderError || error instanceof PackError
  process.stderr.write(
    isOurs
      ? `${error.code}: ${error.message}\n`
      : `${error instanceof Error ? error.stack : String(error)}\n`,
  )
  process.exit(1)
})
