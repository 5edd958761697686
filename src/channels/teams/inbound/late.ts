import { statement, type Database } from '../../../storage'
import type { Contact } from './contact'

/**
 * Whether this was sent before its conversation was erased, and is delivered late: it must not bring back what was
 * taken away. What was sent after that begins the conversation anew.
 */
export async function isLate(
  database: Pick<Database, 'read' | 'write'>,
  { conversation: { id }, sentAt }: Contact,
): Promise<boolean> {
  const [erased] = await database.read(selectErased, { id })
  return (
    erased !== undefined && !(await database.write('admitTeams', { conversation: id, at: sentAt }))
  )
}

const selectErased = statement<{ id: string }>()((db, at) =>
  db.selectFrom('forgotten').select('id').where('id', '=', at('id')),
)
