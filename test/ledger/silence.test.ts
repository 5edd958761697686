import { Silence, silentAfter } from '../../src/ledger'
import { createLog } from '../../src/log'
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
  result,
  shown,
  standing,
  start,
} from './book'

/** What becomes of cases when nobody says how they ended, on a real database. */

let stage: Stage
let now: number
let silence: Silence
beforeEach(async () => {
  stage = await openStage()
  now = start
  silence = new Silence({
    database: stage.database,
    now: () => now,
    log: createLog('silent'),
  })
})
afterEach(() => stage.close())

/** Looks at this time. */
async function lookAt(at: number): Promise<void> {
  now = at
  await silence.look()
}

/** Begins a case with one rung shown and unanswered. */
const begin = () => happen(stage, id, start, opened(), shown('a', 'case', 'ipad'))

test('a case is unconfirmed after a day without a word, and not a moment before', async () => {
  await begin()
  await lookAt(start + silentAfter - 1)
  expect(await standing(stage)).toEqual({ case: null })
  await lookAt(start + silentAfter)
  expect(await standing(stage)).toEqual({ case: 'unconfirmed' })
  expect(await inShort(stage)).toEqual([
    'opened',
    'shown a',
    'result a unconfirmed',
    'closed unconfirmed',
  ])
  expect((await entries(stage))[2]).toMatchObject({
    at: start + silentAfter,
    conversation: id,
    fix: 'a',
    device: 'ipad',
    minutes: null,
    pack_version: '1',
  })
})

test('looking again writes nothing more, and two looks at once write once', async () => {
  await begin()
  const other = new Silence({ database: stage.database, now: () => now, log: createLog('silent') })
  now = start + silentAfter
  await Promise.all([silence.look(), other.look(), silence.look()])
  await silence.look()
  expect(await inShort(stage)).toHaveLength(4)
})

test('only rungs that were left open become unconfirmed', async () => {
  await begin()
  await happen(stage, id, start, result('a', 'no_help'), shown('b'), shown('c'))
  await lookAt(start + day)
  expect((await inShort(stage)).slice(5)).toEqual([
    'result b unconfirmed',
    'result c unconfirmed',
    'closed unconfirmed',
  ])
})

test.each(['solved', 'workaround', 'handed_off', 'abandoned'] as const)(
  'a case that ended %s stays so',
  async (outcome) => {
    await begin()
    await happen(stage, id, start, closed(outcome))
    await lookAt(start + 9 * day)
    expect(await standing(stage)).toEqual({ case: outcome })
    expect(await inShort(stage)).not.toContain('closed unconfirmed')
  },
)

test('what waits for a timer is not silent, and a day counts from when it asked', async () => {
  await begin()
  const { botCursor } = (await stage.conversations.get(id)) ?? { botCursor: 0 }
  await stage.conversations.commit({
    conversation: id,
    cursor: { from: botCursor, to: botCursor },
    holderVersion: 0,
    at: start,
    rows: [],
    timers: { set: [{ id: 'tomorrow', dueAt: start + 2 * day, name: 'x', value: {} }], cancel: [] },
  })
  await lookAt(start + 2 * day)
  expect(await standing(stage)).toEqual({ case: null })

  await stage.database.write('fireTimer', { id: 'tomorrow', at: start + 2 * day })
  await lookAt(start + 9 * day)
  // Nobody has read what the timer appended: a turn is due.
  expect(await standing(stage)).toEqual({ case: null })
  await happen(stage, id, start + 2 * day)
  await lookAt(start + 3 * day - 1)
  expect(await standing(stage)).toEqual({ case: null })
  await lookAt(start + 3 * day)
  expect(await standing(stage)).toEqual({ case: 'unconfirmed' })
})

test('a conversation that moved on since it was looked at is left alone', async () => {
  await begin()
  await stage.database.write('unconfirm', { conversation: id, seq: 0, at: start + day })
  expect(await standing(stage)).toEqual({ case: null })
  await stage.database.write('unconfirm', { conversation: id, seq: 1, at: start + day })
  expect(await standing(stage)).toEqual({ case: 'unconfirmed' })
})

test('an answer after the silence opens the same case again, and is its outcome', async () => {
  await begin()
  await lookAt(start + day)
  await happen(stage, id, start + 3 * day, result('a', 'helped'), closed('solved'))
  expect(await standing(stage)).toEqual({ case: 'solved' })
  expect((await inShort(stage)).slice(2)).toEqual([
    'result a unconfirmed',
    'closed unconfirmed',
    'reopened unconfirmed',
    'result a helped',
    'closed solved',
  ])
  await lookAt(start + 9 * day)
  expect(await standing(stage)).toEqual({ case: 'solved' })
})

test('whoever comes back and falls silent once more is unconfirmed once more', async () => {
  await begin()
  await lookAt(start + day)
  await happen(stage, id, start + 2 * day, result('a', 'no_help'), shown('b'))
  expect(await standing(stage)).toEqual({ case: null })
  await lookAt(start + 2 * day + 23 * hour)
  expect(await standing(stage)).toEqual({ case: null })
  await lookAt(start + 3 * day + minute)
  expect(await standing(stage)).toEqual({ case: 'unconfirmed' })
})

test('whoever answers the bot after a silence, and is back again later, has one case with one outcome', async () => {
  await stage.turns.start()
  const say = async (...texts: readonly string[]) => {
    for (const text of texts) {
      await stage.conversations.append(id, message(text))
      await stage.turns.settled()
    }
  }
  await say('waiting for photos', 'iphone')
  await lookAt(Date.now() + day)
  expect(Object.values(await standing(stage))).toEqual(['unconfirmed'])
  await say('it worked')
  expect(Object.values(await standing(stage))).toEqual(['solved'])
  await say('waiting for photos')
  expect(Object.values(await standing(stage))).toEqual([null])
  const happened = (await inShort(stage)).filter((line) => /^(opened|closed|reopened)/.test(line))
  expect(happened).toEqual([
    'opened',
    'closed unconfirmed',
    'reopened unconfirmed',
    'closed solved',
    'reopened solved',
  ])
})

test('hundreds of silent conversations are closed in one look', async () => {
  for (let number = 0; number < 250; number += 1) {
    const each = `silent-${number}`
    await stage.conversations.create({ id: each, channel: 'direct-line', userId: each }, [])
    await happen(stage, each, start, opened(`case-${number}`))
  }
  await lookAt(start + day)
  const outcomes = Object.values(await standing(stage))
  expect(outcomes).toHaveLength(250)
  expect(new Set(outcomes)).toEqual(new Set(['unconfirmed']))
})
