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

const selectReceipts = statement<Record<string, never>>()((db) =>
  db.selectFrom('webhook_receipts').selectAll(),
)

test('what the desk posted in the very moment leaves nothing behind, and nothing late does either', async () => {
  const ada = { id: erased, channel: 'direct-line', userId: 'dl_ada' } as const
  await stage.conversations.create(ada, [])
  const id = await stage.asks('talk to a person', erased)
  await until(() => stage.desk.got.length === 1)
  // All at once: each is done before the erasing or refused after it.
  const posting = Array.from({ length: 12 }, (_, index) =>
    stage.posts(deskMessage(id, `Hi Ada, ${index}.`)),
  )
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
