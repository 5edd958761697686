import { say } from '../../dialogs'
import { Presence, type Row } from '../../src/conversations'
import { Absences, Handoffs } from '../../src/handoff'
import { createLog } from '../../src/log'
import { statement } from '../../src/storage'
import { message, openStage, saidIn, type Stage } from '../conversations/stage'

/** Who is away for too long, on a real database with a clock that is moved. */

const second = 1_000
const minute = 60 * second
const maria = { id: 'maria', name: 'Maria' }
const ben = { id: 'ben', name: 'Ben' }

let ahead = 0
const now = () => Date.now() + ahead
let stage: Stage
let handoffs: Handoffs
let presence: Presence
let absences: Absences
/** Agents whose console is connected. */
let connected: Set<typeof maria>
let isOpen: boolean | undefined

beforeEach(async () => {
  ahead = 0
  isOpen = undefined
  connected = new Set()
  stage = await openStage()
  await stage.turns.start()
  handoffs = new Handoffs({ ...stage, now })
  await start()
})
afterEach(async () => {
  await absences.stop()
  await stage.close()
})

/** A process begins: what was in memory is gone. */
async function start(): Promise<void> {
  presence = new Presence({ now })
  absences = sweeper()
  await absences.start()
}

const sweeper = () =>
  new Absences({
    ...stage,
    presence,
    desk: () => (isOpen === undefined ? {} : { isOpen }),
    now,
    log: createLog('silent'),
  })

/** Time passes as on a server: consoles give their sign, and everybody is looked after, every few seconds. */
async function pass(span: number): Promise<void> {
  for (let gone = 0; gone < span; gone += 5 * second) {
    ahead += Math.min(5 * second, span - gone)
    for (const { id, name } of connected)
      await stage.database.write('noteDeskPresence', { agent: id, name, state: 'in', at: now() })
    await absences.look()
  }
  await stage.turns.settled()
}

/** Somebody asks for a person, in a conversation of their own; gives the ticket. */
async function ask(id: string, channel: 'direct-line' | 'teams' = 'direct-line'): Promise<string> {
  await stage.conversations.create({ id, channel, userId: `dl_${id}` }, [])
  await write(id, 'talk to a person')
  const [newest] = await handoffs.newest(1)
  ahead += 1
  return newest?.id ?? ''
}

async function write(id: string, text: string): Promise<void> {
  await stage.conversations.append(id, { ...message(text), at: now() })
  await stage.turns.settled()
}

const claim = (ticket: string, by = maria) =>
  handoffs.command(ticket, { command: 'claim', by }, { desk: 'console' })
const answer = (ticket: string, text: string, by = maria, key?: string) =>
  handoffs.command(
    ticket,
    { command: 'answer', by },
    { desk: 'console', message: text, ...(key !== undefined && { key }) },
  )

const stateOf = async (ticket: string) => (await handoffs.get(ticket))?.state
const rowsOf = (id: string) => stage.conversations.read(id, { after: 0, audience: 'agents' })
const said = async (id: string) => (await rowsOf(id)).map(saidIn)
const eventsOf = async (id: string) =>
  (await stage.conversations.read(id, { after: 0, audience: 'bot' })).filter(
    ({ body }) => body?.name === 'fixladder/handoff-abandoned',
  )
const attendance = statement<{ id: string }>()((db, at) =>
  db
    .selectFrom('handoffs')
    .select(['person_seen_at', 'is_kept', 'desk', 'held_at', 'awaited_since'])
    .where('id', '=', at('id')),
)
const attendanceOf = async (id: string) => (await stage.database.read(attendance, { id }))[0]

describe('a person who closed the page', () => {
  test('keeps the place for five minutes, and then loses it once, whoever looks and however often', async () => {
    const ticket = await ask('ada')
    const other = sweeper()
    for (let minutes = 0; minutes < 5; minutes += 1) {
      await other.look()
      await pass(minute - second)
    }
    expect(await stateOf(ticket)).toBe('queued')
    await other.look()
    ahead += 30 * second
    await Promise.all([absences.look(), other.look(), absences.look()])
    await other.look()
    await stage.turns.settled()
    await other.stop()
    expect(await stateOf(ticket)).toBe('abandoned')
    expect((await stage.conversations.get('ada'))?.holder).toBe('bot')
    expect(await eventsOf('ada')).toHaveLength(1)
    expect((await said('ada')).at(-1)).toMatch(/^I gave up your place in line/)
    expect((await said('ada')).filter((line) => line?.startsWith('I gave up'))).toHaveLength(1)
  })

  test('waits as long as they like while the page is open, and that is written every 20 seconds', async () => {
    const close = presence.opened('ada')
    const ticket = await ask('ada')
    const written = new Set<number | null | undefined>()
    for (let looks = 0; looks < 24; looks += 1) {
      await pass(5 * second)
      written.add((await attendanceOf(ticket))?.person_seen_at)
    }
    expect(written.size).toBeGreaterThanOrEqual(5)
    expect(written.size).toBeLessThanOrEqual(7)
    await pass(20 * minute)
    expect(await stateOf(ticket)).toBe('queued')
    close()
    await pass(5 * minute)
    expect(await stateOf(ticket)).toBe('queued')
    await pass(minute)
    expect(await stateOf(ticket)).toBe('abandoned')
  })

  test('loses nothing by a restart, however long no server ran, nor by a machine that slept', async () => {
    const ticket = await ask('ada')
    await pass(4 * minute)
    await absences.stop()
    ahead += 60 * minute
    await start()
    await pass(4 * minute)
    expect(await stateOf(ticket)).toBe('queued')
    ahead += 60 * minute
    await absences.look()
    await pass(4 * minute)
    expect(await stateOf(ticket)).toBe('queued')
    await pass(2 * minute)
    expect(await stateOf(ticket)).toBe('abandoned')
  })

  test('is reached in Teams, or at the address that was left, and keeps the place', async () => {
    const inTeams = await ask('teams-ada', 'teams')
    const withAddress = await ask('ben')
    const { holderVersion = 0, botCursor: at = 0 } = (await stage.conversations.get('ben')) ?? {}
    await stage.database.write('commit', {
      conversation: 'ben',
      cursor: { from: at, to: at },
      holderVersion,
      at: now(),
      rows: [],
      replyAddress: 'ben@example.org',
    })
    await pass(10 * minute)
    expect([await stateOf(inTeams), await stateOf(withAddress)]).toEqual(['queued', 'queued'])
  })

  test('keeps the place for good once the desk has closed meanwhile', async () => {
    const ticket = await ask('ada')
    isOpen = true
    await pass(minute)
    isOpen = false
    await pass(10 * minute)
    isOpen = true
    await pass(10 * minute)
    expect(await attendanceOf(ticket)).toMatchObject({ is_kept: 1 })
    expect(await stateOf(ticket)).toBe('queued')
  })

  test('gets in line again by a yes, with the same brief and reason', async () => {
    await write('on-stage', 'waiting for photos')
    await write('on-stage', 'iphone')
    await write('on-stage', 'talk to a person')
    const [first] = await handoffs.newest(1)
    await pass(6 * minute)
    await write('on-stage', 'yes please')
    const [again] = await handoffs.newest(1)
    expect(again?.id).not.toBe(first?.id)
    expect(again).toMatchObject({ state: 'queued', brief: first?.brief, reason: first?.reason })
  })
})

describe('an agent at the console', () => {
  test('who is gone for half a minute gives the case back, at its place by age', async () => {
    connected.add(maria)
    const first = await ask('ada')
    const second_ = await ask('cleo')
    await claim(first)
    await claim(second_)
    await pass(2 * minute)
    expect(await stateOf(first)).toBe('held')
    connected.delete(maria)
    await pass(25 * second)
    expect(await stateOf(first)).toBe('held')
    await pass(10 * second)
    expect([await stateOf(first), await stateOf(second_)]).toEqual(['queued', 'queued'])
    expect((await said('ada')).at(-1)).toBe(say.agentLost)
    expect((await said('cleo')).at(-1)).toBe(say.agentLostInLine)
    expect(await attendanceOf(first)).toMatchObject({ desk: null, held_at: null })
  })

  test('who signed out is gone just so, and one with another console open is not', async () => {
    connected.add(maria)
    const ticket = await ask('ada')
    await claim(ticket)
    await pass(10 * second)
    await stage.database.write('leaveDesk', { agent: maria.id, at: now() })
    await pass(20 * second)
    expect(await stateOf(ticket)).toBe('held')
    expect((await stage.database.read(states, {}))[0]).toMatchObject({ state: 'in' })
    connected.clear()
    await stage.database.write('leaveDesk', { agent: maria.id, at: now() })
    expect((await stage.database.read(states, {}))[0]).toMatchObject({ state: 'away' })
    await pass(40 * second)
    expect(await stateOf(ticket)).toBe('queued')
  })

  test('has half a minute after a start of the server to come back', async () => {
    connected.add(maria)
    const ticket = await ask('ada')
    await claim(ticket)
    await pass(minute)
    await absences.stop()
    ahead += 10 * minute
    await start()
    connected.clear()
    await pass(25 * second)
    expect(await stateOf(ticket)).toBe('held')
    connected.add(maria)
    await pass(5 * minute)
    expect(await stateOf(ticket)).toBe('held')
  })

  test('is the only one of whom a sign is expected', async () => {
    const ticket = await ask('ada')
    await handoffs.command(ticket, { command: 'claim', by: maria }, { desk: 'page' })
    await write('ada', 'hello?')
    await pass(20 * minute)
    expect(await stateOf(ticket)).toBe('held')
  })

  test('who lets the person wait for ten minutes gives the case back', async () => {
    connected.add(maria)
    const ticket = await ask('ada')
    await claim(ticket)
    await pass(9 * minute)
    await answer(ticket, 'Please restart the phone.')
    await pass(30 * minute)
    expect(await stateOf(ticket)).toBe('held')
    await write('ada', 'done')
    await pass(9 * minute)
    await write('ada', 'hello?')
    expect(await stateOf(ticket)).toBe('held')
    await pass(70 * second)
    expect(await stateOf(ticket)).toBe('queued')
    expect((await said('ada')).at(-1)).toBe(
      "Maria can't answer just now. You're first in line again.",
    )
  })
})

const states = statement<Record<string, never>>()((db) =>
  db.selectFrom('desk_presence').select(['agent', 'state']),
)

describe('what the person waits for', () => {
  const awaited = async (ticket: string) => (await attendanceOf(ticket))?.awaited_since

  test('begins with the first word that nobody answered, and ends with the next of the agent', async () => {
    const ticket = await ask('ada')
    expect(await awaited(ticket)).toBeNull()
    await write('ada', 'said to the bot, while waiting')
    expect(await awaited(ticket)).toBeNull()
    await claim(ticket)
    const claimed = (await attendanceOf(ticket))?.held_at
    expect(await awaited(ticket)).toBe(claimed)
    await answer(ticket, 'Hello.', maria, 'draft-1')
    expect(await awaited(ticket)).toBeNull()
    ahead += minute
    await write('ada', 'one')
    const first = await awaited(ticket)
    expect(first).toBeGreaterThan(claimed ?? 0)
    ahead += minute
    await write('ada', 'two')
    expect(await awaited(ticket)).toBe(first)
    // An answer that was sent before is none to what was said since.
    await answer(ticket, 'Hello.', maria, 'draft-1')
    expect(await awaited(ticket)).toBe(first)
    await handoffs.command(ticket, { command: 'transfer', by: maria, to: ben }, { desk: 'console' })
    expect(await awaited(ticket)).toBe(first)
    await answer(ticket, 'Ben here.', ben)
    expect(await awaited(ticket)).toBeNull()
  })

  test('ends with a fix that the agent sends, and not with what the person does not see', async () => {
    for (const text of ['waiting for photos', 'iphone, ios 18', 'talk to a person'])
      await write('on-stage', text)
    const [newest] = await handoffs.newest(1)
    const ticket = newest?.id ?? ''
    await answer(ticket, 'Hello.')
    ahead += minute
    await write('on-stage', 'hello')
    const first = await awaited(ticket)
    expect(first).not.toBeNull()
    await handoffs.note(ticket, { by: maria, text: 'a hard one' })
    expect(await awaited(ticket)).toBe(first)
    const act = { does: 'fix', fix: 'low-power-mode', agent: 'Maria' } as const
    await handoffs.command(ticket, { command: 'answer', by: maria }, { desk: 'console', act })
    await stage.turns.settled()
    expect((await rowsOf('on-stage')).at(-1)?.body?.from.role).toBe('agent')
    expect(await awaited(ticket)).toBeNull()
  })

  test('is not begun by opening the page, nor by what the bot or an agent says', async () => {
    const ticket = await ask('ada')
    await claim(ticket)
    await answer(ticket, 'Hello.')
    const row = message('')
    await stage.conversations.append('ada', {
      ...row,
      body: { type: 'event', name: 'webchat/join', from: { id: 'dl_ada', role: 'user' } },
    })
    await answer(ticket, 'Still there?')
    expect(await awaited(ticket)).toBeNull()
  })
})

test("an agent's socket dies at 20 random points: all that the person says reaches the next agent's view", async () => {
  connected = new Set([maria])
  const ticket = await ask('ada')
  presence.opened('ada')
  const agents = [maria, ben]
  const told: string[] = []
  const tell = async () => {
    told.push(`message ${told.length}`)
    await write('ada', told.at(-1) ?? '')
  }
  for (let round = 0; round < 20; round += 1) {
    const agent = agents[round % 2] ?? maria
    connected = new Set([agent])
    await pass(second)
    await claim(ticket, agent)
    const dies = Math.floor(Math.random() * 5)
    for (let step = 0; step < 5; step += 1) {
      if (step === dies) connected.clear()
      await tell()
      // Within its half minute a dead console's agent still has the case; sometimes it is back in the line already.
      await pass(Math.floor(Math.random() * 20) * second)
    }
    await pass(40 * second)
    expect(await stateOf(ticket)).toBe('queued')
    const next = agents[(round + 1) % 2] ?? ben
    connected = new Set([next])
    await pass(second)
    await claim(ticket, next)
    const view = (await rowsOf('ada')).filter(isPersons).map(saidIn)
    expect(view).toEqual(['talk to a person', ...told])
    await handoffs.command(ticket, { command: 'release', by: next }, { desk: 'console' })
  }
}, 60_000)

const isPersons = ({ body }: Row): boolean => body?.from.role === 'user'

test('200 random lives on the database: one end each, told once, and one way back into the line for each who joined', async () => {
  const random = (below: number) => Math.floor(Math.random() * below)
  for (let life = 0; life < 200; life += 1) {
    const id = `life-${life}`
    const ticket = await ask(id)
    let close: (() => void) | undefined
    for (let step = 0; step < 8; step += 1) {
      const agent = [maria, ben][random(2)] ?? maria
      switch (random(8)) {
        case 0:
          close ??= presence.opened(id)
          break
        case 1:
          close?.()
          close = undefined
          break
        case 2:
          await claim(ticket, agent)
          break
        case 3:
          await answer(ticket, 'Hello.', agent)
          break
        case 4:
          connected = new Set(random(2) ? [agent] : [])
          break
        case 5:
          await write(id, 'still waiting')
          break
        case 6:
          await absences.stop()
          await start()
          if (close) close = presence.opened(id)
          break
        default:
          ahead += random(40) * second
          await Promise.all([absences.look(), absences.look()])
      }
    }
    close?.()
    connected.clear()
    await pass(7 * minute)
    expect(await stateOf(ticket)).toBe('abandoned')
    expect(await eventsOf(id)).toHaveLength(1)
    const rows = await rowsOf(id)
    const requeued = rows.map(saidIn).filter((line) => line?.includes('in line again'))
    const joined = rows.map(saidIn).filter((line) => line?.endsWith("has joined. I'll stay quiet."))
    expect(requeued).toHaveLength(joined.length)
  }
}, 60_000)
