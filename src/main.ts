import { join } from 'node:path'
import { setFlagsFromString } from 'node:v8'
import { config as readDotenv } from 'dotenv'
import { PackError } from '../knowledge'
import { startApp } from './app'
import { readConfig } from './config'
import { FixladderError } from './errors'
import { createLog } from './log'

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
  const app = await startApp({ config, log, webDir: join(__dirname, 'web'), onFatal: fatal })
  setFlagsFromString('--semi-space-growth-factor=2')
  process.stdout.write(
    `Fixladder is ready: ${app.url}\nPeople who ask for a person: ${app.adminUrl}\n`,
  )

  let stopping = false
  const stop = (signal: string) => {
    if (stopping) return
    stopping = true
    log.info({ signal }, 'stopping')
    app.close().then(
      () => process.exit(0),
      (error: unknown) => {
        log.error({ err: error }, 'the shutdown failed')
        process.exit(1)
      },
    )
  }
  process.on('SIGTERM', stop)
  process.on('SIGINT', stop)
}

main().catch((error: unknown) => {
  const isOurs = error instanceof FixladderError || error instanceof PackError
  process.stderr.write(
    `${isOurs ? error.message : error instanceof Error ? error.stack : String(error)}\n`,
  )
  process.exit(1)
})
