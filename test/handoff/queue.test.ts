import { Handoffs, Queue, parseHours } from '../../src/handoff'
import { createLog } from '../../src/log'
import { message, openStage, type Stage } from '../conversations/stage'

/** The line as turns see it, on a real database. */

const minute = 60_000
let now = Date.UTC(2026, 10, 26, 14)
const clock = () => now
const maria = { id: 'maria', name: 'Maria' }

let stage: Stage
let handoffs: Handoffs
let queue: Queue

beforeEach(async () => {
  stage = await openStage()
  await stage.turns.start()
  handoffs = new Handoffs({ ...stage, now: clock })
  queue = queueWith({})
})
afterEach(() => stage.close())

const queueWith = (settings: {
  hours?: string
  answersBy?: string
  hasOtherDesk?: boolean
}): Queue =>
  new Queue({
    database: stage.database,
    hours: settings.hours === undefined ? undefined : parseHours(settings.hours, 'UTC'),
    answersBy: settings.answersBy,
    hasOtherDesk: settings.hasOtherDesk,
    now: clock,
    log: createLog('silent'),
  })

/** Somebody asks for a person, in a conversation of their own. */
async function ask(id: string): Promise<void> {
  await stage.conversations.create({ id, channel: 'direct-line', userId: `dl_${id}` }, [])
  await stage.conversations.append(id, message('talk to a person'))
  await stage.turns.settled()
}

test('everybody has a place, the one who asked first is the next, and who is served leaves it', async () => {
  for (const id of ['ada', 'ben', 'cleo']) await ask(id)
  await queue.look()
  expect(['ada', 'ben', 'cleo'].map((id) => queue.view(id).ahead)).toEqual([0, 1, 2])
  expect(queue.view('somebody else').ahead).toBe(3)
  const first = (await handoffs.newest()).find(({ conversation }) => conversation === 'ada')
  await handoffs.command(first?.id ?? '', { command: 'claim', by: maria })
  await queue.look()
  expect(['ben', 'cleo'].map((id) => queue.view(id).ahead)).toEqual([0, 1])
})

test('the usual wait is the median of the cases that somebody took, and unknown before there are five', async () => {
  for (const [place, wait] of [2, 4, 6, 8, 60].entries()) {
    await ask(`person-${place}`)
    await queue.look()
    expect(queue.view('x').usualMinutes).toBeUndefined()
    const [newest] = await handoffs.newest(1)
    now = (newest?.createdAt ?? 0) + wait * minute
    await handoffs.command(newest?.id ?? '', { command: 'claim', by: maria })
    await handoffs.command(newest?.id ?? '', { command: 'return', by: maria })
  }
  await queue.look()
  expect(queue.view('x').usualMinutes).toBe(6)
})

test('agents are in whose console gave a sign within a minute; where none was ever open, nothing is said of it', async () => {
  const note = async (agent: string, state: 'in' | 'away', at: number) => {
    await stage.database.write('noteDeskPresence', { agent, name: agent, state, at })
    await queue.look()
  }
  await queue.look()
  expect(queue.view('x')).not.toHaveProperty('agentsIn')
  await note('maria', 'in', now)
  await note('ben', 'in', now - minute)
  await note('cleo', 'away', now)
  expect(queue.view('x').agentsIn).toBe(1)
  await note('maria', 'away', now)
  expect(queue.view('x').agentsIn).toBe(0)
  now += 31 * 24 * 60 * minute
  await queue.look()
  expect(queue.view('x')).not.toHaveProperty('agentsIn')
})

test('where agents answer at another desk too, no open console says nothing', async () => {
  const other = queueWith({ hasOtherDesk: true })
  const note = async (state: 'in' | 'away') => {
    await stage.database.write('noteDeskPresence', {
      agent: 'maria',
      name: 'Maria',
      state,
      at: now,
    })
    await other.look()
  }
  await note('in')
  expect(other.view('x').agentsIn).toBe(1)
  await note('away')
  expect(other.view('x')).not.toHaveProperty('agentsIn')
})

test('hours and the words of the operator are told on', () => {
  now = Date.UTC(2026, 10, 26, 20)
  expect(queueWith({ hours: 'mo-fr 9:00-17:00', answersBy: 'soon' }).view('x')).toEqual({
    answersBy: 'soon',
    isOpen: false,
    opensAt: Date.UTC(2026, 10, 27, 9),
    ahead: 0,
  })
  now = Date.UTC(2026, 10, 27, 10)
  expect(queueWith({ hours: 'mo-fr 9:00-17:00' }).view('x')).toEqual({ isOpen: true, ahead: 0 })
})
