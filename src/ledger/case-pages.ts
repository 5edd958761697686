import { setImmediate as nextRound } from 'node:timers/promises'
import { sql } from 'kysely'
import { statement, type Reads } from '../storage'
import type { AnswerEntry } from './answers'

export interface CaseEntry extends AnswerEntry {
  readonly entry: number
  readonly case_id: string
  readonly minutes: number | null
}

/** So many entries are read at once; the chats go on in between. */
const mostAtOnce = 1_000

/** What was shown, answered and opened again since then, case by case, each in its order. However many cases there are, few are in memory. */
export async function* casesSince(
  storage: Reads,
  { since, symptom }: { readonly since: number; readonly symptom?: string | undefined },
): AsyncGenerator<readonly CaseEntry[]> {
  let open: CaseEntry[] = []
  for (;;) {
    const last = open.at(-1)
    const page = await storage.read(selectPage, {
      since,
      symptom: symptom ?? null,
      case: last?.case_id ?? '',
      entry: last?.entry ?? 0,
      limit: mostAtOnce,
    })
    for (const entry of page) {
      if (open.length > 0 && open[0]?.case_id !== entry.case_id) {
        yield open
        open = []
      }
      open.push(entry)
    }
    if (page.length < mostAtOnce) break
    await nextRound()
  }
  if (open.length > 0) yield open
}

const selectPage = statement<{
  since: number
  symptom: string | null
  case: string
  entry: number
  limit: number
}>()((db, at) =>
  db
    .selectFrom('ledger')
    .select([
      'entry',
      'case_id',
      'what',
      'symptom',
      'fix',
      'device',
      'result',
      'outcome',
      'minutes',
    ])
    // Kysely has no comparison of pairs; it is what lets the index of cases find the next page.
    .where(
      (column) =>
        sql<boolean>`(${column.ref('case_id')}, ${column.ref('entry')}) > (${at('case')}, ${at('entry')})`,
    )
    .where('at', '>=', at('since'))
    .where('what', 'in', ['shown', 'result', 'reopened'])
    .where(
      (column) =>
        sql<boolean>`coalesce(${at('symptom')}, ${column.ref('symptom')}) = ${column.ref('symptom')}`,
    )
    .orderBy('case_id')
    .orderBy('entry')
    .limit(at('limit')),
)
