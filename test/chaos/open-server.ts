import { join } from 'node:path'
import { startApp } from '../../src/app'
import { readConfig } from '../../src/config'
import { createLog } from '../../src/log'

/** The whole server, less the limit on how fast one person may write. */
async function main(): Promise<void> {
  const config = readConfig(process.env)
  const app = await startApp({
    config,
    log: createLog(config.LOG_LEVEL),
    webDir: join(__dirname, 'web'),
    messageBurst: 1_000_000,
  })
  process.once('SIGTERM', () => void app.close().then(() => process.exit(0)))
  process.stdout.write(`It is ready: ${app.url}\n\nIts tools: ${app.adminUrl}\n`)
}

void main()
