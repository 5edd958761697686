import { statement, type Tx } from '../storage'

/** Which agents are at their consoles. Runs inside the storage worker's transactions. */
export const deskPresenceWrites = { noteDeskPresence, leaveDesk }

/** An agent's console is open: a sign of life, every few seconds. */
async function noteDeskPresence(
  tx: Tx,
  input: { agent: string; name: string; state: 'in' | 'away'; at: number },
): Promise<void> {
  await tx.run(upsertPresence, input)
}

/** An agent signed out, or closed the last console. When they were last seen stays; a console that was seen since then is another one. */
async function leaveDesk(tx: Tx, input: { agent: string; at: number }): Promise<void> {
  await tx.run(setAway, input)
}

const upsertPresence = statement<{
  agent: string
  name: string
  state: 'in' | 'away'
  at: number
}>()((db, at) =>
  db
    .insertInto('desk_presence')
    .values({ agent: at('agent'), name: at('name'), state: at('state'), seen_at: at('at') })
    .onConflict((conflict) =>
      conflict
        .column('agent')
        .doUpdateSet({ name: at('name'), state: at('state'), seen_at: at('at') }),
    ),
)

const setAway = statement<{ agent: string; at: number }>()((db, at) =>
  db
    .updateTable('desk_presence')
    .set({ state: 'away' })
    .where('agent', '=', at('agent'))
    .where('seen_at', '<=', at('at')),
)
