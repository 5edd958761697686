import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { DatabaseSync } from '@photostructure/sqlite'
import { createFolder, removeFolder } from '../direct-line/store'
import { cookieOf, good, startStage } from './stage'

/** Each run is a process of its own, which a busy machine starts slowly. */
jest.setTimeout(60_000)

const root = join(__dirname, '../..')
let folder: string
beforeEach(() => (folder = createFolder()))
afterEach(() => removeFolder(folder))

const run = (
  name: string,
  words: readonly string[] = [],
  settings: Record<string, string> = {},
) => {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [join(root, 'dist', `${name}.js`), ...words],
    { cwd: root, env: { ...process.env, DATA_DIR: folder, ...settings }, encoding: 'utf8' },
  )
  return { status, stdout, stderr }
}

/** A server with one admin, run until its end. */
async function withAdmin(): Promise<void> {
  const stage = await startStage({ folder })
  await stage.setUp()
  await stage.close()
}

test('audit:verify tells the last line, and the first that is wrong', async () => {
  await withAdmin()
  const { status, stdout } = run('audit-verify')
  expect([status, stdout]).toEqual([
    0,
    expect.stringMatching(/^All 3 lines are as they were written\. The last: 3:[\w-]{43}\n$/),
  ])
  const last = stdout.trim().replace(/^.*: /, '')
  expect(run('audit-verify', [last]).status).toBe(0)
  expect(run('audit-verify', [last.replace(/.$/, (end) => (end === 'A' ? 'E' : 'A'))])).toEqual({
    status: 1,
    stdout: 'Line 3 was changed, or the one before it.\n',
    stderr: '',
  })
  const hand = new DatabaseSync(join(folder, 'fixladder.db'))
  hand.exec("DROP TRIGGER audit_is_not_changed; UPDATE audit SET by_name = 'Eve' WHERE n = 2")
  expect(run('audit-verify').stdout).toBe('Line 2 was changed, or the one before it.\n')
  hand.exec('DROP TRIGGER audit_is_not_shortened; DELETE FROM audit WHERE n = 1')
  expect(run('audit-verify').stdout).toBe('Line 1 is missing.\n')
  hand.close()
})

test('audit:verify says in a sentence what it cannot do', () => {
  expect(run('audit-verify').stderr).toMatch(/^There is no database in .*\(DATA_DIR\)\./)
  const { status, stderr } = run('audit-verify', ['3'])
  expect(status).toBe(2)
  expect(stderr).toMatch(/^"3" is no line, which is for example 12:x+\nnpm run audit:verify/)
})

test('agents:link lets whoever runs the server in again', async () => {
  await withAdmin()
  const { status, stdout } = run('agents-link', ['Ada@example.org'])
  expect([status, stdout]).toEqual([
    0,
    expect.stringMatching(
      /^Open it within the hour, while the server runs: http:\/\/localhost:3978\/console#join=[\w-]{43}\n$/,
    ),
  ])
  const one = run('agents-link', [], { PUBLIC_URL: 'https://help.example.org' }).stdout
  expect(one).toContain(': https://help.example.org/console#join=')

  const stage = await startStage({ folder })
  stage.clock.at = Date.now()
  const next = 'cows drink blue water'
  const ada = cookieOf(await stage.join(stdout.trim(), 'Ada', 'ada@example.org', next))
  expect((await stage.signIn('ada@example.org', good)).status).toBe(401)
  const eve = cookieOf(await stage.join(one.trim(), 'Eve', 'eve@example.org'))
  expect([await stage.me(ada), await stage.me(eve)]).toMatchObject([
    { name: 'Ada', role: 'admin' },
    { name: 'Eve', role: 'admin' },
  ])
  expect(run('agents-link').stderr).toMatch(/^Another Fixladder is running on /)
  await stage.close()
})

test('agents:link says in a sentence what it cannot do', async () => {
  expect(run('agents-link').stderr).toMatch(/^There is no database in .* Start the server/)
  await withAdmin()
  expect(run('agents-link', ['eve@example.org']).stderr).toBe(
    'There is no account with the address eve@example.org.\n',
  )
  const provider = { OIDC_ISSUER: 'https://id.example.org/', OIDC_CLIENT_ID: 'console' }
  expect(run('agents-link', [], provider).stderr).toMatch(/^Agents sign in through OIDC_ISSUER/)
})
