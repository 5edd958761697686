import { statement, type Reads } from '../storage'
import { emptyChain, follow, type ChainEnd, type ChainFault } from './audit'
import { selectEnd } from './audit-writes'

/** Lines that one answer of the console shows. */
const pageLength = 100
/** Lines that the check reads at a time. */
const checkedAtOnce = 1_000

export interface AuditLine {
  readonly n: number
  readonly at: number
  readonly who: { readonly id: string; readonly name: string } | null
  readonly what: string
  readonly about?: string
}

/** The newest lines before number `before`, newest first. */
export async function readAudit(storage: Reads, before: number): Promise<readonly AuditLine[]> {
  const rows = await storage.read(selectPage, { before, limit: pageLength })
  return rows.map(({ n, at, by_id, by_name, what, about }) => ({
    n,
    at,
    who: by_id === null ? null : { id: by_id, name: by_name ?? '' },
    what,
    ...(about === null ? {} : { about }),
  }))
}

/**
 * Follows the whole chain. Finds a byte that was changed, a line that is missing, and lines that were cut off at the
 * end. Whoever can write the file can also write a whole new chain that holds; a `witness`, a line that was noted elsewhere, finds that.
 */
export async function verifyAudit(
  storage: Reads,
  witness?: ChainEnd,
): Promise<ChainEnd | ChainFault> {
  let end: ChainEnd = emptyChain
  for (;;) {
    // In this order: a server that writes meanwhile is never ahead of what is read next.
    const [kept = emptyChain] = await storage.read(selectEnd, {})
    const rows = await storage.read(selectFrom, { after: end.n, limit: checkedAtOnce })
    if (rows.length === 0) return compare(end, kept, witness)
    const led = follow(end, rows)
    if ('fault' in led) return led
    const noted = rows.find(({ n }) => n === witness?.n)
    if (noted && noted.hash !== witness?.hash) return { n: noted.n, fault: 'changed' }
    end = led
  }
}

/** Whether the chain leads to where it was written to end. */
function compare(
  end: ChainEnd,
  kept: ChainEnd,
  witness: ChainEnd | undefined,
): ChainEnd | ChainFault {
  if (Math.max(kept.n, witness?.n ?? 0) > end.n) return { n: end.n + 1, fault: 'missing' }
  return kept.n === end.n && kept.hash === end.hash ? end : { n: end.n, fault: 'changed' }
}

const selectPage = statement<{ before: number; limit: number }>()((db, at) =>
  db
    .selectFrom('audit')
    .selectAll()
    .where('n', '<', at('before'))
    .orderBy('n', 'desc')
    .limit(at('limit')),
)

const selectFrom = statement<{ after: number; limit: number }>()((db, at) =>
  db.selectFrom('audit').selectAll().where('n', '>', at('after')).orderBy('n').limit(at('limit')),
)
