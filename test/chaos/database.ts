import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { DatabaseSync } from '@photostructure/sqlite'
import type { Running } from './server'
import { asStored, type Stored, type StoredRows } from './stored'

/** Looks at the file itself, with no server running: sound, without gaps, all read by the bot, nothing answered twice. */
export function examineFile(dataDir: string) {
  const database = new DatabaseSync(join(dataDir, 'fixladder.db'))
  const count = (sql: string) => Number(Object.values(database.prepare(sql).get() ?? {})[0])
  try {
    return {
      integrity: Object.values(database.prepare('PRAGMA integrity_check').get() ?? {})[0],
      conversations: count('SELECT count(*) FROM conversations'),
      withGaps: count(`SELECT count(*) FROM conversations AS c WHERE c.last_seq <>
        (SELECT count(*) FROM log WHERE conversation = c.id AND seq BETWEEN 1 AND c.last_seq)`),
      rowsBeyondTheLast: count(
        `SELECT count(*) FROM log JOIN conversations ON id = conversation WHERE seq > last_seq`,
      ),
      notReadByTheBot: count('SELECT count(*) FROM conversations WHERE bot_cursor <> last_seq'),
      answeredTwice: count(`SELECT count(*) FROM (SELECT 1 FROM log WHERE kind = 'activity'
        AND json_extract(body, '$.from.role') = 'bot' GROUP BY json_extract(body, '$.replyToId') HAVING count(*) > 1)`),
      pendingTimers: count('SELECT count(*) FROM timers'),
      apologies: count(`SELECT count(*) FROM log WHERE kind = 'note'`),
    }
  } finally {
    database.close()
  }
}

/** A start does not wait for what was left unanswered: waits until the server on the file has answered it, which is true, or has died. */
export async function untilAnswered(
  dataDir: string,
  server?: Pick<Running, 'ended'>,
): Promise<boolean> {
  const database = new DatabaseSync(join(dataDir, 'fixladder.db'), { readOnly: true })
  const behind = database.prepare('SELECT id FROM conversations WHERE bot_cursor < last_seq')
  let isDead = false
  void server?.ended.then(() => (isDead = true))
  try {
    const end = performance.now() + answeredWithinMs
    while (behind.all().length > 0) {
      if (isDead) return false
      if (performance.now() > end) throw new Error('What was left unanswered was not answered.')
      await sleep(20)
    }
    return true
  } finally {
    database.close()
  }
}

const answeredWithinMs = 20_000

/** All of the file that the checker wants to know. A server may run on it meanwhile. */
export function readStored(dataDir: string, name = 'fixladder.db'): Stored {
  const database = new DatabaseSync(join(dataDir, name), { readOnly: true })
  const all = <T>(sql: string) => database.prepare(sql).all() as T[]
  try {
    database.exec('BEGIN')
    return asStored({
      conversations: all<StoredRows['conversations'][number]>(
        'SELECT id, last_seq, bot_cursor FROM conversations',
      ),
      log: all<StoredRows['log'][number]>(
        'SELECT conversation, seq, kind, audience, key, body FROM log',
      ),
      handoffs: all<StoredRows['handoffs'][number]>(
        'SELECT id, conversation, state, created_at, ended_at FROM handoffs',
      ),
      teams_addresses: all<StoredRows['teams_addresses'][number]>(
        'SELECT conversation, sent_seq, paused_at FROM teams_addresses',
      ),
      teams_deliveries: all<StoredRows['teams_deliveries'][number]>(
        'SELECT conversation, seq, result, activity_id FROM teams_deliveries',
      ),
    })
  } finally {
    database.close()
  }
}
