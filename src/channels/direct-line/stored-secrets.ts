import { statement, type Database } from '../../storage'
import type { VisitorSecrets } from './secrets'

/** Visitors' resume secrets and used stream tickets, in the database. */
export const storedSecrets = (database: Database, now: () => number): VisitorSecrets => ({
  keep: (hash, { conversation, user, expiresAt }) =>
    database.write('keepVisitor', { hash, conversation, user, expiresAt, now: now() }),
  find: async (hash, at) => {
    const [found] = await database.read(selectVisitor, { hash, now: at })
    return found && { conversation: found.conversation, user: found.user_id }
  },
  useTicket: (id, expiresAt) => database.write('useTicket', { id, expiresAt, now: now() }),
})

const selectVisitor = statement<{ hash: string; now: number }>()((db, at) =>
  db
    .selectFrom('visitors')
    .select(['conversation', 'user_id'])
    .where('hash', '=', at('hash'))
    .where('expires_at', '>', at('now')),
)
