import { selectForgotten } from '../../conversations/statements'
import { statement, type Tx } from '../../storage'

/** What changes the visitors' secrets. Runs inside the storage worker's transactions. */
export const visitorWrites = { keepVisitor, useTicket }

/** False when the conversation was erased: then its secret is not kept. */
async function keepVisitor(
  tx: Tx,
  input: { hash: string; conversation: string; user: string; expiresAt: number; now: number },
): Promise<boolean> {
  await tx.run(sweepVisitors, { now: input.now })
  const { now: _swept, ...visitor } = input
  if ((await tx.run(selectForgotten, { id: input.conversation })).length > 0) return false
  await tx.run(insertVisitor, visitor)
  return true
}

/** True the first time only. Tickets past their time are swept on the way. */
async function useTicket(
  tx: Tx,
  input: { id: string; expiresAt: number; now: number },
): Promise<boolean> {
  await tx.run(sweepTickets, { now: input.now })
  return (await tx.run(insertTicket, { id: input.id, expiresAt: input.expiresAt })).length > 0
}

const insertVisitor = statement<{
  hash: string
  conversation: string
  user: string
  expiresAt: number
}>()((db, at) =>
  db
    .insertInto('visitors')
    .values({
      hash: at('hash'),
      conversation: at('conversation'),
      user_id: at('user'),
      expires_at: at('expiresAt'),
    })
    .onConflict((conflict) => conflict.column('hash').doUpdateSet({ expires_at: at('expiresAt') })),
)

const sweepVisitors = statement<{ now: number }>()((db, at) =>
  db.deleteFrom('visitors').where('expires_at', '<', at('now')),
)

const sweepTickets = statement<{ now: number }>()((db, at) =>
  db.deleteFrom('used_tickets').where('expires_at', '<', at('now')),
)

const insertTicket = statement<{ id: string; expiresAt: number }>()((db, at) =>
  db
    .insertInto('used_tickets')
    .values({ id: at('id'), expires_at: at('expiresAt') })
    .onConflict((conflict) => conflict.column('id').doNothing())
    .returning('id'),
)
