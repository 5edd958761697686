import type { AuditWhat } from '../agents/audit'
import { appendAudit } from '../agents/audit-writes'
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
  /** The agent is away, and the sweep gives it for them. */
  readonly isBySweep?: true
}

/** The ticket as it is now, or why it stayed as it was. */
export type CommandResult = { readonly conversation: string; readonly seq: number } & (
  { readonly ticket: Ticket } | Refusal
)

/** Decides a command and writes all that follows from it: ticket, holder, lines, what is said and done. */
export async function commandTicket(tx: Tx, input: TicketCommand): Promise<CommandResult> {
  const { id, at, command, version, fixed, desk } = input
  const { conversation, caseId, ticket, attendance } = await find(tx, id)
  // Words that were written before their case was given back do not take it again.
  if (ticket.state === 'queued' && (await wasWritten(tx, input, conversation)))
    return { conversation, seq: 0, ticket }
  const decision = decide(ticket, command, { now: at, version })
  if ('refused' in decision) {
    const isDone = await wasDone(tx, input, { conversation, ticket })
    return { conversation, seq: 0, ...(isDone ? { ticket } : decision) }
  }
  await keepTicket(tx, { id, decision, at })
  await tx.run(setHolder, { conversation, holder: decision.holder })
  if (fixed) await tx.run(setFixed, { id, fixed: fixed.by, words: fixed.words ?? null })
  let seq = 0
  let said = false
  for (const { row, isSaid } of rowsOf(input, decision, { caseId })) {
    const appended = await append(tx, { conversation, row })
    seq = appended.seq
    said ||= isSaid && !appended.duplicate
  }
  const change = { from: ticket, to: decision.ticket, at, desk, said }
  await keepAttendance(tx, id, attendanceAfter(attendance, change))
  await audit(tx, input, change)
  return { conversation, seq, ticket: decision.ticket }
}

/** Whether a command that is refused now was carried out before: its sender did not hear the answer. */
async function wasDone(
  tx: Tx,
  input: TicketCommand,
  { conversation, ticket }: { conversation: string; ticket: Ticket },
): Promise<boolean> {
  const { command } = input
  if (!('by' in command)) return false
  const isOwn = ticket.agent?.id === command.by.id
  if (isOwn && ends[command.command] === ticket.state) return true
  return wasWritten(tx, input, conversation)
}

/** Whether what goes to the person or the bot with this command stands in the log already, by its key. */
async function wasWritten(tx: Tx, { key }: TicketCommand, conversation: string): Promise<boolean> {
  if (key === undefined) return false
  return (await tx.run(selectKeyed, { conversation, key: `desk:${key}` })).length > 0
}

const ends: Partial<Record<TicketCommand['command']['command'], Ticket['state']>> = {
  return: 'returned',
  close: 'closed',
}

/** Who took a case and what became of it, in the audit log; what changed nothing leaves no line. */
async function audit(
  tx: Tx,
  { id, at, command, isBySweep }: TicketCommand,
  { from, to }: { from: Ticket; to: Ticket },
): Promise<void> {
  const what = to.version === from.version ? undefined : whatBecame(from, to)
  if (!what || !('by' in command)) return
  await appendAudit(tx, { by: isBySweep ? null : command.by, what, about: id }, at)
}

function whatBecame(from: Ticket, { state }: Ticket): AuditWhat | undefined {
  switch (state) {
    case 'held':
      return from.state === 'held' ? 'case_transferred' : 'case_claimed'
    case 'queued':
      return 'case_released'
    case 'returned':
      return 'case_returned'
    case 'closed':
      return 'case_closed'
    default:
      return undefined
  }
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
): Promise<{
  conversation: string
  caseId: string | null
  ticket: Ticket
  attendance: Attendance
}> {
  const [row] = await tx.run(selectTicket, { id })
  if (!row) throw new Refused('handoff_unknown', `No hand-off ${JSON.stringify(id)}.`)
  return {
    conversation: row.conversation,
    caseId: row.case_id,
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
    .select(['handoffs.conversation', 'handoffs.case_id', 'conversations.channel'])
    .select(attendedColumns)
    .where('handoffs.id', '=', at('id')),
)

const selectKeyed = statement<{ conversation: string; key: string }>()((db, at) =>
  db
    .selectFrom('log')
    .select('seq')
    .where('conversation', '=', at('conversation'))
    .where('key', '=', at('key')),
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
