import { noteFarewells } from '../handoff/farewell-writes'
import { forgetWaits } from '../incidents/writes'
import { forgetUnmatched } from '../insights/writes'
import { forgetCases } from '../ledger/writes'
import { statement, type Tables, type Tx } from '../storage'

/** What erases a conversation. Runs inside the storage worker's transactions. */
export const forgetWrites = { forgetConversation }

type Erase = (tx: Tx, input: { conversation: string }) => Promise<void>

/** Every table that names the conversation its rows belong to; a new one does not compile before it stands here. */
type Held = {
  [T in keyof Tables]: 'conversation' extends keyof Tables[T] ? T : never
}[keyof Tables]

/**
 * Erases a conversation and everything that hangs on it, and keeps its id from being used again until `until`, when
 * the last token for it has ended. Once more does no harm. The audit log stays: it names cases by their ids, and no more. So do the
 * farewells, by which desks elsewhere hear of it. Gives the ids of the files that were sent, whose bytes nobody needs
 * any more.
 */
async function forgetConversation(
  tx: Tx,
  { conversation, at, until }: { conversation: string; at: number; until: number },
): Promise<{ files: readonly string[] }> {
  const files = await tx.run(selectFiles, { conversation })
  await noteFarewells(tx, { conversation, at })
  // Receipts hang on the tickets, so they go before these.
  await tx.run(deleteReceipts, { conversation })
  for (const erase of Object.values(erasers)) await erase(tx, { conversation })
  await tx.run(deleteConversation, { conversation })
  await tx.run(sweepForgotten, { now: at })
  await tx.run(insertForgotten, { conversation, until })
  return { files: files.map(({ id }) => id) }
}

const rowsOf = (table: Exclude<Held, 'cases' | 'ledger' | 'unmatched' | 'incident_waiters'>) => {
  const deleteRows = statement<{ conversation: string }>()((db, at) =>
    db.deleteFrom(table).where('conversation', '=', at('conversation')),
  )
  return async (tx: Tx, input: { conversation: string }): Promise<void> => {
    await tx.run(deleteRows, input)
  }
}

const erasers: Readonly<Record<Held, Erase>> = {
  log: rowsOf('log'),
  visitors: rowsOf('visitors'),
  timers: rowsOf('timers'),
  cases: forgetCases,
  ledger: forgetCases,
  unmatched: forgetUnmatched,
  incident_waiters: forgetWaits,
  ratings: rowsOf('ratings'),
  teams_addresses: rowsOf('teams_addresses'),
  teams_deliveries: rowsOf('teams_deliveries'),
  teams_desk_cards: rowsOf('teams_desk_cards'),
  teams_desk_heard: rowsOf('teams_desk_heard'),
  webhook_tickets: rowsOf('webhook_tickets'),
  webhook_refusals: rowsOf('webhook_refusals'),
  uploads: rowsOf('uploads'),
  handoffs: rowsOf('handoffs'),
}

const selectFiles = statement<{ conversation: string }>()((db, at) =>
  db.selectFrom('uploads').select('id').where('conversation', '=', at('conversation')),
)

const deleteReceipts = statement<{ conversation: string }>()((db, at) =>
  db
    .deleteFrom('webhook_receipts')
    .where('ticket', 'in', (sub) =>
      sub.selectFrom('handoffs').select('id').where('conversation', '=', at('conversation')),
    ),
)

const deleteConversation = statement<{ conversation: string }>()((db, at) =>
  db.deleteFrom('conversations').where('id', '=', at('conversation')),
)

const sweepForgotten = statement<{ now: number }>()((db, at) =>
  db.deleteFrom('forgotten').where('until', '<', at('now')),
)

const insertForgotten = statement<{ conversation: string; until: number }>()((db, at) =>
  db
    .insertInto('forgotten')
    .values({ id: at('conversation'), until: at('until') })
    .onConflict((conflict) => conflict.column('id').doUpdateSet({ until: at('until') })),
)
