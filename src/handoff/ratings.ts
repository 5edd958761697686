import { statement, type Tx } from '../storage'
import type { Rating } from '../conversations/commit'

/** Keeps what the person says of a ticket, as part of a turn's commit: one score a ticket, the first one. */
export async function keepRating(
  tx: Tx,
  { conversation, at, rating }: { conversation: string; at: number; rating: Rating },
): Promise<void> {
  const { ticket, score, words } = rating
  if (score !== undefined) await tx.run(insertRating, { ticket, conversation, score, at })
  if (words !== undefined) await tx.run(addWords, { ticket, conversation, words })
}

const insertRating = statement<{
  ticket: string
  conversation: string
  score: number
  at: number
}>()((db, at) =>
  db
    .insertInto('ratings')
    .values({
      ticket: at('ticket'),
      conversation: at('conversation'),
      score: at('score'),
      words: null,
      at: at('at'),
    })
    .onConflict((conflict) => conflict.column('ticket').doNothing()),
)

const addWords = statement<{ ticket: string; conversation: string; words: string }>()((db, at) =>
  db
    .updateTable('ratings')
    .set({ words: at('words') })
    .where('ticket', '=', at('ticket'))
    .where('conversation', '=', at('conversation')),
)
