import { append } from '../../conversations/writes'
import { statement, type Tx } from '../../storage'

/** What changes the webhook desk's tickets. Runs inside the storage worker's transactions. */
export const webhookWrites = {
  offerToDesk,
  noteDeskTook,
  passDeskRows,
  noteDeskRefused,
  noteDeskEnded,
  tellDeskTrouble,
  noteDeskReceipt,
}

/** Offers a ticket that waits, for the first time or again: the transcript goes up to the newest row. */
async function offerToDesk(tx: Tx, input: { ticket: string; at: number }): Promise<void> {
  await tx.run(insertOffer, input)
}

/** The desk has the case. (An agent there may answer before we hear that the offer was taken.) */
async function noteDeskTook(tx: Tx, input: { ticket: string }): Promise<void> {
  await tx.run(setTaken, input)
}

/** Moves the cursor: the rows are with the desk, not for it, or (with `status`) refused by it for good. */
async function passDeskRows(
  tx: Tx,
  { status, at, ...place }: { ticket: string; seq: number; status?: number; at: number },
): Promise<void> {
  if (status !== undefined) await tx.run(insertRefusal, { ...place, status, at })
  await tx.run(moveCursor, place)
}

/** The desk does not take the case now; it is offered again when due. */
async function noteDeskRefused(tx: Tx, input: { ticket: string; dueAt: number }): Promise<void> {
  await tx.run(setRefused, input)
}

async function noteDeskEnded(tx: Tx, input: { ticket: string }): Promise<void> {
  await tx.run(setEnded, input)
}

/**
 * Lets the bot tell the person that the desk does not take the case just now: once for each ticket, and only while they
 * wait. It says that the case is kept, so from then on it is, whether their page is open or not. Null when there was
 * nothing to tell.
 */
async function tellDeskTrouble(
  tx: Tx,
  { ticket, at, event, why }: { ticket: string; at: number; event: string; why: string },
): Promise<{ conversation: string; seq: number } | null> {
  const [told] = await tx.run(setTold, { ticket, at })
  if (!told) return null
  await tx.run(setKept, { ticket })
  const { conversation } = told
  const { seq } = await append(tx, {
    conversation,
    row: {
      at,
      kind: 'event',
      audience: ['bot'],
      key: `ticket:${ticket}:trouble`,
      body: {
        type: 'event',
        name: event,
        value: { ticket, why },
        from: { id: 'desk', role: 'bot' },
      },
    },
  })
  return { conversation, seq }
}

async function noteDeskReceipt(
  tx: Tx,
  input: { ticket: string; activity: string; at: number },
): Promise<void> {
  await tx.run(insertReceipt, input)
}

const insertOffer = statement<{ ticket: string; at: number }>()((db, at) =>
  db
    .insertInto('webhook_tickets')
    .columns([
      'ticket',
      'conversation',
      'state',
      'offer',
      'begun_seq',
      'sent_seq',
      'offered_at',
      'due_at',
      'told_at',
    ])
    .expression((from) =>
      from
        .selectFrom('handoffs')
        .innerJoin('conversations', 'conversations.id', 'handoffs.conversation')
        .select((column) => [
          'handoffs.id as ticket',
          'handoffs.conversation as conversation',
          column.val('offering').as('state'),
          column.lit(1).as('offer'),
          'conversations.last_seq as begun_seq',
          'conversations.last_seq as sent_seq',
          column.val(at('at')).as('offered_at'),
          column.lit(null).as('due_at'),
          column.lit(null).as('told_at'),
        ])
        .where('handoffs.id', '=', at('ticket'))
        .where('handoffs.state', '=', 'queued'),
    )
    .onConflict((conflict) =>
      conflict
        .column('ticket')
        .doUpdateSet((column) => ({
          state: 'offering',
          offer: column('webhook_tickets.offer', '+', 1),
          begun_seq: column.ref('excluded.begun_seq'),
          sent_seq: column.ref('excluded.sent_seq'),
          offered_at: at('at'),
          due_at: null,
        }))
        .where('webhook_tickets.state', '=', 'refused'),
    ),
)

const setTaken = statement<{ ticket: string }>()((db, at) =>
  db
    .updateTable('webhook_tickets')
    .set({ state: 'taken', due_at: null })
    .where('ticket', '=', at('ticket'))
    .where('state', 'in', ['offering', 'refused']),
)

const moveCursor = statement<{ ticket: string; seq: number }>()((db, at) =>
  db
    .updateTable('webhook_tickets')
    .set({ sent_seq: at('seq') })
    .where('ticket', '=', at('ticket'))
    .where('sent_seq', '<', at('seq')),
)

const insertRefusal = statement<{ ticket: string; seq: number; status: number; at: number }>()(
  (db, at) =>
    db
      .insertInto('webhook_refusals')
      .columns(['ticket', 'conversation', 'seq', 'status', 'at'])
      .expression((from) =>
        from
          .selectFrom('webhook_tickets')
          .select((column) => [
            'ticket',
            'conversation',
            column.val(at('seq')).as('seq'),
            column.val(at('status')).as('status'),
            column.val(at('at')).as('at'),
          ])
          .where('ticket', '=', at('ticket')),
      )
      .onConflict((conflict) => conflict.columns(['ticket', 'seq']).doNothing()),
)

const setRefused = statement<{ ticket: string; dueAt: number }>()((db, at) =>
  db
    .updateTable('webhook_tickets')
    .set({ state: 'refused', due_at: at('dueAt') })
    .where('ticket', '=', at('ticket'))
    .where('state', '<>', 'ended'),
)

const setEnded = statement<{ ticket: string }>()((db, at) =>
  db
    .updateTable('webhook_tickets')
    .set({ state: 'ended', due_at: null })
    .where('ticket', '=', at('ticket')),
)

const setTold = statement<{ ticket: string; at: number }>()((db, at) =>
  db
    .updateTable('webhook_tickets')
    .set({ told_at: at('at') })
    .where('ticket', '=', at('ticket'))
    .where('told_at', 'is', null)
    .where((column) =>
      column.exists(
        column
          .selectFrom('handoffs')
          .select('handoffs.id')
          .where('handoffs.id', '=', at('ticket'))
          .where('handoffs.state', '=', 'queued'),
      ),
    )
    .returning('conversation'),
)

const setKept = statement<{ ticket: string }>()((db, at) =>
  db.updateTable('handoffs').set({ is_kept: 1 }).where('id', '=', at('ticket')),
)

const insertReceipt = statement<{ ticket: string; activity: string; at: number }>()((db, at) =>
  db
    .insertInto('webhook_receipts')
    .columns(['ticket', 'activity', 'at'])
    // Of a case that was erased meanwhile nothing is kept.
    .expression((from) =>
      from
        .selectFrom('handoffs')
        .select((column) => [
          'id as ticket',
          column.val(at('activity')).as('activity'),
          column.val(at('at')).as('at'),
        ])
        .where('id', '=', at('ticket')),
    )
    .onConflict((conflict) => conflict.columns(['ticket', 'activity']).doNothing()),
)
