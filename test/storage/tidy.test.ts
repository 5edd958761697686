import { readdirSync, readFileSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { Conversations } from '../../src/conversations'
import { SqliteConnection } from '../../src/storage/sqlite/connection'
import { createRandom } from '../chaos/random'
import { openStage, type Stage } from '../conversations/stage'
import { until } from '../direct-line/requests'
import { SqliteDatabase } from '../../src/storage/sqlite/database'
import { Tidy } from '../../src/storage/sqlite/tidy'

/** Rows that grew and shrank have been moved about in the file, and nothing of them is left anywhere once they are erased. */

jest.setTimeout(60_000)

const people = 150
const turns = 40

let stage: Stage
beforeEach(async () => {
  stage = await openStage()
})
afterEach(() => stage.close())

const wordOf = (who: number): string => `zq${who}zq `
const isWrittenAnew = (file: string): boolean => {
  const connection = SqliteConnection.openToRead(file)
  const [found] = connection.runSql<{ user_version: number }>(
    'SELECT user_version FROM pragma_user_version',
    [],
  )
  connection.close()
  return found?.user_version === 0
}

/** A turn of somebody: words of every length in the log, the bot's state, a reminder and a phrase. */
async function turn(who: number, at: number, length: (most: number) => number): Promise<void> {
  const { conversations } = stage
  const conversation = `c${who}`
  const words = (most: number) => wordOf(who).repeat(1 + length(most))
  await conversations.append(conversation, {
    at,
    kind: 'activity',
    audience: ['person', 'agents', 'bot'],
    key: `k${at}`,
    body: { type: 'message', text: words(200), from: { id: `dl_${who}`, role: 'user' } },
  })
  const found = await conversations.get(conversation)
  const { botCursor: from = 0, lastSeq: to = 0 } = found ?? {}
  await conversations.commit({
    conversation,
    cursor: { from, to },
    holderVersion: 0,
    at,
    rows: [],
    state: JSON.stringify({ words: words(400) }),
    timers: {
      set: [{ id: `t${who}-${at}`, dueAt: 9e15, name: 'x', value: words(100) }],
      cancel: [`t${who}-${at - 2}`],
    },
    unmatched: [{ text: words(60), why: 'unknown', offered: [], packVersion: 'v' }],
  })
}

test('once nobody writes, no piece of an erased word stays in any page', async () => {
  const random = createRandom(12_345)
  const everybody = Array.from({ length: people }, (_, who) => who)
  for (const who of everybody) {
    const talk = { id: `c${who}`, channel: 'direct-line', userId: `dl_${who}` } as const
    await stage.conversations.create(talk, [])
  }
  for (let at = 0; at < turns; at += 1)
    await Promise.all(everybody.map((who) => turn(who, at, (most) => Math.floor(random() * most))))
  const gone = everybody.filter((who) => who % 3 === 0)
  for (const who of gone) await stage.conversations.forget(`c${who}`, Date.now() + 3_600_000)
  expect(isWrittenAnew(stage.file)).toBe(false)
  await until('it is written anew', () => isWrittenAnew(stage.file))

  const folder = dirname(stage.file)
  const traces = () => {
    const bytes = readdirSync(folder).map((name) => readFileSync(join(folder, name)))
    return (who: number) => bytes.some((each) => each.includes(wordOf(who).trim()))
  }
  await until('nothing is left', () => !gone.some(traces()))
  expect(everybody.filter(traces())).toEqual(everybody.filter((who) => who % 3 !== 0))
  // In the order in which it came.
  const rows = await stage.conversations.read('c1', { after: 0, audience: 'agents' })
  expect(rows.map(({ seq }) => seq)).toEqual(Array.from({ length: turns }, (_, at) => at + 1))
})

test('a server that ended before does it after its next start', async () => {
  await stage.conversations.forget('nobody', Date.now() + 3_600_000)
  await stage.database.close()
  expect(isWrittenAnew(stage.file)).toBe(false)
  const again = await SqliteDatabase.open(stage.file)
  await until('it is written anew', () => isWrittenAnew(stage.file))
  const on = await new Conversations(again).get('on-stage')
  expect(on?.id).toBe('on-stage')
  await again.close()
})

test('one that fails is tried again, later each time, and what it wrote meanwhile does not stay', () => {
  jest.useFakeTimers()
  const happened: string[] = []
  let hasRoom = false
  const connection = {
    exec: () => {
      happened.push('written')
      if (!hasRoom) throw new Error('database or disk is full')
    },
  }
  const warn = jest.spyOn(process, 'emitWarning').mockImplementation(() => {})
  try {
    const tidy = new Tidy({
      file: stage.file,
      connection: connection as unknown as SqliteConnection,
      isBusy: () => false,
      cleanJournal: () => happened.push('emptied'),
    })
    const after = (ms: number) => {
      jest.advanceTimersByTime(ms)
      return happened.splice(0)
    }
    tidy.erased()
    expect(after(1_500)).toEqual(['written', 'emptied'])
    expect(after(55_000)).toEqual([])
    expect(after(6_500)).toEqual(['written', 'emptied'])
    expect(after(100_000)).toEqual([])
    hasRoom = true
    expect(after(25_000)).toEqual(['written', 'emptied'])
    expect(after(10_000_000)).toEqual([])
    expect([warn.mock.calls.length, jest.getTimerCount()]).toEqual([2, 0])
  } finally {
    warn.mockRestore()
    jest.useRealTimers()
  }
})

test('the journal is emptied soon after somebody who read has ended', async () => {
  const journal = () => statSync(`${stage.file}-wal`).size
  const reader = SqliteConnection.openToRead(stage.file)
  reader.exec('BEGIN; SELECT count(*) FROM log')
  await stage.conversations.forget('nobody', Date.now() + 3_600_000)
  await sleep(200)
  expect(journal()).toBeGreaterThan(0)
  reader.exec('COMMIT')
  reader.close()
  await until('it is empty', () => journal() === 0)
})
