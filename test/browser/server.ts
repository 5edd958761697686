import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** The built server as a process of its own, on a fresh database; it can be killed and started again on the same port. */
export async function startServer(settings: Record<string, string> = standing) {
  const root = join(__dirname, '../..')
  const folder = mkdtempSync(join(tmpdir(), 'fixladder-browser-'))
  let child: ChildProcess
  const server = { url: '', setUpLink: '', start, kill, close }

  /** Starts it on the ports it had, or on free ones. */
  async function start() {
    child = spawn(process.execPath, [join(root, 'dist/main.js')], {
      // Not the root: a developer's .env is none of the tests' business.
      cwd: folder,
      env: {
        PORT: new URL(server.url || 'http://localhost:0').port,
        ADMIN_PORT: '0',
        DATA_DIR: join(folder, 'data'),
        PACK_DIR: join(root, 'knowledge/packs/icloud-photo-sharing'),
        ...settings,
        LOG_LEVEL: 'warn',
      },
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    let said = ''
    while (!said.includes('http:')) {
      const [more] = (await Promise.race([
        once(child.stdout!, 'data'),
        once(child.stdout!, 'end'),
      ])) as [Buffer?]
      if (more === undefined) throw new Error('The server did not start.')
      said += withoutLog(String(more))
    }
    const [url, , , setUpLink = ''] = said.match(/http:\S+/g) ?? []
    Object.assign(server, { url, setUpLink })
  }

  /** `kill -9`: nothing can be finished or said. */
  async function kill() {
    const ended = once(child, 'exit')
    child.kill('SIGKILL')
    await ended
  }

  async function close() {
    await kill()
    rmSync(folder, { recursive: true, force: true })
  }

  await start()
  return server
}

/** The log has addresses in it, too. */
const withoutLog = (said: string): string => said.replaceAll(/^\{.*$/gm, '')

/** A desk that promises an answer, and has no line. */
const standing = { HANDOFF_ANSWERS_BY: 'within two hours' }

export type Server = Awaited<ReturnType<typeof startServer>>
