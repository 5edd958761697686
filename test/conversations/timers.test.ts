import { say } from '../../dialogs'
import { Timers } from '../../src/conversations'
import { Handoffs } from '../../src/handoff'
import { createLog } from '../../src/log'
import { statement } from '../../src/storage'
import { id, message, openStage, saidIn, type Stage } from './stage'

const maria = { id: 'maria', name: 'Maria' }

let stage: Stage
let handoffs: Handoffs
let timers: Timers
/** How far the clock of the timers is ahead of the bot's. */
let ahead: number

beforeEach(async () => {
  stage = await openStage()
  ahead = 0
  const { database, turns } = stage
  timers = new Timers({ database, turns, now: () => Date.now() + ahead, log: createLog('silent') })
  handoffs = new Handoffs({ ...stage, now: Date.now })
})
afterEach(() => stage.close())

const minute = 60_000
const pending = statement<Record<string, never>>()((db) =>
  db.selectFrom('timers').selectAll().orderBy('due_at'),
)
const pendingTimers = () => stage.database.read(pending, {})

async function write(text: string): Promise<void> {
  await stage.conversations.append(id, message(text))
  await stage.turns.settled()
}

/** Climbs to a rung and asks to be asked again in ten minutes. */
async function promiseReminder(): Promise<void> {
  await stage.turns.start()
  await write('a shared album is stuck on waiting, iphone')
  await write('ask me in 10 minutes')
}

async function look(): Promise<void> {
  await timers.look()
  await stage.turns.settled()
}

const reminders = async () =>
  (await stage.rows()).map(saidIn).filter((line) => line?.includes(say.hasItHelped))

test('a reminder comes when it is due and not before, once, however many look', async () => {
  await promiseReminder()
  const [{ due_at: due } = { due_at: 0 }] = await pendingTimers()
  ahead = due - Date.now() - 2_000
  await look()
  expect(await reminders()).toHaveLength(0)

  ahead = 10 * minute
  await Promise.all([1, 2, 3, 4, 5].map(() => timers.look()))
  await look()
  expect(await reminders()).toHaveLength(1)
  expect(await pendingTimers()).toHaveLength(0)
})

test('a clock that jumps far ahead fires it at once, and one that steps back not again', async () => {
  await promiseReminder()
  ahead = 400 * 24 * 60 * minute
  await look()
  ahead = -60 * minute
  await look()
  expect(await reminders()).toHaveLength(1)
})

test('one that is changed in the moment in which it comes due does not come as well', async () => {
  await promiseReminder()
  const [timer] = await pendingTimers()
  await stage.turns.stop()
  // Both rows are there before the bot reads on: its turn for the first makes the second void.
  const changing = stage.conversations.append(id, message('make it an hour'))
  await stage.database.write('fireTimer', { id: timer?.id ?? '', at: Date.now() })
  await changing
  stage.turns.wake(id)
  await stage.turns.settled()
  expect(await reminders()).toHaveLength(0)
  ahead = 61 * minute
  await look()
  expect(await reminders()).toHaveLength(1)
})

test('while an agent has the chat it waits, and comes when the bot answers again', async () => {
  await promiseReminder()
  await write('talk to a person')
  const [handoff] = await handoffs.newest()
  await handoffs.command(
    handoff?.id ?? '',
    { command: 'answer', by: maria },
    { message: 'Hello, I am looking at it.' },
  )
  ahead = 11 * minute
  await look()
  expect(await reminders()).toHaveLength(0)
  expect(await pendingTimers()).toHaveLength(1)

  await handoffs.command(handoff?.id ?? '', { command: 'return', by: maria })
  await look()
  expect(await reminders()).toEqual([expect.stringContaining('We stopped at')])
})

test('one that fired just before an agent took over waits likewise', async () => {
  await promiseReminder()
  await write('talk to a person')
  const [timer] = await pendingTimers()
  const [handoff] = await handoffs.newest()
  await stage.turns.stop()
  await stage.database.write('fireTimer', { id: timer?.id ?? '', at: Date.now() })
  await handoffs.command(
    handoff?.id ?? '',
    { command: 'answer', by: maria },
    { message: 'Hello, I am looking at it.' },
  )
  stage.turns.wake(id)
  await stage.turns.settled()
  expect(await reminders()).toHaveLength(0)
  expect(await pendingTimers()).toMatchObject([{ id: timer?.id }])

  await handoffs.command(handoff?.id ?? '', { command: 'return', by: maria })
  ahead = 1_000
  await look()
  await look()
  expect(await reminders()).toHaveLength(1)
})
