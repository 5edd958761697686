import { spawnSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** `npm run size`: what it counts, and that it fails when it should. */

const root = join(__dirname, '../..')
let web: string
beforeEach(() => {
  web = mkdtempSync(join(tmpdir(), 'fixladder-size-'))
  for (const folder of ['site', 'chat/assets']) mkdirSync(join(web, folder), { recursive: true })
  write('site/widget.js', 'start()')
  write('chat/index.html', '<script type="module" src="/chat/assets/panel-1.js"></script>')
  write('chat/assets/panel-1.js', 'import{a}from"./words-2.js";a();later=()=>import("./rare-3.js")')
  write('chat/assets/words-2.js', 'export const a=1')
  write('chat/assets/rare-3.js', 'export const b=1')
})
afterEach(() => rmSync(web, { recursive: true, force: true }))

const write = (name: string, content: string) => writeFileSync(join(web, name), content)
/** Text that no compression makes smaller than this. */
const noise = (bytes: number) => randomBytes(bytes * 2).toString('base64')
function size(folder = web) {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [join(root, 'scripts/size.mjs'), folder],
    { encoding: 'utf8' },
  )
  return { status, stdout, stderr }
}

test('passes what is small, and tells what comes later from what is loaded at once', () => {
  const { status, stdout, stderr } = size()
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
  const names = stdout.split('\n').map((line) =>
    line
      .split(/\s{2,}/, 2)
      .join(' ')
      .trim(),
  )
  expect(names.filter(Boolean).map((name) => name.replace(/ .*/, ''))).toEqual([
    'raw',
    'loader',
    'site/widget.js',
    'panel',
    'chat/index.html',
    'chat/assets/panel-1.js',
    'chat/assets/words-2.js',
    'later',
    'chat/assets/rare-3.js',
  ])
})

test('fails when the loader is too big', () => {
  write('site/widget.js', noise(4 * 1024))
  expect(size()).toMatchObject({
    status: 1,
    stderr: expect.stringMatching(
      /^The loader has [\d,]+ bytes gzipped, [\d,]+ more than it may \(4,096/,
    ),
  })
})

test.each(['chat/assets/panel-1.js', 'chat/assets/words-2.js'])(
  'fails when the panel is too big by %s',
  (file) => {
    write(file, `import"./words-2.js";//${noise(36 * 1024)}`)
    expect(size()).toMatchObject({
      status: 1,
      stderr: expect.stringMatching(/^The panel has [\d,]+ bytes gzipped/),
    })
  },
)

test('what is loaded later may be big', () => {
  write('chat/assets/rare-3.js', noise(60 * 1024))
  expect(size().status).toBe(0)
})

test('fails when nothing was built', () => {
  rmSync(join(web, 'site/widget.js'))
  expect(size()).toMatchObject({ status: 1, stderr: expect.stringContaining('npm run build') })
})

test('the documents say what is built', () => {
  const { stdout } = size(join(root, 'dist/web'))
  const built = (name: string) => {
    const [, , gzip = ''] = new RegExp(`^${name} .*$`, 'm').exec(stdout)?.[0].split(/\s+/) ?? []
    return Number(gzip.replaceAll(',', ''))
  }
  const text = readFileSync(join(root, 'docs/widget.md'), 'utf8')
  for (const [name, row] of [
    ['loader', 'the script, on every page'],
    ['panel', 'the panel in all'],
  ] as const) {
    const [, said = ''] = new RegExp(`${row}[^|]*\\|[^|]*\\|\\s*([\\d,]+)`).exec(text) ?? []
    const ratio = Number(said.replaceAll(',', '')) / built(name)
    expect(ratio).toBeGreaterThan(0.97)
    expect(ratio).toBeLessThan(1.03)
  }
})
