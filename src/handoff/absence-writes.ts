import { append } from '../conversations/writes'
import { statement, type Tx } from '../storage'
import { absenceOf, type Absence } from './attendance'
import { asAttendance, attendedColumns } from './attendance-rows'
import { asTicket } from './ticket-rows'
import { commandTicket, type CommandResult, type TicketCommand } from './writes'

/** What follows from it when one side of a ticket is away. Runs inside the storage worker's transactions. */
export const absenceWrites = {
  notePersonsSeen,
  noteWaitingSeen,
  keepPlaces,
  settleAbsence,
}

/** The pages of these waiting people are open. */
async function notePersonsSeen(
  tx: Tx,
  { ids, at }: { ids: readonly string[]; at: number },
): Promise<void> {
  for (const id of ids) await tx.run(setSeen, { id, at })
}

/** Everybody who waits counts as there: while no server ran, nobody could be. */
async function noteWaitingSeen(tx: Tx, input: { at: number }): Promise<void> {
  await tx.run(setAllSeen, input)
}

/** Nobody answers now, so those who wait may close the page: each place is a promise from here on. */
async function keepPlaces(tx: Tx, _input: object): Promise<void> {
  await tx.run(setKept, {})
}

export interface SettleAbsence {
  readonly id: string
  /** What the sweep saw; if it is not so any more, nothing is written. */
  readonly absence: Absence
  readonly version: number
  readonly at: number
  /** When the server that asks began to see. */
  readonly startedAt: number
  readonly lines: TicketCommand['lines']
  /** How the person is told that they are in the line again: at its head, or at their old place behind others. */
  readonly requeued: { readonly first: string; readonly behind: string }
  readonly events: TicketCommand['events']
  /** Name of the event by which the bot learns that a place was given up. */
  readonly abandonedEvent: string
}

/** Gives up the place of a person who left, or puts the case of an agent who is away back into the line. Null when it is not so any more. */
async function settleAbsence(tx: Tx, input: SettleAbsence): Promise<CommandResult | null> {
  const { id, absence, version, at, startedAt, lines, requeued, events } = input
  const [row] = await tx.run(selectAttended, { id })
  if (!row) return null
  const ticket = asTicket(row)
  const moment = { now: at, startedAt, agentSeenAt: row.agent_seen_at ?? undefined }
  if (absenceOf(ticket, asAttendance(row, row.channel), moment) !== absence) return null
  if (absence === 'person_left') {
    const command = { command: 'abandon' } as const
    const result = await commandTicket(tx, { id, command, version, at, lines, events })
    return 'refused' in result ? result : { ...result, seq: await tellBot(tx, input, row) }
  }
  if (!ticket.agent) return null
  const [first] = await tx.run(selectFirst, {})
  const isFirst =
    !first ||
    first.created_at > row.created_at ||
    (first.created_at === row.created_at && first.id > id)
  return commandTicket(tx, {
    id,
    command: { command: 'release', by: ticket.agent },
    isBySweep: true,
    version,
    at,
    lines: { ...lines, requeued: isFirst ? requeued.first : requeued.behind },
    events,
  })
}

/** The bot tells the person, when they are back, and offers the line again. */
async function tellBot(
  tx: Tx,
  { id, at, abandonedEvent }: SettleAbsence,
  { conversation, reason }: { conversation: string; reason: string },
): Promise<number> {
  const { seq } = await append(tx, {
    conversation,
    row: {
      at,
      kind: 'event',
      audience: ['bot'],
      key: `ticket:${id}:abandoned`,
      body: {
        type: 'event',
        name: abandonedEvent,
        value: { ticket: id, reason },
        from: { id: 'desk', role: 'bot' },
      },
    },
  })
  return seq
}

const setSeen = statement<{ id: string; at: number }>()((db, at) =>
  db
    .updateTable('handoffs')
    .set({ person_seen_at: at('at') })
    .where('id', '=', at('id'))
    .where('state', '=', 'queued'),
)

const setAllSeen = statement<{ at: number }>()((db, at) =>
  db
    .updateTable('handoffs')
    .set({ person_seen_at: at('at') })
    .where('state', '=', 'queued'),
)

const setKept = statement<Record<string, never>>()((db) =>
  db
    .updateTable('handoffs')
    .set({ is_kept: 1 })
    .where('state', '=', 'queued')
    .where('is_kept', '=', 0),
)

const selectAttended = statement<{ id: string }>()((db, at) =>
  db
    .selectFrom('handoffs')
    .innerJoin('conversations', 'conversations.id', 'handoffs.conversation')
    .leftJoin('desk_presence', 'desk_presence.agent', 'handoffs.agent_id')
    .select([
      'handoffs.conversation',
      'handoffs.reason',
      'handoffs.created_at',
      'conversations.channel',
      'desk_presence.seen_at as agent_seen_at',
    ])
    .select(attendedColumns)
    .where('handoffs.id', '=', at('id')),
)

const selectFirst = statement<Record<string, never>>()((db) =>
  db
    .selectFrom('handoffs')
    .select(['id', 'created_at'])
    .where('state', '=', 'queued')
    .orderBy('created_at')
    .orderBy('id')
    .limit(1),
)
