import fc from 'fast-check'
import {
  absenceOf,
  agentKeptFor,
  attendanceAfter,
  lookEvery,
  patience,
  placeKeptFor,
  seenEvery,
  type Attendance,
  type Desk,
} from '../../src/handoff/attendance'
import { decide, endStates, type Agent, type Command, type Ticket } from '../../src/handoff/ticket'

const second = 1_000
const minute = 60 * second
const askedFor = 30 * second
const [ann, ben] = ['ann', 'ben'].map((id) => ({ id, name: id })) as [Agent, Agent]

describe('who is away', () => {
  const queued = { state: 'queued' } as const
  const held = { state: 'held' } as const
  const from = { now: 60 * minute, startedAt: 0 }

  test('a place is kept for five minutes, unless it was promised', () => {
    const left = { personSeenAt: 60 * minute - placeKeptFor, isKept: false }
    expect(absenceOf(queued, left, from)).toBeUndefined()
    expect(absenceOf(queued, left, { ...from, now: from.now + minute })).toBe('person_left')
    expect(
      absenceOf(queued, { ...left, isKept: true }, { ...from, now: 9 * from.now }),
    ).toBeUndefined()
    expect(absenceOf(queued, { isKept: false }, from)).toBeUndefined()
  })

  test('an agent at the console is given half a minute, from the start or from when they took the case', () => {
    const case_: Attendance = { isKept: false, desk: 'console', heldAt: 0 }
    const lost = (moment: Partial<typeof from> & { agentSeenAt?: number }, more: object = {}) =>
      absenceOf(held, { ...case_, ...more }, { ...from, ...moment })
    expect(lost({})).toBe('agent_lost')
    expect(lost({ agentSeenAt: from.now - agentKeptFor })).toBeUndefined()
    expect(lost({ agentSeenAt: from.now - agentKeptFor - 1 })).toBe('agent_lost')
    expect(lost({ startedAt: from.now - agentKeptFor })).toBeUndefined()
    expect(lost({}, { heldAt: from.now - agentKeptFor })).toBeUndefined()
    // Cut off before their next sign of life is not the same as never having been there.
    const got = { heldAt: from.now - 2 * minute }
    expect(lost({ agentSeenAt: got.heldAt - 10_000 }, got)).toBe('agent_lost')
    expect(lost({ agentSeenAt: got.heldAt - agentKeptFor - 1 }, got)).toBe('agent_absent')
    for (const desk of ['teams', 'webhook', 'page', undefined])
      expect(lost({}, { desk })).toBeUndefined()
  })

  test('an agent may let the person wait for ten minutes', () => {
    const silent = (awaitedSince: number | undefined, heldAt = 0, startedAt = 0) =>
      absenceOf(
        held,
        {
          isKept: false,
          desk: 'console',
          heldAt,
          ...(awaitedSince !== undefined && { awaitedSince }),
        },
        { now: from.now, startedAt, agentSeenAt: from.now },
      )
    expect(silent(undefined)).toBeUndefined()
    expect(silent(from.now - patience)).toBeUndefined()
    expect(silent(from.now - patience - 1)).toBe('agent_silent')
    // Whoever got it from a colleague a moment ago, or could not answer since no server ran, has their ten minutes.
    expect(silent(0, from.now - minute)).toBeUndefined()
    expect(silent(0, 0, from.now - minute)).toBeUndefined()
  })
})

/** What truly happens, told in the plainest words: a second account to hold the rules against. */
interface World {
  now: number
  startedAt: number
  isHere: boolean
  /** When the page was opened last: having asked then, it counts as there for a while. */
  openedAt: number
  isPromising: boolean
  readonly connected: Set<string>
  /** When the person was last truly there, or had no need to be. */
  lastHere: number
  /** When each agent was last truly connected. */
  readonly lastConnected: Map<string, number>
  readonly noted: Map<string, number>
  /** The person's first word that nobody has answered; what a new agent finds counts from when they got the case. */
  unansweredSince: number | undefined
  gotAt: number
  desk: Desk | undefined
  hasPromise: boolean
  ticket: Ticket
  attendance: Attendance
  gaveUp: number
}

type Event =
  | { readonly does: 'opens' | 'closes' | 'writes' | 'restart' | 'promises' | 'promises no more' }
  | { readonly does: 'connects' | 'cut off'; readonly agent: Agent }
  | {
      readonly does: 'commands'
      readonly command: Command
      readonly desk?: Desk
      readonly said: boolean
    }
  | { readonly does: 'time passes'; readonly looks: number }

const someAgent = fc.constantFrom(ann, ben)
const events: fc.Arbitrary<Event> = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({
      does: fc.constant('time passes' as const),
      looks: fc.constantFrom(1, 2, 5, 7, 30, 66, 125),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({ does: fc.constantFrom('opens', 'closes', 'closes', 'writes' as const) }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      does: fc.constantFrom('restart', 'promises', 'promises no more' as const),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      does: fc.constantFrom('connects', 'cut off' as const),
      agent: someAgent,
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      does: fc.constant('commands' as const),
      command: fc.oneof(
        fc.record({
          command: fc.constantFrom(
            'claim',
            'claim',
            'answer',
            'answer',
            'release',
            'close' as const,
          ),
          by: someAgent,
        }),
        fc.record({ command: fc.constant('transfer' as const), by: someAgent, to: someAgent }),
      ),
      desk: fc.constantFrom<Desk>('console', 'console', 'console', 'page'),
      said: fc.boolean(),
    }),
  },
)

const isEnded = ({ state }: Ticket) => (endStates as readonly string[]).includes(state)

function must(holds: boolean, what: string): void {
  if (!holds) throw new Error(what)
}

test('100,000 random orders of coming and going: nobody loses a place or a case too early, too late or twice', () => {
  fc.assert(
    fc.property(fc.array(events, { maxLength: 16 }), (life) => {
      const world: World = {
        now: 1_000 * minute,
        startedAt: 1_000 * minute,
        isHere: true,
        openedAt: 0,
        isPromising: false,
        connected: new Set(),
        lastHere: 1_000 * minute,
        lastConnected: new Map(),
        noted: new Map(),
        unansweredSince: undefined,
        gotAt: 0,
        desk: undefined,
        hasPromise: false,
        ticket: { state: 'queued', version: 0 },
        attendance: { personSeenAt: 1_000 * minute, isKept: false },
        gaveUp: 0,
      }
      for (const event of life) happen(world, event)
      must(world.gaveUp <= 1, 'given up twice')
    }),
    { numRuns: 100_000, interruptAfterTimeLimit: 10_000 },
  )
})

function happen(world: World, event: Event): void {
  switch (event.does) {
    case 'opens':
      world.isHere = true
      world.openedAt = world.now
      break
    case 'closes':
      if (world.isHere) world.lastHere = world.now
      world.isHere = false
      break
    case 'writes':
      if (world.ticket.state !== 'held') break
      world.unansweredSince ??= world.now
      world.attendance = {
        ...world.attendance,
        awaitedSince: world.attendance.awaitedSince ?? world.now,
      }
      break
    case 'restart':
      world.startedAt = world.now
      world.lastHere = Math.max(world.lastHere, world.now)
      if (world.ticket.state === 'queued')
        world.attendance = { ...world.attendance, personSeenAt: world.now }
      break
    case 'promises':
    case 'promises no more':
      world.isPromising = event.does === 'promises'
      break
    case 'connects':
      world.connected.add(event.agent.id)
      beat(world)
      break
    case 'cut off':
      if (world.connected.delete(event.agent.id)) world.lastConnected.set(event.agent.id, world.now)
      break
    case 'commands':
      command(world, event.command, event.desk, event.said)
      break
    case 'time passes':
      for (let looks = 0; looks < event.looks && !isEnded(world.ticket); looks++) {
        world.now += lookEvery
        beat(world)
        look(world)
      }
  }
}

/** Every console gives its sign; in truth it is there all the time. */
function beat({ connected, noted, lastConnected, now }: World): void {
  for (const id of connected) {
    noted.set(id, now)
    lastConnected.set(id, now)
  }
}

function command(world: World, given: Command, desk: Desk | undefined, said: boolean): void {
  const before = world.ticket
  const decision = decide(before, given, { now: world.now })
  if ('refused' in decision) return
  world.ticket = decision.ticket
  const change = { from: before, to: decision.ticket, at: world.now, desk, said }
  world.attendance = attendanceAfter(world.attendance, change)
  if (world.ticket.state === 'queued') {
    world.lastHere = world.now
    world.unansweredSince = undefined
    world.desk = undefined
  }
  if (world.ticket.state !== 'held') return
  if (before.state === 'queued') world.unansweredSince = world.now
  if (said) world.unansweredSince = undefined
  const isNew = before.agent?.id !== world.ticket.agent?.id
  if (isNew || before.state === 'queued') world.gotAt = world.now
  world.desk = desk
}

/** One look of the sweep, checked against what truly is. */
function look(world: World): void {
  const { now, startedAt, ticket, openedAt } = world
  const seemsHere = world.isHere || now - openedAt < askedFor
  const agentId = ticket.agent?.id ?? ''
  const agentSeenAt = world.noted.get(agentId)
  if (world.isHere || world.isPromising) world.lastHere = now
  if (ticket.state === 'queued' && !world.attendance.isKept) {
    if (seemsHere && now - (world.attendance.personSeenAt ?? 0) >= seenEvery)
      world.attendance = { ...world.attendance, personSeenAt: now }
    if (world.isPromising) {
      world.attendance = { ...world.attendance, isKept: true }
      world.hasPromise = true
    }
    if (seemsHere || world.isPromising) return
  }
  const absence = absenceOf(ticket, world.attendance, { now, startedAt, agentSeenAt })
  const away = now - world.lastHere
  const gone = now - Math.max(world.lastConnected.get(agentId) ?? 0, world.gotAt, startedAt)
  const waited =
    world.unansweredSince === undefined
      ? 0
      : now - Math.max(world.unansweredSince, world.gotAt, startedAt)
  const atConsole = ticket.state === 'held' && world.desk === 'console'
  if (absence === 'person_left') {
    must(
      ticket.state === 'queued' && !world.hasPromise && !world.isHere,
      'gave up a place that was kept',
    )
    must(away > placeKeptFor, 'gave up a place too early')
    world.gaveUp += 1
    return command(world, { command: 'abandon' }, undefined, false)
  }
  if (absence !== undefined) {
    must(atConsole && ticket.agent !== undefined, 'took a case from an agent who works elsewhere')
    must(
      absence === 'agent_silent' ? waited > patience : gone > agentKeptFor,
      'took a case too early',
    )
    must(
      absence === 'agent_silent' || !world.connected.has(agentId),
      'an agent who is there is lost',
    )
    return command(world, { command: 'release', by: ticket.agent ?? ann }, undefined, false)
  }
  if (ticket.state === 'queued' && !world.hasPromise)
    must(away <= placeKeptFor + seenEvery + lookEvery + askedFor, 'a place was kept too long')
  if (atConsole) {
    must(gone <= agentKeptFor, 'the case of a lost agent stays')
    must(waited <= patience, 'the case of a silent agent stays')
  }
}
