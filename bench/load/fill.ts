import { DatabaseSync } from '@photostructure/sqlite'

/** So many rows are copied in one transaction. */
const atOnce = 100_000

/** Tables that grow with every conversation, and what a copy of their rows has to have of its own. `new` is the copy's conversation. */
const tables: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  conversations: { id: 'new' },
  log: { conversation: 'new', body: `replace(source.body, old, new)` },
  cases: { id: `source.id || '-' || new`, conversation: 'new' },
  ledger: { conversation: 'new', case_id: `source.case_id || '-' || new` },
  visitors: { hash: 'lower(hex(randomblob(16)))', conversation: 'new' },
}

/** Counts of its own, which the engine gives. */
const given = new Set(['rowid', 'entry'])

/**
 * Fills a database that no server has open up to so many rows of the log, with copies of the conversations that are in
 * it, under ids of chance. Returns how many rows there are.
 */
export function fill(file: string, rows: number): number {
  const database = new DatabaseSync(file)
  const one = (sql: string) => Number(Object.values(database.prepare(sql).all()[0] as object)[0])
  try {
    // Nothing in here is anybody's: if the machine stops, it is made anew.
    database.exec('PRAGMA synchronous = OFF; PRAGMA cache_size = -200000')
    database.exec('CREATE TEMP TABLE copies (old TEXT NOT NULL, new TEXT NOT NULL)')
    const templates = one('SELECT count(*) FROM conversations')
    const perTemplate = one('SELECT count(*) FROM log') / templates
    database.exec('CREATE TEMP TABLE templates AS SELECT id FROM conversations')
    for (;;) {
      const missing = rows - one('SELECT count(*) FROM log')
      if (missing < perTemplate) return rows - missing
      const copies = Math.ceil(Math.min(missing, atOnce) / perTemplate)
      database.exec('BEGIN; DELETE FROM copies')
      database.exec(`WITH RECURSIVE counted (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM counted WHERE n < ${copies})
        INSERT INTO copies SELECT (SELECT id FROM templates WHERE rowid = n % ${templates} + 1),
          lower(hex(randomblob(11))) FROM counted`)
      for (const table of Object.keys(tables)) database.exec(copyOf(database, table))
      database.exec('COMMIT')
    }
  } finally {
    database.close()
  }
}

function copyOf(database: InstanceType<typeof DatabaseSync>, table: string): string {
  const own = tables[table] ?? {}
  const columns = (
    database.prepare(`SELECT name FROM pragma_table_info('${table}')`).all() as { name: string }[]
  )
    .map(({ name }) => name)
    .filter((name) => !given.has(name))
  const key = table === 'conversations' ? 'id' : 'conversation'
  const values = columns.map((name) => own[name] ?? `source.${name}`)
  // In the order in which they were written, so that the rows of one conversation lie apart as they do in earnest.
  return `INSERT INTO ${table} (${columns.join(', ')}) SELECT ${values.join(', ')}
    FROM copies JOIN ${table} AS source ON source.${key} = old ORDER BY source.rowid, new`
}
