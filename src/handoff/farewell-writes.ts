import { statement, type Tx } from '../storage'

/** What desks elsewhere still have to hear of conversations that were erased. Runs inside the storage worker's transactions. */
export const farewellWrites = { noteFarewellSaid, putOffFarewell, noteLateCard }

/** What was on its way to a desk as the conversation was erased has arrived by then, in milliseconds. */
const settlesAfter = 15_000

/**
 * Notes for each desk elsewhere which of its cases are no more, as a part of erasing their conversation; call it while
 * their rows still stand. A case's id and Teams' ids of its card are all that stays, until the desk has heard it.
 */
export async function noteFarewells(
  tx: Tx,
  { conversation, at }: { conversation: string; at: number },
): Promise<void> {
  const due = at + settlesAfter
  await tx.run(insertWebhooks, { conversation, at, due })
  await tx.run(insertCards, { conversation, at, due })
}

/** A card in Teams of a case that is no more: it was on its way when the case was erased, or nobody knew where it was. It is emptied at once. */
export async function noteLateCard(
  tx: Tx,
  input: { ticket: string; at: number; thread: string; activity: string },
): Promise<void> {
  await tx.run(insertCard, input)
}

/** The desk has heard it, or never will. */
async function noteFarewellSaid(tx: Tx, input: { ticket: string; desk: string }): Promise<void> {
  await tx.run(deleteFarewell, input)
}

async function putOffFarewell(
  tx: Tx,
  input: { ticket: string; desk: string; due: number },
): Promise<void> {
  await tx.run(setDue, input)
}

/** A case that has ended names the person, too. */
const insertWebhooks = statement<{ conversation: string; at: number; due: number }>()((db, at) =>
  db
    .insertInto('farewells')
    .columns(['ticket', 'desk', 'at', 'due_at', 'thread', 'activity'])
    .expression((from) =>
      from
        .selectFrom('webhook_tickets')
        .select((column) => [
          'ticket',
          column.val('webhook').as('desk'),
          column.val(at('at')).as('at'),
          column.val(at('due')).as('due_at'),
          column.lit(null).as('thread'),
          column.lit(null).as('activity'),
        ])
        .where('conversation', '=', at('conversation')),
    )
    .onConflict((conflict) => conflict.columns(['ticket', 'desk']).doNothing()),
)

const insertCards = statement<{ conversation: string; at: number; due: number }>()((db, at) =>
  db
    .insertInto('farewells')
    .columns(['ticket', 'desk', 'at', 'due_at', 'thread', 'activity'])
    .expression((from) =>
      from
        .selectFrom('teams_desk_cards')
        .select((column) => [
          'ticket',
          column.val('teams').as('desk'),
          column.val(at('at')).as('at'),
          column.val(at('due')).as('due_at'),
          'thread',
          'activity',
        ])
        .where('conversation', '=', at('conversation'))
        .where('activity', 'is not', null),
    )
    .onConflict((conflict) => conflict.columns(['ticket', 'desk']).doNothing()),
)

const insertCard = statement<{ ticket: string; at: number; thread: string; activity: string }>()(
  (db, at) =>
    db
      .insertInto('farewells')
      .values({
        ticket: at('ticket'),
        desk: 'teams',
        at: at('at'),
        due_at: at('at'),
        thread: at('thread'),
        activity: at('activity'),
      })
      .onConflict((conflict) => conflict.columns(['ticket', 'desk']).doNothing()),
)

const deleteFarewell = statement<{ ticket: string; desk: string }>()((db, at) =>
  db.deleteFrom('farewells').where('ticket', '=', at('ticket')).where('desk', '=', at('desk')),
)

const setDue = statement<{ ticket: string; desk: string; due: number }>()((db, at) =>
  db
    .updateTable('farewells')
    .set({ due_at: at('due') })
    .where('ticket', '=', at('ticket'))
    .where('desk', '=', at('desk')),
)
