import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { longestTry } from '../../src/ledger/rungs'
import { statement } from '../../src/storage'
import { migrations, stepsFor } from '../../src/storage/migrations'
import { SqliteConnection } from '../../src/storage/sqlite/connection'
import { id, message, openStage, type Stage } from '../conversations/stage'
import {
  closed,
  day,
  entries,
  happen,
  hour,
  inShort,
  minute,
  opened,
  reopened,
  result,
  shown,
  standing,
  start,
} from './book'
import { SqliteDatabase } from '../../src/storage/sqlite/database'

/** What is written of cases, on a real database. */

let stage: Stage
beforeEach(async () => {
  stage = await openStage()
})
afterEach(() => stage.close())

test('a case is written down as it happens, and stands as it was closed last', async () => {
  await happen(stage, id, start, opened(), shown('connection', 'case', 'ipad'))
  await happen(stage, id, start + minute, result('connection', 'no_help', 'case', 'ipad'))
  await happen(stage, id, start + 2 * minute, shown('low-power', 'case', 'ipad'))
  await happen(stage, id, start + 5 * minute, result('low-power', 'helped'), closed('solved'))
  expect(await inShort(stage)).toEqual([
    'opened',
    'shown connection',
    'result connection no_help',
    'shown low-power',
    'result low-power helped',
    'closed solved',
  ])
  expect(await standing(stage)).toEqual({ case: 'solved' })
  expect((await entries(stage))[1]).toEqual({
    entry: 2,
    at: start,
    conversation: id,
    case_id: 'case',
    what: 'shown',
    symptom: 'stuck-updating-waiting',
    fix: 'connection',
    device: 'ipad',
    result: null,
    outcome: null,
    minutes: null,
    pack_version: '1',
  })
})

describe('minutes', () => {
  const measured = async () =>
    (await entries(stage)).filter(({ what }) => what === 'result').map(({ minutes }) => minutes)

  test('count from the first time that the rung was shown since its last result', async () => {
    await happen(stage, id, start, opened(), shown('a'))
    await happen(stage, id, start + 2 * minute, shown('a'))
    await happen(stage, id, start + 4 * minute, result('a', 'no_help'), shown('b'))
    await happen(stage, id, start + 5 * minute, shown('a'))
    await happen(stage, id, start + 8 * minute, result('a', 'helped'))
    expect(await measured()).toEqual([4, 3])
  })

  test('are shared by checks that were asked together', async () => {
    await happen(stage, id, start, opened(), shown('a'), shown('b'))
    await happen(stage, id, start + 4 * minute, result('a', 'no_help'), result('b', 'no_help'))
    expect(await measured()).toEqual([2, 2])
  })

  test('are unknown after more than an hour, for what was not shown, and for what was not tried', async () => {
    await happen(stage, id, start, opened(), shown('a'), shown('b'))
    await happen(stage, id, start + minute, result('b', 'already_tried'), result('c', 'no_help'))
    await happen(stage, id, start + (longestTry + 1) * minute, result('a', 'helped'))
    expect(await measured()).toEqual([null, null, null])
  })
})

test('the same trouble within seven days is the same case', async () => {
  await happen(stage, id, start, opened(), shown('a'))
  await happen(stage, id, start + minute, result('a', 'helped'), closed('solved'))
  await happen(stage, id, start + 3 * day, reopened(), shown('b'))
  expect(await standing(stage)).toEqual({ case: null })
  await happen(stage, id, start + 3 * day + minute, result('b', 'helped'), closed('solved'))
  expect(await standing(stage)).toEqual({ case: 'solved' })
  expect((await inShort(stage)).slice(4)).toEqual([
    'reopened solved',
    'shown b',
    'result b helped',
    'closed solved',
  ])
})

test('what was handed off stays so until the person says that it is solved', async () => {
  await happen(stage, id, start, opened(), shown('a'), closed('handed_off'))
  await happen(stage, id, start + minute, result('a', 'no_help'))
  await happen(stage, id, start + hour, reopened())
  expect(await standing(stage)).toEqual({ case: 'handed_off' })
  await happen(stage, id, start + 2 * hour, result('a', 'helped'), closed('solved'))
  expect(await standing(stage)).toEqual({ case: 'solved' })
})

test('a commit that is lost writes nothing', async () => {
  await happen(stage, id, start, opened())
  const late = {
    conversation: id,
    cursor: { from: 0, to: 1 },
    holderVersion: 0,
    at: start,
    rows: [],
    happenings: [closed('solved')],
  }
  await expect(stage.conversations.commit(late)).rejects.toMatchObject({ code: 'commit_lost' })
  expect(await inShort(stage)).toEqual(['opened'])
  expect(await standing(stage)).toEqual({ case: null })
})

test("erasing a conversation erases its cases, nobody else's, and its numbers are not given again", async () => {
  await stage.conversations.create({ id: 'other', channel: 'direct-line', userId: 'dl_other' }, [])
  await happen(stage, 'other', start, opened('theirs'))
  await happen(stage, id, start, opened(), shown('a'))
  await stage.database.write('forgetCases', { conversation: id })
  expect(await standing(stage)).toEqual({ theirs: null })
  // A late answer to a case that was erased is not written either.
  await happen(stage, id, start + minute, result('a', 'helped'), closed('solved'))
  await happen(stage, 'other', start + minute, closed('abandoned', 'theirs'))
  expect((await entries(stage)).map(({ entry, what }) => [entry, what])).toEqual([
    [1, 'opened'],
    [4, 'closed'],
  ])
})

test('the bot tells the ledger what it shows, what is answered, and an answer that is changed', async () => {
  await stage.turns.start()
  for (const text of ['waiting for photos', 'iphone', 'no', 'back', 'it worked']) {
    await stage.conversations.append(id, message(text))
    await stage.turns.settled()
  }
  const told = await inShort(stage)
  const [, first] = /^shown (.+)$/.exec(told[1] ?? '') ?? []
  const [, second] = /^shown (.+)$/.exec(told[3] ?? '') ?? []
  expect(told).toEqual([
    'opened',
    `shown ${first}`,
    `result ${first} no_help`,
    `shown ${second}`,
    `shown ${first}`,
    `result ${first} helped`,
    'closed solved',
  ])
  expect((await entries(stage)).map(({ device }) => device)).toEqual([
    null,
    ...Array.from({ length: 5 }, () => 'iphone'),
    null,
  ])
})

test('a database of an earlier version keeps its cases and results, in their order', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'fixladder-ledger-'))
  const file = join(folder, 'old.db')
  try {
    const old = SqliteConnection.open(file)
    old.exec('CREATE TABLE migrations (name TEXT PRIMARY KEY, applied_at BIGINT NOT NULL)')
    for (const migration of migrations.filter((each) => each.name < '0004')) {
      for (const sql of stepsFor('sqlite', migration)) old.exec(sql)
      old.exec(`INSERT INTO migrations VALUES ('${migration.name}', 1)`)
    }
    old.exec(`
      INSERT INTO cases VALUES ('one', 'c', 's', 0.9, '7', 100, 300, 'solved'), ('two', 'c', 't', NULL, '8', 150, NULL, NULL);
      INSERT INTO rung_results VALUES
        ('two', 'c', 't', 'b', NULL, 'skipped', '8', 400),
        ('one', 'c', 's', 'a', 'mac', 'no_help', '7', 200), ('one', 'c', 's', 'a', 'mac', 'helped', '7', 300)`)
    old.close()

    const database = await SqliteDatabase.open(file)
    const rows = await database.read(selectMigrated, {})
    await database.close()
    const inWords = rows.map((row) => Object.values(row).filter((value) => value !== null))
    expect(inWords.map((values) => values.join(' '))).toEqual([
      '100 one opened s 7',
      '150 two opened t 8',
      '200 one result s a mac no_help 7',
      '300 one result s a mac helped 7',
      '300 one closed s solved 7',
      '400 two result t b skipped 8',
    ])
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
})

const selectMigrated = statement<Record<string, never>>()((db) =>
  db
    .selectFrom('ledger')
    .select([
      'at',
      'case_id',
      'what',
      'symptom',
      'fix',
      'device',
      'result',
      'outcome',
      'pack_version',
    ])
    .orderBy('entry'),
)
