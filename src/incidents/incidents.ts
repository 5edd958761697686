import { randomUUID } from 'node:crypto'
import { incidentOverEvent, type RunningIncident } from '../../dialogs'
import type { Conversations } from '../conversations'
import type { Log } from '../log'
import { statement, type Database } from '../storage'

/** How often the table is looked at, in milliseconds: so late is an end by time, and what another process declared. */
const lookEvery = 1_000
/** So many are told in one go; their writes share a transaction, and the chats go on between two goes. */
const mostAtOnce = 100

/** A shared cause at work, with how many conversations want to hear its end. */
export interface CountedIncident extends RunningIncident {
  readonly waiting: number
}

/**
 * Causes that many people share, as declared by whoever runs the server. Those at work are kept in memory, since every
 * turn asks for them; who waits for the end is told by a row of their log, across any restart.
 */
export class Incidents {
  readonly #database: Database
  readonly #conversations: Conversations
  readonly #now: () => number
  readonly #log: Log
  #running: readonly RunningIncident[] = []
  #round: Promise<void> = Promise.resolve()
  #rounds = 0
  #looking: NodeJS.Timeout | undefined

  constructor(options: {
    database: Database
    conversations: Conversations
    now: () => number
    log: Log
  }) {
    this.#database = options.database
    this.#conversations = options.conversations
    this.#now = options.now
    this.#log = options.log
  }

  /** Reads what is at work and tells what an earlier process could not; then looks every second. */
  async start(): Promise<void> {
    await this.look()
    this.#looking = setInterval(() => {
      if (this.#rounds === 0) void this.look()
    }, lookEvery).unref()
  }

  /** Looks no more; what is being told now is told. */
  async stop(): Promise<void> {
    clearInterval(this.#looking)
    await this.#round
  }

  /** What is at work now, the oldest first. */
  get running(): readonly RunningIncident[] {
    const now = this.#now()
    return this.#running.filter(({ endsAt }) => endsAt === undefined || endsAt > now)
  }

  async counted(): Promise<readonly CountedIncident[]> {
    const counts = await this.#database.read(selectCounts, {})
    return this.running.map((incident) => ({
      ...incident,
      waiting: counts.find((count) => count.incident === incident.id)?.waiting ?? 0,
    }))
  }

  /** Declares an incident, or changes the text of one that runs already, and its end if one is given. */
  async declare(incident: {
    readonly name: string
    readonly text: string
    readonly endsAt?: number | undefined
  }): Promise<{ readonly id: string; readonly isNew: boolean }> {
    const { name, text, endsAt } = incident
    const declared = await this.#database.write('declareIncident', {
      name,
      text,
      ...(endsAt !== undefined && { endsAt }),
      id: randomUUID(),
      at: this.#now(),
    })
    await this.look()
    return declared
  }

  /** Ends it and tells those who wait. False when it is not at work. */
  async end(id: string): Promise<boolean> {
    const ended = await this.#database.write('endIncident', { id, at: this.#now() })
    await this.look()
    return ended
  }

  /** Ends what is due, reads what is at work, and tells those whose incident is over; one look at a time. */
  look(): Promise<void> {
    this.#rounds += 1
    this.#round = this.#round.then(async () => {
      try {
        await this.#lookOnce()
      } catch (error) {
        this.#log.error({ err: error }, 'incidents could not be looked after; it is tried again')
      } finally {
        this.#rounds -= 1
      }
    })
    return this.#round
  }

  async #lookOnce(): Promise<void> {
    const at = this.#now()
    const due = await this.#database.read(selectDue, { at })
    if (due.length > 0) await this.#database.write('endDueIncidents', { at })
    const running = await this.#database.read(selectRunning, {})
    this.#running = running.map(({ started_at, ends_at, ...incident }) => ({
      ...incident,
      startedAt: started_at,
      ...(ends_at === null ? {} : { endsAt: ends_at }),
    }))
    for (;;) {
      const waiters = await this.#database.read(selectUntold, { limit: mostAtOnce })
      const told = await Promise.all(
        waiters.map((waiter) =>
          this.#database.write('tellWaiter', { ...waiter, at, event: incidentOverEvent }),
        ),
      )
      for (const row of told) if (row) this.#conversations.appended(row.conversation, row.seq)
      if (waiters.length < mostAtOnce) return
    }
  }
}

const selectDue = statement<{ at: number }>()((db, at) =>
  db
    .selectFrom('incidents')
    .select('id')
    .where('ended_at', 'is', null)
    .where('ends_at', '<=', at('at')),
)

const selectRunning = statement<Record<string, never>>()((db) =>
  db
    .selectFrom('incidents')
    .select(['id', 'name', 'text', 'started_at', 'ends_at'])
    .where('ended_at', 'is', null)
    .orderBy('started_at')
    .orderBy('id'),
)

const selectCounts = statement<Record<string, never>>()((db) =>
  db
    .selectFrom('incident_waiters')
    .select((column) => ['incident', column.fn.countAll<number>().as('waiting')])
    .where('told_at', 'is', null)
    .groupBy('incident'),
)

const selectUntold = statement<{ limit: number }>()((db, at) =>
  db
    .selectFrom('incident_waiters')
    .innerJoin('incidents', 'incidents.id', 'incident_waiters.incident')
    // Nobody is told in a conversation that was erased.
    .innerJoin('conversations', 'conversations.id', 'incident_waiters.conversation')
    .select(['incident_waiters.incident', 'incident_waiters.conversation'])
    .where('incident_waiters.told_at', 'is', null)
    .where('incidents.ended_at', 'is not', null)
    .orderBy('incident_waiters.asked_at')
    .limit(at('limit')),
)
