import { appendAudit } from '../agents/audit-writes'
import { forgetPerson } from '../conversations/forget'
import { statement, type Tx } from '../storage'
import { addCounts, countsOf, noCounts, type Counts } from './counts'

/** What erases a person. Runs inside the storage worker's transactions. */
export const keepingWrites = { eraseConversations }

export interface EraseConversations {
  readonly conversations: readonly { readonly id: string; readonly until: number | null }[]
  /** Ids of the person, whose secrets go too: also those of conversations that never began. */
  readonly users: readonly string[]
  readonly at: number
  /** With the last ones: what went before them. The audit log gets its line. */
  readonly last: Counts | null
}

/** Erases conversations of one person. Gives what went, and the ids of files whose bytes nobody needs any more. */
async function eraseConversations(
  tx: Tx,
  { conversations, users, at, last }: EraseConversations,
): Promise<{ files: readonly string[]; counts: Counts }> {
  let counts = noCounts
  const files: string[] = []
  for (const { id, until } of conversations) {
    const went = await countsOf((query, given) => tx.run(query, given), id)
    const erased = await forgetPerson(tx, { conversation: id, at, until })
    files.push(...erased.files)
    counts = addCounts(counts, went)
  }
  for (const user of users) await tx.run(deleteVisitors, { user })
  if (last) {
    const all = addCounts(last, counts)
    const about = `${all.conversations} conversations, ${all.rows} rows, ${all.files} files`
    await appendAudit(tx, { by: null, what: 'person_erased', about }, at)
  }
  return { files, counts }
}

const deleteVisitors = statement<{ user: string }>()((db, at) =>
  db.deleteFrom('visitors').where('user_id', '=', at('user')),
)
