import { statement, type Tx } from '../storage'

/** What changes hand-offs after a turn opened one. Runs inside the storage worker's transactions. */
export const handoffWrites = { noteAnnounced }

async function noteAnnounced(tx: Tx, input: { id: string; at: number }): Promise<void> {
  await tx.run(setAnnounced, input)
}

const setAnnounced = statement<{ id: string; at: number }>()((db, at) =>
  db
    .updateTable('handoffs')
    .set({ announced_at: at('at') })
    .where('id', '=', at('id')),
)
