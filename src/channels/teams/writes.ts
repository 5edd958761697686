import { statement, type Tx } from '../../storage'

/** What changes the addresses and deliveries of Teams. Runs inside the storage worker's transactions. */
export const teamsWrites = {
  keepTeamsAddress,
  pauseTeams,
  passTeamsRows,
  beginDelivery,
  postponeDelivery,
  endDelivery,
  noteFoldedCard,
}

/** The place of one row on its way to Teams. */
interface Place {
  readonly conversation: string
  readonly seq: number
  readonly at: number
}

async function keepTeamsAddress(
  tx: Tx,
  input: {
    conversation: string
    serviceUrl: string
    tenant: string | null
    reference: string
    at: number
    wrote: boolean
  },
): Promise<void> {
  const { wrote, ...address } = input
  await tx.run(upsertAddress, address)
  if (wrote) await tx.run(resume, { conversation: input.conversation, at: input.at })
}

/** Stops sending until the person writes, unless they have written since `heardAt`. The row waits and is not counted as tried. */
async function pauseTeams(tx: Tx, input: Place & { heardAt: number }): Promise<void> {
  const { heardAt, ...place } = input
  await postponeDelivery(tx, { ...place, result: 'blocked' })
  await tx.run(pause, { conversation: place.conversation, at: place.at, heardAt })
}

/** Moves the sender's cursor past rows that are not for Teams. */
async function passTeamsRows(tx: Tx, input: { conversation: string; seq: number }): Promise<void> {
  await tx.run(moveCursor, input)
}

/**
 * Notes that a row is about to be sent, and says how often that was begun without hearing how it ended.
 * It is written first, so that an end of the process counts as an attempt of unknown outcome too.
 */
async function beginDelivery(tx: Tx, input: Place): Promise<{ tries: number }> {
  const [noted] = await tx.run(countTry, input)
  return { tries: noted?.tries ?? 1 }
}

/** The row certainly did not arrive: this attempt does not count. */
async function postponeDelivery(
  tx: Tx,
  input: Place & { result: 'waiting' | 'blocked' },
): Promise<void> {
  await tx.run(uncountTry, input)
}

/** What became of the row; the cursor passes it. */
async function endDelivery(
  tx: Tx,
  input: Place & { result: 'sent' | 'refused' | 'unknown'; activityId: string | null },
): Promise<void> {
  await tx.run(setResult, input)
  await tx.run(moveCursor, { conversation: input.conversation, seq: input.seq })
}

/** What the card of a row shows in Teams from now on. */
async function noteFoldedCard(
  tx: Tx,
  input: { conversation: string; seq: number; folded: string },
): Promise<void> {
  await tx.run(setFolded, input)
}

const upsertAddress = statement<{
  conversation: string
  serviceUrl: string
  tenant: string | null
  reference: string
  at: number
}>()((db, at) =>
  db
    .insertInto('teams_addresses')
    .values({
      conversation: at('conversation'),
      service_url: at('serviceUrl'),
      tenant: at('tenant'),
      reference: at('reference'),
      sent_seq: 0,
      heard_at: at('at'),
      paused_at: null,
    })
    .onConflict((conflict) =>
      conflict.column('conversation').doUpdateSet({
        service_url: at('serviceUrl'),
        tenant: at('tenant'),
        reference: at('reference'),
      }),
    ),
)

const resume = statement<{ conversation: string; at: number }>()((db, at) =>
  db
    .updateTable('teams_addresses')
    .set({ heard_at: at('at'), paused_at: null })
    .where('conversation', '=', at('conversation')),
)

const pause = statement<{ conversation: string; at: number; heardAt: number }>()((db, at) =>
  db
    .updateTable('teams_addresses')
    .set({ paused_at: at('at') })
    .where('conversation', '=', at('conversation'))
    .where('heard_at', '=', at('heardAt')),
)

const moveCursor = statement<{ conversation: string; seq: number }>()((db, at) =>
  db
    .updateTable('teams_addresses')
    .set({ sent_seq: at('seq') })
    .where('conversation', '=', at('conversation'))
    .where('sent_seq', '<', at('seq')),
)

const countTry = statement<{ conversation: string; seq: number; at: number }>()((db, at) =>
  db
    .insertInto('teams_deliveries')
    .values({
      conversation: at('conversation'),
      seq: at('seq'),
      activity_id: null,
      folded: null,
      result: 'sending',
      tries: 1,
      at: at('at'),
    })
    .onConflict((conflict) =>
      conflict.columns(['conversation', 'seq']).doUpdateSet((column) => ({
        result: 'sending',
        tries: column('teams_deliveries.tries', '+', 1),
        at: at('at'),
      })),
    )
    .returning('tries'),
)

const uncountTry = statement<{
  conversation: string
  seq: number
  at: number
  result: 'waiting' | 'blocked'
}>()((db, at) =>
  db
    .updateTable('teams_deliveries')
    .set((column) => ({
      result: at('result'),
      tries: column('tries', '-', 1),
      at: at('at'),
    }))
    .where('conversation', '=', at('conversation'))
    .where('seq', '=', at('seq')),
)

const setResult = statement<{
  conversation: string
  seq: number
  at: number
  result: 'sent' | 'refused' | 'unknown'
  activityId: string | null
}>()((db, at) =>
  db
    .updateTable('teams_deliveries')
    .set({ result: at('result'), activity_id: at('activityId'), at: at('at') })
    .where('conversation', '=', at('conversation'))
    .where('seq', '=', at('seq')),
)

const setFolded = statement<{ conversation: string; seq: number; folded: string }>()((db, at) =>
  db
    .updateTable('teams_deliveries')
    .set({ folded: at('folded') })
    .where('conversation', '=', at('conversation'))
    .where('seq', '=', at('seq')),
)
