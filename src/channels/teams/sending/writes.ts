import { statement, type Tx } from '../../../storage'

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
    /** The person as Teams names them to this bot alone, and their id in the directory. */
    person: string
    directoryId?: string
  },
): Promise<void> {
  const { wrote, person, directoryId, ...address } = input
  await tx.run(upsertAddress, address)
  // Teams may leave it out at first, and it is what a person's other conversations are found by.
  if (directoryId !== undefined)
    await tx.run(nameByDirectory, { conversation: input.conversation, person, directoryId })
  if (wrote) await tx.run(resume, { conversation: input.conversation, at: input.at })
}

/** Stops sending until the person writes, unless they have written since `heardAt`. */
async function pauseTeams(
  tx: Tx,
  input: { conversation: string; at: number; heardAt: number },
): Promise<void> {
  await tx.run(pause, input)
}

/** Moves the sender's cursor past rows that are not for Teams. */
async function passTeamsRows(tx: Tx, input: { conversation: string; seq: number }): Promise<void> {
  await tx.run(moveCursor, input)
}

/**
 * Notes that a row is about to be sent, and says how often that was begun without hearing how it ended.
 * It is written first, so that an end of the process counts as an attempt of unknown outcome too. Null for a
 * conversation that was erased meanwhile: there is nothing to send.
 */
async function beginDelivery(tx: Tx, input: Place): Promise<{ tries: number } | null> {
  const [noted] = await tx.run(countTry, input)
  return noted ?? null
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

const nameByDirectory = statement<{
  conversation: string
  person: string
  directoryId: string
}>()((db, at) =>
  db
    .updateTable('conversations')
    .set({ user_id: at('directoryId') })
    .where('id', '=', at('conversation'))
    .where('user_id', '=', at('person')),
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
    .columns(['conversation', 'seq', 'activity_id', 'folded', 'result', 'tries', 'at'])
    .expression((from) =>
      from
        .selectFrom('teams_addresses')
        .select((column) => [
          'conversation',
          column.val(at('seq')).as('seq'),
          column.lit(null).as('activity_id'),
          column.lit(null).as('folded'),
          column.val('sending').as('result'),
          column.lit(1).as('tries'),
          column.val(at('at')).as('at'),
        ])
        .where('conversation', '=', at('conversation')),
    )
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
