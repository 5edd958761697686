import { Farewells, giveUpFarewells, type Told } from '../../src/handoff/farewells'
import { statement } from '../../src/storage'
import { aWhile, deskMessage, startStage, until, type Stage } from './stage'

/** A person has their conversation erased while the help desk has the case. */

jest.setTimeout(60_000)

let stage: Stage
beforeEach(async () => {
  stage = await startStage()
})
afterEach(() => stage.close())

const erased = 'erased-later'

test('the desk hears the end of it, once, also after a restart, and can do nothing more with it', async () => {
  const ada = { id: erased, channel: 'direct-line', userId: 'dl_ada' } as const
  await stage.conversations.create(ada, [])
  const id = await stage.asks('talk to a person', erased)
  await until(() => stage.desk.got.length === 1)
  await stage.posts(deskMessage(id, 'Hi Ada.'))
  const before = stage.desk.got.length
  await stage.conversations.forget(erased, stage.now() + 3_600_000)
  // Not before what was on its way has arrived.
  await aWhile()
  expect(
    stage.desk.got.slice(before).filter(({ activity }) => activity.id.endsWith(':erased')),
  ).toEqual([])
  await stage.restart(() => {
    stage.clock.ahead += 16_000
  })
  const ends = () => stage.desk.got.filter(({ activity }) => activity.type === 'endOfConversation')
  await until(() => ends().length > 0)
  await aWhile()
  expect(ends().map(({ activity }) => activity)).toEqual([
    {
      type: 'endOfConversation',
      id: `${id}:erased`,
      timestamp: expect.any(String),
      channelId: 'directline',
      conversation: { id },
      from: { id: 'fixladder', name: 'Fixladder', role: 'bot' },
      code: 'userCancelled',
      value: { ticket: id, state: 'erased' },
    },
  ])
  expect((await stage.posts(deskMessage(id, 'Still there?'))).status).toBe(404)
})

const selectFarewells = statement<Record<string, never>>()((db) =>
  db.selectFrom('farewells').select(['ticket', 'desk', 'due_at']),
)

test('the desk hears of a case that has ended as well, and who cannot be told is given up with a line in the log', async () => {
  const ada = { id: erased, channel: 'direct-line', userId: 'dl_ada' } as const
  await stage.conversations.create(ada, [])
  const id = await stage.asks('talk to a person', erased)
  await until(() => stage.desk.got.length === 1)
  await stage.says("never mind, I don't need a person any more", erased)
  await until(() => stage.desk.lines().includes('end cancelled'))
  expect((await stage.handoffs.newest(1))[0]).toMatchObject({ id, state: 'cancelled' })
  stage.leave()
  await stage.restart()
  await stage.conversations.forget(erased, stage.now() + 3_600_000)
  const { database, now } = stage
  const rows = () => database.read(selectFarewells, {})
  const noted = await rows()
  expect(noted).toMatchObject([{ ticket: id, desk: 'webhook' }])

  const lines: unknown[] = []
  const quiet = () => undefined
  const log = {
    debug: quiet,
    info: quiet,
    warn: quiet,
    error: (given: unknown) => void lines.push(given),
  }
  const answers: Told[] = []
  const telling = async (answer: Told) => {
    const farewells = new Farewells({
      database,
      desk: 'webhook',
      now,
      log,
      sweepMs: 3_600_000,
      tell: async () => (answers.push(answer), answer),
    })
    // It looks at once, and not only after the first pause.
    farewells.start()
    await until(() => answers.length > 0)
    answers.length = 0
    await farewells.stop()
  }
  const later = { kind: 'later', retryInMs: 7 * 24 * 3_600_000, reason: 'it answered 503' } as const
  stage.clock.ahead += 16_000
  await telling(later)
  await giveUpFarewells({ database, now, log, joined: [] })
  expect([(await rows()).length, lines]).toEqual([1, []])
  stage.clock.ahead += 24 * 3_600_000
  await giveUpFarewells({ database, now, log, joined: ['webhook'] })
  // However long it asked us to wait.
  await telling(later)
  expect([await rows(), lines.splice(0)]).toEqual([
    [],
    [{ ticket: id, desk: 'webhook', reason: 'it answered 503' }],
  ])

  const card = { ticket: id, at: now(), thread: 'thread', activity: 'card' }
  await database.write('noteLateCard', card)
  stage.clock.ahead += 24 * 3_600_000
  await giveUpFarewells({ database, now, log, joined: ['webhook'] })
  expect([await rows(), lines]).toEqual([
    [],
    [{ ticket: id, desk: 'teams', reason: 'this desk is not joined any more' }],
  ])
})

test('what the desk refuses to hear is given up at once', async () => {
  const ada = { id: erased, channel: 'direct-line', userId: 'dl_ada' } as const
  await stage.conversations.create(ada, [])
  await stage.asks('talk to a person', erased)
  await until(() => stage.desk.got.length === 1)
  await stage.conversations.forget(erased, stage.now() + 3_600_000)
  stage.desk.answers({ status: 400 })
  stage.clock.ahead += 16_000
  await until(() => stage.logged.some((line) => /^error: .* given up$/.test(line)))
  await until(async () => (await stage.database.read(selectFarewells, {})).length === 0)
  const told = stage.desk.got.filter(({ activity }) => activity.id.endsWith(':erased'))
  expect(told).toHaveLength(1)
})

const selectReceipts = statement<Record<string, never>>()((db) =>
  db.selectFrom('webhook_receipts').selectAll(),
)

test('what the desk posted in the very moment leaves nothing behind, and nothing late does either', async () => {
  const ada = { id: erased, channel: 'direct-line', userId: 'dl_ada' } as const
  await stage.conversations.create(ada, [])
  const id = await stage.asks('talk to a person', erased)
  await until(() => stage.desk.got.length === 1)
  // All at once, some of them half done when it is erased: each is done before that or refused after it.
  const posting = Array.from({ length: 12 }, (_, index) =>
    stage.posts(deskMessage(id, `Hi Ada, ${index}.`)),
  )
  await Promise.race(posting)
  const erasing = stage.conversations.forget(erased, stage.now() + 3_600_000)
  const statuses = (await Promise.all(posting)).map(({ status }) => status)
  await erasing
  expect(statuses.filter((status) => ![200, 404].includes(status))).toEqual([])
  expect((await stage.posts(deskMessage(id, 'Late.'))).status).toBe(404)
  const { database } = stage
  const activity = { ticket: id, activity: 'late', at: stage.now() }
  await database.write('noteDeskReceipt', activity)
  await database.write('passDeskRows', { ticket: id, seq: 9, status: 400, at: stage.now() })
  await database.write('noteDeskTook', { ticket: id })
  expect(await database.read(selectReceipts, {})).toEqual([])
  expect(await stage.refusals(id)).toEqual([])
  expect(await stage.conversations.get(erased)).toBeUndefined()
})
