import { failPoint } from '../fail-points'
import { noteFarewells } from '../handoff/farewell-writes'
import { forgetWaits } from '../incidents/writes'
import { forgetUnmatched } from '../insights/writes'
import { forgetCases, unlinkCases } from '../ledger/writes'
import { statement, type Tables, type Tx } from '../storage'

/** What erases a conversation. Runs inside the storage worker's transactions. */
export const forgetWrites = { forgetConversation, expireConversation }

type Erase = (tx: Tx, input: { conversation: string }) => Promise<void>

/** Every table that names the conversation its rows belong to; a new one does not compile before it stands here. */
type Held = {
  [T in keyof Tables]: 'conversation' extends keyof Tables[T] ? T : never
}[keyof Tables]

/**
 * Erases a conversation and everything that hangs on it, and keeps its id from being used again until `until`, when
 * the last token for it has ended; null where there are no tokens. Once more does no harm. The audit log stays: it names
 * cases by their ids, and no more. So do the farewells, by which desks elsewhere hear of it. Gives the ids of the files
 * that were sent, whose bytes nobody needs any more.
 */
export async function forgetConversation(
  tx: Tx,
  { conversation, at, until }: Forgetting,
): Promise<{ files: readonly string[] }> {
  const files = await tx.run(selectFiles, { conversation })
  await noteFarewells(tx, { conversation, at })
  // Receipts hang on the tickets, so they go before these.
  await tx.run(deleteReceipts, { conversation })
  for (const erase of Object.values(erasers)) await erase(tx, { conversation })
  failPoint('erase-half')
  await tx.run(deleteConversation, { conversation })
  await tx.run(sweepForgotten, { now: at })
  if (until === null) await tx.run(deleteForgotten, { conversation })
  else await tx.run(insertForgotten, { conversation, until })
  return { files: files.map(({ id }) => id) }
}

export interface Forgetting {
  readonly conversation: string
  readonly at: number
  readonly until: number | null
}

/** The same, but what its cases say of fixes stays, with nothing by which it could be told whose they were. */
export async function forgetPerson(
  tx: Tx,
  forgetting: Forgetting,
): Promise<{ files: readonly string[] }> {
  await unlinkCases(tx, forgetting)
  return forgetConversation(tx, forgetting)
}

/** Erases a conversation that has been silent since `before`, if nothing in it is still to come. Null when it stays. */
async function expireConversation(
  tx: Tx,
  { before, ...forgetting }: Forgetting & { readonly before: number },
): Promise<{ files: readonly string[] } | null> {
  const { conversation } = forgetting
  if ((await tx.run(selectExpired, { conversation, before })).length === 0) return null
  return forgetPerson(tx, forgetting)
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

const deleteForgotten = statement<{ conversation: string }>()((db, at) =>
  db.deleteFrom('forgotten').where('id', '=', at('conversation')),
)

const insertForgotten = statement<{ conversation: string; until: number }>()((db, at) =>
  db
    .insertInto('forgotten')
    .values({ id: at('conversation'), until: at('until') })
    .onConflict((conflict) => conflict.column('id').doUpdateSet({ until: at('until') })),
)

/** The conversation, if nobody has written in it since then, the bot has read it all, nobody has it or waits in it, and nothing is due. */
const selectExpired = statement<{ conversation: string; before: number }>()((db, at) =>
  db
    .selectFrom('conversations')
    .select('id')
    .where('id', '=', at('conversation'))
    .where('last_at', '<', at('before'))
    .where('created_at', '<', at('before'))
    .where('holder', '=', 'bot')
    .whereRef('bot_cursor', '=', 'last_seq')
    .where('id', 'not in', (sub) =>
      sub
        .selectFrom('handoffs')
        .select('conversation')
        .where('conversation', '=', at('conversation'))
        .where('state', 'in', ['queued', 'held']),
    )
    .where('id', 'not in', (sub) =>
      sub
        .selectFrom('timers')
        .select('conversation')
        .where('conversation', '=', at('conversation')),
    )
    .where('id', 'not in', (sub) =>
      sub
        .selectFrom('cases')
        .select('conversation')
        .where('conversation', '=', at('conversation'))
        .where('outcome', 'is', null),
    )
    .where('id', 'not in', (sub) =>
      sub
        .selectFrom('incident_waiters')
        .select('conversation')
        .where('conversation', '=', at('conversation'))
        .where('told_at', 'is', null),
    ),
)
