import { spawnSync } from 'node:child_process'
import { join } from 'node:path'

/** Each run is a process of its own, which a busy machine starts slowly. */
jest.setTimeout(30_000)

const root = join(__dirname, '../..')

/** Runs one of the built tools. */
const run = (name: string, words: readonly string[], input = '') =>
  spawnSync(process.execPath, [join(root, 'dist', `${name}.js`), ...words], {
    cwd: root,
    input,
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

test.each([
  ['match', '--jsn'],
  ['knowledge-check', '--folder'],
  ['knowledge-test', '--folder'],
  ['preview', '--fix'],
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
