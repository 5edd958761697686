import { statement, type Tx } from '../storage'
import { chainHash, emptyChain, type AuditEntry, type AuditRow } from './audit'
import { storable } from './plain-text'

/** Adds a line to the audit log, in the transaction of what it tells of: neither is ever there without the other. */
export async function appendAudit(
  tx: Tx,
  { by, what, about }: AuditEntry,
  at: number,
): Promise<void> {
  const [end = emptyChain] = await tx.run(selectEnd, {})
  const row = {
    n: end.n + 1,
    at,
    by_id: kept(by?.id),
    by_name: kept(by?.name),
    what,
    about: kept(about),
  }
  const hash = chainHash(end.hash, row)
  await tx.run(insertLine, { ...row, hash })
  await tx.run(keepEnd, { n: row.n, hash })
}

/** What is hashed must be what is read again, or the chain is broken for good. */
const kept = (text: string | undefined): string | null =>
  text === undefined ? null : storable(text)

export const selectEnd = statement<Record<string, never>>()((db) =>
  db.selectFrom('audit_end').select(['n', 'hash']),
)

const insertLine = statement<AuditRow>()((db, at) =>
  db.insertInto('audit').values({
    n: at('n'),
    at: at('at'),
    by_id: at('by_id'),
    by_name: at('by_name'),
    what: at('what'),
    about: at('about'),
    hash: at('hash'),
  }),
)

const keepEnd = statement<{ n: number; hash: string }>()((db, at) =>
  db
    .insertInto('audit_end')
    .values({ one: 1, n: at('n'), hash: at('hash') })
    .onConflict((conflict) => conflict.column('one').doUpdateSet({ n: at('n'), hash: at('hash') })),
)
