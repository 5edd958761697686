import { createHash } from 'node:crypto'
import {
  copyFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Conversations, type NewRow } from '../../src/conversations'
import { FixladderError } from '../../src/errors'
import { type Database } from '../../src/storage'
import { SqliteConnection } from '../../src/storage/sqlite/connection'
import { SqliteDatabase } from '../../src/storage/sqlite/database'
import { createRandom } from '../chaos/random'

/** A damaged database is refused, whatever is damaged in it; none is ever started on with rows missing in silence. */

jest.setTimeout(300_000)

/** `DAMAGE_COPIES=200 npx jest test/storage/damage` looks at more of them. */
const copies = Number(process.env.DAMAGE_COPIES ?? 40)
const seed = Number(process.env.DAMAGE_SEED ?? Date.now() % 1_000_000)

const talks = 40
const rowsOfEach = 30
/** What is in the journal alone: less than SQLite brings into the file by itself. */
const lastRounds = 2
const name = 'fixladder.db'

let folder: string
/** One closed in order, and one as `kill -9` leaves it, its newest rows in the journal. */
let clean: string
let killed: string

const row = (text: string): NewRow => ({
  at: 1,
  kind: 'activity',
  audience: ['person', 'agents', 'bot'],
  key: text,
  body: { type: 'message', text, from: { id: 'dl_x', role: 'user' } },
})

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'fixladder-damage-'))
  ;[clean, killed] = [join(folder, 'clean'), join(folder, 'killed')]
  mkdirSync(killed)
  const file = join(clean, name)
  const database = await SqliteDatabase.open(file)
  const conversations = new Conversations(database)
  for (let talk = 0; talk < talks; talk += 1)
    await conversations.create({ id: `talk-${talk}`, channel: 'direct-line', userId: 'dl_x' }, [])
  const say = async (from: number, to: number) => {
    for (let each = from; each < to; each += 1)
      for (let talk = 0; talk < talks; talk += 1)
        await conversations.append(`talk-${talk}`, row(`${each} ${'words '.repeat(each)}`))
  }
  await say(0, rowsOfEach - lastRounds)
  // The first of them go into the file, and the rest stays in the journal.
  const other = SqliteConnection.open(file)
  other.exec('PRAGMA wal_checkpoint(TRUNCATE)')
  other.close()
  await say(rowsOfEach - lastRounds, rowsOfEach)
  for (const end of ['', '-wal']) copyFileSync(file + end, join(killed, name + end))
  await database.close()
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** A copy of one of them, to be damaged. */
function copyOf(source: string): string {
  const copy = mkdtempSync(join(folder, 'copy-'))
  cpSync(source, copy, { recursive: true })
  return copy
}

/** What its files are, by their hashes; an empty journal is as good as none. */
const filesOf = (copy: string) =>
  [name, `${name}-wal`].map((each) => {
    const path = join(copy, each)
    if (!existsSync(path) || statSync(path).size === 0) return each
    return createHash('sha256').update(readFileSync(path)).digest('hex')
  })

/** Starts on it: `refused`, or how many rows are there, found as the server finds them, and whether something was said. */
async function start(copy: string) {
  const before = filesOf(copy)
  let database: Database
  try {
    database = await SqliteDatabase.open(join(copy, name))
  } catch (error) {
    if (!(error instanceof FixladderError)) throw error
    if (error.code === 'database_damaged' && String(filesOf(copy)) !== String(before))
      throw new Error(`It was refused, and changed: ${error.message}`, { cause: error })
    return { refused: error.code, message: error.message }
  }
  try {
    const conversations = new Conversations(database)
    let rows = 0
    for (let talk = 0; talk < talks; talk += 1)
      rows += (await conversations.read(`talk-${talk}`, { after: 0, audience: 'agents' })).length
    return { rows, notes: database.notes }
  } finally {
    await database.close()
  }
}

const all = talks * rowsOfEach

/** Words of a row that do not read any more are told whenever they are read; nothing else may go wrong. */
function loud(error: unknown): { refused: string } {
  if (error instanceof SyntaxError) return { refused: 'the words' }
  throw error
}

test('what is whole starts, however it was left', async () => {
  expect(readdirSync(clean)).not.toContain(`${name}-wal`)
  expect(statSync(join(killed, `${name}-wal`)).size).toBeGreaterThan(100_000)
  expect(await start(copyOf(clean))).toEqual({ rows: all, notes: [] })
  expect(await start(copyOf(killed))).toEqual({ rows: all, notes: [] })
})

test(`of ${copies} copies with a bit turned over, none starts in silence with rows missing`, async () => {
  const random = createRandom(seed)
  const counted = { refused: 0, whole: 0, told: 0 }
  const silent: string[] = []
  for (let each = 0; each < copies; each += 1) {
    const copy = copyOf(each % 2 ? killed : clean)
    const path = join(copy, each % 4 === 3 ? `${name}-wal` : name)
    const bytes = readFileSync(path)
    // Every fifth is in the head, or in the tables' own list, where little room holds much.
    const at = Math.floor(
      random() * (each % 5 === 0 ? Math.min(bytes.length, 4_096) : bytes.length),
    )
    bytes[at] = (bytes[at] ?? 0) ^ (1 << Math.floor(random() * 8))
    writeFileSync(path, bytes)
    const where = `DAMAGE_SEED=${seed} copy ${each} byte ${at} of ${path.slice(copy.length)}`
    const found = await start(copy).catch(loud)
    rmSync(copy, { recursive: true, force: true })
    if ('refused' in found) counted.refused += 1
    else if (found.rows === all) counted.whole += 1
    else if (found.rows === all - 1 && found.notes.length === 1) counted.told += 1
    else silent.push(`${where}: ${found.rows} rows`)
  }
  process.stdout.write(
    `${copies} damaged copies (DAMAGE_SEED=${seed}): ${counted.refused} refused, ${counted.told} told, ${counted.whole} whole\n`,
  )
  expect(silent).toEqual([])
  expect(counted.refused).toBeGreaterThan(copies / 10)
})

test.each([
  ['cut off', (file: string) => truncateSync(file, 200_704)],
  ['emptied beside its journal', (file: string) => truncateSync(file, 0)],
  ['something else', (file: string) => writeFileSync(file, 'no database '.repeat(1_000))],
])('a file that is %s is refused, and how to restore is said', async (_what, damage) => {
  const copy = copyOf(killed)
  damage(join(copy, name))
  expect(await start(copy)).toEqual({
    refused: 'database_damaged',
    message: expect.stringMatching(
      /is damaged: .+\. Nothing was changed\. Move it away .* copy a backup /,
    ),
  })
})

test('a table that is missing is refused, and an index that somebody added is not', async () => {
  const change = (copy: string, sql: string) => {
    const connection = SqliteConnection.open(join(copy, name))
    connection.exec(sql)
    connection.close()
    return copy
  }
  const added = change(copyOf(clean), 'CREATE INDEX mine ON cases (symptom)')
  expect(await start(added)).toEqual({ rows: all, notes: [] })
  const missing = change(copyOf(clean), 'DROP TABLE ratings')
  expect(await start(missing)).toMatchObject({ refused: 'database_damaged' })
})

describe('the journal', () => {
  const wal = (copy: string) => join(copy, `${name}-wal`)
  const frame = 24 + 4_096
  const flip = (copy: string, at: number) => {
    const bytes = readFileSync(wal(copy))
    bytes[at] = (bytes[at] ?? 0) ^ 4
    writeFileSync(wal(copy), bytes)
    return copy
  }

  test('with a frame broken that others follow is refused: SQLite would leave out all of them', async () => {
    expect(await start(flip(copyOf(killed), 32 + 10 * frame + 500))).toMatchObject({
      refused: 'database_damaged',
    })
    expect(await start(flip(copyOf(killed), 9))).toMatchObject({ refused: 'database_damaged' })
  })

  test('that a power cut ended in the middle of a transaction starts with all before it', async () => {
    const copy = copyOf(killed)
    truncateSync(wal(copy), statSync(wal(copy)).size - 100)
    expect(await start(copy)).toEqual({ rows: all - 1, notes: [] })
    const torn = copyOf(killed)
    expect(await start(flip(torn, statSync(wal(torn)).size - 100))).toEqual({
      rows: all - 1,
      notes: [expect.stringContaining('ends in a broken transaction')],
    })
  })

  test('of another database beside a copy that was put back is refused', async () => {
    const copy = copyOf(killed)
    const backup = join(copyOf(clean), name)
    SqliteConnection.openAlone(backup).close()
    copyFileSync(backup, join(copy, name))
    expect(await start(copy)).toMatchObject({
      refused: 'database_damaged',
      message: expect.stringContaining('belongs to another file'),
    })
    rmSync(wal(copy))
    expect(await start(copy)).toEqual({ rows: all, notes: [] })
  })
})
