import { spawnSync } from 'node:child_process'
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from '@photostructure/sqlite'
import { SqliteDatabase } from '../../src/storage/sqlite/database'

/** Each run is a process of its own, which a busy machine starts slowly. */
jest.setTimeout(30_000)

const root = join(__dirname, '../..')

/** Runs one of the built tools. */
const run = (
  name: string,
  words: readonly string[],
  input = '',
  settings: Record<string, string> = {},
) =>
  spawnSync(process.execPath, [join(root, 'dist', `${name}.js`), ...words], {
    cwd: root,
    input,
    env: { ...process.env, ...settings },
    encoding: 'utf8',
  })

const pack = 'knowledge/packs/icloud-photo-sharing'

test('match --json answers every line, blank ones too', () => {
  const { stdout } = run('match', ['--json'], 'hello\n\n  \nmy shared album is stuck\n')
  const answers = stdout.trim().split('\n')
  expect(answers.map((line) => (JSON.parse(line) as { kind: string }).kind)).toEqual([
    'greeting',
    'empty',
    'empty',
    'symptom',
  ])
})

test('understand --json answers each reply, names the lines that are none, and ends with 1', () => {
  const lines = [
    '{"text":"nope still spinning","question":"Did that help?"}',
    'no json',
    '{"question":"helped"}',
    '{"text":"mine","question":"Whose album is it?"}',
    '{"text":"thanks"}',
  ]
  const { stdout, stderr, status } = run('understand', ['--json'], lines.join('\n'))
  const answers = stdout.trim().split('\n')
  expect(answers.map((line) => (JSON.parse(line) as { label: string }).label)).toEqual([
    'no',
    'yes',
    'chitchat',
  ])
  expect(stderr).toMatch(/^Line 2: .*no json\n[\s\S]*^Line 3: "text" /m)
  expect(status).toBe(1)
})

test('understand takes one reply, and measures a set', () => {
  expect(run('understand', ['did that already, still nothing']).stdout).toMatch(
    /^already_tried .*\n *also no\n/,
  )
  const file = 'test/knowledge/replies/unseen.jsonl'
  expect(run('understand', ['--measure', file]).stdout).toMatch(
    /^\d+ replies, .*\n[\s\S]*confusions:/,
  )
  const missing = run('understand', ['--measure', 'no/such/file'])
  expect([missing.status, missing.stderr]).toEqual([1, expect.stringContaining('no/such/file')])
})

test.each([
  ['understand', '--jsn'],
  ['match', '--jsn'],
  ['knowledge-check', '--folder'],
  ['knowledge-test', '--folder'],
  ['preview', '--fix'],
  ['unmatched', '--since'],
  ['incident', '--text'],
  ['erase', '--name'],
  ['backup', '--to'],
])('%s tells how it is used when it does not know %s', (name, flag) => {
  const { status, stderr } = run(name, [flag])
  expect(status).toBe(2)
  expect(stderr).toMatch(new RegExp(`^Unknown option '${flag}'\\.\nnpm run `))
})

test.each([
  ['knowledge-check', []],
  ['preview', ['restart']],
] as const)('%s takes the folder of a pack with --pack and without', (name, words) => {
  expect(run(name, [...words, '--pack', pack]).status).toBe(0)
  expect(run(name, [...words, pack]).status).toBe(0)
  const missing = run(name, [...words, 'no/such/folder'])
  expect(missing.status).toBe(1)
  expect(missing.stderr).toMatch(/^The knowledge pack has 1 fault:\n {2}no\/such\/folder: /)
})

test('preview --why says of every rung why it stands there, and where a person would be offered', () => {
  const { stdout, status } = run('preview', ['stuck-updating-waiting', '--why', '--pack', pack])
  expect(status).toBe(0)
  const rungs = stdout.split('\n--- ').slice(1)
  expect(rungs[0]).toMatch(
    /^1\. internet .*\n +chance 0\.300 now .* 2 min: 0\.150 a minute, 7 minutes for each cure; placed by chance per minute/,
  )
  expect(
    rungs.filter((rung) => rung.startsWith('a person is offered: update-system')),
  ).toHaveLength(1)
  expect(rungs.at(-1)).toMatch(/share-another-way .*\n.*last, as it repairs nothing/)
})

describe('incident', () => {
  test.each([
    [[]],
    [['begin']],
    [['start', 'icloud-photos']],
    [['end']],
    [['end', 'icloud-photos', 'now']],
    [['list', 'icloud-photos']],
  ])('tells how it is used when it is given %j', (words) => {
    const { status, stdout, stderr } = run('incident', words)
    expect([status, stdout]).toEqual([2, ''])
    expect(stderr).toMatch(/^npm run incident -- start NAME "TEXT"/)
  })

  test('tells that a text without quotes is one word too many', () => {
    expect(run('incident', ['start', 'icloud-photos', 'Apple', 'knows']).stderr).toMatch(
      /^One word too many: "knows"\.\n/,
    )
  })

  test('tells in a sentence that no server answers, and what to do', () => {
    const { status, stderr } = run('incident', ['list'], '', { ADMIN_PORT: '1', PORT: '0' })
    expect(status).toBe(1)
    expect(stderr).toMatch(
      /^No server answers on port 1 of this machine \(ADMIN_PORT\)\. Start it with npm start, or set ADMIN_PORT[^\n]+\n$/,
    )
  })
})

describe('unmatched', () => {
  let folder: string
  beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'fixladder-tools-'))))
  afterEach(() => rmSync(folder, { recursive: true, force: true }))

  const unmatched = (...words: string[]) => run('unmatched', words, '', { DATA_DIR: folder })

  test.each([
    ['--days', '0'],
    ['--days', '3651'],
    ['--limit', '1001'],
    ['--limit', 'x'],
  ])('tells that %s %s is no number it takes', (name, value) => {
    const { status, stderr } = unmatched(name, value)
    expect(status).toBe(2)
    expect(stderr).toMatch(new RegExp(`^${name} must be a whole number from 1 to `))
  })

  test('tells in a sentence that there is no database, and makes none', () => {
    const { status, stderr, stdout } = unmatched()
    expect([status, stdout]).toEqual([1, ''])
    expect(stderr).toMatch(/^There is no database in .*\(DATA_DIR\)\. [^\n]+\n$/)
    expect(readdirSync(folder)).toEqual([])
  })

  test('tells in a sentence that a file is no database, or an older one', () => {
    const file = join(folder, 'fixladder.db')
    writeFileSync(file, 'This is no database. '.repeat(100))
    expect(unmatched().stderr).toMatch(/fixladder\.db cannot be read: [^\n]+\n$/)
    rmSync(file)
    const older = new DatabaseSync(file)
    older.exec('CREATE TABLE migrations (name TEXT PRIMARY KEY, applied_at BIGINT NOT NULL)')
    older.close()
    const { status, stderr } = unmatched()
    expect(status).toBe(1)
    expect(stderr).toMatch(/was last used by an older version\. Start the server once[^\n]+\n$/)
  })

  test('tells in a sentence that nothing was left unmatched', async () => {
    await (await SqliteDatabase.open(join(folder, 'fixladder.db'))).close()
    expect(unmatched().stdout).toBe('Nothing was left unmatched.\n')
    expect(unmatched('--json').stdout).toBe('{"phrases":[]}\n')
  })
})
