import type { Ticket } from './ticket'

/**
 * Whether the two sides of an open ticket are there, as far as it is written down, and who has been away for too long.
 * Pure: the sweep asks here, and the transaction that acts on it asks once more. Times are milliseconds since 1970.
 */

/** Where an agent works. */
export type Desk = 'console' | 'teams' | 'webhook' | 'page'

export interface Attendance {
  /** Of a place in the line: when the person's page was last known to be open. */
  readonly personSeenAt?: number
  /** The case waits for an answer, whether the page is open or not: the person was promised it, or is reached elsewhere. */
  readonly isKept: boolean
  /** Through which desk the agent has it; absent where that was not said. */
  readonly desk?: Desk
  /** Since when this agent has it. */
  readonly heldAt?: number
  /** The person waits for a word of the agent since then. */
  readonly awaitedSince?: number
}

export type Absence =
  /** The person closed the page while they waited in the line. */
  | 'person_left'
  /** The console of the agent is gone. */
  | 'agent_lost'
  /** A colleague passed it on to an agent who was not at their console, and did not come. */
  | 'agent_absent'
  /** The agent has let the person wait. */
  | 'agent_silent'

/** How long a place is kept after the page was closed. The bot names it, too. */
export const placeKeptFor = 5 * 60_000
/** How often everybody is looked after: so late is what follows from an absence. */
export const lookEvery = 5_000
/** That a page is open is written down at most this often. */
export const seenEvery = 20_000
/** What is written of a page is older than the truth by so much at most; nobody's five minutes are shorter for it. */
const noteLag = seenEvery + lookEvery
/** A console that lost its connection may come back in this time; its own reconnects take 15 s at most. */
export const agentKeptFor = 30_000
/** So long an agent may let the person wait. */
export const patience = 10 * 60_000

/** Who is away for too long. What a server that has just started did not see, it counts from its start. */
export function absenceOf(
  { state }: Pick<Ticket, 'state'>,
  { personSeenAt, isKept, desk, heldAt = 0, awaitedSince }: Attendance,
  {
    now,
    startedAt,
    agentSeenAt = 0,
  }: {
    readonly now: number
    readonly startedAt: number
    readonly agentSeenAt?: number | undefined
  },
): Absence | undefined {
  if (state === 'queued') {
    if (isKept || personSeenAt === undefined) return undefined
    return now - personSeenAt > placeKeptFor + noteLag ? 'person_left' : undefined
  }
  if (state !== 'held' || desk !== 'console') return undefined
  if (now - Math.max(agentSeenAt, heldAt, startedAt) > agentKeptFor)
    return heldAt - agentSeenAt > agentKeptFor ? 'agent_absent' : 'agent_lost'
  if (awaitedSince === undefined) return undefined
  return now - Math.max(awaitedSince, heldAt, startedAt) > patience ? 'agent_silent' : undefined
}

/** What a command that was let through makes of it. `said`: a message of the agent went with it. */
export function attendanceAfter(
  before: Attendance,
  {
    from,
    to,
    at,
    desk,
    said,
  }: {
    readonly from: Ticket
    readonly to: Ticket
    readonly at: number
    readonly desk?: Desk | undefined
    readonly said: boolean
  },
): Attendance {
  const { desk: deskBefore, heldAt, awaitedSince, ...person } = before
  if (to.state === 'queued') return { ...person, personSeenAt: at }
  if (to.state !== 'held') return { ...person, ...defined({ desk: deskBefore, heldAt }) }
  const isNew = from.state !== 'held' || from.agent?.id !== to.agent?.id
  // Who has waited in the line waits for the first word; a colleague takes over what was not answered yet.
  const awaited = from.state === 'queued' ? at : awaitedSince
  return {
    ...person,
    ...defined({
      desk: desk ?? (isNew ? undefined : deskBefore),
      heldAt: isNew ? at : heldAt,
      awaitedSince: said ? undefined : awaited,
    }),
  }
}

/** The fields that have a value. */
const defined = <T extends object>(fields: T): { [K in keyof T]?: NonNullable<T[K]> } =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]?: NonNullable<T[K]>
  }
