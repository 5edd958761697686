import { statement, type Tx } from '../storage'
import { decide, type Decision, type Ticket, type TicketState } from './ticket'

/** Tickets as rows. A turn's commit opens and ends them here too, so nothing in this file knows the log. */

/** Opens a ticket, as part of a turn's commit. */
export async function openTicket(
  tx: Tx,
  ticket: {
    readonly id: string
    readonly conversation: string
    readonly caseId: string | null
    readonly reason: string
    readonly brief: string
    /** The person was promised an answer, whether their page is open or not. */
    readonly isKept: boolean
    readonly at: number
  },
): Promise<void> {
  const { isKept, ...rest } = ticket
  await tx.run(insertTicket, { ...rest, kept: isKept ? 1 : 0 })
}

/** The open ticket of a conversation ends by the person's own doing, as part of a turn's commit; none open is none to end. */
export async function endByPerson(
  tx: Tx,
  { conversation, how, at }: { conversation: string; how: 'cancel' | 'help'; at: number },
): Promise<void> {
  const [open] = await tx.run(selectOpen, { conversation })
  if (!open) return
  const decision = decide(asTicket(open), { command: how }, { now: at })
  if (!('refused' in decision)) await keepTicket(tx, { id: open.id, decision, at })
}

/** What the newest ticket is about, as part of a turn's commit; it may have ended before the turn came to it. */
export async function keepCaseOf(
  tx: Tx,
  input: { conversation: string; caseId: string },
): Promise<void> {
  await tx.run(setCaseOf, input)
}

/** How the case of the ticket that ended last stood then, as part of a turn's commit. Once kept, it stays. */
export async function keepClosingBrief(
  tx: Tx,
  input: { conversation: string; brief: string },
): Promise<void> {
  await tx.run(setClosingBrief, input)
}

/** Where the person can be answered outside the chat, as part of a turn's commit; without an open ticket it is of no use. */
export async function keepReplyAddress(
  tx: Tx,
  input: { conversation: string; address: string },
): Promise<void> {
  await tx.run(setReplyAddress, input)
}

/** Writes down what was decided of a ticket. */
export async function keepTicket(
  tx: Tx,
  { id, decision: { ticket }, at }: { id: string; decision: Decision; at: number },
): Promise<void> {
  await tx.run(setTicket, {
    id,
    state: ticket.state,
    version: ticket.version,
    agent: ticket.agent?.id ?? null,
    name: ticket.agent?.name ?? null,
    claimed: ticket.state === 'held' ? at : null,
    ended: ticket.endedAt ?? null,
  })
}

interface TicketRow {
  readonly state: string
  readonly version: number
  readonly agent_id: string | null
  readonly agent_name: string | null
  readonly ended_at: number | null
}

/** A stored ticket as the state machine takes it. */
export const asTicket = (row: TicketRow): Ticket => ({
  state: row.state as TicketState,
  version: row.version,
  ...(row.agent_id !== null && row.agent_name !== null
    ? { agent: { id: row.agent_id, name: row.agent_name } }
    : {}),
  ...(row.ended_at === null ? {} : { endedAt: row.ended_at }),
})

export const ticketColumns = ['state', 'version', 'agent_id', 'agent_name', 'ended_at'] as const

const insertTicket = statement<{
  id: string
  conversation: string
  caseId: string | null
  reason: string
  brief: string
  kept: number
  at: number
}>()((db, at) =>
  db.insertInto('handoffs').values({
    id: at('id'),
    conversation: at('conversation'),
    case_id: at('caseId'),
    version: 0,
    state: 'queued',
    brief: at('brief'),
    reason: at('reason'),
    created_at: at('at'),
    announced_at: null,
    agent_id: null,
    agent_name: null,
    claimed_at: null,
    ended_at: null,
    reply_to: null,
    fixed: null,
    fixed_words: null,
    person_seen_at: at('at'),
    is_kept: at('kept'),
    desk: null,
    held_at: null,
    awaited_since: null,
    closing_brief: null,
  }),
)

const selectOpen = statement<{ conversation: string }>()((db, at) =>
  db
    .selectFrom('handoffs')
    .select(['id', ...ticketColumns])
    .where('conversation', '=', at('conversation'))
    .where('state', 'in', ['queued', 'held']),
)

const setCaseOf = statement<{ conversation: string; caseId: string }>()((db, at) =>
  db
    .updateTable('handoffs')
    .set({ case_id: at('caseId') })
    .where('id', 'in', (sub) =>
      sub
        .selectFrom('handoffs')
        .select('id')
        .where('conversation', '=', at('conversation'))
        .orderBy('created_at', 'desc')
        .limit(1),
    ),
)

const setClosingBrief = statement<{ conversation: string; brief: string }>()((db, at) =>
  db
    .updateTable('handoffs')
    .set({ closing_brief: at('brief') })
    .where('closing_brief', 'is', null)
    .where('id', 'in', (sub) =>
      sub
        .selectFrom('handoffs')
        .select('id')
        .where('conversation', '=', at('conversation'))
        .where('ended_at', 'is not', null)
        .orderBy('ended_at', 'desc')
        .limit(1),
    ),
)

const setReplyAddress = statement<{ conversation: string; address: string }>()((db, at) =>
  db
    .updateTable('handoffs')
    .set({ reply_to: at('address') })
    .where('conversation', '=', at('conversation'))
    .where('state', 'in', ['queued', 'held']),
)

const setTicket = statement<{
  id: string
  state: string
  version: number
  agent: string | null
  name: string | null
  claimed: number | null
  ended: number | null
}>()((db, at) =>
  db
    .updateTable('handoffs')
    .set((column) => ({
      state: at('state'),
      version: at('version'),
      agent_id: at('agent'),
      agent_name: at('name'),
      // The first claim is the one that ended the waiting.
      claimed_at: column.fn.coalesce('claimed_at', column.val(at('claimed'))),
      ended_at: at('ended'),
    }))
    .where('id', '=', at('id')),
)
