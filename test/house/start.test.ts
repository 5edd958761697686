import { spawn, type ChildProcess } from 'node:child_process'
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { createServer, type AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pino } from 'pino'
import { createHttp, createOrigins } from '../../src/http'
import { type Database } from '../../src/storage'
import { SqliteDatabase } from '../../src/storage/sqlite/database'

/** Starting a process takes a second, and several on a busy machine. */
jest.setTimeout(30_000)

const root = join(__dirname, '../..')
let folder: string
let children: ChildProcess[]
let databases: Database[]

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'fixladder-start-'))
  children = []
  databases = []
})

afterEach(async () => {
  await Promise.all(databases.map((database) => database.close()))
  await Promise.all(children.map(kill))
  rmSync(folder, { recursive: true, force: true })
})

describe('the folder of the data', () => {
  const open = async (dataDir: string) => {
    const database = await SqliteDatabase.open(join(dataDir, 'fixladder.db'))
    databases.push(database)
    return database
  }

  test.each(['/proc/fixladder', '/dev/null', '/dev/null/deeper/still'])(
    '%s is refused, and nothing hangs',
    async (dataDir) => {
      await expect(open(dataDir)).rejects.toMatchObject({
        name: 'FixladderError',
        code: 'config_invalid',
        message: expect.stringMatching(
          /^DATA_DIR: "\/.* cannot be made or written \(.*\)\. Set it to a folder .* example \.\/data$/,
        ),
      })
    },
  )

  test('one that nothing can be made in is refused', async () => {
    mkdirSync(join(folder, 'lock.db'))
    await expect(open(folder)).rejects.toMatchObject({ code: 'config_invalid' })
  })

  test('a file that is no database is refused with what to do', async () => {
    writeFileSync(
      join(folder, 'fixladder.db'),
      'These are not the bytes of a database. '.repeat(99),
    )
    await expect(open(folder)).rejects.toMatchObject({
      name: 'FixladderError',
      code: 'database_damaged',
      message: expect.stringMatching(
        /^The database .*fixladder\.db is damaged: file is not a database\. Nothing was changed\. Move it away .* copy a backup .* start again; /,
      ),
    })
  })

  test('belongs to one at a time', async () => {
    const first = await open(folder)
    await expect(open(folder)).rejects.toMatchObject({
      name: 'FixladderError',
      code: 'data_dir_in_use',
      message: `Another Fixladder is running on ${folder}. Stop it, or set DATA_DIR to a folder of its own.`,
    })
    await first.close()
    await open(folder)
  })

  test('holds files that only we can read, also those an earlier version made', async () => {
    const dataDir = join(folder, 'made/for/us')
    const modes = () =>
      ['', 'fixladder.db', 'fixladder.db-wal', 'fixladder.db-shm']
        .map((name) => join(dataDir, name))
        .filter((path) => existsSync(path))
        .map((path) => (statSync(path).mode & 0o777).toString(8))
    const first = await open(dataDir)
    expect(modes()).toEqual(['700', '600', '600', '600'])
    await first.close()
    chmodSync(join(dataDir, 'fixladder.db'), 0o644)
    await open(dataDir)
    expect(modes()).toEqual(['700', '600', '600', '600'])
  })
})

describe('an address to listen on', () => {
  const listen = (port: number, host: string) =>
    createHttp({ log: pino({ level: 'silent' }), origins: createOrigins({}) }).listen(port, host)

  // 192.0.2.0/24 is kept for examples (RFC 5737), and .invalid is never a name (RFC 2606).
  test.each(['192.0.2.1', 'fixladder.invalid'])('%s is told to be none of ours', async (host) => {
    await expect(listen(0, host)).rejects.toMatchObject({
      code: 'config_invalid',
      message: expect.stringMatching(
        /^HOST: ".*" is not an address of this machine \(E\w+\)\. Use for example 127\.0\.0\.1$/,
      ),
    })
  })
})

describe('the process', () => {
  test('says which port is taken, in one line and nothing else', async () => {
    const taken = createServer()
    const port = await new Promise<number>((resolve) =>
      taken.listen(0, '127.0.0.1', () => resolve((taken.address() as AddressInfo).port)),
    )
    const outputs = await Promise.all([
      start({ PORT: String(port), DATA_DIR: join(folder, 'a') }).output,
      start({ ADMIN_PORT: String(port), DATA_DIR: join(folder, 'b') }).output,
    ])
    taken.close()
    expect(outputs).toEqual(
      ['PORT', 'ADMIN_PORT'].map(
        (setting) =>
          `port_in_use: Port ${port} is taken by another program. Stop that program, or set ${setting} to another number.\n`,
      ),
    )
  })

  test('refuses a folder that another process uses', async () => {
    databases.push(await SqliteDatabase.open(join(folder, 'fixladder.db')))
    expect(await start({}).output).toBe(
      `data_dir_in_use: Another Fixladder is running on ${folder}. Stop it, or set DATA_DIR to a folder of its own.\n`,
    )
  })

  test('does not start on a damaged database, and says how to restore', async () => {
    writeFileSync(join(folder, 'fixladder.db'), 'no database '.repeat(1_000))
    const { child, output } = start({})
    expect(await output).toMatch(
      /^database_damaged: The database .*fixladder\.db is damaged: .*\. Nothing was changed\. Move it away .*npm run backup.*\n$/,
    )
    expect(child.exitCode).toBe(1)
  })

  test("takes no other's word for Microsoft's where others can reach it", async () => {
    const given = { CONNECTOR_HOSTS: '127.0.0.1:1', CONNECTOR_KEYS_URL: 'http://127.0.0.1:2/' }
    const { output } = start({ HOST: '0.0.0.0', ...given })
    expect((await output).split('\n  ')).toEqual([
      expect.stringMatching(/^config_invalid: /),
      expect.stringMatching(/^CONNECTOR_HOSTS: only for tests on this machine: .*"0\.0\.0\.0"/),
      expect.stringMatching(/^CONNECTOR_KEYS_URL: only for tests on this machine: /),
    ])
  })

  test('leaves its folder free when it is killed', async () => {
    const { child, output } = start({})
    expect(await output).toContain('is ready')
    await kill(child)
    databases.push(await SqliteDatabase.open(join(folder, 'fixladder.db')))
  })
})

/** Starts the built server. Its output is whole when it ended, or says that it is ready. */
function start(environment: Record<string, string>) {
  const child = spawn(process.execPath, [join(root, 'dist/main.js')], {
    cwd: root,
    // An empty setting is an unset one, whatever the developer's own .env says.
    env: {
      PATH: process.env.PATH,
      PORT: '0',
      ADMIN_PORT: '0',
      HOST: '',
      DATA_DIR: folder,
      LOG_LEVEL: 'info',
      PUBLIC_URL: '',
      PACK_DIR: '',
      HANDOFF_WEBHOOK_URL: '',
      DESK_WEBHOOK_URL: '',
      DESK_WEBHOOK_SECRET: '',
      MicrosoftAppId: '',
      CONNECTOR_HOSTS: '',
      CONNECTOR_KEYS_URL: '',
      ...environment,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  children.push(child)
  const output = new Promise<string>((resolve) => {
    let text = ''
    const hear = (chunk: Buffer) => {
      text += chunk.toString()
      if (text.includes('is ready')) resolve(text)
    }
    child.stdout.on('data', hear)
    child.stderr.on('data', hear)
    child.once('close', () => resolve(text))
  })
  return { child, output }
}

const kill = (child: ChildProcess): Promise<void> =>
  new Promise((resolve) => {
    if (child.exitCode !== null || child.signalCode !== null) return resolve()
    child.once('exit', () => resolve())
    child.kill('SIGKILL')
  })
