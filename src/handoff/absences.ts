import { handoffAbandonedEvent, isPromised, say, type DeskView } from '../../dialogs'
import type { Conversations, Presence } from '../conversations'
import type { Log } from '../log'
import { statement, type Database, type RowOf } from '../storage'
import {
  absenceOf,
  agentKeptFor,
  lookEvery,
  seenEvery,
  type Absence,
  type Attendance,
} from './attendance'
import { asAttendance, attendedColumns } from './attendance-rows'
import { eventsForBot, linesOf } from './handoffs'
import type { Ticket } from './ticket'
import { asTicket } from './ticket-rows'

/** A look that comes so long after the one before says that the process stood still, or that the clock was set ahead. */
const standstill = 60_000

export interface AbsencesOptions {
  readonly database: Database
  readonly conversations: Conversations
  readonly presence: Presence
  /** What is known of the people who may take over. */
  readonly desk: () => DeskView
  readonly now: () => number
  readonly log: Log
}

/** An open ticket with who attends it. */
interface Open {
  readonly id: string
  readonly conversation: string
  readonly ticket: Ticket
  readonly attendance: Attendance
  readonly agentSeenAt: number | undefined
}

/**
 * Looks after those who wait and those who answer: gives up the place of a person whose page was closed for too long,
 * and puts a case back into the line when its agent is gone or silent. All it goes by are rows, so that a restart and
 * other processes come to the same; only whose page is open right now it is told by this process.
 */
export class Absences {
  readonly #options: AbsencesOptions
  /** What was not seen counts from here. */
  #startedAt = 0
  #lookedAt = 0
  /** Since when nobody is at the desk, or it is closed. */
  #emptySince: number | undefined
  #looking: NodeJS.Timeout | undefined
  #look: Promise<void> | undefined

  constructor(options: AbsencesOptions) {
    this.#options = options
  }

  /** Nobody loses anything because no server ran: all absences count from now. */
  async start(): Promise<void> {
    await this.#countAnew(this.#options.now())
    this.#looking = setInterval(() => void this.look(), lookEvery).unref()
  }

  /** Waits for a look under way. */
  async stop(): Promise<void> {
    clearInterval(this.#looking)
    await this.#look
  }

  /** Notes who is there and settles what follows from who is not. */
  look(): Promise<void> {
    this.#look ??= this.#lookOnce()
      .catch((error: unknown) =>
        this.#options.log.error({ err: error }, 'absences could not be settled; tried again soon'),
      )
      .finally(() => (this.#look = undefined))
    return this.#look
  }

  async #lookOnce(): Promise<void> {
    const { database, presence, desk, now } = this.#options
    const at = now()
    if (at - this.#lookedAt > standstill) await this.#countAnew(at)
    this.#lookedAt = at
    const open = (await database.read(selectOpen, {})).map(asOpen)
    const inLine = open.filter(({ ticket, attendance }) => isInLine(ticket, attendance))
    const isHere = new Set(inLine.filter(({ conversation }) => presence.isHere(conversation)))
    const unnoted = [...isHere].filter(
      ({ attendance: { personSeenAt = 0 } }) => at - personSeenAt >= seenEvery,
    )
    if (unnoted.length > 0)
      await database.write('notePersonsSeen', { ids: unnoted.map(({ id }) => id), at })
    const isLine = !isPromised(desk())
    this.#emptySince = isLine ? undefined : (this.#emptySince ?? at)
    // Of a desk that is only changing over, or whose page is reloaded, nobody keeps their place for good.
    const isEmpty = this.#emptySince !== undefined && at - this.#emptySince >= agentKeptFor
    if (isEmpty && inLine.length > 0) await database.write('keepPlaces', {})
    await Promise.all(
      open
        .filter((each) => !isHere.has(each) && (isLine || !inLine.includes(each)))
        .map((each) => this.#settle(each, at)),
    )
  }

  async #countAnew(at: number): Promise<void> {
    this.#startedAt = at
    this.#lookedAt = at
    await this.#options.database.write('noteWaitingSeen', { at })
  }

  async #settle({ id, ticket, attendance, agentSeenAt }: Open, at: number): Promise<void> {
    const { database, conversations, log } = this.#options
    const startedAt = this.#startedAt
    const absence = absenceOf(ticket, attendance, { now: at, startedAt, agentSeenAt })
    if (!absence) return
    const result = await database.write('settleAbsence', {
      id,
      absence,
      version: ticket.version,
      at,
      startedAt,
      lines: linesOf({ command: 'abandon' }),
      requeued: wordsOf(absence, ticket.agent?.name ?? ''),
      events: eventsForBot,
      abandonedEvent: handoffAbandonedEvent,
    })
    if (!result || 'refused' in result) return
    log.info({ handoff: id, conversation: result.conversation, absence }, settled[absence])
    conversations.appended(result.conversation, result.seq)
  }
}

const isInLine = ({ state }: Ticket, { isKept }: Attendance): boolean =>
  state === 'queued' && !isKept

/** How the person is told that they are in the line again. */
const wordsOf = (absence: Absence, agent: string): { first: string; behind: string } =>
  absence === 'agent_lost'
    ? { first: say.agentLost, behind: say.agentLostInLine }
    : { first: say.agentSilent(agent), behind: say.agentSilentInLine(agent) }

const settled: Readonly<Record<Absence, string>> = {
  person_left: 'a place was given up: the page was closed for too long',
  agent_lost: 'a case is in the line again: the console of its agent is gone',
  agent_absent: 'a case is in the line again: the agent it was passed to is not at their console',
  agent_silent: 'a case is in the line again: its agent let the person wait',
}

const selectOpen = statement<Record<string, never>>()((db) =>
  db
    .selectFrom('handoffs')
    .innerJoin('conversations', 'conversations.id', 'handoffs.conversation')
    .leftJoin('desk_presence', 'desk_presence.agent', 'handoffs.agent_id')
    .select([
      'handoffs.id',
      'handoffs.conversation',
      'conversations.channel',
      'desk_presence.seen_at as agent_seen_at',
    ])
    .select(attendedColumns)
    .where('handoffs.state', 'in', ['queued', 'held'])
    // Of several that go back into the line at once, the oldest is its head.
    .orderBy('handoffs.created_at')
    .orderBy('handoffs.id'),
)

const asOpen = (row: RowOf<typeof selectOpen>): Open => ({
  id: row.id,
  conversation: row.conversation,
  ticket: asTicket(row),
  attendance: asAttendance(row, row.channel),
  agentSeenAt: row.agent_seen_at ?? undefined,
})
