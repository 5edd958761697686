import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** Each run is a process of its own, which a busy machine starts slowly. */
jest.setTimeout(30_000)

const root = join(__dirname, '../..')
const run = (words: readonly string[]) =>
  spawnSync(process.execPath, [join(root, 'dist/bench-match.js'), ...words], {
    cwd: root,
    encoding: 'utf8',
  })

let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'fixladder-bench-tool-'))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

function jsonl(name: string, texts: Readonly<Record<string, string>>): string {
  const path = join(folder, name)
  const lines = Object.entries(texts).map(([text, label]) => JSON.stringify({ text, label }))
  writeFileSync(path, lines.join('\n'))
  return path
}

test('two files in, one JSON object out and nothing else', () => {
  const train = jsonl('train.jsonl', {
    'my shared album is empty': 'album_empty',
    'nothing in the shared album': 'album_empty',
    'the invitation never came': 'invitation_missing',
    'i got no invitation mail': 'invitation_missing',
    'how do i bake a cake': 'out_of_scope',
  })
  const test = jsonl('test.jsonl', {
    'shared album shows nothing': 'album_empty',
    'no invitation came': 'invitation_missing',
    'cake with plums': 'out_of_scope',
  })
  const { status, stdout, stderr } = run(['--train', train, '--test', test, '--json'])
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
  expect(stdout.trim().split('\n')).toHaveLength(1)
  const number: unknown = expect.any(Number)
  const result = JSON.parse(stdout) as Record<string, unknown>
  expect([null, 1]).toContain(result['precisionWhenSure'])
  expect(result).toEqual({
    top1: 1,
    top3: 1,
    auroc: number,
    precisionWhenSure: result['precisionWhenSure'],
    askRate: number,
    oosSure: number,
    oosNone: number,
    oosRecallAt95: number,
    p50: number,
    p99: number,
    n_train: 5,
    n_test: 3,
    buildMs: number,
  })
})

test('what it cannot use ends it with a sentence and code 2', () => {
  const good = jsonl('good.jsonl', { 'my album is empty': 'album_empty' })
  const bad = join(folder, 'bad.jsonl')
  writeFileSync(bad, 'hello\n')
  for (const [words, sentence] of [
    [['--train', good], '--train and --test go together.'],
    [['--train', good, '--test', bad, '--json'], `${bad}, line 1: this is not JSON.`],
    [['--datasets'], "Option '--datasets <value>' argument missing"],
    [['--datasets', folder], 'The folder holds three collections'],
    [['--datasets', folder, '--only', 'bank_7'], 'There is no set "bank_7".'],
    [['--datasets', folder, '--split', 'all'], 'There is no split "all"'],
    [['--only', 'google'], 'There is no engine "google".'],
    [['--fast'], "Unknown option '--fast'."],
  ] as const) {
    const { status, stdout, stderr } = run(words)
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' })
    expect(stderr).toContain(sentence)
  }
})
