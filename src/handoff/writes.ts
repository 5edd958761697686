import { append } from '../conversations/writes'
import { Refused, statement, type Tx } from '../storage'
import { attendanceAfter, type Attendance, type Desk } from './attendance'
import { asAttendance, attendedColumns, keepAttendance } from './attendance-rows'
import {
  decide,
  type Agent,
  type Command,
  type Decision,
  type Line,
  type Refusal,
  type Ticket,
} from './ticket'
import { asTicket, keepTicket } from './ticket-rows'

/** What changes hand-offs after a turn opened one. Runs inside the storage worker's transactions. */
export const handoffWrites = { noteAnnounced, commandTicket }

async function noteAnnounced(tx: Tx, input: { id: string; at: number }): Promise<void> {
  await tx.run(setAnnounced, input)
}

/** A command to a ticket, and what goes to the person with it. */
export interface TicketCommand {
  readonly id: string
  readonly command: Command
  /** The version that the sender saw; another one is refused. */
  readonly version?: number
  /** Where the agent works who gives it. */
  readonly desk?: Desk
  readonly at: number
  /** How the person is told of who comes and goes. */
  readonly lines: Readonly<Record<Line, string>>
  /** Name of the event by which the bot learns that an agent closed the ticket. */
  readonly closedEvent: string
  /** What the agent says; one with a key that was written before is not written again. */
  readonly message?: { readonly text: string; readonly key?: string }
}

/** The ticket as it is now, or why it stayed as it was. */
export type CommandResult = { readonly conversation: string; readonly seq: number } & (
  { readonly ticket: Ticket } | Refusal
)

/** Decides a command and writes all that follows from it: ticket, holder, lines, message. */
export async function commandTicket(tx: Tx, input: TicketCommand): Promise<CommandResult> {
  const { conversation, ticket, attendance } = await find(tx, input.id)
  const decision = decide(ticket, input.command, { now: input.at, version: input.version })
  if ('refused' in decision) return { conversation, seq: 0, ...decision }
  await keep(tx, { id: input.id, conversation, decision, at: input.at })
  let seq = 0
  for (const line of decision.lines)
    seq = await systemLine(tx, conversation, input.lines[line], input.at)
  const { message, command } = input
  let said = false
  if (message && 'by' in command) {
    const row = await say(tx, conversation, { by: command.by, ...message, at: input.at })
    seq = row.seq
    said = !row.duplicate
  }
  const { at, desk } = input
  const change = { from: ticket, to: decision.ticket, at, desk, said }
  await keepAttendance(tx, input.id, attendanceAfter(attendance, change))
  if (decision.ticket.state === 'closed') seq = await askHowItWas(tx, conversation, input)
  return { conversation, seq, ticket: decision.ticket }
}

/** The bot asks the person how it was, once the agent has closed the case. */
async function askHowItWas(
  tx: Tx,
  conversation: string,
  { id, command, at, closedEvent }: TicketCommand,
): Promise<number> {
  const { seq } = await append(tx, {
    conversation,
    row: {
      at,
      kind: 'event',
      audience: ['bot'],
      key: `ticket:${id}:closed`,
      body: {
        type: 'event',
        name: closedEvent,
        value: { ticket: id, agent: 'by' in command ? command.by.name : '' },
        from: { id: 'desk', role: 'bot' },
      },
    },
  })
  return seq
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

async function keep(
  tx: Tx,
  { conversation, ...change }: { id: string; conversation: string; decision: Decision; at: number },
): Promise<void> {
  await keepTicket(tx, change)
  await tx.run(setHolder, { conversation, holder: change.decision.holder })
}

async function say(
  tx: Tx,
  conversation: string,
  { by, text, key, at }: { by: Agent; text: string; key?: string; at: number },
): Promise<{ seq: number; duplicate: boolean }> {
  return append(tx, {
    conversation,
    row: {
      at,
      kind: 'activity',
      audience: ['person', 'agents'],
      ...(key === undefined ? {} : { key: `desk:${key}` }),
      // The agent's own id is nobody's business but the desk's.
      body: { type: 'message', from: { id: 'agent', name: by.name, role: 'agent' }, text },
    },
  })
}

async function systemLine(tx: Tx, conversation: string, text: string, at: number): Promise<number> {
  const { seq } = await append(tx, {
    conversation,
    row: {
      at,
      kind: 'event',
      audience: ['person', 'agents'],
      body: {
        type: 'message',
        from: { id: 'fixladder', name: 'Fixladder', role: 'bot' },
        channelData: { fixladder: { kind: 'system', text } },
      },
    },
  })
  return seq
}

const setAnnounced = statement<{ id: string; at: number }>()((db, at) =>
  db
    .updateTable('handoffs')
    .set({ announced_at: at('at') })
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
