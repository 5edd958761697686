import { statement, type Tx } from '../storage'

/** How much there is of something, in numbers and without a word of it. */
export interface Counts {
  readonly conversations: number
  /** Rows of the log. */
  readonly rows: number
  readonly cases: number
  readonly tickets: number
  readonly ratings: number
  readonly reminders: number
  readonly phrases: number
  readonly files: number
}

export const noCounts: Counts = {
  conversations: 0,
  rows: 0,
  cases: 0,
  tickets: 0,
  ratings: 0,
  reminders: 0,
  phrases: 0,
  files: 0,
}

/** What hangs on a conversation. */
export async function countsOf(run: Tx['run'], conversation: string): Promise<Counts> {
  const count = async (of: keyof typeof counting): Promise<number> => {
    const [found] = await run(counting[of], { conversation })
    return Number(found?.count ?? 0)
  }
  return {
    conversations: 1,
    rows: await count('log'),
    cases: await count('cases'),
    tickets: await count('handoffs'),
    ratings: await count('ratings'),
    reminders: await count('timers'),
    phrases: await count('unmatched'),
    files: await count('uploads'),
  }
}

export const addCounts = (one: Counts, other: Counts): Counts => ({
  conversations: one.conversations + other.conversations,
  rows: one.rows + other.rows,
  cases: one.cases + other.cases,
  tickets: one.tickets + other.tickets,
  ratings: one.ratings + other.ratings,
  reminders: one.reminders + other.reminders,
  phrases: one.phrases + other.phrases,
  files: one.files + other.files,
})

const rowsIn = (
  table: 'log' | 'cases' | 'handoffs' | 'ratings' | 'timers' | 'unmatched' | 'uploads',
) =>
  statement<{ conversation: string }>()((db, at) =>
    db
      .selectFrom(table)
      .select((column) => column.fn.countAll<number>().as('count'))
      .where('conversation', '=', at('conversation')),
  )

const counting = {
  log: rowsIn('log'),
  cases: rowsIn('cases'),
  handoffs: rowsIn('handoffs'),
  ratings: rowsIn('ratings'),
  timers: rowsIn('timers'),
  unmatched: rowsIn('unmatched'),
  uploads: rowsIn('uploads'),
}
