import { join } from 'node:path'
import { startApp } from '../src/app'
import { readConfig } from '../src/config'
import { settleHeap } from '../src/heap'
import { createLog } from '../src/log'
import { serveGauge } from './gauge'
import { sayReady } from './ready'

/** The whole server as it runs in earnest, less the limit on how fast one person may write. */
export async function runFixladder(
  dataDir: string,
  settings: Readonly<Record<string, string>> = {},
): Promise<void> {
  const config = readConfig({
    PORT: '0',
    ADMIN_PORT: '0',
    DATA_DIR: dataDir,
    LOG_LEVEL: 'warn',
    ...settings,
  })
  const app = await startApp({
    config,
    log: createLog(config.LOG_LEVEL),
    webDir: join(__dirname, 'web'),
    messageBurst: 1_000_000,
  })
  settleHeap()
  serveGauge()
  sayReady(app.port)
  process.once('SIGTERM', () => {
    void app.close().then(() => process.exit(0))
  })
}
