import { sql } from 'kysely'
import { statement, type Database, type Tables } from '../../storage'

/** A ticket as the desk stands to it; see the table `webhook_tickets`. */
export interface DeskTicket {
  readonly ticket: string
  readonly conversation: string
  readonly state: Tables['webhook_tickets']['state']
  readonly offer: number
  readonly begunSeq: number
  readonly sentSeq: number
  readonly offeredAt: number
  readonly dueAt: number | null
  readonly toldAt: number | null
}

/** Reads which tickets there is something to do for, and what the desk has of each. */
export class DeskTickets {
  readonly #database: Database

  constructor(database: Database) {
    this.#database = database
  }

  async get(ticket: string): Promise<DeskTicket | undefined> {
    const [row] = await this.#database.read(selectOne, { ticket })
    return (
      row && {
        ticket: row.ticket,
        conversation: row.conversation,
        state: row.state,
        offer: row.offer,
        begunSeq: row.begun_seq,
        sentSeq: row.sent_seq,
        offeredAt: row.offered_at,
        dueAt: row.due_at,
        toldAt: row.told_at,
      }
    )
  }

  /** Tickets that wait and were never offered, then those with something to send; those where somebody still waits first. */
  async behind(now: number, limit: number): Promise<readonly string[]> {
    const fresh = await this.#database.read(selectFresh, { limit })
    const behind = await this.#database.read(selectBehind, { now, limit })
    return [...fresh, ...behind].map(({ id }) => id)
  }

  /** Tickets of people who wait, offered before this moment and not taken yet, of which they were not told. */
  async overdue(before: number): Promise<readonly string[]> {
    return (await this.#database.read(selectOverdue, { before })).map(({ id }) => id)
  }

  /** Whether this was received before and carried out. */
  async knows(ticket: string, activity: string): Promise<boolean> {
    const rows = await this.#database.read(selectReceipt, { ticket, activity })
    return rows.length > 0
  }
}

const selectOne = statement<{ ticket: string }>()((db, at) =>
  db.selectFrom('webhook_tickets').selectAll().where('ticket', '=', at('ticket')),
)

const selectFresh = statement<{ limit: number }>()((db, at) =>
  db
    .selectFrom('handoffs')
    .leftJoin('webhook_tickets', 'webhook_tickets.ticket', 'handoffs.id')
    .select('handoffs.id')
    .where('handoffs.state', '=', 'queued')
    .where('webhook_tickets.ticket', 'is', null)
    .orderBy('handoffs.created_at')
    .limit(at('limit')),
)

const selectBehind = statement<{ now: number; limit: number }>()((db, at) =>
  db
    .selectFrom('webhook_tickets')
    .innerJoin('handoffs', 'handoffs.id', 'webhook_tickets.ticket')
    .innerJoin('conversations', 'conversations.id', 'webhook_tickets.conversation')
    .select('handoffs.id')
    .where('webhook_tickets.state', '<>', 'ended')
    .where((column) =>
      column.or([
        column('handoffs.ended_at', 'is not', null),
        column.and([
          column('webhook_tickets.state', '=', 'taken'),
          column('webhook_tickets.sent_seq', '<', column.ref('conversations.last_seq')),
        ]),
        // Somebody at another desk may have it meanwhile; then it is not offered.
        column.and([
          column('handoffs.state', '=', 'queued'),
          column.or([
            column('webhook_tickets.state', '=', 'offering'),
            column.and([
              column('webhook_tickets.state', '=', 'refused'),
              column('webhook_tickets.due_at', '<=', at('now')),
            ]),
          ]),
        ]),
      ]),
    )
    .orderBy(sql`handoffs.ended_at IS NOT NULL`)
    .orderBy('handoffs.created_at')
    .limit(at('limit')),
)

const selectOverdue = statement<{ before: number }>()((db, at) =>
  db
    .selectFrom('webhook_tickets')
    .innerJoin('handoffs', 'handoffs.id', 'webhook_tickets.ticket')
    .select('handoffs.id')
    .where('webhook_tickets.state', '=', 'offering')
    .where('webhook_tickets.offered_at', '<=', at('before'))
    .where('webhook_tickets.told_at', 'is', null)
    .where('handoffs.state', '=', 'queued')
    .limit(100),
)

const selectReceipt = statement<{ ticket: string; activity: string }>()((db, at) =>
  db
    .selectFrom('webhook_receipts')
    .select('at')
    .where('ticket', '=', at('ticket'))
    .where('activity', '=', at('activity')),
)
