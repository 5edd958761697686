import { append } from '../conversations/writes'
import { statement, type Tx } from '../storage'

/** What changes incidents, and tells those who wait for their end. Runs inside the storage worker's transactions. */
export const incidentWrites = {
  declareIncident,
  endIncident,
  endDueIncidents,
  tellWaiter,
  forgetWaits,
}

/** Starts an incident; of a name that runs already the text changes, and the end if one is given. */
async function declareIncident(
  tx: Tx,
  input: { id: string; name: string; text: string; endsAt?: number; at: number },
): Promise<{ id: string; isNew: boolean }> {
  const { id, name, text, at } = input
  // One whose time is up has ended, though nobody has come round to writing it down.
  await endDueIncidents(tx, { at })
  const [running] = await tx.run(selectRunning, { name })
  if (!running) {
    await tx.run(insertIncident, { id, name, text, at, endsAt: input.endsAt ?? null })
    return { id, isNew: true }
  }
  const endsAt = input.endsAt ?? running.ends_at
  await tx.run(updateIncident, { id: running.id, text, endsAt })
  return { id: running.id, isNew: false }
}

/** Ends an incident. False when it had ended already, or is none. */
async function endIncident(tx: Tx, input: { id: string; at: number }): Promise<boolean> {
  return (await tx.run(setEnded, input)).length > 0
}

/** Ends those whose time is up. */
async function endDueIncidents(tx: Tx, input: { at: number }): Promise<void> {
  await tx.run(setDueEnded, input)
}

/** Tells a conversation that what it waited for is over, by an event of this name: one row of its log, written with the mark that it was told. Null when it was told, or waits no more. */
async function tellWaiter(
  tx: Tx,
  input: { incident: string; conversation: string; at: number; event: string },
): Promise<{ conversation: string; seq: number } | null> {
  const { incident, conversation, at, event } = input
  const [ended] = await tx.run(selectEnded, { incident })
  const [waiter] = ended ? await tx.run(markTold, { incident, conversation, at }) : []
  if (!ended || !waiter) return null
  const { seq } = await append(tx, {
    conversation,
    row: {
      at,
      kind: 'event',
      audience: ['bot'],
      key: `incident:${incident}:${waiter.asked_at}`,
      body: {
        type: 'event',
        name: event,
        value: {
          incident,
          name: ended.name,
          caseId: waiter.case_id,
          byTime: ended.ended_at === ended.ends_at,
        },
        from: { id: 'incidents', role: 'bot' },
      },
    },
  })
  return { conversation, seq }
}

/** Forgets what a conversation waits for; whatever erases a conversation calls this in the same transaction. */
export async function forgetWaits(tx: Tx, input: { conversation: string }): Promise<void> {
  await tx.run(deleteWaits, input)
}

const selectRunning = statement<{ name: string }>()((db, at) =>
  db
    .selectFrom('incidents')
    .select(['id', 'ends_at'])
    .where('name', '=', at('name'))
    .where('ended_at', 'is', null),
)

const insertIncident = statement<{
  id: string
  name: string
  text: string
  at: number
  endsAt: number | null
}>()((db, at) =>
  db.insertInto('incidents').values({
    id: at('id'),
    name: at('name'),
    text: at('text'),
    started_at: at('at'),
    ends_at: at('endsAt'),
    ended_at: null,
  }),
)

const updateIncident = statement<{ id: string; text: string; endsAt: number | null }>()((db, at) =>
  db
    .updateTable('incidents')
    .set({ text: at('text'), ends_at: at('endsAt') })
    .where('id', '=', at('id')),
)

const setEnded = statement<{ id: string; at: number }>()((db, at) =>
  db
    .updateTable('incidents')
    .set({ ended_at: at('at') })
    .where('id', '=', at('id'))
    .where('ended_at', 'is', null)
    .returning('id'),
)

const setDueEnded = statement<{ at: number }>()((db, at) =>
  db
    .updateTable('incidents')
    .set((column) => ({ ended_at: column.ref('ends_at') }))
    .where('ended_at', 'is', null)
    .where('ends_at', '<=', at('at')),
)

const selectEnded = statement<{ incident: string }>()((db, at) =>
  db
    .selectFrom('incidents')
    .select(['name', 'ends_at', 'ended_at'])
    .where('id', '=', at('incident'))
    .where('ended_at', 'is not', null),
)

const markTold = statement<{ incident: string; conversation: string; at: number }>()((db, at) =>
  db
    .updateTable('incident_waiters')
    .set({ told_at: at('at') })
    .where('incident', '=', at('incident'))
    .where('conversation', '=', at('conversation'))
    .where('told_at', 'is', null)
    .returning(['case_id', 'asked_at']),
)

const deleteWaits = statement<{ conversation: string }>()((db, at) =>
  db.deleteFrom('incident_waiters').where('conversation', '=', at('conversation')),
)
