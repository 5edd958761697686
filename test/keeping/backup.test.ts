import { spawn } from 'node:child_process'
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from '@photostructure/sqlite'
import { Conversations, type NewRow } from '../../src/conversations'
import { type Database } from '../../src/storage'
import { createFolder, removeFolder } from '../direct-line/store'
import { SqliteDatabase } from '../../src/storage/sqlite/database'

/** A backup of a database that is written to meanwhile: whole, checked, never over another file. */

jest.setTimeout(60_000)

const root = join(__dirname, '../..')
const id = 'a-talk'

let folder: string
let database: Database
let conversations: Conversations
beforeEach(async () => {
  folder = createFolder()
  database = await SqliteDatabase.open(join(folder, 'fixladder.db'))
  conversations = new Conversations(database)
  await conversations.create({ id, channel: 'direct-line', userId: 'dl_x' }, [])
})
afterEach(async () => {
  await database.close()
  removeFolder(folder)
})

const row = (text: string): NewRow => ({
  at: 1,
  kind: 'activity',
  audience: ['person', 'agents', 'bot'],
  body: { type: 'message', text, from: { id: 'dl_x', role: 'user' } },
})

/** The built tool, as its user runs it. */
const backup = (...words: string[]) =>
  new Promise<{ status: number | null; stdout: string; stderr: string }>((resolve) => {
    const child = spawn(process.execPath, [join(root, 'dist/backup.js'), ...words], {
      cwd: root,
      env: { ...process.env, DATA_DIR: folder },
    })
    const [out, err]: [string[], string[]] = [[], []]
    child.stdout.on('data', (part: Buffer) => out.push(part.toString()))
    child.stderr.on('data', (part: Buffer) => err.push(part.toString()))
    child.once('close', (status) => resolve({ status, stdout: out.join(''), stderr: err.join('') }))
  })

test('while it is written to: all that was acknowledged before, without a gap, and it starts', async () => {
  for (let each = 0; each < 500; each += 1)
    await conversations.append(id, row(`${each} ${'words '.repeat(50)}`))
  const { lastSeq: before } = (await conversations.get(id))!
  let isWriting = true
  const writing = (async () => {
    while (isWriting) await conversations.append(id, row('more'))
  })()
  const file = join(folder, 'copy.db')
  const made = await backup(file)
  isWriting = false
  await writing
  const { lastSeq: after } = (await conversations.get(id))!
  expect([made.stderr, made.status]).toEqual(['', 0])
  expect(made.stdout).toMatch(
    /copy\.db: \d+\.\d MB with 1 conversations and \d+ rows, checked, in \d+\.\d s\.\n$/,
  )
  expect(after).toBeGreaterThan(before)
  expect(readdirSync(folder).filter((name) => name.startsWith('copy'))).toEqual(['copy.db'])
  expect((statSync(file).mode & 0o777).toString(8)).toBe('600')

  // Put in the place of a database that was lost, it is one.
  const restored = join(folder, 'restored')
  mkdirSync(restored)
  copyFileSync(file, join(restored, 'fixladder.db'))
  const again = await SqliteDatabase.open(join(restored, 'fixladder.db'))
  const talk = new Conversations(again)
  const { lastSeq = 0 } = (await talk.get(id)) ?? {}
  expect(lastSeq).toBeGreaterThanOrEqual(before)
  const rows = await talk.read(id, { after: 0, audience: 'bot', limit: 1_000_000 })
  expect(rows.map(({ seq }) => seq)).toEqual(
    Array.from({ length: lastSeq }, (_, index) => index + 1),
  )
  await talk.append(id, row('and on it goes'))
  await again.close()
})

test('never over a file, and nothing is left of one that fails', async () => {
  const file = join(folder, 'mine.db')
  writeFileSync(file, 'mine')
  expect(await backup(file)).toEqual({
    status: 1,
    stdout: '',
    stderr: `${file} is there already. Name a new file.\n`,
  })
  expect(readFileSync(file, 'utf8')).toBe('mine')
  const nowhere = await backup(join(folder, 'no/such/folder/copy.db'))
  expect([nowhere.status, nowhere.stderr]).toEqual([
    1,
    expect.stringMatching(/^The backup could not be written: /),
  ])
  expect((await backup()).status).toBe(2)
})

test('a damaged database makes no backup that looks like one', async () => {
  for (let each = 0; each < 200; each += 1) await conversations.append(id, row('words '.repeat(50)))
  await database.close()
  const source = join(folder, 'fixladder.db')
  const bytes = readFileSync(source)
  const root_ = new DatabaseSync(source)
  const found = root_
    .prepare(`SELECT rootpage FROM sqlite_schema WHERE name = 'log_by_seq'`)
    .get() as { rootpage: number }
  root_.close()
  // Most of an index is gone.
  bytes.fill(0, (found.rootpage - 1) * 4_096 + 12, (found.rootpage - 1) * 4_096 + 2_000)
  writeFileSync(source, bytes)
  const made = await backup(join(folder, 'copy.db'))
  expect([made.status, made.stdout]).toEqual([1, ''])
  expect(made.stderr).toMatch(/damaged|malformed|newest message/)
  expect(existsSync(join(folder, 'copy.db'))).toBe(false)
  expect(readdirSync(folder).filter((name) => name.endsWith('.part'))).toEqual([])
})

test('without a database it says so, and makes none', async () => {
  await database.close()
  const empty = createFolder()
  const data = folder
  folder = empty
  const made = await backup(join(empty, 'copy.db'))
  expect([made.status, made.stderr]).toEqual([
    1,
    expect.stringMatching(/^There is no database in /),
  ])
  expect(readdirSync(empty)).toEqual([])
  removeFolder(empty)
  folder = data
})
