import { append } from '../conversations/writes'
import { Refused, statement, type Tx } from '../storage'
import { attendanceAfter, type Attendance, type Desk } from './attendance'
import { asAttendance, attendedColumns, keepAttendance } from './attendance-rows'
import { noteBy, rowsOf, type CommandWords } from './command-rows'
import { decide, type Agent, type Refusal, type Ticket } from './ticket'
import { asTicket, keepTicket } from './ticket-rows'

/** What changes hand-offs after a turn opened one. Runs inside the storage worker's transactions. */
export const handoffWrites = { noteAnnounced, commandTicket, noteOnTicket }

async function noteAnnounced(tx: Tx, input: { id: string; at: number }): Promise<void> {
  await tx.run(setAnnounced, input)
}

/** A command to a ticket, and what goes to the person with it. */
export interface TicketCommand extends CommandWords {
  /** The version that the sender saw; another one is refused. */
  readonly version?: number
  /** Where the agent works who gives it. */
  readonly desk?: Desk
}

/** The ticket as it is now, or why it stayed as it was. */
export type CommandResult = { readonly conversation: string; readonly seq: number } & (
  { readonly ticket: Ticket } | Refusal
)

/** Decides a command and writes all that follows from it: ticket, holder, lines, what is said and done. */
export async function commandTicket(tx: Tx, input: TicketCommand): Promise<CommandResult> {
  const { id, at, command, version, fixed, desk } = input
  const { conversation, ticket, attendance } = await find(tx, id)
  const decision = decide(ticket, command, { now: at, version })
  if ('refused' in decision) return { conversation, seq: 0, ...decision }
  await keepTicket(tx, { id, decision, at })
  await tx.run(setHolder, { conversation, holder: decision.holder })
  if (fixed) await tx.run(setFixed, { id, fixed: fixed.by, words: fixed.words ?? null })
  let seq = 0
  let said = false
  for (const { row, isSaid } of rowsOf(input, decision)) {
    const appended = await append(tx, { conversation, row })
    seq = appended.seq
    said ||= isSaid && !appended.duplicate
  }
  const change = { from: ticket, to: decision.ticket, at, desk, said }
  await keepAttendance(tx, id, attendanceAfter(attendance, change))
  return { conversation, seq, ticket: decision.ticket }
}

/** A remark for the agents, whoever has the case; one with a key that was written before is not written again. */
async function noteOnTicket(
  tx: Tx,
  { id, by, text, key, at }: { id: string; by: Agent; text: string; key?: string; at: number },
): Promise<{ conversation: string; seq: number }> {
  const { conversation } = await find(tx, id)
  const row = { ...noteBy(by, text, at), ...(key !== undefined && { key: `desk:${key}:note` }) }
  const { seq } = await append(tx, { conversation, row })
  return { conversation, seq }
}

async function find(
  tx: Tx,
  id: string,
): Promise<{ conversation: string; ticket: Ticket; attendance: Attendance }> {
  const [row] = await tx.run(selectTicket, { id })
  if (!row) throw new Refused('handoff_unknown', `No hand-off ${JSON.stringify(id)}.`)
  return {
    conversation: row.conversation,
    ticket: asTicket(row),
    attendance: asAttendance(row, row.channel),
  }
}

const setAnnounced = statement<{ id: string; at: number }>()((db, at) =>
  db
    .updateTable('handoffs')
    .set({ announced_at: at('at') })
    .where('id', '=', at('id')),
)

const setFixed = statement<{ id: string; fixed: string; words: string | null }>()((db, at) =>
  db
    .updateTable('handoffs')
    .set({ fixed: at('fixed'), fixed_words: at('words') })
    .where('id', '=', at('id')),
)

const selectTicket = statement<{ id: string }>()((db, at) =>
  db
    .selectFrom('handoffs')
    .innerJoin('conversations', 'conversations.id', 'handoffs.conversation')
    .select(['handoffs.conversation', 'conversations.channel'])
    .select(attendedColumns)
    .where('handoffs.id', '=', at('id')),
)

const setHolder = statement<{ conversation: string; holder: 'bot' | 'queue' | 'agent' }>()(
  (db, at) =>
    db
      .updateTable('conversations')
      .set((column) => ({
        holder: at('holder'),
        holder_version: column('holder_version', '+', 1),
      }))
      .where('id', '=', at('conversation'))
      .where('holder', '<>', at('holder')),
)
