import { join } from 'node:path'
import { DatabaseSync } from '@photostructure/sqlite'

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
