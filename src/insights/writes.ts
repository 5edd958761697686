import type { UnmatchedPhrase } from '../conversations'
import { statement, type Tx } from '../storage'

/** What changes the phrases that were not understood. Runs inside the storage worker's transactions. */
export const insightWrites = { sweepUnmatched, forgetUnmatched }

/** One conversation keeps at most this many; who writes more tells nothing new, and may be a flood. */
const mostOfOne = 100

/** Keeps a phrase, as a part of the commit of the turn that had no use for it. `seq` is the row that the turn answers. */
export async function addUnmatched(
  tx: Tx,
  input: { conversation: string; seq: number; at: number; phrase: UnmatchedPhrase },
): Promise<void> {
  const { conversation, seq, at, phrase } = input
  const [counted] = await tx.run(countOf, { conversation })
  if ((counted?.kept ?? 0) >= mostOfOne) return
  await tx.run(insertUnmatched, {
    conversation,
    seq,
    at,
    text: phrase.text,
    why: phrase.why,
    offered: JSON.stringify(phrase.offered),
    nearest: phrase.nearest ?? null,
    version: phrase.packVersion,
  })
}

/** Erases what was written before `before` (milliseconds since 1970). */
async function sweepUnmatched(tx: Tx, input: { before: number }): Promise<void> {
  await tx.run(deleteOld, input)
}

/** Erases a conversation's phrases; whatever erases a conversation calls this in the same transaction. */
export async function forgetUnmatched(tx: Tx, input: { conversation: string }): Promise<void> {
  await tx.run(deleteOf, input)
}

const countOf = statement<{ conversation: string }>()((db, at) =>
  db
    .selectFrom('unmatched')
    .select((column) => column.fn.countAll<number>().as('kept'))
    .where('conversation', '=', at('conversation')),
)

const insertUnmatched = statement<{
  conversation: string
  seq: number
  at: number
  text: string
  why: UnmatchedPhrase['why']
  offered: string
  nearest: string | null
  version: string
}>()((db, at) =>
  db.insertInto('unmatched').values({
    conversation: at('conversation'),
    seq: at('seq'),
    at: at('at'),
    text: at('text'),
    why: at('why'),
    offered: at('offered'),
    nearest: at('nearest'),
    pack_version: at('version'),
  }),
)

const deleteOld = statement<{ before: number }>()((db, at) =>
  db.deleteFrom('unmatched').where('at', '<', at('before')),
)

const deleteOf = statement<{ conversation: string }>()((db, at) =>
  db.deleteFrom('unmatched').where('conversation', '=', at('conversation')),
)
