import type { IncidentWaits } from '../conversations'
import { statement, type Tx } from '../storage'

/** Who wants to hear the end of what, as a part of the commit of the turn that they said so in. */
export async function changeWaits(
  tx: Tx,
  { conversation, at, waits }: { conversation: string; at: number; waits: IncidentWaits },
): Promise<void> {
  for (const incident of waits.cancel) await tx.run(deleteWait, { incident, conversation })
  for (const { incident, caseId } of waits.set)
    await tx.run(upsertWait, { incident, conversation, caseId, at })
}

const deleteWait = statement<{ incident: string; conversation: string }>()((db, at) =>
  db
    .deleteFrom('incident_waiters')
    .where('incident', '=', at('incident'))
    .where('conversation', '=', at('conversation')),
)

/** Who asks anew is told anew: an incident may have ended while the turn that asked was running. */
const upsertWait = statement<{
  incident: string
  conversation: string
  caseId: string
  at: number
}>()((db, at) =>
  db
    .insertInto('incident_waiters')
    .values({
      incident: at('incident'),
      conversation: at('conversation'),
      case_id: at('caseId'),
      asked_at: at('at'),
      told_at: null,
    })
    .onConflict((conflict) =>
      conflict
        .columns(['incident', 'conversation'])
        .doUpdateSet({ case_id: at('caseId'), asked_at: at('at'), told_at: null }),
    ),
)
