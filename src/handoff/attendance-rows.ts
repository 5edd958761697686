import { statement, type Tx } from '../storage'
import type { Attendance, Desk } from './attendance'
import { ticketColumns } from './ticket-rows'

/** Attendance as columns of a ticket. Nothing in this file knows the log, since appending to it comes here. */

/** The person has written: from now on they wait for a word of the agent who has the case, unless they did already. */
export async function noteAwaited(
  tx: Tx,
  input: { conversation: string; at: number },
): Promise<void> {
  await tx.run(setAwaited, input)
}

/** A fix has gone to the person in the agent's name: they wait for no word of the agent now. */
export async function noteAnswered(tx: Tx, input: { conversation: string }): Promise<void> {
  await tx.run(setAnswered, input)
}

/** Writes down what became of it. */
export async function keepAttendance(
  tx: Tx,
  id: string,
  { personSeenAt, desk, heldAt, awaitedSince }: Attendance,
): Promise<void> {
  await tx.run(setAttendance, {
    id,
    seen: personSeenAt ?? null,
    desk: desk ?? null,
    held: heldAt ?? null,
    awaited: awaitedSince ?? null,
  })
}

interface AttendanceRow {
  readonly person_seen_at: number | null
  readonly is_kept: number
  readonly desk: string | null
  readonly held_at: number | null
  readonly awaited_since: number | null
  readonly reply_to: string | null
}

/** The stored columns as the rules take them. Who left an address, or is reached by Teams, may go. */
export const asAttendance = (
  row: AttendanceRow,
  channel: 'direct-line' | 'teams' | 'teams-group',
): Attendance => ({
  ...(row.person_seen_at === null ? {} : { personSeenAt: row.person_seen_at }),
  isKept: row.is_kept !== 0 || row.reply_to !== null || channel !== 'direct-line',
  ...(row.desk === null ? {} : { desk: row.desk as Desk }),
  ...(row.held_at === null ? {} : { heldAt: row.held_at }),
  ...(row.awaited_since === null ? {} : { awaitedSince: row.awaited_since }),
})

/** A ticket with its attendance; beside it stands the conversation's channel. */
export const attendedColumns = [
  ...ticketColumns,
  ...(['person_seen_at', 'is_kept', 'desk', 'held_at', 'awaited_since', 'reply_to'] as const),
].map((name) => `handoffs.${name}` as const)

const setAwaited = statement<{ conversation: string; at: number }>()((db, at) =>
  db
    .updateTable('handoffs')
    .set({ awaited_since: at('at') })
    .where('state', '=', 'held')
    .where('conversation', '=', at('conversation'))
    .where('awaited_since', 'is', null),
)

const setAnswered = statement<{ conversation: string }>()((db, at) =>
  db
    .updateTable('handoffs')
    .set({ awaited_since: null })
    .where('state', '=', 'held')
    .where('conversation', '=', at('conversation')),
)

const setAttendance = statement<{
  id: string
  seen: number | null
  desk: string | null
  held: number | null
  awaited: number | null
}>()((db, at) =>
  db
    .updateTable('handoffs')
    .set({
      person_seen_at: at('seen'),
      desk: at('desk'),
      held_at: at('held'),
      awaited_since: at('awaited'),
    })
    .where('id', '=', at('id')),
)
